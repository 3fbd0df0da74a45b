/* Digits: a number typed on a digits pad: grouped in one box, or one box for each digit.
 *
 * The screen keeps the digits; the pad's taps go to the screen. `now` says where the next digit will stand.
 * Pitfall: nothing here takes the focus or keys; a number that is typed on the keyboard is a field.
 */
#ifndef KIOSK_UI_WIDGET_DIGITS_H
#define KIOSK_UI_WIDGET_DIGITS_H

#include "kiosk/ui/widget.h"

struct widget_digits {
    const char *id;
    const char *label;       /* above, with a red star */
    const char *shown;       /* grouped already when in one box */
    const char *placeholder; /* one box only; NULL for none */
    int places;              /* boxes; 0 for one box */
    bool now;                /* the next digit goes here */
    bool ok;                 /* a green check; one box only */
    bool error;
};
/* Label and boxes fill the rectangle; a tap on them sends the id. */
struct widget *widget_digits(struct ui *ui, struct rect rect, const struct widget_digits *digits);
/* The height of label and boxes in this look. Units: base px. */
int widget_digits_height(struct ui *ui);
/* The part of that which the boxes have, at the bottom. Units: base px. */
int widget_digits_box(struct ui *ui);

/* Painter of the kind. */
void widget_digits_paint(struct widget_paint *paint, const struct widget *widget);

#endif
