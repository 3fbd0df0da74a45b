/* Wechat reply: what the bodies of WeChat Pay API v3 say: error codes as result classes, trades and refunds.
 *
 * Bytes in, findings out; it knows no key and no network. Amounts are fen on both sides.
 * Pitfall: nothing in a body is true before the signature in the reply's headers is.
 */
#ifndef DRIVERS_PAYMENT_WECHAT_REPLY_H
#define DRIVERS_PAYMENT_WECHAT_REPLY_H

#include "drivers/payment/payment.h"
#include "kiosk/base/json.h"

enum { WECHAT_REPLY_CODE_BYTES = 64 };

/* The merchant an answer must speak of. */
struct wechat_reply_shop {
    const char *app_id;
    const char *merchant_id;
};

/* The answer of this HTTP code, with the error's own code or "", as a result class.
 * Returns: OK, REFUSED, UNKNOWN, BUSY, CONFIG as payment.h has them, and NOT_FOUND for "no such order". */
enum status wechat_reply_class(int http_code, const char *code);

/* Whether an answer of this class may be believed without a signature: only what never reached an order. */
bool wechat_reply_may_be_unsigned(enum status status);

/* The trade an answer describes, checked against number, amount and merchant.
 * Returns: UNKNOWN (cannot be read), CONFLICT (another number, amount, app, merchant or currency).
 * After failure: *out is unchanged. */
enum status wechat_reply_trade(const struct json *content, const struct wechat_reply_shop *shop,
                               const char *out_trade_no, int64_t amount_fen, struct payment_trade *out,
                               struct failure *failure);

/* The refund an answer describes, checked against both numbers and the amount.
 * Returns: UNKNOWN, CONFLICT as above; REFUSED when it ended without the money moving.
 * After failure: *out is unchanged. */
enum status wechat_reply_refund(const struct json *content, const char *out_trade_no,
                                const char *out_refund_no, int64_t amount_fen, enum payment_refund_state *out,
                                struct failure *failure);

#endif
