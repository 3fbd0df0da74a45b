/* CA escrow: the private encryption keys the CA keeps for their holders, sealed under a key of its own.
 *
 * The escrow key (32 bytes) lies apart in dir/escrow/escrow.key, 0600, so that backups of the records alone
 * open nothing. Each private key is sealed by AES-256-GCM (NIST SP 800-38D) with its certificate's serial as
 * associated data; in plain it exists for one call, in memory that is wiped. Pitfall: whoever loses
 * escrow.key has lost every escrowed key; back it up apart from the directory.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_ESCROW_H
#define DRIVERS_AUTHORITY_CA_CA_ESCROW_H

#include <openssl/evp.h>

#include "drivers/authority/ca/ca_settings.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/crypto.h"

/* Zeroed is empty and may be released. */
struct ca_escrow {
    uint8_t key[CRYPTO_KEY_BYTES];
    bool has_key;
};

/* A fresh escrow key stands in the directory. Returns: FULL, IO. */
enum status ca_escrow_create(const char *dir, struct failure *failure);

/* The directory's escrow key is at hand; without one, and when nothing is in escrow yet, a fresh one is made.
 * Returns: NOT_FOUND when it is gone although something is in escrow, MALFORMED, FULL, IO.
 * Owns: the caller releases *out. After failure: *out is empty. */
enum status ca_escrow_load(const char *dir, bool is_in_use, struct ca_escrow *out, struct failure *failure);
/* The key is wiped. */
void ca_escrow_release(struct ca_escrow *escrow);

/* The private key, sealed, stands at the end of the buffer. Returns: NO_MEMORY, FULL. */
enum status ca_escrow_seal(const struct ca_escrow *escrow, const char *serial, const EVP_PKEY *key,
                           struct buf *sealed);

/* The private key that was sealed under this serial, enveloped for an RSA public key (EnvelopedKey of
 * drivers/token/token_envelope.h), stands at the end of the buffer. Returns: MALFORMED when the seal is not
 * right, UNSUPPORTED for a key that is not RSA, NO_MEMORY, FULL. After failure: the buffer is unchanged. */
enum status ca_escrow_envelope(const struct ca_escrow *escrow, const char *serial, struct bytes sealed,
                               EVP_PKEY *receiver, struct buf *envelope, struct failure *failure);

#endif
