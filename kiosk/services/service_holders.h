/* Service holders: what the desk's page of those who come again shows.
 *
 * Inside kiosk/services only, on the desk worker.
 */
#ifndef KIOSK_SERVICES_SERVICE_HOLDERS_H
#define KIOSK_SERVICES_SERVICE_HOLDERS_H

#include "kiosk/services/service_context.h"

/* The job's patch brings what was said and what is asked for. Returns: as the store. */
enum status service_holders_load(struct service_context *context, struct service_job *job);

#endif
