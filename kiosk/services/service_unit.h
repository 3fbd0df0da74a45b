/* Service unit: a unit with its people and what it has, read for a view; what may be done in it.
 *
 * Inside kiosk/services only. Who may do what is decided here, at a terminal by the place of the logged-in
 * person, at the desk by the clerk's being there. Pitfall: names and numbers are full; a screen masks them.
 */
#ifndef KIOSK_SERVICES_SERVICE_UNIT_H
#define KIOSK_SERVICES_SERVICE_UNIT_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_unit.h"

/* The unit's people and holdings stand in the view. Returns: as the store. */
enum status service_unit_load(struct service_context *context, const struct store_unit *unit,
                              struct service_unit *out, struct failure *failure);

#endif
