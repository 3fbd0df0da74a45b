/* Trades at Alipay (OpenAPI alipay.trade.*): what each method asks and what its answers mean. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/payment/alipay_form.h"
#include "drivers/payment/alipay_gateway.h"
#include "drivers/payment/payment_drivers.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"

enum {
    PRODUCT_BYTES = 64,
    STORE_BYTES = 33,
    SUBJECT_CHARACTERS = 200,
    SUBJECT_BYTES = 1024,
    EXPIRES_LEAST_S = 60,
    EXPIRES_MOST_S = 7200, /* a code lives two hours at most, whatever is asked */
    HALL_OFFSET_S = 8 * 3600
};

struct payment_alipay {
    const struct clock *clock; /* borrowed */
    struct alipay_gateway *gateway;
    char product_code[PRODUCT_BYTES];
    char store_id[STORE_BYTES];
    char terminal_id[STORE_BYTES];
};

/* "No such trade" is a plain refusal for every method that does not expect it. */
static enum status without_not_found(enum status status)
{
    return status == STATUS_NOT_FOUND ? STATUS_REFUSED : status;
}

static enum status conflict(struct failure *failure, const char *what)
{
    return failure_set(failure, STATUS_CONFLICT, "alipay", 0, "the answer speaks of another %s", what);
}

/* Some answers leave the number out; one that names another is an alarm. */
static bool is_our_number(const struct json *content, const char *out_trade_no)
{
    const char *said = json_text(content, "out_trade_no", "");
    return said[0] == '\0' || strcmp(said, out_trade_no) == 0;
}

static bool is_money(const struct json *content, const char *name, int64_t *fen)
{
    return money_from_yuan(json_text(content, name, ""), fen) == STATUS_OK;
}

/* "2023-11-15 06:13:20" in hall time. Returns: 0 for anything else. */
static int64_t read_hall_time(const char *text)
{
    struct tm hall = {0};
    const char *end = strptime(text, "%Y-%m-%d %H:%M:%S", &hall);
    if (end == NULL || *end != '\0')
        return 0;
    return (int64_t)timegm(&hall) - HALL_OFFSET_S;
}

/* --- create
 * --------------------------------------------------------------------------------------------------- */

/* Alipay refuses '/', '=' and '&' in a subject. */
static void clean_subject(const char *subject, char out[SUBJECT_BYTES])
{
    size_t length = text_prefix_bytes(subject, SUBJECT_CHARACTERS);
    if (length > SUBJECT_BYTES - 1)
        length = 0;
    for (size_t i = 0; i < length; i++)
        out[i] = strchr("/=&", subject[i]) == NULL ? subject[i] : ' ';
    out[length] = '\0';
}

static void set_if_given(struct json *object, const char *name, const char *value)
{
    if (value[0] != '\0')
        json_set_text(object, name, value);
}

static int bounded_expiry(int expires_s)
{
    if (expires_s < EXPIRES_LEAST_S)
        return EXPIRES_LEAST_S;
    return expires_s > EXPIRES_MOST_S ? EXPIRES_MOST_S : expires_s;
}

static struct json *new_precreate(const struct payment_alipay *alipay, const struct payment_order *order)
{
    char amount[MONEY_TEXT_BYTES];
    char subject[SUBJECT_BYTES];
    char minutes[16];
    money_to_yuan(order->amount_fen, amount);
    clean_subject(order->subject, subject);
    (void)snprintf(minutes, sizeof(minutes), "%dm", (bounded_expiry(order->expires_s) + 59) / 60);
    struct json *biz = json_new_object();
    json_set_text(biz, "out_trade_no", order->out_trade_no);
    json_set_text(biz, "total_amount", amount);
    json_set_text(biz, "subject", subject);
    json_set_text(biz, "product_code", alipay->product_code);
    json_set_text(biz, "timeout_express", minutes);
    json_set_text(biz, "qr_code_timeout_express", minutes);
    set_if_given(biz, "store_id", alipay->store_id);
    set_if_given(biz, "terminal_id", alipay->terminal_id);
    return biz;
}

static enum status read_code(const struct json *content, const char *out_trade_no, struct payment_code *out,
                             struct failure *failure)
{
    struct payment_code code = {.valid_until_utc_s = out->valid_until_utc_s};
    const char *qr_text = json_text(content, "qr_code", "");
    if (strcmp(json_text(content, "out_trade_no", ""), out_trade_no) != 0)
        return conflict(failure, "number");
    if (qr_text[0] == '\0' || !text_copy(code.qr_text, sizeof(code.qr_text), qr_text))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "no usable code in the answer");
    *out = code;
    return STATUS_OK;
}

