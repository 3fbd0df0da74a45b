#include "drivers/simulators/wechat/sim_wechat_ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_document.h"
#include "kiosk/base/check.h"

static const char *const state_names[SIM_WECHAT_STATE_COUNT_] = {
    [SIM_WECHAT_NOTPAY] = "NOTPAY",
    [SIM_WECHAT_SUCCESS] = "SUCCESS",
    [SIM_WECHAT_REFUND] = "REFUND",
    [SIM_WECHAT_CLOSED] = "CLOSED",
};

static const char *const refund_names[SIM_WECHAT_REFUND_STATE_COUNT_] = {
    [SIM_WECHAT_PROCESSING] = "PROCESSING",
    [SIM_WECHAT_DONE] = "SUCCESS",
    [SIM_WECHAT_ABNORMAL] = "ABNORMAL",
};

const char *sim_wechat_ledger_state_name(enum sim_wechat_state state)
{
    return state_names[state];
}

const char *sim_wechat_ledger_refund_name(enum sim_wechat_refund_state state)
{
    return refund_names[state];
}

struct sim_wechat_order *sim_wechat_ledger_find(struct sim_wechat_ledger *ledger, const char *out_trade_no)
{
    if (out_trade_no[0] == '\0')
        return ledger->count == 0 ? NULL : &ledger->orders[ledger->count - 1];
    for (size_t i = 0; i < ledger->count; i++)
        if (strcmp(ledger->orders[i].out_trade_no, out_trade_no) == 0)
            return &ledger->orders[i];
    return NULL;
}

struct sim_wechat_order *sim_wechat_ledger_add(struct sim_wechat_ledger *ledger)
{
    if (ledger->count == ledger->capacity) {
        ledger->capacity = ledger->capacity == 0 ? 16 : 2 * ledger->capacity;
        ledger->orders = realloc(ledger->orders, ledger->capacity * sizeof(ledger->orders[0]));
        check(ledger->orders != NULL);
    }
    struct sim_wechat_order *trade = &ledger->orders[ledger->count++];
    *trade = (struct sim_wechat_order){0};
    return trade;
}

void sim_wechat_ledger_take(struct sim_wechat_order *trade, int64_t utc_s)
{
    trade->state = SIM_WECHAT_SUCCESS;
    trade->paid_utc_s = utc_s;
    trade->paid_count++;
    (void)snprintf(trade->transaction_id, sizeof(trade->transaction_id), "4200%.60s", trade->out_trade_no);
}

struct sim_wechat_refund *sim_wechat_ledger_refund(struct sim_wechat_ledger *ledger,
                                                   const char *out_refund_no, struct sim_wechat_order **owner)
{
    for (size_t i = 0; i < ledger->count; i++)
        for (size_t j = 0; j < ledger->orders[i].refund_count; j++)
            if (strcmp(ledger->orders[i].refunds[j].out_refund_no, out_refund_no) == 0) {
                *owner = &ledger->orders[i];
                return &ledger->orders[i].refunds[j];
            }
    return NULL;
}

void sim_wechat_ledger_settle(struct sim_wechat_order *trade, enum sim_wechat_refund_state state)
{
    for (size_t i = 0; i < trade->refund_count; i++)
        if (trade->refunds[i].state == SIM_WECHAT_PROCESSING)
            trade->refunds[i].state = state;
}

int64_t sim_wechat_ledger_returned_fen(const struct sim_wechat_order *trade)
{
    int64_t sum_fen = 0;
    for (size_t i = 0; i < trade->refund_count; i++)
        sum_fen += trade->refunds[i].state == SIM_WECHAT_DONE ? trade->refunds[i].amount_fen : 0;
    return sum_fen;
}

int64_t sim_wechat_ledger_left_fen(const struct sim_wechat_order *trade)
{
    int64_t left_fen = trade->paid_count * trade->amount_fen;
    for (size_t i = 0; i < trade->refund_count; i++)
        left_fen -= trade->refunds[i].amount_fen;
    return left_fen;
}

/* --- on disk ----------------------------------------------------------------------------------------- */

static struct json *refunds_json(const struct sim_wechat_order *trade)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < trade->refund_count; i++) {
        struct json *row = json_new_object();
        json_set_text(row, "out_refund_no", trade->refunds[i].out_refund_no);
        json_set_integer(row, "amount_fen", trade->refunds[i].amount_fen);
        json_set_integer(row, "utc_s", trade->refunds[i].utc_s);
        json_set_text(row, "state", refund_names[trade->refunds[i].state]);
        json_append_take(list, row);
    }
    return list;
}

