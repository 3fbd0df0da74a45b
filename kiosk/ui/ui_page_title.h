/* Page title: what to do and one sentence, at the place the look has for it.
 *
 * Landscape: two lines above the content; in the large themes the project stands beside the title and a pill
 * says the step. Upright: a panel with pale rings. Pitfall: a page without title has no such block, its
 * content begins higher.
 */
#ifndef KIOSK_UI_UI_PAGE_TITLE_H
#define KIOSK_UI_UI_PAGE_TITLE_H

#include "kiosk/ui/ui_page.h"

/* The title stands at the rectangle. Units: base px. */
void ui_page_title(struct ui *ui, struct rect rect, const struct ui_page *page);

#endif
