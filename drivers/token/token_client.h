/* Token client: what tests and the doctor ask of the "pkcs11" driver beyond the contract.
 *
 * Not for callers of the contract.
 * Pitfall: the process changes with every restart of the helper.
 */
#ifndef DRIVERS_TOKEN_TOKEN_CLIENT_H
#define DRIVERS_TOKEN_TOKEN_CLIENT_H

#include <sys/types.h>

struct token;

/* The helper's process id. Returns: 0 when none runs or another driver is open. */
pid_t token_client_host_pid(const struct token *token);

#endif
