/* Password: the salted hash of a password, as the store keeps it for clerks and for holders' accounts.
 *
 * Inside the store only. Pitfall: hashing takes about 100 ms; do it before the store is locked.
 */
#ifndef KIOSK_STORE_STORE_PASSWORD_H
#define KIOSK_STORE_STORE_PASSWORD_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store_inner.h"

enum { STORE_PASSWORD_HASH_BYTES = 192 };

/* The hash stands in *out.
 * Returns: MALFORMED (shorter than `least` bytes), else as crypto_password_hash. Time: hashes. */
enum status store_password_hash(struct store *store, const struct secret *password, size_t least,
                                char out[STORE_PASSWORD_HASH_BYTES], struct failure *failure);
/* Whether the password belongs to the hash; "" belongs to nobody, and takes as long. Time: hashes. */
bool store_password_matches(struct store *store, const char *hash, const struct secret *password);

#endif
