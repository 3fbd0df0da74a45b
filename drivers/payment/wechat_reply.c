#include "drivers/payment/wechat_reply.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kiosk/base/text.h"

enum { BUYER_SHOWN = 4, HTTP_NO_CONTENT = 204 };

/* --- errors ------------------------------------------------------------------------------------------ */

static enum status refusal_class(const char *code)
{
    static const struct {
        const char *code;
        enum status status;
    } rows[] = {
        {"PARAM_ERROR", STATUS_CONFIG},        {"INVALID_REQUEST", STATUS_CONFIG},
        {"SIGN_ERROR", STATUS_CONFIG},         {"APPID_MCHID_NOT_MATCH", STATUS_CONFIG},
        {"MCH_NOT_EXISTS", STATUS_CONFIG},     {"NO_AUTH", STATUS_CONFIG},
        {"ORDERPAID", STATUS_REFUSED},         {"ORDER_CLOSED", STATUS_REFUSED},
        {"OUT_TRADE_NO_USED", STATUS_REFUSED}, {"RULE_LIMIT", STATUS_REFUSED},
        {"ACCOUNT_ERROR", STATUS_REFUSED},     {"TRADE_ERROR", STATUS_REFUSED},
        {"NOT_ENOUGH", STATUS_BUSY},           {"ORDER_NOT_EXIST", STATUS_NOT_FOUND},
        {"ORDERNOTEXIST", STATUS_NOT_FOUND},   {"RESOURCE_NOT_EXISTS", STATUS_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(code, rows[i].code) == 0)
            return rows[i].status;
    return STATUS_UNKNOWN;
}

enum status wechat_reply_class(int http_code, const char *code)
{
    if (http_code == 200 || http_code == HTTP_NO_CONTENT)
        return STATUS_OK;
    if (http_code == 429)
        return STATUS_BUSY;
    return http_code >= 400 && http_code < 500 ? refusal_class(code) : STATUS_UNKNOWN;
}

bool wechat_reply_may_be_unsigned(enum status status)
{
    return status == STATUS_CONFIG || status == STATUS_BUSY;
}

static enum status conflict(struct failure *failure, const char *what)
{
    return failure_set(failure, STATUS_CONFLICT, "wechat", 0, "the answer speaks of another %s", what);
}

static bool says(const struct json *content, const char *name, const char *wanted)
{
    return strcmp(json_text(content, name, ""), wanted) == 0;
}

/* --- trades ------------------------------------------------------------------------------------------ */

/* "2018-06-08T10:34:56+08:00" (RFC 3339). Returns: 0 for anything else. */
static int64_t read_time(const char *text)
{
    struct tm parts = {0};
    int hours = 0;
    int minutes = 0;
    char sign = '+';
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
    if (end == NULL)
        return 0;
    int64_t there_s = (int64_t)timegm(&parts);
    if (strcmp(end, "Z") == 0)
        return there_s;
    if (sscanf(end, "%c%2d:%2d", &sign, &hours, &minutes) != 3 || (sign != '+' && sign != '-'))
        return 0;
    int64_t ahead_s = hours * 3600 + minutes * 60;
    return sign == '+' ? there_s - ahead_s : there_s + ahead_s;
}

/* A code that was scanned cannot be told from one that was not: both are NOTPAY. */
static enum status read_state(const char *text, enum payment_state *out)
{
    static const struct {
        const char *text;
        enum payment_state state;
    } rows[] = {
        {"NOTPAY", PAYMENT_UNSCANNED}, {"PAYERROR", PAYMENT_UNSCANNED}, {"USERPAYING", PAYMENT_WAITING},
        {"SUCCESS", PAYMENT_PAID},     {"REFUND", PAYMENT_REFUNDED},    {"CLOSED", PAYMENT_CLOSED},
        {"REVOKED", PAYMENT_CLOSED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(text, rows[i].text) == 0) {
            *out = rows[i].state;
            return STATUS_OK;
        }
    return STATUS_UNKNOWN;
}

/* The payer's number at this merchant, masked: enough to compare, too little to use. */
static void mask_buyer(const char *openid, char out[PAYMENT_BUYER_BYTES])
{
    size_t length = strlen(openid);
    if (length < 3 * BUYER_SHOWN || !text_is_valid(openid, length))
        return;
    (void)snprintf(out, PAYMENT_BUYER_BYTES, "%.*s****%s", BUYER_SHOWN, openid,
                   openid + length - BUYER_SHOWN);
}

static enum status check_trade(const struct json *content, const struct wechat_reply_shop *shop,
                               const char *out_trade_no, struct failure *failure)
{
    if (!says(content, "out_trade_no", out_trade_no))
        return conflict(failure, "number");
    if (!says(content, "appid", shop->app_id))
        return conflict(failure, "app");
    return says(content, "mchid", shop->merchant_id) ? STATUS_OK : conflict(failure, "merchant");
}

static enum status check_amount(const struct json *amount, const char *name, int64_t fen,
                                struct failure *failure)
{
    if (strcmp(json_text(amount, "currency", "CNY"), "CNY") != 0)
        return conflict(failure, "currency");
    return json_number(amount, name, 0) == fen ? STATUS_OK : conflict(failure, "amount");
}

enum status wechat_reply_trade(const struct json *content, const struct wechat_reply_shop *shop,
                               const char *out_trade_no, int64_t amount_fen, struct payment_trade *out,
                               struct failure *failure)
{
    struct payment_trade trade = {0};
    if (read_state(json_text(content, "trade_state", ""), &trade.state) != STATUS_OK ||
        !text_copy(trade.trade_no, sizeof(trade.trade_no), json_text(content, "transaction_id", "")))
        return failure_set(failure, STATUS_UNKNOWN, "wechat", 0, "the trade cannot be read");
    const struct json *amount = json_member(content, "amount");
    bool is_paid = trade.state == PAYMENT_PAID || trade.state == PAYMENT_REFUNDED;
    enum status status = check_trade(content, shop, out_trade_no, failure);
    if (status == STATUS_OK && (is_paid || amount != NULL)) /* unpaid ones may leave it out */
        status = check_amount(amount, "total", amount_fen, failure);
    if (status != STATUS_OK)
        return status;
    if (is_paid) {
        trade.amount_fen = amount_fen;
        trade.paid_utc_s = read_time(json_text(content, "success_time", ""));
        mask_buyer(json_text(json_member(content, "payer"), "openid", ""), trade.buyer);
    }
    *out = trade;
    return STATUS_OK;
}

/* --- refunds ----------------------------------------------------------------------------------------- */

enum status wechat_reply_refund(const struct json *content, const char *out_trade_no,
                                const char *out_refund_no, int64_t amount_fen, enum payment_refund_state *out,
                                struct failure *failure)
{
    const char *said = json_text(content, "status", "");
    if (!says(content, "out_trade_no", out_trade_no) || !says(content, "out_refund_no", out_refund_no))
        return conflict(failure, "number");
    enum status status = check_amount(json_member(content, "amount"), "refund", amount_fen, failure);
    if (status != STATUS_OK)
        return status;
    if (strcmp(said, "SUCCESS") == 0)
        *out = PAYMENT_REFUND_DONE;
    else if (strcmp(said, "PROCESSING") == 0)
        *out = PAYMENT_REFUND_PENDING;
    else if (strcmp(said, "CLOSED") == 0 || strcmp(said, "ABNORMAL") == 0)
        return failure_set(failure, STATUS_REFUSED, "wechat", 0, "the refund is %s", said);
    else
        return failure_set(failure, STATUS_UNKNOWN, "wechat", 0, "the refund cannot be read");
    return STATUS_OK;
}