static enum status alipay_create(void *context, const struct payment_call *call,
                                 const struct payment_order *order, struct payment_code *out,
                                 struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    struct payment_code code = {.valid_until_utc_s =
                                    clock_utc_s(alipay->clock) + bounded_expiry(order->expires_s)};
    struct json *biz = new_precreate(alipay, order);
    enum status status =
        alipay_gateway_call(alipay->gateway, call, "alipay.trade.precreate", biz, true, &answer, failure);
    if (status == STATUS_OK)
        status = read_code(answer.content, order->out_trade_no, &code, failure);
    if (status == STATUS_OK)
        *out = code;
    alipay_answer_release(&answer);
    json_free(biz);
    return without_not_found(status);
}

/* --- query
 * ---------------------------------------------------------------------------------------------------- */

/* "Refunded" is told from "closed unpaid" by the day it was paid, which only a paid trade has. */
static enum status read_state(const char *text, bool was_paid, enum payment_state *out)
{
    if (strcmp(text, "WAIT_BUYER_PAY") == 0)
        *out = PAYMENT_WAITING;
    else if (strcmp(text, "TRADE_SUCCESS") == 0 || strcmp(text, "TRADE_FINISHED") == 0)
        *out = PAYMENT_PAID;
    else if (strcmp(text, "TRADE_CLOSED") == 0)
        *out = was_paid ? PAYMENT_REFUNDED : PAYMENT_CLOSED;
    else
        return STATUS_UNKNOWN;
    return STATUS_OK;
}

static enum status check_trade(const struct payment_alipay *alipay, const struct json *content,
                               const char *out_trade_no, int64_t amount_fen, int64_t said_fen,
                               struct failure *failure)
{
    if (strcmp(json_text(content, "out_trade_no", ""), out_trade_no) != 0)
        return conflict(failure, "number");
    if (said_fen != amount_fen)
        return conflict(failure, "amount");
    if (!alipay_gateway_is_our_seller(alipay->gateway, json_text(content, "seller_id", "")))
        return conflict(failure, "seller");
    if (strcmp(json_text(content, "trans_currency", "CNY"), "CNY") != 0)
        return conflict(failure, "currency");
    return STATUS_OK;
}

static enum status read_trade(const struct payment_alipay *alipay, const struct json *content,
                              const char *out_trade_no, int64_t amount_fen, struct payment_trade *out,
                              struct failure *failure)
{
    struct payment_trade trade = {0};
    int64_t paid_utc_s = read_hall_time(json_text(content, "send_pay_date", ""));
    if (read_state(json_text(content, "trade_status", ""), paid_utc_s != 0, &trade.state) != STATUS_OK ||
        !is_money(content, "total_amount", &trade.amount_fen) ||
        !text_copy(trade.trade_no, sizeof(trade.trade_no), json_text(content, "trade_no", "")))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "the trade cannot be read");
    enum status status = check_trade(alipay, content, out_trade_no, amount_fen, trade.amount_fen, failure);
    if (status != STATUS_OK)
        return status;
    (void)text_copy(trade.buyer, sizeof(trade.buyer), json_text(content, "buyer_logon_id", ""));
    trade.paid_utc_s = trade.state == PAYMENT_PAID || trade.state == PAYMENT_REFUNDED ? paid_utc_s : 0;
    *out = trade;
    return STATUS_OK;
}

static struct json *new_biz(const char *out_trade_no)
{
    struct json *biz = json_new_object();
    json_set_text(biz, "out_trade_no", out_trade_no);
    return biz;
}

static enum status alipay_query(void *context, const struct payment_call *call, const char *out_trade_no,
                                int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    struct json *biz = new_biz(out_trade_no);
    enum status status =
        alipay_gateway_call(alipay->gateway, call, "alipay.trade.query", biz, false, &answer, failure);
    if (status == STATUS_NOT_FOUND) {
        *out = (struct payment_trade){.state = PAYMENT_UNSCANNED};
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = read_trade(alipay, answer.content, out_trade_no, amount_fen, out, failure);
    }
    alipay_answer_release(&answer);
    json_free(biz);
    return status;
}

/* --- cancel, close
 * -------------------------------------------------------------------------------------------- */

static enum status read_cancel(const struct json *content, const char *out_trade_no,
                               enum payment_cancel_outcome *out, struct failure *failure)
{
    const char *action = json_text(content, "action", "");
    if (!is_our_number(content, out_trade_no))
        return conflict(failure, "number");
    if (strcmp(json_text(content, "retry_flag", "N"), "Y") == 0)
        return failure_set(failure, STATUS_BUSY, "alipay", 0, "the same cancel again");
    if (strcmp(action, "refund") == 0)
        *out = PAYMENT_CANCEL_GIVEN_BACK;
    else if (action[0] == '\0' || strcmp(action, "close") == 0)
        *out = PAYMENT_CANCEL_CLOSED;
    else
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "cancel did something not known");
    return STATUS_OK;
}

