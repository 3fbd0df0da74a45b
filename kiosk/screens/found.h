/* Found: who logs in and has a certificate that can be recovered on another phone is told so where its
 * authority says it: asked after the login, and by a line above the own certificates that leads on.
 *
 * Which authority says so is the product's messages found and found-here; without them nothing is asked.
 * Pitfall: the hall does not know what is on a phone; whoever has the certificate there says no.
 */
#ifndef KIOSK_SCREENS_FOUND_H
#define KIOSK_SCREENS_FOUND_H

#include "kiosk/screens/screen_list.h"

struct found {
    uint64_t looking; /* the request that is on its way, 0 for none */
    bool asks;
};

/* The person's certificates are asked for; the dialog opens if one can be recovered. */
void found_look(struct found *found, struct ui *ui);
/* The dialog's taps and the reply. Returns: whether it took the event. */
bool found_event(struct found *found, struct ui *ui, enum screen_id here, const struct ui_event *event);
/* The dialog, while it asks. */
void found_draw(struct ui *ui, const struct found *found);

/* The line "found.here" stands at the top of the area, if there is anything to recover. */
void found_draw_here(struct ui *ui, struct rect *area);
/* The recovery of the certificate is begun, as if it had been chosen on this page. */
void found_recover(struct ui *ui, enum screen_id here);

#endif
