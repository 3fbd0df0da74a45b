/* Alipay gateway: one signed call to Alipay's OpenAPI and its verified answer.
 *
 * It holds the keys and certificates, signs, sends, verifies and sorts answers into classes; what a trade is,
 * it does not know. A certificate Alipay changed to is fetched once, checked against the root bundle and
 * kept. Pitfall: code 10000 without a valid signature is UNKNOWN, whatever the answer says.
 */
#ifndef DRIVERS_PAYMENT_ALIPAY_GATEWAY_H
#define DRIVERS_PAYMENT_ALIPAY_GATEWAY_H

#include "drivers/payment/payment.h"
#include "kiosk/base/json.h"

enum { ALIPAY_GATEWAY_CODE_BYTES = 96 };

struct alipay_form;
struct alipay_gateway;

/* What a verified answer says. */
struct alipay_answer {
    char code[16];
    char sub_code[ALIPAY_GATEWAY_CODE_BYTES];
    struct json *content; /* owned */
};

/* Keys and certificates are read; nothing is sent.
 * Returns: CONFIG, NO_MEMORY. Owns: the caller frees it; clock and transport are borrowed. */
enum status alipay_gateway_new(const struct payment_settings *settings, struct alipay_gateway **out,
                               struct failure *failure);

/* Keys are gone; NULL is allowed. */
void alipay_gateway_free(struct alipay_gateway *gateway);

/* The method was asked with this biz_content. `with_notify` adds the notification address.
 * Returns: OK, REFUSED, UNKNOWN, BUSY, CONFIG, CANCELLED as payment.h has them, NOT_FOUND for "no such
 * trade"; *out is filled whenever a believable answer came; else its code is "". Owns: the caller releases
 * *out, also after failure. Thread: one. Time: until call->timeout_ms. */
enum status alipay_gateway_call(struct alipay_gateway *gateway, const struct payment_call *call,
                                const char *method, const struct json *biz, bool with_notify,
                                struct alipay_answer *out, struct failure *failure);

/* The memory is given back; safe on a zeroed answer. */
void alipay_answer_release(struct alipay_answer *answer);

/* The notification's parameters are genuine and meant for this app and this seller.
 * Returns: OK, REFUSED (forged), CONFLICT (another app or seller). */
enum status alipay_gateway_check_notification(const struct alipay_gateway *gateway,
                                              const struct alipay_form *form, struct failure *failure);

/* The merchant's number is ours or not said. */
bool alipay_gateway_is_our_seller(const struct alipay_gateway *gateway, const char *seller_id);

#endif
