/* Encryption: a short message encrypted to a certificate, so that its holder's key can be asked to read it.
 *
 * RSAES-OAEP (RFC 8017 7.1) with its defaults, what drivers/token decrypts. Not for data at rest or on the
 * wire: it is the fresh challenge after an encryption key was brought onto a key. Pitfall: who can read it
 * has the key; who only holds the certificate has nothing.
 */
#ifndef KIOSK_PKI_ENCRYPTION_H
#define KIOSK_PKI_ENCRYPTION_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"

/* The message, encrypted to the certificate's key, stands at the end of the buffer.
 * Returns: MALFORMED for an unreadable certificate; UNSUPPORTED for a key that is not RSA or a message too
 * long for it; FULL, NO_MEMORY. Thread: any. After failure: the buffer is unchanged. */
enum status encryption_encrypt(struct bytes certificate, struct bytes message, struct buf *out,
                               struct failure *failure);

#endif
