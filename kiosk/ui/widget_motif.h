/* Motif: guilloché rings on indigo panels (design 1.9).
 *
 * Only on welcome, receipt number and done; it carries no meaning.
 * Pitfall: it is painted once into a cache; changing its size every frame costs a frame.
 */
#ifndef KIOSK_UI_WIDGET_MOTIF_H
#define KIOSK_UI_WIDGET_MOTIF_H

#include "kiosk/ui/widget.h"

/* Rings fill the square in the middle of the rectangle, with the mark in their centre when asked; nothing is
 * painted in 大字's and 高对比's plain look. */
struct widget *widget_motif(struct ui *ui, struct rect rect, bool with_mark);

/* The product's mark, a shield with a key. Units: rect is base px. */
void widget_motif_paint_mark(struct widget_paint *paint, struct rect rect);
/* Painter of the kind. */
void widget_motif_paint(struct widget_paint *paint, const struct widget *widget);

#endif