static struct json *order_json(const struct sim_wechat_order *trade)
{
    struct json *row = json_new_object();
    json_set_text(row, "out_trade_no", trade->out_trade_no);
    json_set_text(row, "transaction_id", trade->transaction_id);
    json_set_text(row, "status", state_names[trade->state]);
    json_set_text(row, "body", trade->body);
    json_set_text(row, "qr_code", trade->code_url);
    json_set_integer(row, "amount_fen", trade->amount_fen);
    json_set_integer(row, "until_utc_s", trade->until_utc_s);
    json_set_integer(row, "paid_utc_s", trade->paid_utc_s);
    json_set_integer(row, "paid_count", trade->paid_count);
    json_set_integer(row, "returned_fen", sim_wechat_ledger_returned_fen(trade));
    json_set_take(row, "refunds", refunds_json(trade));
    return row;
}

struct json *sim_wechat_ledger_json(const struct sim_wechat_ledger *ledger)
{
    int64_t taken_fen = 0;
    int64_t returned_fen = 0;
    struct json *list = json_new_array();
    for (size_t i = 0; i < ledger->count; i++) {
        taken_fen += ledger->orders[i].paid_count * ledger->orders[i].amount_fen;
        returned_fen += sim_wechat_ledger_returned_fen(&ledger->orders[i]);
        json_append_take(list, order_json(&ledger->orders[i]));
    }
    struct json *document = json_new_object();
    json_set_integer(document, "taken_fen", taken_fen);
    json_set_integer(document, "returned_fen", returned_fen);
    json_set_take(document, "trades", list);
    return document;
}

/* The place of a name in a list of names. Returns: whether it is there. */
static bool find_name(const char *const *names, int count, const char *name, int *out)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static bool read_refunds(const struct json *list, struct sim_wechat_order *trade)
{
    if (json_length(list) > SIM_WECHAT_REFUNDS)
        return false;
    for (size_t i = 0; i < json_length(list); i++) {
        int state = 0;
        const struct json *row = json_element(list, i);
        struct sim_wechat_refund *refund = &trade->refunds[trade->refund_count++];
        refund->amount_fen = json_number(row, "amount_fen", 0);
        refund->utc_s = json_number(row, "utc_s", 0);
        if (!find_name(refund_names, SIM_WECHAT_REFUND_STATE_COUNT_, json_text(row, "state", ""), &state) ||
            !sim_document_text(row, "out_refund_no", refund->out_refund_no, sizeof(refund->out_refund_no)))
            return false;
        refund->state = (enum sim_wechat_refund_state)state;
    }
    return true;
}

static bool read_order(const struct json *row, struct sim_wechat_order *trade)
{
    int state = 0;
    if (!find_name(state_names, SIM_WECHAT_STATE_COUNT_, json_text(row, "status", ""), &state))
        return false;
    trade->state = (enum sim_wechat_state)state;
    trade->amount_fen = json_number(row, "amount_fen", 0);
    trade->until_utc_s = json_number(row, "until_utc_s", 0);
    trade->paid_utc_s = json_number(row, "paid_utc_s", 0);
    trade->paid_count = (int)json_number(row, "paid_count", 0);
    return sim_document_text(row, "out_trade_no", trade->out_trade_no, sizeof(trade->out_trade_no)) &&
           sim_document_text(row, "transaction_id", trade->transaction_id, sizeof(trade->transaction_id)) &&
           sim_document_text(row, "body", trade->body, sizeof(trade->body)) &&
           sim_document_text(row, "qr_code", trade->code_url, sizeof(trade->code_url)) &&
           read_refunds(json_member(row, "refunds"), trade);
}

static enum status read_ledger(struct sim_wechat_ledger *ledger, const struct json *document)
{
    const struct json *list = json_member(document, "trades");
    for (size_t i = 0; i < json_length(list); i++)
        if (!read_order(json_element(list, i), sim_wechat_ledger_add(ledger)))
            return STATUS_MALFORMED;
    return STATUS_OK;
}

enum status sim_wechat_ledger_open(struct sim_wechat_ledger *ledger, const char *directory,
                                   struct failure *failure)
{
    *ledger = (struct sim_wechat_ledger){0};
    if (directory == NULL)
        return STATUS_OK;
    int length = snprintf(ledger->path, sizeof(ledger->path), "%s/wechat.json", directory);
    if (length < 0 || (size_t)length >= sizeof(ledger->path))
        return failure_set(failure, STATUS_IO, "ledger", 0, "path too long");
    struct json *document = NULL;
    enum status status = sim_document_load(ledger->path, &document, failure);
    if (status == STATUS_OK && document != NULL)
        status = read_ledger(ledger, document);
    json_free(document);
    if (status != STATUS_OK) {
        (void)failure_set(failure, status, "ledger", 0, "%s cannot be read", ledger->path);
        sim_wechat_ledger_release(ledger);
    }
    return status;
}

void sim_wechat_ledger_release(struct sim_wechat_ledger *ledger)
{
    if (ledger == NULL)
        return;
    free(ledger->orders);
    *ledger = (struct sim_wechat_ledger){0};
}

enum status sim_wechat_ledger_save(const struct sim_wechat_ledger *ledger)
{
    return sim_document_save_take(ledger->path, sim_wechat_ledger_json(ledger));
}
