/* Thumb: the outline of an applicant's page drawn from shapes, for the desk's wall (design 7: never pixels of
 * the applicant's screen), and the track of steps below it.
 *
 * Nothing to press, nothing personal: a thumb knows which page it is, not what stands on it.
 * Pitfall: it is drawn for 156 x 88; other sizes are scaled and lines become thin.
 */
#ifndef KIOSK_UI_WIDGET_THUMB_H
#define KIOSK_UI_WIDGET_THUMB_H

#include "kiosk/ui/widget.h"

enum { WIDGET_THUMB_WIDTH = 156, WIDGET_THUMB_HEIGHT = 88, WIDGET_THUMB_TRACK = 5 };

enum widget_thumb {
    WIDGET_THUMB_WELCOME,
    WIDGET_THUMB_CHOICES,
    WIDGET_THUMB_KEYPAD, /* a number is typed: login, PIN */
    WIDGET_THUMB_TEXT,   /* agreement */
    WIDGET_THUMB_FORM,
    WIDGET_THUMB_PRINT,
    WIDGET_THUMB_SCAN,
    WIDGET_THUMB_REVIEW,
    WIDGET_THUMB_PAY,
    WIDGET_THUMB_ISSUE,
    WIDGET_THUMB_DONE,
    WIDGET_THUMB_TROUBLE, /* a device does not work */
    WIDGET_THUMB_CLOSED,
};

/* The outline stands at the rectangle; label says in words what it shows. Units: base px. */
struct widget *widget_thumb(struct ui *ui, struct rect rect, enum widget_thumb thumb, const char *label);
/* So many equal segments, the first `done` of them filled. Units: base px. */
struct widget *widget_thumb_track(struct ui *ui, struct rect rect, int done, int count);

/* Painters of the kinds. */
void widget_thumb_paint(struct widget_paint *paint, const struct widget *widget);
void widget_thumb_paint_track(struct widget_paint *paint, const struct widget *widget);

#endif
