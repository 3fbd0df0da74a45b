/* Alipay reply: a gateway's body taken apart: the exact signed characters, the signature, and what they say.
 *
 * Bytes in, findings out; it knows no key and no network. The signature covers the inner object's characters
 * as received, from "{" to its matching "}", so they are found by an own scanner and never written anew; what
 * the driver reads is parsed from those same characters. Pitfall: a body is anything anybody on the line may
 * send; nothing in it is true before the signature is.
 */
#ifndef DRIVERS_PAYMENT_ALIPAY_REPLY_H
#define DRIVERS_PAYMENT_ALIPAY_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/json.h"
#include "kiosk/base/status.h"

enum { ALIPAY_REPLY_SIGN_BYTES = 1024, ALIPAY_REPLY_SN_BYTES = 65 };

struct alipay_reply {
    const char *signed_text; /* borrowed from the body: the raw inner object */
    size_t signed_length;
    struct json *content;                /* owned: the same characters, parsed */
    char sign[ALIPAY_REPLY_SIGN_BYTES];  /* base64, "" when there is none */
    char cert_sn[ALIPAY_REPLY_SN_BYTES]; /* of the certificate it was signed with, "" when not said */
};

/* The body is taken apart; the inner object is "<method with _ for .>_response" or "error_response".
 * Returns: MALFORMED (not such a body, a name twice), FULL, NO_MEMORY.
 * Owns: the caller releases *reply, also after failure; it borrows from the body. */
enum status alipay_reply_split(const char *body, size_t length, const char *method,
                               struct alipay_reply *reply);

/* The memory is given back; safe on a zeroed reply. */
void alipay_reply_release(struct alipay_reply *reply);

/* The raw extent of the object that is the value of this top-level name.
 * Returns: NOT_FOUND, MALFORMED. Owns: borrowed from the body. */
enum status alipay_reply_raw_object(const char *body, size_t length, const char *name, const char **object,
                                    size_t *object_length);

/* The gateway's code and sub_code as a result class.
 * Returns: OK, REFUSED, UNKNOWN, BUSY, CONFIG as payment.h has them, and NOT_FOUND for "no such trade". */
enum status alipay_reply_class(const char *code, const char *sub_code);

/* Whether a reply of this code may be believed without a signature: only refusals of the gateway itself,
 * which never reached a trade. */
bool alipay_reply_may_be_unsigned(const char *code);

#endif
