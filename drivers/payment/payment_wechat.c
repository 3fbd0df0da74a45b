/* Orders at WeChat Pay (API v3, Native): what each call asks and what its answers mean. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/net/gateway_setting.h"
#include "drivers/payment/payment_drivers.h"
#include "drivers/payment/wechat_gateway.h"
#include "kiosk/base/text.h"

enum {
    ID_BYTES = 40,
    NOTIFY_BYTES = 256,
    PATH_BYTES = 256,
    TIME_BYTES = 40,
    DESCRIPTION_CHARACTERS = 127,
    DESCRIPTION_BYTES = 512,
    REASON_CHARACTERS = 80,
    EXPIRES_LEAST_S = 60,
    EXPIRES_MOST_S = 7200 /* a code lives two hours at most, whatever is asked */
};

struct payment_wechat {
    const struct clock *clock; /* borrowed */
    struct wechat_gateway *gateway;
    char app_id[ID_BYTES];
    char merchant_id[ID_BYTES];
    char notify_url[NOTIFY_BYTES];
    /* The same order asked for again must be the same to the letter: its end is kept. */
    char asked_number[PAYMENT_NUMBER_BYTES];
    int64_t asked_until_utc_s;
};

/* "No such order" is a plain refusal for every call that does not expect it. */
static enum status without_not_found(enum status status)
{
    return status == STATUS_NOT_FOUND ? STATUS_REFUSED : status;
}

static struct wechat_reply_shop shop_of(const struct payment_wechat *wechat)
{
    return (struct wechat_reply_shop){.app_id = wechat->app_id, .merchant_id = wechat->merchant_id};
}

static struct json *new_amount(const char *name, int64_t fen)
{
    struct json *amount = json_new_object();
    json_set_integer(amount, name, fen);
    json_set_text(amount, "currency", "CNY");
    return amount;
}

/* The beginning of a text that the channel takes. */
static void set_shortened(struct json *object, const char *name, const char *text, size_t characters)
{
    char out[DESCRIPTION_BYTES];
    size_t length = text_prefix_bytes(text, characters);
    if (length > sizeof(out) - 1)
        length = 0;
    (void)memcpy(out, text, length);
    out[length] = '\0';
    json_set_text(object, name, out);
}

/* --- create ------------------------------------------------------------------------------------------ */

static int64_t end_of(struct payment_wechat *wechat, const struct payment_order *order)
{
    int expires_s = order->expires_s < EXPIRES_LEAST_S  ? EXPIRES_LEAST_S
                    : order->expires_s > EXPIRES_MOST_S ? EXPIRES_MOST_S
                                                        : order->expires_s;
    if (strcmp(wechat->asked_number, order->out_trade_no) != 0) {
        wechat->asked_until_utc_s = clock_utc_s(wechat->clock) + expires_s;
        (void)text_copy(wechat->asked_number, sizeof(wechat->asked_number), order->out_trade_no);
    }
    return wechat->asked_until_utc_s;
}

static struct json *new_order(const struct payment_wechat *wechat, const struct payment_order *order,
                              int64_t until_utc_s)
{
    char until[TIME_BYTES];
    struct json *body = json_new_object();
    (void)clock_format_hall(until_utc_s, "%Y-%m-%dT%H:%M:%S+08:00", until, sizeof(until));
    json_set_text(body, "appid", wechat->app_id);
    json_set_text(body, "mchid", wechat->merchant_id);
    set_shortened(body, "description", order->subject, DESCRIPTION_CHARACTERS);
    json_set_text(body, "out_trade_no", order->out_trade_no);
    json_set_text(body, "time_expire", until);
    json_set_text(body, "notify_url", wechat->notify_url);
    json_set_take(body, "amount", new_amount("total", order->amount_fen));
    return body;
}

