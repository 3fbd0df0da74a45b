/* Service record: an order of a list as it is looked at, without being taken up.
 *
 * Inside kiosk/services only. Nothing is claimed and nothing becomes the visit's order.
 * Pitfall: whose order it is was settled by the list it stands in.
 */
#ifndef KIOSK_SERVICES_SERVICE_RECORD_H
#define KIOSK_SERVICES_SERVICE_RECORD_H

#include "kiosk/services/service_context.h"

/* The job's patch brings the record of the request's order. Returns: as service_load_order. */
enum status service_record_patch(struct service_context *context, struct service_job *job);

#endif
