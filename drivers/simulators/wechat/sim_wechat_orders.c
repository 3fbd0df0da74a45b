/* What each call of the API does to the ledger and answers. */
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/simulators/wechat/sim_wechat.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { ORDER_LIFE_S = 7 * 86400, EXPIRE_LEAST_S = 60, HALL_OFFSET_S = 8 * 3600, TIME_BYTES = 40 };

/* --- times, numbers ---------------------------------------------------------------------------------- */

static void write_time(int64_t utc_s, char out[TIME_BYTES])
{
    struct tm hall = {0};
    time_t shifted = (time_t)(utc_s + HALL_OFFSET_S);
    (void)gmtime_r(&shifted, &hall);
    (void)strftime(out, TIME_BYTES, "%Y-%m-%dT%H:%M:%S+08:00", &hall);
}

/* Returns: 0 for anything but hall time with its offset. */
static int64_t read_time(const char *text)
{
    struct tm hall = {0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &hall);
    return end == NULL || strcmp(end, "+08:00") != 0 ? 0 : (int64_t)timegm(&hall) - HALL_OFFSET_S;
}

static bool is_number(const char *text, size_t longest)
{
    size_t length = strlen(text);
    return length >= 6 && length <= longest &&
           strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|*") == length;
}

struct sim_wechat_said sim_wechat_refuse(int http_code, const char *code)
{
    struct json *content = json_new_object();
    json_set_text(content, "code", code);
    json_set_text(content, "message", "模拟平台的答复");
    return (struct sim_wechat_said){.code = http_code, .content = content};
}

static struct sim_wechat_said success(struct json *content)
{
    return (struct sim_wechat_said){.code = 200, .content = content};
}

void sim_wechat_age(struct sim_wechat *sim, struct sim_wechat_order *trade)
{
    if (trade->state == SIM_WECHAT_NOTPAY && sim_control_utc_s(&sim->control) >= trade->until_utc_s)
        trade->state = SIM_WECHAT_CLOSED;
}

static struct sim_wechat_order *order_of(struct sim_wechat *sim, const char *number)
{
    struct sim_wechat_order *trade = number[0] == '\0' ? NULL : sim_wechat_ledger_find(&sim->ledger, number);
    if (trade != NULL)
        sim_wechat_age(sim, trade);
    return trade;
}

/* --- native ------------------------------------------------------------------------------------------ */

/* An earlier code of the order is dead from now on. */
static struct sim_wechat_said fresh_code(struct sim_wechat_order *trade)
{
    unsigned char random[6];
    struct json *content = json_new_object();
    (void)RAND_bytes(random, sizeof(random));
    (void)snprintf(trade->code_url, sizeof(trade->code_url),
                   "weixin://wxpay/bizpayurl?pr=%02x%02x%02x%02x%02x%02x", random[0], random[1], random[2],
                   random[3], random[4], random[5]);
    json_set_text(content, "code_url", trade->code_url);
    return success(content);
}

static struct sim_wechat_said native_again(struct sim_wechat_order *trade, const char *body)
{
    if (trade->state == SIM_WECHAT_SUCCESS || trade->state == SIM_WECHAT_REFUND)
        return sim_wechat_refuse(400, "ORDERPAID");
    if (trade->state == SIM_WECHAT_CLOSED)
        return sim_wechat_refuse(400, "ORDER_CLOSED");
    return strcmp(trade->body, body) == 0 ? fresh_code(trade) : sim_wechat_refuse(400, "INVALID_REQUEST");
}

static bool is_order(const struct sim_wechat *sim, const struct json *body)
{
    const struct json *amount = json_member(body, "amount");
    const char *notify = json_text(body, "notify_url", "");
    const char *description = json_text(body, "description", "");
    return is_number(json_text(body, "out_trade_no", ""), 32) && description[0] != '\0' &&
           text_length(description) <= 127 && notify[0] != '\0' && strlen(notify) <= 255 &&
           strchr(notify, '?') == NULL && json_number(amount, "total", 0) > 0 &&
           strcmp(json_text(amount, "currency", "CNY"), "CNY") == 0 &&
           strcmp(json_text(body, "mchid", ""), sim->merchant_id) == 0;
}

