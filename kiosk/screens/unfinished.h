/* Unfinished: before a new order one of the same product and operation that still waits for the same person
 * is offered, so that nobody has two by a press too many.
 *
 * The page that leads to a new order asks on entering, holds its way on back while unfinished_is_asking, and
 * draws the dialog last. Who wants another one all the same (for another company) says so once.
 * Pitfall: where the list cannot be had nothing is offered; a new order must not hang on that.
 */
#ifndef KIOSK_SCREENS_UNFINISHED_H
#define KIOSK_SCREENS_UNFINISHED_H

#include "kiosk/screens/screen.h"

struct unfinished {
    uint64_t listing, opening; /* requests on their way, 0 for none */
    char id[ORDER_ID_BYTES];   /* of the order that is offered; "" for none */
    size_t others;             /* like it */
    char message[192];         /* why it could not be opened */
};

/* The orders of who is logged in are asked for. */
void unfinished_ask(struct unfinished *unfinished, struct ui *ui);
/* Whether it is not known yet if there is one. */
bool unfinished_is_asking(const struct unfinished *unfinished);
/* Its replies, and the taps of its dialog. Returns: whether it took the event. */
bool unfinished_event(struct unfinished *unfinished, struct ui *ui, const struct ui_event *event);
/* The dialog, where there is one. */
void unfinished_draw(struct ui *ui, const struct unfinished *unfinished);

#endif
