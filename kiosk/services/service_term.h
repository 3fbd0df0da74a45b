/* Service term: how long the certificate of an order is valid, and from which day that counts.
 *
 * Inside kiosk/services only. The authority is told days from the day it issues. Where a product counts from
 * an earlier day (validity_starts: 证书受理之日), the days that have passed since are left out, so that the
 * end is the one the holder was told. Pitfall: the answer changes from day to day; ask when the authority is
 * asked.
 */
#ifndef KIOSK_SERVICES_SERVICE_TERM_H
#define KIOSK_SERVICES_SERVICE_TERM_H

#include "kiosk/services/service_context.h"

/* When the order's newest approval took effect. Units: seconds UTC. Returns: NOT_FOUND when none did, else as
 * the store. */
enum status service_term_approved(struct service_context *context, const char *order_id, int64_t *utc_s,
                                  struct failure *failure);
/* The days the authority is to be asked for now: the product's validity, as many times as years were chosen
 * above the least, without what has passed since the day it counts from, at least one; 0 where the product
 * has none and the authority's profile says. Units: days. Returns: as the store. */
enum status service_term_days(struct service_context *context, const struct product *product,
                              const struct product_operation *operation, const struct order *order,
                              unsigned *days, struct failure *failure);

#endif
