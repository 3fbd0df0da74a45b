/* Signature: whether bytes were signed by the key of a certificate or by a bare public key.
 *
 * RSA PKCS#1 v1.5 with SHA-256 (RFC 8017 8.2) and ECDSA P-256 with SHA-256 (RFC 3279 2.2.3, DER). Signing is
 * the token's work. Used for the fresh challenge after a certificate was written and read back. Pitfall: a
 * challenge must be drawn anew for each check, or an old answer would pass.
 */
#ifndef KIOSK_PKI_SIGNATURE_H
#define KIOSK_PKI_SIGNATURE_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"

/* The ECDSA signature r||s, as PKCS#11 gives it (CKM_ECDSA, 2.3.1), stands as DER at the end of the buffer.
 * Returns: MALFORMED unless it is 64 bytes with r and s not 0; FULL, NO_MEMORY. Thread: any.
 * After failure: the buffer is unchanged. */
enum status signature_from_raw(struct bytes raw, struct buf *der);

/* The signature over the message was made by the private key of the certificate.
 * Returns: OK only then; REFUSED when it was not; MALFORMED for an unreadable certificate; UNSUPPORTED for
 * another algorithm. Thread: any. */
enum status signature_check(struct bytes certificate, struct bytes message, struct bytes signature,
                            struct failure *failure);

/* The signature over the message was made by the private key of this SubjectPublicKeyInfo.
 * Returns: as signature_check. Thread: any. */
enum status signature_check_public_key(struct bytes public_key, struct bytes message, struct bytes signature,
                                       struct failure *failure);

/* A signature over a message stands at the end of the buffer as CMS SignedData (RFC 5652 section 5), DER: the
 * message is not in it, there are no signed attributes, and the certificate that made it is. So it is what
 * `openssl cms -verify -binary -content` reads. Nothing is checked; ask signature_check. Returns: MALFORMED
 * for an unreadable certificate, UNSUPPORTED for another kind of key; FULL, NO_MEMORY. Thread: any. After
 * failure: the buffer is unchanged. */
enum status signature_to_cms(struct bytes certificate, struct bytes signature, struct buf *out,
                             struct failure *failure);

#endif
