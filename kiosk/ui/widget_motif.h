/* Motif: guilloché, the lines of a certificate: rings and waves on indigo panels, a pale rosette
 * (design 1.9).
 *
 * Only on welcome, receipt number, done and the upright explanation panel, in 标准 alone; it carries no
 * meaning and is never behind form content. The rings stand still: a turn in 120 s moves their rim 14 px each
 * second, and to step that smoothly keeps a processor busy that must rest while nobody is there. Pitfall:
 * every curve is traced once per size into a cache; changing the size every frame costs a frame.
 */
#ifndef KIOSK_UI_WIDGET_MOTIF_H
#define KIOSK_UI_WIDGET_MOTIF_H

#include "kiosk/ui/widget.h"

/* Rings fill the square in the middle of the rectangle, with the mark in their centre when asked. */
struct widget *widget_motif(struct ui *ui, struct rect rect, bool with_mark);

/* A rosette of fine lines around a point; only what lies in the rectangle is seen. */
enum widget_motif_rosette { WIDGET_MOTIF_DARK, WIDGET_MOTIF_PALE, WIDGET_MOTIF_DEEP };
struct widget *widget_motif_rosette(struct ui *ui, struct rect seen, int center_x, int center_y, int radius,
                                    enum widget_motif_rosette look);
/* Waves fill the rectangle from left to right. */
struct widget *widget_motif_waves(struct ui *ui, struct rect rect);
/* A white disc with a check in a golden ring, on a dark panel: what was made is good. */
struct widget *widget_motif_seal(struct ui *ui, struct rect rect);
/* The mark alone, beside the name of a hall. */
struct widget *widget_motif_mark(struct ui *ui, struct rect rect);

/* The product's mark, a shield with a key. Units: rect is base px. */
void widget_motif_paint_mark(struct widget_paint *paint, struct rect rect);
/* Painter of the kind. */
void widget_motif_paint(struct widget_paint *paint, const struct widget *widget);

#endif
