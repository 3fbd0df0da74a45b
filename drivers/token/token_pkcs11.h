/* Token PKCS#11: the service that works a key through its vendor's module, inside the helper process only.
 *
 * libp11 for slots, tokens, formatting, login, PINs, certificates and signing; plain PKCS#11 on the same
 * module for what it lacks. The product meets it through token_client.c. Arguments: `--module PATH` and,
 * optionally,
 * `--slot TEXT` that the slot's description must contain.
 * Pitfall: libp11 0.4.12 waits for ever when a session cannot be opened; the caller's deadline ends that.
 */
#ifndef DRIVERS_TOKEN_TOKEN_PKCS11_H
#define DRIVERS_TOKEN_TOKEN_PKCS11_H

struct host_service;

/* The requests of drivers/token/token_wire.h, answered by a PKCS#11 module. Returns: a constant. */
const struct host_service *token_pkcs11_service(void);

#endif
