/* Token judge: OpenSSL's opinion of what a key gave: signatures, public keys; and certificates to write on
 * it.
 *
 * Independent of the drivers it judges.
 * Pitfall: the certificates are signed by a throwaway key and chain to nothing.
 */
#ifndef TESTS_SUPPORT_TOKEN_JUDGE_H
#define TESTS_SUPPORT_TOKEN_JUDGE_H

#include <stdbool.h>

#include "kiosk/base/buf.h"

#define TOKEN_JUDGE_ISSUER                                                                                   \
    "宿迁市公共资源交易CA" /* of every certificate it makes, but for a signature of its own */

/* Whether the X.509 form of a SHA-256 signature is right under a SubjectPublicKeyInfo. */
bool token_judge_verifies(const void *public_key, size_t public_key_length, const void *data, size_t length,
                          const void *signature, size_t signature_length);

/* A certificate for a SubjectPublicKeyInfo with this serial number and a Chinese subject, DER. Valid from
 * 2026-01-01 to 2027-01-01 UTC. Owns: the caller releases it. */
struct buf token_judge_certificate(const void *public_key, size_t public_key_length, long serial);

#endif
