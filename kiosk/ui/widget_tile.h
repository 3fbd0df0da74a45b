/* Tile: the desk's cards that say by their outline how a machine is (c01), and the rows that must not wait.
 *
 * Nothing to press, nothing inside: content is built over it.
 * Pitfall: colour is never alone; what the outline says stands in a chip, too.
 */
#ifndef KIOSK_UI_WIDGET_TILE_H
#define KIOSK_UI_WIDGET_TILE_H

#include "kiosk/ui/widget.h"

enum widget_tile {
    WIDGET_TILE_PLAIN,  /* white, hairline */
    WIDGET_TILE_WAITS,  /* blue: something waits for the clerk */
    WIDGET_TILE_SLOW,   /* amber: it takes long */
    WIDGET_TILE_ALARM,  /* red: a fault or a call */
    WIDGET_TILE_QUIET,  /* grey, hairline: nobody there */
    WIDGET_TILE_URGENT, /* a row of a list: square, no outline */
};

/* A tile lies there. Units: base px. */
struct widget *widget_tile(struct ui *ui, struct rect rect, enum widget_tile look);

/* Painter of the kind. */
void widget_tile_paint(struct widget_paint *paint, const struct widget *widget);

#endif
