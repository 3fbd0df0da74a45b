/* Pkcs12: a private key with its certificate and chain in one file behind a password (RFC 7292).
 *
 * Both are encrypted by PBES2: PBKDF2 with HMAC-SHA-256 and AES-256-CBC (RFC 8018), the whole is closed by an
 * HMAC-SHA-256, as browsers, Windows and `openssl pkcs12` open it. Pitfall: the password is all that protects
 * it; its rule is kiosk/form/rule_password.h.
 */
#ifndef KIOSK_PKI_PKCS12_H
#define KIOSK_PKI_PKCS12_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"

enum { PKCS12_BYTES = LIMIT_CERTIFICATE_BYTES * (LIMIT_CHAIN_CERTIFICATES + 2) };

/* What goes into one file; everything is borrowed. */
struct pkcs12_content {
    struct bytes private_key; /* PKCS#8 DER (soft_key.h) */
    struct bytes certificate; /* its own */
    struct bytes chain;       /* the certificates above, DER one after another; may be empty */
    const char *name;         /* what programs call it, ASCII */
};

/* The file stands at the end of the buffer, and only who knows the password opens it.
 * Returns: MALFORMED for a part that cannot be read; REFUSED when the key is not the certificate's; FULL,
 * NO_MEMORY. Thread: any. Time: derives keys, about 100 ms of one core. After failure: the buffer is
 * unchanged. */
enum status pkcs12_write(const struct pkcs12_content *content, const struct secret *password, struct buf *out,
                         struct failure *failure);

/* The file opens with this password, holds exactly this certificate, and its key signs the challenge.
 * Returns: REFUSED for another password, certificate or key; MALFORMED for no such file; NO_MEMORY. Thread:
 * any. Time: as above. Pitfall: draw the challenge anew each time. */
enum status pkcs12_prove(struct bytes file, const struct secret *password, struct bytes certificate,
                         struct bytes challenge, struct failure *failure);

#endif
