/* Alipay sign: RSA2 signatures (RSA PKCS#1 v1.5 with SHA-256, RFC 8017) over requests, replies and
 * notifications.
 *
 * Bytes in, bytes out; it knows no network and keeps no key.
 * Pitfall: sign_type belongs to a request's signed text, but not to a notification's.
 */
#ifndef DRIVERS_PAYMENT_ALIPAY_SIGN_H
#define DRIVERS_PAYMENT_ALIPAY_SIGN_H

#include <stdbool.h>

#include "drivers/payment/alipay_form.h"
#include "kiosk/base/crypto.h"

/* The form has its parameter "sign" (base64) over everything else in it.
 * Returns: CONFLICT (signed already), FULL, NO_MEMORY, CONFIG (the key cannot sign). */
enum status alipay_sign_request(struct alipay_form *form, const struct crypto_key *app_key);

/* Whether the base64 signature over these exact bytes was made with Alipay's key. */
bool alipay_sign_is_right(const struct crypto_key *alipay_key, const void *bytes, size_t length,
                          const char *signature);

/* Whether the notification's own parameter "sign" fits its other parameters. */
bool alipay_sign_is_notification_right(const struct crypto_key *alipay_key, const struct alipay_form *form);

#endif
