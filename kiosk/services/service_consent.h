/* Service consent: whether the holder found the certificate right, or has objected, or said nothing in time.
 *
 * Inside kiosk/services only. Pitfall: silence is worked out when it is asked for, from when the key was
 * taken and from the product's limit; nothing is stored of it.
 */
#ifndef KIOSK_SERVICES_SERVICE_CONSENT_H
#define KIOSK_SERVICES_SERVICE_CONSENT_H

#include "kiosk/services/service_context.h"

/* How the order's certificate was received; NONE where the product does not ask or none was made.
 * Returns: as the store. */
enum status service_consent_load(struct service_context *context, const struct order *order,
                                 struct service_consent *out, struct failure *failure);

#endif
