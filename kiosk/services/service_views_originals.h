/* Service views, originals: the papers of a case that are handed in on paper, as the desk sees them.
 *
 * Pitfall: how many are wanted is the product's, how many are there is what a clerk noted last.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_ORIGINALS_H
#define KIOSK_SERVICES_SERVICE_VIEWS_ORIGINALS_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/order/order.h"

enum { SERVICE_ORIGINALS_MAX = 12 };

/* A paper that has to be handed in as an original, and how many of it are there. */
struct service_original {
    char paper[ORDER_NAME_BYTES];
    unsigned wanted, copies;
    int64_t received_utc_s; /* when the hall's day began on which it came; 0 for not there */
};
struct service_originals {
    size_t count;
    struct service_original item[SERVICE_ORIGINALS_MAX];
};

#endif
