/* Keyboard keys: where the keys of the on-screen keyboard stand and what they show.
 *
 * Only lays out and paints; what a tap means is widget_keyboard.c's business. Pitfall: a letter's place is
 * computed from its row's weights alone, so a row of another page may stand a few pixels beside it.
 */
#ifndef KIOSK_UI_WIDGET_KEYBOARD_KEYS_H
#define KIOSK_UI_WIDGET_KEYBOARD_KEYS_H

#include "kiosk/ui/keyboard_layout.h"
#include "kiosk/ui/ui.h"

enum widget_keyboard_shift {
    WIDGET_KEYBOARD_SHIFT_OFF,
    WIDGET_KEYBOARD_SHIFT_ONCE,
    WIDGET_KEYBOARD_SHIFT_LOCKED
};

struct widget_keyboard_keys {
    enum keyboard_page page, letters; /* letters: where 返回字母 leads */
    enum widget_keyboard_shift shift;
    bool offers_undo; /* 撤销 in the place of 清空 */
    bool has_pinyin;
    bool lacks_writing; /* its model was looked for and is not there */
    bool secret;        /* no highlight */
};

/* The part of the canvas the keyboard covers. Units: base px. */
struct rect widget_keyboard_keys_area(const struct ui *ui);
/* Where candidates stand, or the row of digits. Units: base px. */
struct rect widget_keyboard_keys_bar(const struct ui *ui);
/* Where the pad of the page to write on stands. Units: base px. */
struct rect widget_keyboard_keys_pad(const struct ui *ui);
/* The tray stands behind everything. */
void widget_keyboard_keys_tray(struct ui *ui, struct rect area);
/* All keys of the page stand, upright also what stands above them. */
void widget_keyboard_keys_build(const struct widget_keyboard_keys *keys, struct ui *ui);
/* What a key shows and types: a letter as shift makes it. */
void widget_keyboard_keys_cased(const struct widget_keyboard_keys *keys, const char *text,
                                char out[KEYBOARD_KEY_TEXT_BYTES]);

#endif
