/* Keypad: a digits pad, 3 by 4, and the single key every keyboard here is made of.
 *
 * Taps arrive as UI_EVENT_TAP with ids "<id>.0" … "<id>.9", "<id>.backspace", "<id>.extra" and the digit as
 * tag. A secret pad shows no press on a key and hides which digit was pressed from a watcher.
 */
#ifndef KIOSK_UI_WIDGET_KEYPAD_H
#define KIOSK_UI_WIDGET_KEYPAD_H

#include "kiosk/ui/widget.h"

struct widget_keypad {
    const char *id;
    const char *extra;    /* words on the key at bottom left ("ABC", "X"); NULL leaves the place empty */
    const uint8_t *order; /* ten digits in the order of the places 1 … 9, 0; NULL is the usual order */
    bool secret;          /* no highlight per key */
    bool disabled;
};
/* The pad fills the rectangle. Units: base px. */
void widget_keypad(struct ui *ui, struct rect rect, const struct widget_keypad *keypad);

enum widget_keypad_look {
    WIDGET_KEYPAD_PLAIN,
    WIDGET_KEYPAD_FUNCTION,
    WIDGET_KEYPAD_PRIMARY,
    WIDGET_KEYPAD_FLAT, /* white, without the edge below */
    WIDGET_KEYPAD_QUIET /* a well, without the edge below */
};
struct widget_keypad_key {
    const char *id;
    const char *label; /* painted unless there is an icon; for an icon, its name */
    enum icon icon;
    bool icon_and_label;
    enum widget_keypad_look look;
    int text_px; /* 0 means 40 */
    bool disabled;
    bool selected;
    bool repeat; /* activates again while held */
    bool secret; /* no highlight */
    int64_t tag;
};
/* One key fills the rectangle. Units: base px. */
struct widget *widget_keypad_key(struct ui *ui, struct rect rect, const struct widget_keypad_key *key);

/* Painter of the kind. */
void widget_keypad_paint_key(struct widget_paint *paint, const struct widget *widget);

#endif
