#include "kiosk/ui/text_edit.h"

#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

void text_edit_init(struct text_edit *edit, enum text_edit_input input, size_t characters_max)
{
    secret_wipe_bytes(edit, sizeof *edit);
    edit->input = input;
    edit->characters_max = characters_max;
}

void text_edit_wipe(struct text_edit *edit)
{
    secret_wipe_bytes(edit->text, sizeof edit->text);
    secret_wipe_bytes(edit->preedit, sizeof edit->preedit);
    edit->length = 0;
    edit->caret = 0;
}

enum { NONE = 0x65E0 }; /* 无: who has none says so */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint32_t capital(uint32_t c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

/* The character as the field takes it, 0 when it takes it not at all. */
static uint32_t admit(enum text_edit_input input, uint32_t c)
{
    switch (input) {
    case TEXT_EDIT_CREDIT:
        return is_digit(c) || is_letter(c) ? capital(c) : 0;
    case TEXT_EDIT_ID:
        return is_digit(c) || capital(c) == 'X' ? capital(c) : 0;
    case TEXT_EDIT_DIGITS:
        return is_digit(c) ? c : 0;
    case TEXT_EDIT_PHONE:
        return is_digit(c) || c == '-' || c == '+' ? c : 0;
    case TEXT_EDIT_EMAIL:
        return c > ' ' && c < 0x7F ? c : 0;
    case TEXT_EDIT_WEBSITE:
    case TEXT_EDIT_ACCOUNT:
        return c == NONE || (c > ' ' && c < 0x7F) ? c : 0;
    case TEXT_EDIT_LATIN:
        return c >= ' ' && c < 0x7F ? c : 0;
    case TEXT_EDIT_CHINESE:
    case TEXT_EDIT_NAME:
        return c >= ' ' && c != 0x7F && c != 0xFFFD && !(c >= 0x80 && c < 0xA0) ? c : 0;
    }
    return 0;
}

bool text_edit_insert(struct text_edit *edit, const char *text)
{
    bool changed = false;
    for (uint32_t c; (c = text_next(&text)) != 0;) {
        char bytes[5];
        uint32_t admitted = admit(edit->input, c);
        if (!admitted)
            continue;
        size_t length = text_encode(admitted, bytes);
        if (edit->length + length > LIMIT_FIELD_BYTES)
            break;
        if (edit->characters_max && text_length(edit->text) >= edit->characters_max)
            break;
        memmove(edit->text + edit->caret + length, edit->text + edit->caret, edit->length - edit->caret + 1);
        memcpy(edit->text + edit->caret, bytes, length);
        edit->length += length;
        edit->caret += length;
        changed = true;
    }
    return changed;
}

void text_edit_set(struct text_edit *edit, const char *text)
{
    text_edit_wipe(edit);
    (void)text_edit_insert(edit, text ? text : "");
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t before(const struct text_edit *edit, size_t at)
{
    if (at == 0)
        return 0;
    do
        at--;
    while (at > 0 && is_continuation(edit->text[at]));
    return at;
}

static size_t behind(const struct text_edit *edit, size_t at)
{
    if (at >= edit->length)
        return edit->length;
    do
        at++;
    while (at < edit->length && is_continuation(edit->text[at]));
    return at;
}

static bool cut(struct text_edit *edit, size_t from, size_t to)
{
    if (from >= to)
        return false;
    memmove(edit->text + from, edit->text + to, edit->length - to + 1);
    edit->length -= to - from;
    secret_wipe_bytes(edit->text + edit->length, to - from);
    edit->caret = from;
    return true;
}

bool text_edit_backspace(struct text_edit *edit)
{
    return cut(edit, before(edit, edit->caret), edit->caret);
}

bool text_edit_delete(struct text_edit *edit)
{
    return cut(edit, edit->caret, behind(edit, edit->caret));
}

void text_edit_move(struct text_edit *edit, int characters)
{
    for (; characters < 0 && edit->caret > 0; characters++)
        edit->caret = before(edit, edit->caret);
    for (; characters > 0 && edit->caret < edit->length; characters--)
        edit->caret = behind(edit, edit->caret);
}

void text_edit_set_preedit(struct text_edit *edit, const char *preedit)
{
    secret_wipe_bytes(edit->preedit, sizeof edit->preedit);
    if (preedit)
        (void)text_copy(edit->preedit, sizeof edit->preedit, preedit);
}
