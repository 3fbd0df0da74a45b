/* Screen orders: what the order list's events keep for its drawing. Only for screen_orders*.c.
 *
 * The orders themselves stand in the visit; here is only which of them are looked at.
 * Pitfall: a row's tag is the order's place in the visit, not on the page.
 */
#ifndef KIOSK_SCREENS_SCREEN_ORDERS_H
#define KIOSK_SCREENS_SCREEN_ORDERS_H

#include "kiosk/screens/found.h"

enum { SCREEN_ORDERS_END = 6, SCREEN_ORDERS_WORD = 64 };

enum screen_orders_filter {
    SCREEN_ORDERS_ALL,
    SCREEN_ORDERS_MINE,
    SCREEN_ORDERS_REVIEW,
    SCREEN_ORDERS_DONE,
    SCREEN_ORDERS_FILTERS
};

/* What is shown on the content area. */
enum screen_orders_mode { SCREEN_ORDERS_LIST, SCREEN_ORDERS_FIND, SCREEN_ORDERS_SIFT };

/* What the filter page asks for; empty members let everything through. */
struct screen_orders_sift {
    char status[SCREEN_ORDERS_WORD]; /* the label of a state, in the product's words */
    char kind[SCREEN_ORDERS_WORD];   /* the label of an operation */
    unsigned days;                   /* not older */
};

struct screen_orders_state {
    int page;
    enum screen_orders_mode mode;
    enum screen_orders_filter filter;
    struct screen_orders_sift sift;
    size_t group; /* of filters, in large letters one at a time */
    uint64_t listing;
    uint64_t units;     /* whether the person belongs to any */
    struct found found; /* a certificate that can be recovered */
    uint64_t opening;
    uint64_t scanning;      /* of a slip */
    enum order_event event; /* sent once the order was taken up; COUNT_ for none */
    uint64_t sending;
    char looked[ORDER_ID_BYTES]; /* the order whose record is opened */
    struct text_edit end;        /* the last characters of an acceptance number */
    char message[192];
};

/* Places of the visit's orders that pass the sift and the filter, in order. Returns: how many. */
size_t screen_orders_pick(const struct ui *ui, const struct screen_orders_state *state,
                          enum screen_orders_filter filter, size_t out[SERVICE_ORDERS_MAX]);
/* The words of a state and of an operation in the order's product, "" when it is no longer there. */
const char *screen_orders_status(const struct ui *ui, const struct order *order);
const char *screen_orders_kind(const struct ui *ui, const struct order *order);
/* Whether the filter page lets less than everything through. */
bool screen_orders_is_sifted(const struct screen_orders_state *state);

/* The filter page, and its taps. Returns: whether it took the event. */
void screen_orders_sift_draw(struct ui *ui, struct rect area, const struct screen_orders_state *state);
bool screen_orders_sift_event(struct screen_orders_state *state, const struct ui *ui,
                              const struct ui_event *event);

#endif
