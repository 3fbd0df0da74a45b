/* Wechat sign: what WeChat Pay API v3 wants signed (WECHATPAY2-SHA256-RSA2048), and opening what it seals.
 *
 * Bytes in, bytes out; it knows no network and keeps no key. The signature is RSA PKCS#1 v1.5 with SHA-256
 * (RFC 8017) over lines that each end in LF, also the last.
 * Pitfall: the body signed is the body sent, byte for byte; a 204 is signed over an empty body line.
 */
#ifndef DRIVERS_PAYMENT_WECHAT_SIGN_H
#define DRIVERS_PAYMENT_WECHAT_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/crypto.h"

enum { WECHAT_SIGN_NONCE_BYTES = 33, WECHAT_SIGN_TEXT_BYTES = 64 * 1024, WECHAT_SIGN_HEADER_BYTES = 2048 };

/* One request as it is signed. */
struct wechat_sign_request {
    const char *method; /* "GET" or "POST" */
    const char *path;   /* with its query */
    int64_t utc_s;
    const char *nonce;
    const void *body; /* may be NULL when body_length is 0 */
    size_t body_length;
};

/* Whose signature it is. */
struct wechat_sign_merchant {
    const char *merchant_id;
    const char *serial; /* of the merchant's certificate */
    const struct crypto_key *key;
};

/* The text a request is signed over stands at the end of the buffer. Returns: as buf_append. */
enum status wechat_sign_request_text(const struct wechat_sign_request *request, struct buf *out);

/* The value of the Authorization header stands at the end of the buffer.
 * Returns: CONFIG (the key cannot sign); else as buf_append. */
enum status wechat_sign_authorization(const struct wechat_sign_merchant *merchant,
                                      const struct wechat_sign_request *request, struct buf *out);

/* Whether the base64 signature over time, nonce and body of a reply was made with this key. */
bool wechat_sign_is_right(const struct crypto_key *key, const char *timestamp, const char *nonce,
                          const void *body, size_t length, const char *signature);

/* The plain bytes of a resource sealed with AEAD_AES_256_GCM under the merchant's APIv3 key stand at the end
 * of the buffer. `associated` may be "".
 * Returns: MALFORMED when key, nonce, associated text or bytes do not fit; else as buf_append. */
enum status wechat_sign_open(const uint8_t key[CRYPTO_KEY_BYTES], const char *nonce, const char *associated,
                             const char *ciphertext, struct buf *out);

#endif
