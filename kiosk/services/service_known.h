/* Service known: what is known of a unit from its holder's last order, taken over into a new one's form.
 *
 * Inside kiosk/services only. The holder is who has proven it in this visit, by the code sent to the number
 * or the PIN of the key; nobody else sees anything of it. Only what tells about the unit, its representative
 * and its invoice is taken over, and nothing that is shown with its middle hidden or must be unique.
 * Pitfall: until the holder says that it holds (service_order_known), the form asks.
 */
#ifndef KIOSK_SERVICES_SERVICE_KNOWN_H
#define KIOSK_SERVICES_SERVICE_KNOWN_H

#include "kiosk/services/service_context.h"

/* A fresh order's form has what is known of the unit. Inside the change that opens it. Returns: as the store;
 * OK also when nothing is known. */
enum status service_known_recall(struct service_context *context, struct service_job *job,
                                 const struct order *order);
/* Who is here was chosen with the order and stands in its form; the number that was just proven by SMS is
 * theirs, and is not asked for again. Inside its change. Returns: as the store. */
enum status service_known_visitor(struct service_context *context, struct service_job *job,
                                  const struct order *order);
/* What the visit's order took over, and from when, stands in it. Returns: as the store. */
enum status service_known_load(struct service_context *context, struct service_visit *visit,
                               struct failure *failure);

#endif
