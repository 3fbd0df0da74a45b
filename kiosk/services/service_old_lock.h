/* Service old lock: the lock of another authority that is handed in for the order's new one.
 *
 * Inside kiosk/services only, on the certificates worker. It is read without a PIN and kept by its serial
 * numbers; nothing of ours is withdrawn for it. Known is a lock whose certificate an issuer of the product's
 * list made; any other one goes on for a clerk, who sees it before anything is made. Pitfall: issuers are
 * compared by name alone, because the hall need not have the root of an authority that is gone.
 */
#ifndef KIOSK_SERVICES_SERVICE_OLD_LOCK_H
#define KIOSK_SERVICES_SERVICE_OLD_LOCK_H

#include "kiosk/services/service_context.h"

/* The order's old lock stands in the visit's `old_lock`. Returns: as the store. */
enum status service_old_lock_load(struct service_context *context, struct service_visit *visit,
                                  struct failure *failure);

#endif