static enum status alipay_cancel(void *context, const struct payment_call *call, const char *out_trade_no,
                                 enum payment_cancel_outcome *out, struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    struct json *biz = new_biz(out_trade_no);
    enum status status =
        alipay_gateway_call(alipay->gateway, call, "alipay.trade.cancel", biz, false, &answer, failure);
    if (status == STATUS_OK)
        status = read_cancel(answer.content, out_trade_no, out, failure);
    alipay_answer_release(&answer);
    json_free(biz);
    return without_not_found(status);
}

static enum status alipay_close(void *context, const struct payment_call *call, const char *out_trade_no,
                                struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    struct json *biz = new_biz(out_trade_no);
    enum status status =
        alipay_gateway_call(alipay->gateway, call, "alipay.trade.close", biz, false, &answer, failure);
    if (status == STATUS_OK && !is_our_number(answer.content, out_trade_no))
        status = conflict(failure, "number");
    alipay_answer_release(&answer);
    json_free(biz);
    return without_not_found(status);
}

/* --- refund
 * --------------------------------------------------------------------------------------------------- */

static enum status read_refund_query(const struct json *content, const char *out_trade_no, int64_t amount_fen,
                                     enum payment_refund_state *out, struct failure *failure)
{
    const char *said = json_text(content, "refund_status", "");
    int64_t said_fen = 0;
    if (!is_our_number(content, out_trade_no))
        return conflict(failure, "number");
    if (said[0] == '\0') {
        *out = PAYMENT_REFUND_ABSENT;
        return STATUS_OK;
    }
    if (strcmp(said, "REFUND_SUCCESS") != 0) {
        *out = PAYMENT_REFUND_PENDING;
        return STATUS_OK;
    }
    if (!is_money(content, "refund_amount", &said_fen))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "the refund cannot be read");
    if (said_fen != amount_fen)
        return conflict(failure, "refund amount");
    *out = PAYMENT_REFUND_DONE;
    return STATUS_OK;
}

static enum status alipay_refund_query(void *context, const struct payment_call *call,
                                       const char *out_trade_no, const char *out_request_no,
                                       int64_t amount_fen, enum payment_refund_state *out,
                                       struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    struct json *biz = new_biz(out_trade_no);
    json_set_text(biz, "out_request_no", out_request_no);
    enum status status = alipay_gateway_call(alipay->gateway, call, "alipay.trade.fastpay.refund.query", biz,
                                             false, &answer, failure);
    if (status == STATUS_OK)
        status = read_refund_query(answer.content, out_trade_no, amount_fen, out, failure);
    alipay_answer_release(&answer);
    json_free(biz);
    return without_not_found(status);
}

static struct json *new_refund(const struct payment_refund_request *request)
{
    char amount[MONEY_TEXT_BYTES];
    money_to_yuan(request->amount_fen, amount);
    struct json *biz = new_biz(request->out_trade_no);
    json_set_text(biz, "refund_amount", amount);
    json_set_text(biz, "out_request_no", request->out_request_no);
    char reason[PAYMENT_REASON_BYTES];
    if (text_copy(reason, sizeof(reason), request->reason == NULL ? "" : request->reason))
        set_if_given(biz, "refund_reason", reason);
    return biz;
}

/* What the refund's own answer settles. `settled` stays false when no money moved by this call, which a
 * repeat and a slow bank have in common: then the refund query decides. */
static enum status read_refund(const struct alipay_answer *answer,
                               const struct payment_refund_request *request, bool *settled,
                               struct failure *failure)
{
    int64_t sum_fen = 0;
    if (!is_our_number(answer->content, request->out_trade_no))
        return conflict(failure, "number");
    *settled = strcmp(json_text(answer->content, "fund_change", ""), "Y") == 0;
    if (*settled && (!is_money(answer->content, "refund_fee", &sum_fen) || sum_fen < request->amount_fen))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "less was given back than asked");
    return STATUS_OK;
}

