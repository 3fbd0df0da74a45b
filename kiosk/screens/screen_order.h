/* Screen order: what the record of one order keeps between its events and its drawing. Only for
 * screen_order.c and screen_order_draw.c.
 *
 * The record itself stands in the visit. Pitfall: it is another order's until the answer has come.
 */
#ifndef KIOSK_SCREENS_SCREEN_ORDER_H
#define KIOSK_SCREENS_SCREEN_ORDER_H

#include "kiosk/screens/order_acts.h"

struct screen_order_state {
    char id[ORDER_ID_BYTES];
    uint64_t reading, opening, sending, printing, cancelling, invoicing;
    enum order_event event; /* sent once the order was taken up; COUNT_ for none */
    bool shows_past;        /* where both do not stand beside each other */
    size_t facts_page, past_page;
    bool asking; /* the dialog "cancel?" is open */
    bool printed;
    char message[192];
};

/* The record, NULL until it was read. Owns: borrowed from the visit. */
const struct service_record *screen_order_record(const struct ui *ui, const struct screen_order_state *state);
/* How many things that happened stand on one page, in an area of this height. */
size_t screen_order_past_fits(const struct ui *ui, int height);

#endif
