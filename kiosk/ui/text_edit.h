/* Text edit: the text of one field while it is being filled, with caret and preedit.
 *
 * The screen owns it inside its state, the field widget shows it, the toolkit and the on-screen keyboard
 * change it. It does not validate; it only refuses characters the field can never hold. The preedit is what
 * pinyin keys have typed and nobody chose yet; it is not part of the text. Pitfall: secrets other than a PIN
 * on its way do not belong here; set `secret` and wipe it at once after use.
 */
#ifndef KIOSK_UI_TEXT_EDIT_H
#define KIOSK_UI_TEXT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/limits.h"

/* What the field takes, which also decides how the on-screen keyboard opens. */
enum text_edit_input {
    TEXT_EDIT_CHINESE, /* pinyin first, everything allowed */
    TEXT_EDIT_NAME,    /* a person's name: pinyin, surnames first */
    TEXT_EDIT_LATIN,   /* printable ASCII */
    TEXT_EDIT_CREDIT,  /* digits and capital letters; small letters become capitals */
    TEXT_EDIT_ID,      /* digits and X */
    TEXT_EDIT_DIGITS,  /* digits */
    TEXT_EDIT_PHONE,   /* digits, - and + */
    TEXT_EDIT_WEBSITE, /* printable ASCII without blanks, or 无; the keyboard has a row with www. and .com */
    TEXT_EDIT_ACCOUNT, /* the same for the name of an account */
    TEXT_EDIT_EMAIL,   /* printable ASCII without blanks; the keyboard has a row with @ and .com */
};

enum { TEXT_EDIT_PREEDIT_BYTES = 160 };

struct text_edit {
    char text[LIMIT_FIELD_BYTES + 1];
    size_t length; /* bytes */
    size_t caret;  /* byte offset, always between two characters */
    char preedit[TEXT_EDIT_PREEDIT_BYTES];
    enum text_edit_input input;
    size_t characters_max; /* 0 means as many as fit */
    bool secret;           /* shown as dots, never in a dump */
};

/* The edit is empty and takes this kind of text, at most so many characters (0: no limit of its own). */
void text_edit_init(struct text_edit *edit, enum text_edit_input input, size_t characters_max);
/* The text is replaced and the caret stands at its end; what does not fit or is not allowed is left out. */
void text_edit_set(struct text_edit *edit, const char *text);
/* The allowed characters stand before the caret. Returns: whether the text changed. */
bool text_edit_insert(struct text_edit *edit, const char *text);
/* The character before the caret is gone. Returns: whether the text changed. */
bool text_edit_backspace(struct text_edit *edit);
/* The character behind the caret is gone. Returns: whether the text changed. */
bool text_edit_delete(struct text_edit *edit);
/* The caret moves by characters; out of range means to the end that was meant. */
void text_edit_move(struct text_edit *edit, int characters);
/* The preedit is replaced; NULL or "" removes it. */
void text_edit_set_preedit(struct text_edit *edit, const char *preedit);
/* Text, preedit and caret are zeros; the kind and the limit stay. */
void text_edit_wipe(struct text_edit *edit);

#endif