static enum status wechat_create(void *context, const struct payment_call *call,
                                 const struct payment_order *order, struct payment_code *out,
                                 struct failure *failure)
{
    struct payment_wechat *wechat = context;
    struct wechat_answer answer = {0};
    struct payment_code code = {.valid_until_utc_s = end_of(wechat, order)};
    struct json *body = new_order(wechat, order, code.valid_until_utc_s);
    const struct wechat_call asked = {.method = "POST", .path = "/v3/pay/transactions/native", .body = body};
    enum status status = wechat_gateway_call(wechat->gateway, call, &asked, &answer, failure);
    if (status == STATUS_OK) {
        const char *url = json_text(answer.content, "code_url", "");
        if (url[0] == '\0' || !text_copy(code.qr_text, sizeof(code.qr_text), url))
            status = failure_set(failure, STATUS_UNKNOWN, "wechat", 0, "no usable code in the answer");
    }
    if (status == STATUS_OK)
        *out = code;
    wechat_answer_release(&answer);
    json_free(body);
    return without_not_found(status);
}

/* --- query, close ------------------------------------------------------------------------------------ */

static enum status wechat_query(void *context, const struct payment_call *call, const char *out_trade_no,
                                int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    struct payment_wechat *wechat = context;
    struct wechat_answer answer = {0};
    const struct wechat_reply_shop shop = shop_of(wechat);
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), "/v3/pay/transactions/out-trade-no/%s?mchid=%s", out_trade_no,
                   wechat->merchant_id);
    const struct wechat_call asked = {.method = "GET", .path = path};
    enum status status = wechat_gateway_call(wechat->gateway, call, &asked, &answer, failure);
    if (status == STATUS_NOT_FOUND) {
        *out = (struct payment_trade){.state = PAYMENT_UNSCANNED};
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = wechat_reply_trade(answer.content, &shop, out_trade_no, amount_fen, out, failure);
    }
    wechat_answer_release(&answer);
    return status;
}

/* Returns: NOT_FOUND when the channel never heard of the number. */
static enum status close_order(struct payment_wechat *wechat, const struct payment_call *call,
                               const char *out_trade_no, struct failure *failure)
{
    struct wechat_answer answer = {0};
    char path[PATH_BYTES];
    struct json *body = json_new_object();
    json_set_text(body, "mchid", wechat->merchant_id);
    (void)snprintf(path, sizeof(path), "/v3/pay/transactions/out-trade-no/%s/close", out_trade_no);
    const struct wechat_call asked = {.method = "POST", .path = path, .body = body};
    enum status status = wechat_gateway_call(wechat->gateway, call, &asked, &answer, failure);
    wechat_answer_release(&answer);
    json_free(body);
    return status;
}

static enum status wechat_close(void *context, const struct payment_call *call, const char *out_trade_no,
                                struct failure *failure)
{
    return without_not_found(close_order(context, call, out_trade_no, failure));
}

/* There is no taking back what was paid: a paid order refuses, and the caller asks about it. An order that
 * was never made, or is closed already, cannot be paid. */
static enum status wechat_cancel(void *context, const struct payment_call *call, const char *out_trade_no,
                                 enum payment_cancel_outcome *out, struct failure *failure)
{
    enum status status = close_order(context, call, out_trade_no, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
        *out = PAYMENT_CANCEL_CLOSED;
        status = STATUS_OK;
    }
    return status;
}

/* --- refund ------------------------------------------------------------------------------------------ */

static struct json *new_refund(const struct payment_refund_request *request)
{
    struct json *body = json_new_object();
    struct json *amount = new_amount("refund", request->amount_fen);
    json_set_integer(amount, "total", request->total_fen);
    json_set_text(body, "out_trade_no", request->out_trade_no);
    json_set_text(body, "out_refund_no", request->out_request_no);
    set_shortened(body, "reason", request->reason == NULL ? "" : request->reason, REASON_CHARACTERS);
    json_set_take(body, "amount", amount);
    return body;
}

