/* Closer: the two buttons beside a picture that is looked at closely on a page of its own: larger, smaller.
 *
 * Ids: "<id>.larger", "<id>.smaller". What is looked at and how it is moved is the page's own.
 */
#ifndef KIOSK_SCREENS_CLOSER_H
#define KIOSK_SCREENS_CLOSER_H

#include "kiosk/screens/screen.h"

/* The buttons stand at the right, upright below, and are cut off the area. Units: base px. */
void closer_draw_buttons(struct ui *ui, const char *id, struct rect *area);

#endif
