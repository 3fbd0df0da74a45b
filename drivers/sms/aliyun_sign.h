/* Aliyun sign: ACS3-HMAC-SHA256 signatures over requests with everything in the query and an empty body.
 *
 * Bytes in, bytes out; it knows no network and keeps no key. Pitfall: the query that is signed is the query
 * that is sent, byte for byte, so both come from here.
 */
#ifndef DRIVERS_SMS_ALIYUN_SIGN_H
#define DRIVERS_SMS_ALIYUN_SIGN_H

#include <stddef.h>

#include "kiosk/base/buf.h"

struct aliyun_parameter {
    const char *name;
    const char *value;
};

/* The headers that are signed, besides the hash of the empty body; names as in the documentation. */
struct aliyun_headers {
    const char *host;
    const char *action;  /* x-acs-action */
    const char *version; /* x-acs-version */
    const char *date;    /* x-acs-date, "2023-11-14T22:13:20Z" */
    const char *nonce;   /* x-acs-signature-nonce, never used twice */
};

/* SHA-256 of no bytes, the value of x-acs-content-sha256. */
#define ALIYUN_EMPTY_BODY_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* The query, sorted by name and percent-encoded (RFC 3986), stands at the end of the buffer.
 * Returns: as buf_append. `parameters` is put in order in place. */
enum status aliyun_sign_query(struct aliyun_parameter *parameters, size_t count, struct buf *out);

/* The canonical request stands at the end of the buffer. Returns: as buf_append. */
enum status aliyun_sign_canonical(const char *method, const char *query, const struct aliyun_headers *headers,
                                  struct buf *out);

/* The value of the Authorization header stands at the end of the buffer.
 * Returns: as buf_append. */
enum status aliyun_sign_authorization(const char *key_id, const char *secret, size_t secret_length,
                                      const struct buf *canonical, struct buf *out);

#endif
