/* What was typed as the rules want to read it, and a value with its middle hidden. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/form.h"

enum { IDEOGRAPHIC_SPACE = 0x3000, FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E };

enum fold {
    FOLD_TEXT,   /* letters stay as they are, runs of spaces become one */
    FOLD_NUMBER, /* half-width, upper case, no spaces and hyphens */
    FOLD_CODE,   /* half-width, upper case, no spaces */
    FOLD_PHONE,  /* half-width, no spaces */
    FOLD_ADDRESS /* half-width, no spaces: e-mail, website, account names */
};

static enum fold form_fold(enum form_kind kind)
{
    switch (kind) {
    case FORM_KIND_CREDIT_CODE:
    case FORM_KIND_TAX_NUMBER:
    case FORM_KIND_RESIDENT_ID:
    case FORM_KIND_MOBILE:
    case FORM_KIND_POSTCODE:
    case FORM_KIND_ACCOUNT:
    case FORM_KIND_NUMBER:
        return FOLD_NUMBER;
    case FORM_KIND_CODE:
        return FOLD_CODE;
    case FORM_KIND_PHONE:
        return FOLD_PHONE;
    case FORM_KIND_EMAIL:
    case FORM_KIND_WEBSITE:
    case FORM_KIND_WECHAT:
    case FORM_KIND_USER_NAME:
        return FOLD_ADDRESS;
    case FORM_KIND_TEXT:
    case FORM_KIND_ADDRESS:
    case FORM_KIND_NAME:
    case FORM_KIND_REGION:
    case FORM_KIND_CHOICE:
    case FORM_KIND_COUNT_:
        break;
    }
    return FOLD_TEXT;
}

static bool form_is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == IDEOGRAPHIC_SPACE || c == 0xA0;
}

/* Dashes people type between groups of digits: hyphens U+2010 to U+2015, minus, full-width hyphen. */
static bool form_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D;
}

static uint32_t form_fold_character(uint32_t c, enum fold fold)
{
    bool is_full_width_digit = c >= 0xFF10 && c <= 0xFF19;
    if (fold == FOLD_TEXT)
        return is_full_width_digit ? c - FULL_WIDTH_FIRST + '!' : c;
    if (form_is_dash(c))
        return '-';
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        c = c - FULL_WIDTH_FIRST + '!';
    if ((fold == FOLD_NUMBER || fold == FOLD_CODE) && c < 0x80)
        c = (uint32_t)toupper((int)c);
    return c;
}

static enum status form_append_character(struct buf *out, uint32_t c)
{
    char bytes[5];
    return buf_append(out, bytes, text_encode(c, bytes));
}

enum status form_normalise(enum form_kind kind, const char *text, struct buf *out)
{
    if (!text_is_valid(text, strlen(text)))
        return STATUS_MALFORMED;
    enum fold fold = form_fold(kind);
    bool space_waits = false;
    bool has_any = false;
    enum status status = STATUS_OK;
    for (uint32_t c = text_next(&text); c != 0 && status == STATUS_OK; c = text_next(&text)) {
        if (form_is_space(c)) {
            space_waits = has_any && fold == FOLD_TEXT;
            continue;
        }
        if (text_is_hidden(c)) /* comes along with what is copied; nobody sees it to take it out */
            continue;
        c = form_fold_character(c, fold);
        if (fold == FOLD_NUMBER && c == '-')
            continue;
        if (space_waits)
            status = buf_append(out, " ", 1);
        space_waits = false;
        has_any = true;
        if (status == STATUS_OK)
            status = form_append_character(out, c);
    }
    return status;
}

enum status form_mask(const char *value, struct buf *out)
{
    size_t characters = text_length(value);
    size_t head = characters > 7 ? 3 : 1;
    size_t tail = characters > 7 ? 4 : 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < characters && status == STATUS_OK; i++) {
        uint32_t c = text_next(&value);
        status = form_append_character(out, i < head || i >= characters - tail ? c : '*');
    }
    return status;
}

enum status form_mask_name(const char *name, struct buf *out)
{
    size_t characters = text_length(name);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < characters && status == STATUS_OK; i++) {
        uint32_t c = text_next(&name);
        bool is_shown = i == 0 || (characters > 2 && i + 1 == characters);
        status = form_append_character(out, is_shown ? c : '*');
    }
    return status;
}
