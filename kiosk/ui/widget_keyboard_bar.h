/* Keyboard bar: the candidate bar of the on-screen keyboard: what is being composed, words to choose, pages.
 *
 * Only lays out and paints; what a tap means is widget_keyboard.c's business. How many words stand on a page
 * depends on their width, so the first of each page is counted, not computed from a page size.
 */
#ifndef KIOSK_UI_WIDGET_KEYBOARD_BAR_H
#define KIOSK_UI_WIDGET_KEYBOARD_BAR_H

#include "kiosk/ui/ui.h"

enum { WIDGET_KEYBOARD_BAR_WORDS = 9, WIDGET_KEYBOARD_BAR_PAGES = 96 };

/* What there is to choose from: of a pinyin session or of what was written with a finger. */
struct widget_keyboard_words {
    const char
        *preedit; /* stands before the words; NULL: nothing waits, the bar shows its hint; "" for none */
    size_t count;
    const char *(*word)(const void *context, size_t index); /* "" behind the last */
    const void *context;
};

struct widget_keyboard_bar {
    size_t starts[WIDGET_KEYBOARD_BAR_PAGES]; /* the first candidate of each page turned to so far */
    int page;
};

/* The bar shows the first page again; what is composed has changed. */
void widget_keyboard_bar_reset(struct widget_keyboard_bar *bar);
/* The page is turned by one, where there is another. */
void widget_keyboard_bar_turn(struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                              const struct widget_keyboard_words *words, bool back);
/* The candidate a "candidate.<n>" stands for. */
size_t widget_keyboard_bar_index(const struct widget_keyboard_bar *bar, int number);
/* The bar stands there, with the hint when nothing waits to be chosen. */
void widget_keyboard_bar_build(const struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                               const struct widget_keyboard_words *words, const char *hint);

#endif
