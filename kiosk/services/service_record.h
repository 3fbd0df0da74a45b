/* Service record: an order of a list as it is looked at, without being taken up.
 *
 * Inside kiosk/services only. Nothing is claimed and nothing becomes the visit's order.
 * Pitfall: whose order it is was settled by the list it stands in.
 */
#ifndef KIOSK_SERVICES_SERVICE_RECORD_H
#define KIOSK_SERVICES_SERVICE_RECORD_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_order.h"

/* Which orders are the request's to see: those of the unit whose key was proven; of the logged-in number when
 * its form names no unit. Units: `value` of size bytes, which the filter borrows. Returns: as the store.
 * Owns: the caller wipes `value`. */
enum status service_record_filter(struct service_context *context, struct service_job *job, char *value,
                                  size_t size, struct store_order_filter *filter);
/* What is done with one of these orders. Returns: FULL when no more are wanted. */
typedef enum status service_record_visitor(struct service_context *context, const struct order *order,
                                           void *argument, struct failure *failure);
/* Every order that is the request's to see was visited, newest first, or as many as are wanted; whoever is
 * nobody has none. Opens the store. Returns: as the store and the visitor. */
enum status service_record_each(struct service_context *context, struct service_job *job,
                                service_record_visitor *visit, void *argument);
/* The job's patch brings the record of the request's order. Returns: as service_load_order. */
enum status service_record_patch(struct service_context *context, struct service_job *job);

#endif
