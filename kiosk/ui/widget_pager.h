/* Pager: a long text shown in whole pages, no line ever cut in half (design 4, Long text).
 *
 * Paragraphs are lines of the text; one that begins with "# " is a heading and never the last thing on a
 * page. The screen keeps the page number; buttons "<id>.up" and "<id>.down" are part of the widget and arrive
 * as taps, a finger that moves over the text as drags with the id. "Read to the end" means page + 1 ==
 * widget_pager_pages().
 */
#ifndef KIOSK_UI_WIDGET_PAGER_H
#define KIOSK_UI_WIDGET_PAGER_H

#include "kiosk/ui/widget.h"

/* The text, one page of it, with 上翻 and 下翻 and the page's number. A page past the end shows the last. */
struct widget *widget_pager(struct ui *ui, struct rect rect, const char *id, const char *label,
                            const char *text, int page);
/* The number of pages in this rectangle; at least 1. */
int widget_pager_pages(struct ui *ui, struct rect rect, const char *text);
/* The lines that are shown, without breaks between them. Owns: borrowed from the widget. Pitfall: asked of
 * another kind is a broken promise. */
const char *widget_pager_shown(const struct widget *pager);

/* Painters of the kinds. */
void widget_pager_paint(struct widget_paint *paint, const struct widget *widget);
void widget_pager_paint_turn(struct widget_paint *paint, const struct widget *widget);

#endif
