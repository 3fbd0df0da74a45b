/* Pin pad: digits in an order drawn anew for each screen, and letters, for a PIN of which nobody sees more
 * than dots.
 *
 * Whose PIN it is and what becomes of it is the screen's. Ids: "pad.<digit>", "pad.<letter>",
 * "pad.backspace", "pad.extra" (letters and back), "pad.shift". Pitfall: the screen wipes the secret on
 * leaving; the pad keeps nothing of it.
 */
#ifndef KIOSK_SCREENS_PIN_PAD_H
#define KIOSK_SCREENS_PIN_PAD_H

#include "kiosk/screens/screen.h"

enum { PIN_PAD_DIGITS = 10 };

struct pin_pad {
    bool has_letters; /* the letters are open */
    bool is_capital;
    uint8_t order[PIN_PAD_DIGITS];
};

/* The pad shows its digits in a fresh order. */
void pin_pad_open(struct pin_pad *pad, const struct random *random);
/* A key of the pad was pressed: the PIN is longer or shorter, at most `max` long. Returns: whether the event
 * was the pad's. */
bool pin_pad_event(struct pin_pad *pad, const struct ui_event *event, struct secret *pin, size_t max);
/* The place of the pad is cut off the area. Units: base px. Returns: it. */
struct rect pin_pad_cut(const struct ui *ui, struct rect *area, const struct pin_pad *pad);
/* The pad fills the rectangle; letters are offered where the PIN may hold some. Units: base px. */
void pin_pad_draw(struct ui *ui, struct rect area, const struct pin_pad *pad, bool letters);
/* Above this pad, beside the title, where there is room: 输入时请用手遮挡. */
void pin_pad_hint(struct ui *ui, struct rect pad);

#endif
