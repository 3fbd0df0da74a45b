/* Der: OpenSSL's objects from exactly one DER value, for the files of this folder only.
 *
 * The one place that turns OpenSSL's error queue into a struct failure. Callers outside kiosk/pki hand bytes.
 * Pitfall: d2i functions stop at the end of the value and accept what follows; these refuse a rest.
 */
#ifndef KIOSK_PKI_DER_H
#define KIOSK_PKI_DER_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"

/* The keys this product makes certificates for. */
enum der_key { DER_KEY_OTHER, DER_KEY_RSA, DER_KEY_P256 };

/* The certificate is parsed. Returns: NULL for anything but one certificate of at most
 * LIMIT_CERTIFICATE_BYTES. Owns: the caller frees it with X509_free. */
X509 *der_certificate(struct bytes bytes);

/* The revocation list is parsed. Returns: NULL past LIMIT_CONFIG_BYTES or when it is none.
 * Owns: the caller frees it with X509_CRL_free. */
X509_CRL *der_crl(struct bytes bytes);

/* The SubjectPublicKeyInfo is parsed. Returns: NULL. Owns: the caller frees it with EVP_PKEY_free. */
EVP_PKEY *der_public_key(struct bytes bytes);

/* The number as capital hexadecimal digits. Returns: false for a negative one, one of more than 20 octets, or
 * one that does not fit. */
bool der_serial(const ASN1_INTEGER *number, char *out, size_t size);
/* The time in seconds since 1970-01-01 UTC. Returns: false for one that is none. */
bool der_time(const ASN1_TIME *time, int64_t *utc_s);

/* Which of our kinds the key is: RSA of 2048 to 4096 bits or EC on P-256. NULL is OTHER. */
enum der_key der_key_kind(const EVP_PKEY *key);

/* The value made by an i2d call stands at the end of the buffer and is freed.
 * Returns: MALFORMED when the i2d call failed (length not above 0), else as buf_append. */
enum status der_append(struct buf *out, unsigned char *value, int length);

/* The oldest reason in OpenSSL's queue is kept as detail and the queue is empty. Returns: the status given.
 */
enum status der_failure(struct failure *failure, enum status status, const char *where);

#endif
