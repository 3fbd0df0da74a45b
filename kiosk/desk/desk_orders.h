/* Orders: the desk's list of orders and the one in hand, with what may be done about its money.
 *
 * desk_orders.c has the four functions of the screen and the list; desk_orders_side.c what stands beside it.
 * Pitfall: a row goes away when the overview comes anew, so the order in hand is kept by its id.
 */
#ifndef KIOSK_DESK_DESK_ORDERS_H
#define KIOSK_DESK_DESK_ORDERS_H

#include "kiosk/desk/desk.h"

/* The dialog with which a certificate leaves as a file. */
struct desk_orders_soft {
    bool asking;
    struct text_edit password, again; /* of the file */
    struct text_edit second, second_password;
    uint64_t running;
    char told[192]; /* what is to be mended in the dialog */
};

struct desk_orders_state {
    size_t first;
    size_t filter;
    char chosen[ORDER_ID_BYTES];
    struct text_edit search;
    bool asking;                       /* the dialog "end it?" is open */
    bool refunds;                      /* what was ended last held money */
    bool by_two;                       /* and took two names */
    size_t reason;                     /* chosen in it, index + 1, 0 for none */
    struct text_edit own;              /* or the clerk's own words */
    struct text_edit second, password; /* of the clerk who signs beside the one here */
    uint64_t giving_up, retrying, printing, receipt;
    struct desk_orders_soft soft;
    char message[192];
};

/* The order in hand. Returns: NULL when none is. Owns: borrowed. */
const struct service_queue_line *desk_orders_chosen(const struct desk_orders_state *state,
                                                    const struct ui *ui);
/* The order's state as its product calls it. */
const char *desk_orders_label(const struct ui *ui, const struct order *order);

/* The order in hand, its buttons, and the dialog of giving it up; taps and replies of theirs. */
void desk_orders_side_draw(struct desk_orders_state *state, struct ui *ui, struct rect area);
void desk_orders_dialog_draw(struct desk_orders_state *state, struct ui *ui);
bool desk_orders_side_event(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event);

/* The certificate of the order in hand as a file: the dialog's fields ready, and wiped; its button, drawn
 * where the order has one, and what is told of it; the dialog; taps and replies of theirs. */
void desk_orders_soft_init(struct desk_orders_soft *soft);
void desk_orders_soft_wipe(struct desk_orders_soft *soft);
void desk_orders_soft_button(const struct desk_orders_state *state, struct ui *ui, struct rect *left,
                             const struct service_queue_line *line);
void desk_orders_soft_draw(struct desk_orders_state *state, struct ui *ui);
bool desk_orders_soft_event(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event);

#endif
