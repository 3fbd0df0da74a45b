/* Service step: an event moves an order: asked of the order's machine, stored with all that belongs to it.
 *
 * Inside kiosk/services only; the one place where a transition is applied and logged.
 * Pitfall: call it inside store_begin and store_end when a payment, intention or decision changes with it.
 */
#ifndef KIOSK_SERVICES_SERVICE_STEP_H
#define KIOSK_SERVICES_SERVICE_STEP_H

#include "kiosk/services/service_context.h"

/* The order is loaded, the event asked of the machine and the transition stored; *order is the new one.
 * Returns: BAD_STATE when the event is not allowed now, CONFLICT when another program was first or holds the
 * claim; else as the store. After failure: nothing is stored. */
enum status service_step(struct service_context *context, const char *order_id, enum order_event event,
                         struct order *order, struct failure *failure);
/* Whether the order is in a state from which this event is allowed, without storing anything.
 * Returns: OK, BAD_STATE; else as the store. */
enum status service_step_allowed(struct service_context *context, const char *order_id,
                                 enum order_event event, struct order *order, struct failure *failure);

/* Whether the machine would take this event for the order as it is here, without looking it up again. */
bool service_step_is_possible(const struct service_context *context, const struct order *order,
                              enum order_event event);

#endif
