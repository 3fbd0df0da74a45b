/* Emblem: the drawing of an identity card in a ring, on a dark panel; the ring says how the check stands.
 *
 * Nothing to press, nobody's picture.
 * Pitfall: the ring never says alone how it stands; words stand below it.
 */
#ifndef KIOSK_UI_WIDGET_EMBLEM_H
#define KIOSK_UI_WIDGET_EMBLEM_H

#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_mark.h"

/* The drawing fills the square in the middle of the rectangle: OPEN is a pale ring, NOW turns, DONE is whole,
 * FAILED carries a sign. Units: base px. */
struct widget *widget_emblem(struct ui *ui, struct rect rect, enum widget_mark_state state,
                             const char *label);

/* Painter of the kind. */
void widget_emblem_paint(struct widget_paint *paint, const struct widget *widget);

#endif
