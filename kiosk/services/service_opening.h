/* Service opening: what the hall's hours mean for orders, on the orders worker.
 *
 * Inside kiosk/services only. By hall.outside_hours an order that is begun outside of hall.open_hours is as
 * any other, is refused, or counts as begun when the hall opens next. What exists goes on at any hour.
 * Pitfall: whoever stood here when the hall closed is let finish: a refusal has half an hour's grace.
 */
#ifndef KIOSK_SERVICES_SERVICE_OPENING_H
#define KIOSK_SERVICES_SERVICE_OPENING_H

#include "kiosk/services/service_context.h"

/* Whether an order may be begun now. Returns: REFUSED (HALL_CLOSED). */
enum status service_opening_admit(const struct service_context *context, struct service_job *job);
/* The new order is marked where it counts as begun later. Inside its change. Returns: as the store. */
enum status service_opening_mark(struct service_context *context, const struct order *order,
                                 struct failure *failure);
/* The visit's counts_utc_s is set. Returns: as the store. */
enum status service_opening_load(struct service_context *context, struct service_visit *visit,
                                 struct failure *failure);
/* From when days are counted for what came in at this time. Units: seconds UTC. */
int64_t service_opening_since(const struct service_context *context, int64_t utc_s);

#endif
