/* Pager: a long text shown in whole pages, no line ever cut in half (design 4, Long text).
 *
 * The screen keeps the page number; buttons "<id>.up" and "<id>.down" are part of the widget and arrive as
 * taps. "Read to the end" means page + 1 == widget_pager_pages().
 */
#ifndef KIOSK_UI_WIDGET_PAGER_H
#define KIOSK_UI_WIDGET_PAGER_H

#include "kiosk/ui/widget.h"

/* The text, one page of it, with 上翻 and 下翻 and "第 n 页，共 m 页". A page past the end shows the last. */
struct widget *widget_pager(struct ui *ui, struct rect rect, const char *id, const char *label,
                            const char *text, int page);
/* The number of pages in this rectangle; at least 1. */
int widget_pager_pages(struct ui *ui, struct rect rect, const char *text);

/* Painter of the kind. */
void widget_pager_paint(struct widget_paint *paint, const struct widget *widget);

#endif
