#include "drivers/simulators/alipay/sim_alipay_ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_document.h"
#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

static const char *const status_names[] = {
    [SIM_ALIPAY_CODE] = "CODE",
    [SIM_ALIPAY_WAIT_BUYER_PAY] = "WAIT_BUYER_PAY",
    [SIM_ALIPAY_TRADE_SUCCESS] = "TRADE_SUCCESS",
    [SIM_ALIPAY_TRADE_FINISHED] = "TRADE_FINISHED",
    [SIM_ALIPAY_TRADE_CLOSED] = "TRADE_CLOSED",
};

const char *sim_alipay_ledger_status_name(enum sim_alipay_status status)
{
    return status_names[status];
}

struct sim_alipay_trade *sim_alipay_ledger_find(struct sim_alipay_ledger *ledger, const char *out_trade_no)
{
    if (out_trade_no[0] == '\0')
        return ledger->count == 0 ? NULL : &ledger->trades[ledger->count - 1];
    for (size_t i = 0; i < ledger->count; i++)
        if (strcmp(ledger->trades[i].out_trade_no, out_trade_no) == 0)
            return &ledger->trades[i];
    return NULL;
}

struct sim_alipay_trade *sim_alipay_ledger_add(struct sim_alipay_ledger *ledger)
{
    if (ledger->count == ledger->capacity) {
        ledger->capacity = ledger->capacity == 0 ? 16 : 2 * ledger->capacity;
        ledger->trades = realloc(ledger->trades, ledger->capacity * sizeof(ledger->trades[0]));
        check(ledger->trades != NULL);
    }
    struct sim_alipay_trade *trade = &ledger->trades[ledger->count++];
    *trade = (struct sim_alipay_trade){0};
    return trade;
}

void sim_alipay_ledger_take(struct sim_alipay_trade *trade, int64_t utc_s)
{
    trade->status = SIM_ALIPAY_TRADE_SUCCESS;
    trade->paid_utc_s = utc_s;
    trade->paid_count++;
}

int64_t sim_alipay_ledger_returned_fen(const struct sim_alipay_trade *trade)
{
    int64_t sum_fen = 0;
    for (size_t i = 0; i < trade->refund_count; i++)
        sum_fen += trade->refunds[i].is_pending ? 0 : trade->refunds[i].amount_fen;
    return sum_fen;
}

int64_t sim_alipay_ledger_left_fen(const struct sim_alipay_trade *trade)
{
    int64_t left_fen = trade->paid_count * trade->amount_fen;
    for (size_t i = 0; i < trade->refund_count; i++)
        left_fen -= trade->refunds[i].amount_fen;
    return left_fen;
}

struct sim_alipay_refund *sim_alipay_ledger_refund(struct sim_alipay_trade *trade, const char *out_request_no)
{
    for (size_t i = 0; i < trade->refund_count; i++)
        if (strcmp(trade->refunds[i].out_request_no, out_request_no) == 0)
            return &trade->refunds[i];
    return NULL;
}

static void close_when_empty(struct sim_alipay_trade *trade)
{
    if (sim_alipay_ledger_returned_fen(trade) >= trade->paid_count * trade->amount_fen)
        trade->status = SIM_ALIPAY_TRADE_CLOSED;
}

enum status sim_alipay_ledger_give_back(struct sim_alipay_trade *trade, const char *out_request_no,
                                        int64_t amount_fen, bool is_pending, int64_t utc_s)
{
    if (trade->refund_count == SIM_ALIPAY_REFUNDS)
        return STATUS_FULL;
    struct sim_alipay_refund *refund = &trade->refunds[trade->refund_count];
    *refund = (struct sim_alipay_refund){.amount_fen = amount_fen, .utc_s = utc_s, .is_pending = is_pending};
    if (!text_copy(refund->out_request_no, sizeof(refund->out_request_no), out_request_no))
        return STATUS_FULL;
    trade->refund_count++;
    close_when_empty(trade);
    return STATUS_OK;
}

void sim_alipay_ledger_settle(struct sim_alipay_trade *trade)
{
    bool was_pending = false;
    for (size_t i = 0; i < trade->refund_count; i++) {
        was_pending = was_pending || trade->refunds[i].is_pending;
        trade->refunds[i].is_pending = false;
    }
    if (was_pending)
        close_when_empty(trade);
}

/* --- on disk
 * -------------------------------------------------------------------------------------------------- */

static struct json *refunds_json(const struct sim_alipay_trade *trade)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < trade->refund_count; i++) {
        struct json *row = json_new_object();
        json_set_text(row, "out_request_no", trade->refunds[i].out_request_no);
        json_set_integer(row, "amount_fen", trade->refunds[i].amount_fen);
        json_set_integer(row, "utc_s", trade->refunds[i].utc_s);
        json_set_bool(row, "pending", trade->refunds[i].is_pending);
        json_append_take(list, row);
    }
    return list;
}

