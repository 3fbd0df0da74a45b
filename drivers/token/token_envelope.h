/* Token envelope: a private key on its way from the authority to the key it is meant for, DER taken apart.
 *
 * The authority makes a key pair, keeps it in escrow, and sends the private half so that only the signing key
 * of the holder's own key opens it, inside that key. What the bytes are (DEFINITIONS IMPLICIT TAGS):
 *
 *   EnvelopedKey ::= SEQUENCE {
 *     keyTransport  AlgorithmIdentifier,  -- id-RSAES-OAEP (RFC 8017 A.2.1) with an empty SEQUENCE of
 *                                         -- parameters: SHA-1, MGF1 with SHA-1, no label
 *     transported   OCTET STRING,         -- a fresh AES-256 key, encrypted to the signing public key
 *     keyWrap       AlgorithmIdentifier,  -- id-aes256-wrap-pad (RFC 5649 section 3) without parameters
 *     wrapped       OCTET STRING }        -- PrivateKeyInfo (PKCS#8, RFC 5208) wrapped under the AES key
 *
 * It is what PKCS#11 2.40 unwraps in two calls: CKM_RSA_PKCS_OAEP, then CKM_AES_KEY_WRAP_PAD. SHA-1 stands
 * there because it is the default of RSAES-OAEP and all that many keys take; OAEP does not lean on its
 * collisions. Opens nothing itself. Pitfall: a well-formed envelope may still be another key's.
 */
#ifndef DRIVERS_TOKEN_TOKEN_ENVELOPE_H
#define DRIVERS_TOKEN_TOKEN_ENVELOPE_H

#include "kiosk/base/bytes.h"
#include "kiosk/base/status.h"

struct token_envelope {
    struct bytes transported;
    struct bytes wrapped;
};

/* The envelope's two parts are found. Returns: MALFORMED for anything but one such value; UNSUPPORTED for
 * other algorithms. Owns: the parts are borrowed from the bytes. Thread: any. After failure: *out is
 * unchanged. */
enum status token_envelope_read(struct bytes der, struct token_envelope *out);

#endif
