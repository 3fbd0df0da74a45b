/* Wechat gateway: one signed call to WeChat Pay API v3 and its verified answer.
 *
 * It holds the keys, signs, sends, verifies and sorts answers into classes; what an order is, it does not
 * know. Replies are verified with the configured platform certificate or public key; a certificate WeChat
 * changed to is fetched once, opened with the APIv3 key and kept.
 * Pitfall: 200 without a valid signature is UNKNOWN, whatever the body says.
 */
#ifndef DRIVERS_PAYMENT_WECHAT_GATEWAY_H
#define DRIVERS_PAYMENT_WECHAT_GATEWAY_H

#include "drivers/payment/wechat_reply.h"

struct wechat_gateway;

/* What is asked. */
struct wechat_call {
    const char *method;      /* "GET" or "POST" */
    const char *path;        /* with its query */
    const struct json *body; /* NULL for GET */
};

/* What a verified answer says. */
struct wechat_answer {
    int http_code;                      /* 0 when no believable answer came */
    char code[WECHAT_REPLY_CODE_BYTES]; /* of an error, else "" */
    struct json *content;               /* owned; NULL when the body was empty */
};

/* Keys are read; nothing is sent.
 * Returns: CONFIG, NO_MEMORY. Owns: the caller frees it; clock, random and transport are borrowed. */
enum status wechat_gateway_new(const struct payment_settings *settings, struct wechat_gateway **out,
                               struct failure *failure);

/* Keys are gone; NULL is allowed. */
void wechat_gateway_free(struct wechat_gateway *gateway);

/* It was asked.
 * Returns: OK, REFUSED, UNKNOWN, BUSY, CONFIG, CANCELLED as payment.h has them, NOT_FOUND for "no such
 * order"; *out is filled whenever a believable answer came. Owns: the caller releases *out, also after
 * failure. Thread: one. Time: until call->timeout_ms. */
enum status wechat_gateway_call(struct wechat_gateway *gateway, const struct payment_call *call,
                                const struct wechat_call *asked, struct wechat_answer *out,
                                struct failure *failure);

/* The memory is given back; safe on a zeroed answer. */
void wechat_answer_release(struct wechat_answer *answer);

#endif
