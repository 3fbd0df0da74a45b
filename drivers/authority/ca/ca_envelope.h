/* CA envelope: a private key closed for one receiver (EnvelopedKey of drivers/token/token_envelope.h).
 *
 * A fresh AES-256 key wraps it (RFC 5649) and travels by RSAES-OAEP (RFC 8017 7.1) with its defaults. Knows
 * nothing of escrow. Pitfall: fresh keys make every envelope another one; certificates stay the same bytes,
 * envelopes do not.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_ENVELOPE_H
#define DRIVERS_AUTHORITY_CA_CA_ENVELOPE_H

#include <openssl/evp.h>

#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"

/* The private key (PKCS#8 DER) in an envelope for the receiver stands at the end of the buffer.
 * Returns: UNSUPPORTED for a receiver that is not RSA; NO_MEMORY, FULL. After failure: the buffer is
 * unchanged.
 */
enum status ca_envelope_make(EVP_PKEY *receiver, struct bytes pkcs8, struct buf *envelope);

#endif
