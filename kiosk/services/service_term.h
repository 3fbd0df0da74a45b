/* Service term: until when the certificate of an order is valid.
 *
 * Inside kiosk/services only. What keeps or adds to the end of the certificate it is about is asked for with
 * that very second. Anything else is told in days from the day it is issued; where a product counts from an
 * earlier day (validity_starts: 证书受理之日), the days that have passed since are left out, so that the end
 * is the one the holder was told. Pitfall: the days change from day to day; ask when the authority is asked.
 */
#ifndef KIOSK_SERVICES_SERVICE_TERM_H
#define KIOSK_SERVICES_SERVICE_TERM_H

#include "kiosk/services/service_context.h"

/* As the authority is asked: so many days, at least one, 0 for its profile's own; or until that second. */
struct service_term {
    unsigned days;
    int64_t until_utc_s; /* 0 for as many days */
};

/* When the order's newest approval took effect. Units: seconds UTC. Returns: NOT_FOUND when none did, else as
 * the store. */
enum status service_term_approved(struct service_context *context, const char *order_id, int64_t *utc_s,
                                  struct failure *failure);
/* What the authority is to be asked for now. An old certificate that is past, or that nobody here knows,
 * leaves it at the product's own days. Returns: as the store. */
enum status service_term_find(struct service_context *context, const struct product *product,
                              const struct product_operation *operation, const struct order *order,
                              struct service_term *out, struct failure *failure);
/* The same after a certificate with this end, 0 for none. Returns: as the store. */
enum status service_term_after(struct service_context *context, const struct product *product,
                               const struct product_operation *operation, const struct order *order,
                               int64_t old_end_utc_s, struct service_term *out, struct failure *failure);
/* The end of such a certificate that is issued now. Units: seconds UTC. Returns: 0 where the authority's
 * profile says. */
int64_t service_term_end_utc_s(const struct service_term *term, int64_t now_utc_s);

#endif
