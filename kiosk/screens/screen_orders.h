/* Screen orders: what the order list's events keep for its drawing. Only for screen_orders.c and
 * screen_orders_draw.c.
 *
 * The orders themselves stand in the visit; here is only which of them are looked at.
 * Pitfall: a row's tag is the order's place in the visit, not on the page.
 */
#ifndef KIOSK_SCREENS_SCREEN_ORDERS_H
#define KIOSK_SCREENS_SCREEN_ORDERS_H

#include "kiosk/screens/screen.h"

enum { SCREEN_ORDERS_END = 6 };

enum screen_orders_filter {
    SCREEN_ORDERS_ALL,
    SCREEN_ORDERS_MINE,
    SCREEN_ORDERS_REVIEW,
    SCREEN_ORDERS_DONE,
    SCREEN_ORDERS_FILTERS
};

struct screen_orders_state {
    int page;
    enum screen_orders_filter filter;
    bool finding; /* the search instead of the list */
    uint64_t listing;
    uint64_t opening;
    uint64_t scanning;    /* of a slip */
    struct text_edit end; /* the last characters of an acceptance number */
    char message[192];
};

/* Whether an order in this state waits for the applicant. */
bool screen_orders_is_mine(enum order_state state);
/* Places of the visit's orders the filter lets through, in order. Returns: how many. */
size_t screen_orders_pick(const struct ui *ui, enum screen_orders_filter filter,
                          size_t out[SERVICE_ORDERS_MAX]);

#endif
