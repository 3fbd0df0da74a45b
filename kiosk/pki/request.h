/* Request: a PKCS#10 certification request (RFC 2986) whose private key stays on a token.
 *
 * Two steps, because only the token can sign: request_tbs gives the bytes to sign, request_assemble puts the
 * signature under them and checks it. Keys are RSA of 2048 to 4096 bits (sha256WithRSAEncryption, RFC
 * 8017 8.2) or EC P-256 (ecdsa-with-SHA256, RFC 5758). No attributes are asked for: extensions are the
 * authority's profile. Pitfall: PKCS#11 gives ECDSA signatures as r||s; turn them with signature_from_raw
 * (signature.h) first.
 */
#ifndef KIOSK_PKI_REQUEST_H
#define KIOSK_PKI_REQUEST_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"
#include "kiosk/pki/subject.h"

/* The CertificationRequestInfo to be signed stands at the end of the buffer, DER.
 * Returns: MALFORMED when the public key is not a DER SubjectPublicKeyInfo or the subject is empty;
 * UNSUPPORTED for another algorithm, curve or key size; FULL, NO_MEMORY. Owns: subject and public_key are
 * borrowed. Thread: any. After failure: the buffer is unchanged. */
enum status request_tbs(const struct subject *subject, struct bytes public_key, struct buf *tbs,
                        struct failure *failure);

/* The signed request stands at the end of the buffer, DER, and its own signature is right.
 * Returns: MALFORMED when tbs is not what request_tbs gave; REFUSED when the signature does not belong to the
 * tbs and its key (the token signed something else, or with another key); UNSUPPORTED, FULL, NO_MEMORY. Owns:
 * tbs and signature are borrowed; an ECDSA signature is DER. Thread: any. After failure: the buffer is
 * unchanged. */
enum status request_assemble(struct bytes tbs, struct bytes signature, struct buf *request,
                             struct failure *failure);

/* The SubjectPublicKeyInfo inside a request stands at the end of the buffer, DER.
 * Returns: MALFORMED; FULL, NO_MEMORY. Thread: any. After failure: the buffer is unchanged. */
enum status request_public_key(struct bytes request, struct buf *public_key, struct failure *failure);

/* The request's signature is its own key's: whoever made it has the private key.
 * Returns: MALFORMED; REFUSED when the signature is another's; UNSUPPORTED for another algorithm. Thread:
 * any. */
enum status request_verify(struct bytes request, struct failure *failure);

#endif
