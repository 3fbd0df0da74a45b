/* Keyboard layout: which keys stand in which row of which page of the on-screen keyboard, as plain tables.
 *
 * Knows nothing of pixels, fields or pinyin: a row is a list of keys and gaps with weights, and the widget
 * divides by them what the spaces between them leave of its width. A page either has a row of digits at its
 * top or leaves that place to the candidate bar. Pitfall: weights of the last row differ from page to page so
 * that 呼叫, 收起 and 下一项 stand still.
 */
#ifndef KIOSK_UI_KEYBOARD_LAYOUT_H
#define KIOSK_UI_KEYBOARD_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/ui/icon.h"
#include "kiosk/ui/text_edit.h"

enum keyboard_page {
    KEYBOARD_PAGE_PINYIN,   /* small letters under a candidate bar */
    KEYBOARD_PAGE_WRITING,  /* a pad to write on under a candidate bar, reached from pinyin */
    KEYBOARD_PAGE_ENGLISH,  /* letters and digits, reached from pinyin */
    KEYBOARD_PAGE_LATIN,    /* the same in a field that takes no Chinese */
    KEYBOARD_PAGE_CAPITALS, /* digits and capital letters: credit codes */
    KEYBOARD_PAGE_EMAIL,
    KEYBOARD_PAGE_WEBSITE, /* letters, what addresses begin and end with, and 无 */
    KEYBOARD_PAGE_ACCOUNT, /* letters, and 无 */
    KEYBOARD_PAGE_SYMBOLS, /* digits and Chinese punctuation */
    KEYBOARD_PAGE_MARKS,   /* digits and ASCII marks */
    KEYBOARD_PAGE_DIGITS,
    KEYBOARD_PAGE_PHONE, /* digits, - and + */
    KEYBOARD_PAGE_ID,    /* digits and X */
    KEYBOARD_PAGE_COUNT
};

enum keyboard_function {
    KEYBOARD_FUNCTION_TYPE, /* the key types its text */
    KEYBOARD_FUNCTION_GAP,  /* no key */
#define KEYBOARD_FUNCTION(code, id, words, short_words, icon) KEYBOARD_FUNCTION_##code,
#include "kiosk/ui/keyboard_functions.def"
#undef KEYBOARD_FUNCTION
    KEYBOARD_FUNCTION_COUNT
};

enum { KEYBOARD_ROWS = 5, KEYBOARD_ROW_KEYS = 16, KEYBOARD_KEY_ID_BYTES = 24, KEYBOARD_KEY_TEXT_BYTES = 8 };

struct keyboard_key {
    enum keyboard_function function;
    int weight; /* 100 is a letter's width */
    char id[KEYBOARD_KEY_ID_BYTES];
    char text[KEYBOARD_KEY_TEXT_BYTES]; /* TYPE: what it types, a letter in small */
};

struct keyboard_row {
    struct keyboard_key keys[KEYBOARD_ROW_KEYS];
    int count;
    int weight; /* of all keys and gaps */
};

/* The page a field of this kind opens with. */
enum keyboard_page keyboard_layout_first(enum text_edit_input input);
/* The page 123 leads to from this one; the same page when there is none. */
enum keyboard_page keyboard_layout_symbols(enum keyboard_page page);
/* Whether the page is a pad of digits: four rows that fill the place of five, 下一项 two rows high. */
bool keyboard_layout_is_pad(enum keyboard_page page);
/* Row 0 to KEYBOARD_ROWS - 1 of a page. Row 0 is empty where the candidate bar stands and on a pad; in
 * portrait 呼叫 and 收起 are not in the rows, for they stand above them, and so does 清空 where letters leave
 * no room. */
void keyboard_layout_row(enum keyboard_page page, bool portrait, int row, struct keyboard_row *out);
/* The id of the key that types this text: "key.a", "key.7", "key.com", others by their first code point
 * ("key.u3002"). */
void keyboard_layout_id(const char *text, char id[KEYBOARD_KEY_ID_BYTES]);
/* The function a key's id stands for; TYPE when it stands for none. */
enum keyboard_function keyboard_layout_function(const char *id);
/* What a function key's id, words and icon are. */
const char *keyboard_layout_function_id(enum keyboard_function function);
const char *keyboard_layout_function_words(enum keyboard_function function, bool narrow);
enum icon keyboard_layout_function_icon(enum keyboard_function function);

#endif
