/* Service owner: the name claims and leases are held under, which one running program has at a time.
 *
 * Inside kiosk/services only. Whoever holds the name is taken for the holder of everything under it, so two
 * terminals of one `terminal.id` on one store would both act. The kernel locks a file beside the store and
 * lets go of it whatever ends the program; the file stays, empty.
 * Pitfall: a network file system may not know such locks between machines; the store is no better off there.
 */
#ifndef KIOSK_SERVICES_SERVICE_OWNER_H
#define KIOSK_SERVICES_SERVICE_OWNER_H

#include "kiosk/base/failure.h"

/* The name is this program's on this store. Returns: BUSY when another program has it, FULL, IO.
 * Owns: *out is the caller's, for service_owner_drop. After failure: *out is unchanged. */
enum status service_owner_take(const char *store_file, const char *owner, int *out, struct failure *failure);
/* The name is anybody's again; -1 is allowed. */
void service_owner_drop(int lock);

#endif
