/* Token PKCS#11 import: a private key comes into the key enveloped and is used there, by plain PKCS#11.
 *
 * libp11 unwraps nothing. The AES key of the envelope is a session object of the key, the private key a token
 * object from its first moment, so neither is ever in this process's memory. No CK_ type leaves this unit.
 * Pitfall: a module that cannot unwrap says so with many different numbers; what it said is in `failure`.
 */
#ifndef DRIVERS_TOKEN_TOKEN_PKCS11_IMPORT_H
#define DRIVERS_TOKEN_TOKEN_PKCS11_IMPORT_H

#include "drivers/token/token_envelope.h"
#include "drivers/token/token_pkcs11_raw.h"

/* The pair of an envelope stands on the key under this id and role: sensitive, not extractable, for
 * decrypting and unwrapping only. What is there already is left. Logged in as user; the signing key is the
 * role's own. Returns: NOT_FOUND without a signing key, UNSUPPORTED when it or the module does not unwrap,
 * MALFORMED for an envelope that is another key's or was changed, FULL, LOST, IO. */
enum status token_pkcs11_import(struct token_pkcs11_raw *raw, unsigned long session, enum token_role role,
                                const struct token_key_id *id, const struct token_envelope *envelope,
                                struct failure *failure);

/* What was encrypted to the pair (RSAES-OAEP as in token_envelope.h) stands at the end of the buffer.
 * Logged in as user. Returns: NOT_FOUND, MALFORMED, UNSUPPORTED, LOST, IO. */
enum status token_pkcs11_decrypt(struct token_pkcs11_raw *raw, unsigned long session,
                                 const struct token_key_id *id, const void *data, size_t length,
                                 struct buf *plain, struct failure *failure);

#endif
