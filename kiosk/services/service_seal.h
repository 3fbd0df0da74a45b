/* Service seal: whether the electronic seal an order asks for can be made of what was collected for it.
 *
 * Inside kiosk/services only. A seal that is paid for gets onto the key (service_eseal.h), so nothing that
 * lets an order with a seal go on does so before there is something to make it of. Pitfall: a scan is kept
 * also when its samples are poor, and a further lock's sheet may have blank boxes; only here it is judged
 * whether what was chosen is enough.
 */
#ifndef KIOSK_SERVICES_SERVICE_SEAL_H
#define KIOSK_SERVICES_SERVICE_SEAL_H

#include "kiosk/services/service_context.h"

/* Whether the visit's papers have samples, and of each kind that must be there the chosen one has a picture.
 */
bool service_seal_is_sure(const struct service_visit *visit);
/* A decision that lets the request's order have its seal may be made. On the desk worker. Reasons:
 * SEAL_MISSING. Returns: REFUSED, else as the store; OK for every other decision. */
enum status service_seal_check(struct service_context *context, struct service_job *job, const char *action);

#endif
