/* Scanner client: the SANE back end as the product sees it: requests to a driver host that loads the vendor's
 * code.
 *
 * It keeps no handle of a device; every call names it. A host that hangs is killed at the call's deadline and
 * started again by a later call.
 * Pitfall: the helper process belongs to the thread of the first call (drivers/host/host.h).
 */
#ifndef DRIVERS_SCANNER_SCANNER_CLIENT_H
#define DRIVERS_SCANNER_SCANNER_CLIENT_H

#include <sys/types.h>

#include "drivers/host/host.h"
#include "drivers/scanner/scanner.h"

/* A back end for scanner_open_ops over the program `host_path`, SANE_CONFIG_DIR set when sane_config_dir is
 * given. Returns: CONFIG without a path, NO_MEMORY. Owns: *self is closed by the scanner. */
enum status scanner_client_new(const char *host_path, const char *sane_config_dir, const struct clock *clock,
                               const struct scanner_ops **ops, void **self, struct failure *failure);

/* How its helpers ended that were given up; for tests. */
struct host_ends scanner_client_ends(const void *self);

/* The helper's process id, 0 when none runs; for tests that kill it. */
pid_t scanner_client_pid(const void *self);

#endif