static struct json *trade_json(const struct sim_alipay_trade *trade)
{
    struct json *row = json_new_object();
    json_set_text(row, "out_trade_no", trade->out_trade_no);
    json_set_text(row, "trade_no", trade->trade_no);
    json_set_text(row, "status", sim_alipay_ledger_status_name(trade->status));
    json_set_text(row, "subject", trade->subject);
    json_set_text(row, "qr_code", trade->qr_code);
    json_set_text(row, "cancel_action", trade->cancel_action);
    json_set_integer(row, "amount_fen", trade->amount_fen);
    json_set_integer(row, "code_until_utc_s", trade->code_until_utc_s);
    json_set_integer(row, "trade_until_utc_s", trade->trade_until_utc_s);
    json_set_integer(row, "paid_utc_s", trade->paid_utc_s);
    json_set_integer(row, "paid_count", trade->paid_count);
    json_set_integer(row, "returned_fen", sim_alipay_ledger_returned_fen(trade));
    json_set_take(row, "refunds", refunds_json(trade));
    return row;
}

struct json *sim_alipay_ledger_json(const struct sim_alipay_ledger *ledger)
{
    int64_t taken_fen = 0;
    int64_t returned_fen = 0;
    struct json *list = json_new_array();
    for (size_t i = 0; i < ledger->count; i++) {
        taken_fen += ledger->trades[i].paid_count * ledger->trades[i].amount_fen;
        returned_fen += sim_alipay_ledger_returned_fen(&ledger->trades[i]);
        json_append_take(list, trade_json(&ledger->trades[i]));
    }
    struct json *document = json_new_object();
    json_set_integer(document, "taken_fen", taken_fen);
    json_set_integer(document, "returned_fen", returned_fen);
    json_set_take(document, "trades", list);
    return document;
}

static bool read_status(const char *name, enum sim_alipay_status *out)
{
    for (size_t i = 0; i < sizeof(status_names) / sizeof(status_names[0]); i++)
        if (strcmp(status_names[i], name) == 0) {
            *out = (enum sim_alipay_status)i;
            return true;
        }
    return false;
}

static bool read_refunds(const struct json *list, struct sim_alipay_trade *trade)
{
    if (json_length(list) > SIM_ALIPAY_REFUNDS)
        return false;
    for (size_t i = 0; i < json_length(list); i++) {
        const struct json *row = json_element(list, i);
        struct sim_alipay_refund *refund = &trade->refunds[trade->refund_count++];
        refund->amount_fen = json_number(row, "amount_fen", 0);
        refund->utc_s = json_number(row, "utc_s", 0);
        refund->is_pending = json_bool(row, "pending", false);
        if (!sim_document_text(row, "out_request_no", refund->out_request_no, sizeof(refund->out_request_no)))
            return false;
    }
    return true;
}

static bool read_trade(const struct json *row, struct sim_alipay_trade *trade)
{
    trade->amount_fen = json_number(row, "amount_fen", 0);
    trade->code_until_utc_s = json_number(row, "code_until_utc_s", 0);
    trade->trade_until_utc_s = json_number(row, "trade_until_utc_s", 0);
    trade->paid_utc_s = json_number(row, "paid_utc_s", 0);
    trade->paid_count = (int)json_number(row, "paid_count", 0);
    return read_status(json_text(row, "status", ""), &trade->status) &&
           sim_document_text(row, "out_trade_no", trade->out_trade_no, sizeof(trade->out_trade_no)) &&
           sim_document_text(row, "trade_no", trade->trade_no, sizeof(trade->trade_no)) &&
           sim_document_text(row, "subject", trade->subject, sizeof(trade->subject)) &&
           sim_document_text(row, "qr_code", trade->qr_code, sizeof(trade->qr_code)) &&
           sim_document_text(row, "cancel_action", trade->cancel_action, sizeof(trade->cancel_action)) &&
           read_refunds(json_member(row, "refunds"), trade);
}

static enum status read_ledger(struct sim_alipay_ledger *ledger, const struct json *document)
{
    const struct json *list = json_member(document, "trades");
    for (size_t i = 0; i < json_length(list); i++)
        if (!read_trade(json_element(list, i), sim_alipay_ledger_add(ledger)))
            return STATUS_MALFORMED;
    return STATUS_OK;
}

enum status sim_alipay_ledger_open(struct sim_alipay_ledger *ledger, const char *directory,
                                   struct failure *failure)
{
    *ledger = (struct sim_alipay_ledger){0};
    if (directory == NULL)
        return STATUS_OK;
    int length = snprintf(ledger->path, sizeof(ledger->path), "%s/ledger.json", directory);
    if (length < 0 || (size_t)length >= sizeof(ledger->path))
        return failure_set(failure, STATUS_IO, "ledger", 0, "path too long");
    struct json *document = NULL;
    enum status status = sim_document_load(ledger->path, &document, failure);
    if (status == STATUS_OK && document != NULL)
        status = read_ledger(ledger, document);
    json_free(document);
    if (status != STATUS_OK) {
        (void)failure_set(failure, status, "ledger", 0, "%s cannot be read", ledger->path);
        sim_alipay_ledger_release(ledger);
    }
    return status;
}

void sim_alipay_ledger_release(struct sim_alipay_ledger *ledger)
{
    if (ledger == NULL)
        return;
    free(ledger->trades);
    *ledger = (struct sim_alipay_ledger){0};
}

enum status sim_alipay_ledger_save(const struct sim_alipay_ledger *ledger)
{
    return sim_document_save_take(ledger->path, sim_alipay_ledger_json(ledger));
}
