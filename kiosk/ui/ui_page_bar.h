/* Page bar: the bottom bar of a page: ways back and out at the left, help and looks in the middle, the way on
 * at the right.
 *
 * Upright there are two rows: back and the way on, below them help and looks. Where the words are too many
 * for the room, 退出办理 goes first, then looks stand as icons; help and a way back are always there.
 * Pitfall: ids are the toolkit's own (ui.h); a screen sees their taps, never builds them.
 */
#ifndef KIOSK_UI_UI_PAGE_BAR_H
#define KIOSK_UI_UI_PAGE_BAR_H

#include "kiosk/ui/ui_page.h"

/* The bar stands at the rectangle. Units: base px. */
void ui_page_bar(struct ui *ui, struct rect bar, const struct ui_page *page);

#endif
