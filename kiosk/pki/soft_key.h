/* Soft key: a key pair that this program makes itself, for certificates that leave as a file (pkcs12.h).
 *
 * Everything else has its key in a chip or on a phone. A private key here is PKCS#8 DER (RFC 5208) in a
 * buffer of the caller, who wipes it. Pitfall: whoever can read the memory or the file has the key; nothing
 * makes it as good as one in a chip.
 */
#ifndef KIOSK_PKI_SOFT_KEY_H
#define KIOSK_PKI_SOFT_KEY_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"

enum soft_key_kind { SOFT_KEY_RSA_2048, SOFT_KEY_EC_P256 };

enum { SOFT_KEY_BYTES = 4096 }; /* a private key of either kind fits */

/* A fresh pair: the private key and the SubjectPublicKeyInfo stand at the ends of the buffers, DER.
 * Returns: NO_MEMORY, FULL. Owns: the caller wipes private_key, also after failure. Thread: any. Time: up to
 * a second for RSA; never on the screen's thread. */
enum status soft_key_make(enum soft_key_kind kind, struct buf *private_key, struct buf *public_key,
                          struct failure *failure);

/* The signature over the message (with SHA-256, DER for EC) stands at the end of the buffer.
 * Returns: MALFORMED for anything but one private key; FULL, NO_MEMORY. Thread: any. After failure: the
 * buffer is unchanged. */
enum status soft_key_sign(struct bytes private_key, struct bytes message, struct buf *signature,
                          struct failure *failure);

#endif