static enum status wechat_refund(void *context, const struct payment_call *call,
                                 const struct payment_refund_request *request, enum payment_refund_state *out,
                                 struct failure *failure)
{
    struct payment_wechat *wechat = context;
    struct wechat_answer answer = {0};
    struct json *body = new_refund(request);
    const struct wechat_call asked = {.method = "POST", .path = "/v3/refund/domestic/refunds", .body = body};
    enum status status = wechat_gateway_call(wechat->gateway, call, &asked, &answer, failure);
    if (status == STATUS_OK)
        status = wechat_reply_refund(answer.content, request->out_trade_no, request->out_request_no,
                                     request->amount_fen, out, failure);
    else if (strcmp(answer.code, "INVALID_REQUEST") == 0)
        status = STATUS_REFUSED; /* unpaid, given back already, or the number stands for another amount */
    wechat_answer_release(&answer);
    json_free(body);
    return without_not_found(status);
}

static enum status wechat_refund_query(void *context, const struct payment_call *call,
                                       const char *out_trade_no, const char *out_request_no,
                                       int64_t amount_fen, enum payment_refund_state *out,
                                       struct failure *failure)
{
    struct payment_wechat *wechat = context;
    struct wechat_answer answer = {0};
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), "/v3/refund/domestic/refunds/%s", out_request_no);
    const struct wechat_call asked = {.method = "GET", .path = path};
    enum status status = wechat_gateway_call(wechat->gateway, call, &asked, &answer, failure);
    if (status == STATUS_NOT_FOUND) {
        *out = PAYMENT_REFUND_ABSENT;
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = wechat_reply_refund(answer.content, out_trade_no, out_request_no, amount_fen, out, failure);
    }
    wechat_answer_release(&answer);
    return status;
}

/* A number no order has: a channel that takes our signature answers "no such order". */
static enum status wechat_probe(void *context, const struct payment_call *call, struct failure *failure)
{
    struct payment_trade trade = {0};
    return wechat_query(context, call, "PROBE_0000000000", 1, &trade, failure);
}

/* --- opening ----------------------------------------------------------------------------------------- */

static void wechat_close_driver(void *context)
{
    struct payment_wechat *wechat = context;
    wechat_gateway_free(wechat->gateway);
    free(wechat);
}

static const struct payment_ops wechat_ops = {
    .name = "wechat",
    .create = wechat_create,
    .query = wechat_query,
    .cancel = wechat_cancel,
    .close = wechat_close,
    .refund = wechat_refund,
    .refund_query = wechat_refund_query,
    .probe = wechat_probe,
    .close_driver = wechat_close_driver,
};

static enum status copy_settings(struct payment_wechat *wechat, const struct payment_settings *settings,
                                 struct failure *failure)
{
    enum status status = gateway_setting_copy(wechat->app_id, sizeof(wechat->app_id), settings->wechat.app_id,
                                              "payment_open", "wechat.app_id", true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(wechat->merchant_id, sizeof(wechat->merchant_id),
                                      settings->wechat.merchant_id, "payment_open", "wechat.merchant_id",
                                      true, failure);
    if (status == STATUS_OK)
        status =
            gateway_setting_copy(wechat->notify_url, sizeof(wechat->notify_url), settings->wechat.notify_url,
                                 "payment_open", "wechat.notify_url", true, failure);
    return status;
}

static enum status wechat_open(const struct payment_settings *settings, struct payment **out,
                               struct failure *failure)
{
    struct payment_wechat *wechat = calloc(1, sizeof(*wechat));
    if (wechat == NULL)
        return STATUS_NO_MEMORY;
    wechat->clock = settings->clock;
    enum status status = copy_settings(wechat, settings, failure);
    if (status == STATUS_OK)
        status = wechat_gateway_new(settings, &wechat->gateway, failure);
    if (status == STATUS_OK)
        status = payment_new_take(&wechat_ops, wechat, out);
    if (status != STATUS_OK)
        wechat_close_driver(wechat);
    return status;
}

const struct payment_driver payment_wechat_driver = {.name = "wechat", .open = wechat_open};
