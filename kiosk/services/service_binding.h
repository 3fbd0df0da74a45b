/* Service binding: a unit's certificate is there, and the business system it is for has to know.
 *
 * Inside kiosk/services only. The unit and its zone are written where people bind by hand, too (store_unit.h,
 * store_holding.h), and leave with `certctl unit export`. Only products that say `binding.zone` do so.
 * Pitfall: a unit is bound once, however many certificates it has; one that was freed is bound again by the
 * next.
 */
#ifndef KIOSK_SERVICES_SERVICE_BINDING_H
#define KIOSK_SERVICES_SERVICE_BINDING_H

#include "kiosk/services/service_context.h"

/* The order's unit stands bound to its product's zone; nothing where the product has none, or the form names
 * no unit. Inside a change. Returns: as the store. */
enum status service_binding_make(struct service_context *context, const struct order *order,
                                 struct failure *failure);

#endif
