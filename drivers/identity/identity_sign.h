/* Identity sign: HMAC-SHA256 over requests and replies, and a person as a number nobody can read.
 *
 * Bytes in, bytes out; it knows no network and keeps no key. A request is signed over method, path, time,
 * nonce and body, each followed by LF; its reply over the same nonce, the code and the body, so that no reply
 * can be used twice. Pitfall: the body signed is the body sent, byte for byte.
 */
#ifndef DRIVERS_IDENTITY_IDENTITY_SIGN_H
#define DRIVERS_IDENTITY_IDENTITY_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/secret.h"
#include "kiosk/base/status.h"

enum { IDENTITY_SIGN_BYTES = 65, IDENTITY_SIGN_NONCE_BYTES = 33, IDENTITY_SIGN_TEXT_BYTES = 64 * 1024 };

/* One request as it is signed. */
struct identity_sign_request {
    const char *method; /* "GET" or "POST" */
    const char *path;   /* below the service's address */
    int64_t utc_s;
    const char *nonce;
    const void *body; /* may be NULL when body_length is 0 */
    size_t body_length;
};

/* The signature in hexadecimal. Returns: FULL, NO_MEMORY. */
enum status identity_sign_request(const struct secret *key, const struct identity_sign_request *request,
                                  char out[IDENTITY_SIGN_BYTES]);
/* Whether the reply to the request with this nonce was signed with this key. */
bool identity_sign_is_right(const struct secret *key, const char *nonce, int code, const void *body,
                            size_t length, const char *signature);
/* Name and number under the key, in hexadecimal: what a reply says it is about. Returns: FULL, NO_MEMORY. */
enum status identity_sign_person(const struct secret *key, const char *name, const char *number,
                                 char out[IDENTITY_SIGN_BYTES]);

#endif