static struct sim_wechat_said native(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    const char *number = json_text(asked->body, "out_trade_no", "");
    int64_t now_s = sim_control_utc_s(&sim->control);
    if (!is_order(sim, asked->body))
        return sim_wechat_refuse(400, "PARAM_ERROR");
    if (strcmp(json_text(asked->body, "appid", ""), sim->app_id) != 0)
        return sim_wechat_refuse(400, "APPID_MCHID_NOT_MATCH");
    struct sim_wechat_order *trade = order_of(sim, number);
    if (trade != NULL)
        return native_again(trade, asked->body_text);
    int64_t until_s = read_time(json_text(asked->body, "time_expire", ""));
    trade = sim_wechat_ledger_add(&sim->ledger);
    (void)text_copy(trade->out_trade_no, sizeof(trade->out_trade_no), number);
    if (!text_copy(trade->body, sizeof(trade->body), asked->body_text)) {
        sim->ledger.count--;
        return sim_wechat_refuse(400, "PARAM_ERROR");
    }
    trade->amount_fen = json_number(json_member(asked->body, "amount"), "total", 0);
    trade->until_utc_s = until_s == 0                       ? now_s + ORDER_LIFE_S
                         : until_s < now_s + EXPIRE_LEAST_S ? now_s + EXPIRE_LEAST_S
                                                            : until_s;
    return fresh_code(trade);
}

/* --- query, close ------------------------------------------------------------------------------------ */