static enum status alipay_refund(void *context, const struct payment_call *call,
                                 const struct payment_refund_request *request, enum payment_refund_state *out,
                                 struct failure *failure)
{
    struct payment_alipay *alipay = context;
    struct alipay_answer answer = {0};
    bool settled = false;
    struct json *biz = new_refund(request);
    enum status status =
        alipay_gateway_call(alipay->gateway, call, "alipay.trade.refund", biz, false, &answer, failure);
    bool is_pending = strcmp(answer.code, "10003") == 0;
    if (status == STATUS_OK)
        status = read_refund(&answer, request, &settled, failure);
    if (status == STATUS_OK || is_pending) {
        *out = settled ? PAYMENT_REFUND_DONE : PAYMENT_REFUND_PENDING;
        status = STATUS_OK;
    }
    alipay_answer_release(&answer);
    json_free(biz);
    return without_not_found(status);
}

/* --- notification, probe
 * -------------------------------------------------------------------------------------- */

static enum status read_notice(const struct alipay_form *form, struct payment_notice *out,
                               struct failure *failure)
{
    struct payment_notice notice = {0};
    struct payment_trade *trade = &notice.trade;
    trade->paid_utc_s = read_hall_time(alipay_form_value(form, "gmt_payment"));
    if (read_state(alipay_form_value(form, "trade_status"), trade->paid_utc_s != 0, &trade->state) !=
            STATUS_OK ||
        money_from_yuan(alipay_form_value(form, "total_amount"), &trade->amount_fen) != STATUS_OK ||
        alipay_form_value(form, "out_trade_no")[0] == '\0' ||
        !text_copy(notice.out_trade_no, sizeof(notice.out_trade_no),
                   alipay_form_value(form, "out_trade_no")) ||
        !text_copy(trade->trade_no, sizeof(trade->trade_no), alipay_form_value(form, "trade_no")))
        return failure_set(failure, STATUS_MALFORMED, "alipay", 0, "the notification cannot be read");
    (void)text_copy(trade->buyer, sizeof(trade->buyer), alipay_form_value(form, "buyer_logon_id"));
    *out = notice;
    return STATUS_OK;
}

static enum status alipay_verify_notification(void *context, const void *bytes, size_t length,
                                              struct payment_notice *out, struct failure *failure)
{
    const struct payment_alipay *alipay = context;
    struct alipay_form form = {0};
    enum status status = alipay_form_parse(&form, bytes, length);
    if (status != STATUS_OK)
        status = failure_set(failure, STATUS_MALFORMED, "alipay", 0, "the notification is not a form");
    else
        status = alipay_gateway_check_notification(alipay->gateway, &form, failure);
    if (status == STATUS_OK)
        status = read_notice(&form, out, failure);
    alipay_form_release(&form);
    return status;
}

/* A number no trade has: a gateway that takes our signature answers "no such trade". */
static enum status alipay_probe(void *context, const struct payment_call *call, struct failure *failure)
{
    struct payment_trade trade = {0};
    return alipay_query(context, call, "PROBE_0000000000", 1, &trade, failure);
}

/* --- opening
 * -------------------------------------------------------------------------------------------------- */

static void alipay_close_driver(void *context)
{
    struct payment_alipay *alipay = context;
    alipay_gateway_free(alipay->gateway);
    free(alipay);
}

static const struct payment_ops alipay_ops = {
    .name = "alipay",
    .create = alipay_create,
    .query = alipay_query,
    .cancel = alipay_cancel,
    .close = alipay_close,
    .refund = alipay_refund,
    .refund_query = alipay_refund_query,
    .verify_notification = alipay_verify_notification,
    .probe = alipay_probe,
    .close_driver = alipay_close_driver,
};

static bool copy_or_default(char *out, size_t size, const char *value, const char *fallback)
{
    return text_copy(out, size, value == NULL || value[0] == '\0' ? fallback : value);
}

static enum status alipay_open(const struct payment_settings *settings, struct payment **out,
                               struct failure *failure)
{
    struct payment_alipay *alipay = calloc(1, sizeof(*alipay));
    if (alipay == NULL)
        return STATUS_NO_MEMORY;
    alipay->clock = settings->clock;
    enum status status = STATUS_OK;
    if (!copy_or_default(alipay->product_code, PRODUCT_BYTES, settings->product_code,
                         "FACE_TO_FACE_PAYMENT") ||
        !copy_or_default(alipay->store_id, STORE_BYTES, settings->store_id, "") ||
        !copy_or_default(alipay->terminal_id, STORE_BYTES, settings->terminal_id, ""))
        status = failure_set(failure, STATUS_CONFIG, "payment_open", 0, "a shop setting is too long");
    if (status == STATUS_OK)
        status = alipay_gateway_new(settings, &alipay->gateway, failure);
    if (status == STATUS_OK)
        status = payment_new_take(&alipay_ops, alipay, out);
    if (status != STATUS_OK)
        alipay_close_driver(alipay);
    return status;
}

const struct payment_driver payment_alipay_driver = {.name = "alipay", .open = alipay_open};
