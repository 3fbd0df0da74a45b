/* Objects: what lies on a key, row by row: its label, then certificates with their ends, keys and data.
 *
 * Only what can be seen without the PIN. Pitfall: a key may carry more than the rows list; the number beside
 * it on the key's page tells.
 */
#ifndef KIOSK_SCREENS_OBJECTS_H
#define KIOSK_SCREENS_OBJECTS_H

#include "kiosk/screens/screen.h"

/* The event turned a page of the rows: *page is the one to be drawn. Returns: whether it did. */
bool objects_event(const struct ui_event *event, int *page);
/* One page of the rows of this key, "object.0" and on. Units: base px. */
void objects_draw(struct ui *ui, struct rect area, const struct service_holder *holder, int page);

#endif
