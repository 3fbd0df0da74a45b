/* Service mine: the certificates that were handed over for somebody's orders.
 *
 * Inside kiosk/services only, on the orders worker. Pitfall: no more than SERVICE_MINE_MAX are listed.
 */
#ifndef KIOSK_SERVICES_SERVICE_MINE_H
#define KIOSK_SERVICES_SERVICE_MINE_H

#include "kiosk/services/service_context.h"

/* The certificates of the request's person stand in *out, which is empty before, of the newest order first.
 * Returns: as service_record_each. */
enum status service_mine_load(struct service_context *context, struct service_job *job,
                              struct service_mine *out);

#endif
