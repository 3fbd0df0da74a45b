/* Order acts: what may be done with an order of the list now, in the words of its product.
 *
 * The product's buttons say what stands beside an order in which state; here those that the order's machine
 * would refuse fall away. A product without any buttons has the program's acts in its words; one that has
 * some offers nothing beside an order in a state it does not name, but that its applicant can go on with.
 * Pitfall: an act that goes on takes the order up first (service_order_open); only then its event may be
 * sent.
 */
#ifndef KIOSK_SCREENS_ORDER_ACTS_H
#define KIOSK_SCREENS_ORDER_ACTS_H

#include "kiosk/screens/screen.h"

enum { ORDER_ACTS_MAX = 8 };

struct order_choice {
    enum product_act act;
    const char *label; /* the product's or the program's word; borrowed */
};

/* What may be done now; what goes on with the order stands first. Returns: how many, 0 for nothing. */
size_t order_acts_list(const struct ui *ui, const struct service_order_line *line,
                       struct order_choice out[ORDER_ACTS_MAX]);
/* Whether the act takes the order up and leads to the page of its state. */
bool order_acts_goes_on(enum product_act act);
/* What happens to the order once it was taken up. Returns: COUNT_ when nothing does. */
enum order_event order_acts_event(const struct order *order, enum product_act act);
/* Whether the order waits for the applicant. */
bool order_acts_is_mine(enum order_state state);

/* Whether an order is too late for this: it was possible before and will not be again, which some authorities
 * say in their own words. */
bool order_acts_is_late(const struct product_operation *operation, const struct order *order,
                        enum product_act act);

#endif
