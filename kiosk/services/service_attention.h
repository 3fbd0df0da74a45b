/* Service attention: what desks are doing with an order, as the applicant may know it.
 *
 * Inside kiosk/services only. A desk tells by its presence row which case is open and how many of its pages
 * were looked at; a terminal reads the rows. Nobody's name is told. Pitfall: it decides nothing; a desk that
 * died is left out after its last heartbeat has aged.
 */
#ifndef KIOSK_SERVICES_SERVICE_ATTENTION_H
#define KIOSK_SERVICES_SERVICE_ATTENTION_H

#include "kiosk/services/service_context.h"

/* This desk has the case of this order open ("" for none) and so many of its pages were looked at. Call it
 * again within SERVICE_ATTENTION_MS. Returns: as the store. */
enum status service_attention_tell(struct service_context *context, const char *order_id, size_t seen,
                                   struct failure *failure);
enum { SERVICE_ATTENTION_MS = 2000 };

/* What desks are doing with this order, and how many orders are before it; all zero unless it waits for a
 * clerk. Returns: as the store. After failure: *out is unchanged. */
enum status service_attention_load(struct service_context *context, const struct order *order,
                                   struct service_attention *out, struct failure *failure);

#endif