static void set_paid(struct json *content, const struct sim_wechat_order *trade)
{
    char paid[TIME_BYTES];
    struct json *payer = json_new_object();
    write_time(trade->paid_utc_s, paid);
    json_set_text(payer, "openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
    json_set_text(content, "transaction_id", trade->transaction_id);
    json_set_text(content, "bank_type", "OTHERS");
    json_set_text(content, "success_time", paid);
    json_set_take(content, "payer", payer);
}

static struct sim_wechat_said query(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    const struct sim_wechat_order *trade = order_of(sim, asked->number);
    if (trade == NULL)
        return sim_wechat_refuse(404, "ORDER_NOT_EXIST");
    struct json *content = json_new_object();
    struct json *amount = json_new_object();
    json_set_text(content, "appid", sim->app_id);
    json_set_text(content, "mchid", sim->merchant_id);
    json_set_text(content, "out_trade_no", trade->out_trade_no);
    json_set_text(content, "trade_type", "NATIVE");
    json_set_text(content, "trade_state", sim_wechat_ledger_state_name(trade->state));
    json_set_text(content, "trade_state_desc", "模拟订单");
    if (trade->paid_count > 0)
        set_paid(content, trade);
    json_set_integer(amount, "total", trade->amount_fen);
    json_set_integer(amount, "payer_total", trade->amount_fen);
    json_set_text(amount, "currency", "CNY");
    json_set_take(content, "amount", amount);
    return success(content);
}

static struct sim_wechat_said close_order(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    struct sim_wechat_order *trade = order_of(sim, asked->number);
    if (strcmp(json_text(asked->body, "mchid", ""), sim->merchant_id) != 0)
        return sim_wechat_refuse(400, "PARAM_ERROR");
    if (trade == NULL)
        return sim_wechat_refuse(404, "ORDER_NOT_EXIST");
    if (trade->state == SIM_WECHAT_SUCCESS || trade->state == SIM_WECHAT_REFUND)
        return sim_wechat_refuse(400, "ORDERPAID");
    trade->state = SIM_WECHAT_CLOSED;
    return (struct sim_wechat_said){.code = 204};
}

/* --- refund ------------------------------------------------------------------------------------------ */

static struct sim_wechat_said refund_answer(const struct sim_wechat_order *trade,
                                            const struct sim_wechat_refund *refund,
                                            enum sim_wechat_refund_state said)
{
    char created[TIME_BYTES];
    struct json *content = json_new_object();
    struct json *amount = json_new_object();
    write_time(refund->utc_s, created);
    json_set_text(content, "refund_id", refund->out_refund_no);
    json_set_text(content, "out_refund_no", refund->out_refund_no);
    json_set_text(content, "transaction_id", trade->transaction_id);
    json_set_text(content, "out_trade_no", trade->out_trade_no);
    json_set_text(content, "channel", "ORIGINAL");
    json_set_text(content, "create_time", created);
    json_set_text(content, "status", sim_wechat_ledger_refund_name(said));
    json_set_integer(amount, "total", trade->amount_fen);
    json_set_integer(amount, "refund", refund->amount_fen);
    json_set_text(amount, "currency", "CNY");
    json_set_take(content, "amount", amount);
    return success(content);
}

/* Accepted is never done: the first answer says PROCESSING, a later query says what became of it. */
static struct sim_wechat_said refund_now(struct sim_wechat *sim, struct sim_wechat_order *trade,
                                         const char *number, int64_t amount_fen)
{
    struct sim_fault fault;
    if (amount_fen > sim_wechat_ledger_left_fen(trade))
        return sim_wechat_refuse(400, "INVALID_REQUEST");
    if (trade->refund_count == SIM_WECHAT_REFUNDS)
        return sim_wechat_refuse(403, "RULE_LIMIT");
    struct sim_wechat_refund *refund = &trade->refunds[trade->refund_count++];
    *refund = (struct sim_wechat_refund){
        .amount_fen = amount_fen, .utc_s = sim_control_utc_s(&sim->control), .state = SIM_WECHAT_DONE};
    (void)text_copy(refund->out_refund_no, sizeof(refund->out_refund_no), number);
    if (sim_faults_take(&sim->control.faults, "refund", "refund-pending", &fault))
        refund->state = SIM_WECHAT_PROCESSING;
    if (sim_faults_take(&sim->control.faults, "refund", "refund-abnormal", &fault))
        refund->state = SIM_WECHAT_ABNORMAL;
    trade->state = SIM_WECHAT_REFUND;
    return refund_answer(trade, refund, SIM_WECHAT_PROCESSING);
}

static struct sim_wechat_said refund(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    struct sim_wechat_order *owner = NULL;
    const struct json *amount = json_member(asked->body, "amount");
    const char *number = json_text(asked->body, "out_refund_no", "");
    int64_t amount_fen = json_number(amount, "refund", 0);
    struct sim_wechat_order *trade = order_of(sim, json_text(asked->body, "out_trade_no", ""));
    if (!is_number(number, 64) || amount_fen <= 0 || strcmp(json_text(amount, "currency", ""), "CNY") != 0)
        return sim_wechat_refuse(400, "PARAM_ERROR");
    if (trade == NULL)
        return sim_wechat_refuse(404, "RESOURCE_NOT_EXISTS");
    if (trade->paid_count == 0 || json_number(amount, "total", 0) != trade->amount_fen)
        return sim_wechat_refuse(400, "INVALID_REQUEST");
    const struct sim_wechat_refund *earlier = sim_wechat_ledger_refund(&sim->ledger, number, &owner);
    if (earlier == NULL)
        return refund_now(sim, trade, number, amount_fen);
    if (owner != trade || earlier->amount_fen != amount_fen)
        return sim_wechat_refuse(400, "INVALID_REQUEST");
    return refund_answer(trade, earlier, earlier->state);
}

static struct sim_wechat_said refund_query(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    struct sim_wechat_order *trade = NULL;
    const struct sim_wechat_refund *found = sim_wechat_ledger_refund(&sim->ledger, asked->number, &trade);
    return found == NULL ? sim_wechat_refuse(404, "RESOURCE_NOT_EXISTS")
                         : refund_answer(trade, found, found->state);
}

/* --- certificates ------------------------------------------------------------------------------------ */

static struct json *certificate_row(const struct sim_wechat *sim, enum sim_wechat_signer signer)
{
    static const char nonce[] = "simulated-01";
    struct buf sealed;
    struct json *row = json_new_object();
    struct json *inner = json_new_object();
    buf_init(&sealed, LIMIT_CERTIFICATE_BYTES);
    if (sim_wechat_keys_seal(sim->keys, signer, nonce, "certificate", &sealed) == STATUS_OK)
        json_set_text(inner, "ciphertext", (const char *)sealed.data);
    json_set_text(inner, "algorithm", "AEAD_AES_256_GCM");
    json_set_text(inner, "nonce", nonce);
    json_set_text(inner, "associated_data", "certificate");
    json_set_text(row, "serial_no", sim_wechat_keys_serial(signer));
    json_set_take(row, "encrypt_certificate", inner);
    buf_release(&sealed);
    return row;
}

static struct sim_wechat_said certificates(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    struct json *content = json_new_object();
    struct json *list = json_new_array();
    (void)asked;
    json_append_take(list, certificate_row(sim, SIM_WECHAT_SIGNER_NOW));
    json_append_take(list, certificate_row(sim, SIM_WECHAT_SIGNER_NEXT));
    json_set_take(content, "data", list);
    return success(content);
}

struct sim_wechat_said sim_wechat_do(struct sim_wechat *sim, const struct sim_wechat_asked *asked)
{
    static const struct {
        const char *name;
        struct sim_wechat_said (*run)(struct sim_wechat *sim, const struct sim_wechat_asked *asked);
    } rows[] = {
        {"native", native},
        {"query", query},
        {"close", close_order},
        {"refund", refund},
        {"refund-query", refund_query},
        {"certificates", certificates},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].name, asked->name) == 0)
            return rows[i].run(sim, asked);
    return sim_wechat_refuse(404, "RESOURCE_NOT_EXISTS");
}
