/* Entry page: the form as it is seen: tabs of its groups and the fields of one page.
 *
 * Reads the entry and paints, nothing else. While the keyboard is open it shows as many rows as the keyboard
 * leaves, the row with the focus and the one before it always. Pitfall: the fields are bound to the entry's
 * texts, so the entry must live until the next build.
 */
#ifndef KIOSK_SCREENS_ENTRY_PAGE_H
#define KIOSK_SCREENS_ENTRY_PAGE_H

#include "kiosk/screens/entry.h"

/* How a group of the form is marked: right and filled, with mistakes, or still to be filled. */
enum widget_choice_mark entry_page_mark(const struct ui *ui, const struct entry *entry, size_t block);
/* Tabs and fields stand in the rectangle ui_page left. Units: base px. */
void entry_page_draw(struct ui *ui, struct rect area, struct entry *entry);

#endif
