/* Service counts: how much of what somebody has, for the page of one's own: every order there is, and the
 * certificates as far as they are listed.
 *
 * Inside kiosk/services only, on the orders worker. Pitfall: the list shows the newest orders only, so
 * nothing is counted in it.
 */
#ifndef KIOSK_SERVICES_SERVICE_COUNTS_H
#define KIOSK_SERVICES_SERVICE_COUNTS_H

#include "kiosk/services/service_record.h"

/* What is counted by an order's state. Returns: as the store. After failure: *out is partly set. */
enum status service_counts_load(struct service_context *context, struct store_order_filter *filter,
                                struct service_order_counts *out, struct failure *failure);
/* The certificates of the request's person, and those that the desk may hand out as a file, are counted, too.
 * Returns: as service_record_each. */
enum status service_counts_add_certificates(struct service_context *context, struct service_job *job,
                                            struct service_order_counts *out);

#endif
