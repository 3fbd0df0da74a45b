/* Timeline: the stops of something that takes a while, one below the other: circle, title, line, and at the
 * right a time or an amount.
 *
 * Nothing to press. A stop is a circle with words beside it; on a card of its own it is an instruction.
 * Pitfall: its line may take several lines; ask for the height before giving it a rectangle.
 */
#ifndef KIOSK_UI_WIDGET_TIMELINE_H
#define KIOSK_UI_WIDGET_TIMELINE_H

#include "kiosk/ui/icon.h"
#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_mark.h"

struct widget_timeline_stop {
    const char *id; /* of its title */
    int number;     /* in the circle while it is OPEN or NOW */
    enum icon icon; /* instead of the number while it is NOW; ICON_NONE for none */
    const char *title, *line;
    const char *right; /* on the title's line; NULL for none */
    enum widget_mark_state state;
    bool on_card;    /* set by widget_timeline_card */
    bool joined;     /* a line leads from its circle to the bottom of its rectangle */
    bool is_private; /* the line is a person's data */
};

/* The stop stands at the rectangle's top. Units: base px. */
void widget_timeline_stop(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop);
/* The same on a card; the one that is NOW is framed. Units: base px. */
void widget_timeline_card(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop);
/* The height of the stop, or of its card, at this width. Units: base px. */
int widget_timeline_height(struct ui *ui, const struct widget_timeline_stop *stop, int width);
int widget_timeline_card_height(struct ui *ui, const struct widget_timeline_stop *stop, int width);

/* Painter of the kind: the circle and what joins it to the next. */
void widget_timeline_paint(struct widget_paint *paint, const struct widget *widget);

#endif
