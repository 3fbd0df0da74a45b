/* Names as GB 18030 and the registration of names write them: ideographs, Latin letters, the middle dot. */
#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"

static bool name_is_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3007 ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

static bool name_is_latin(uint32_t c)
{
    bool is_ascii = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_ascii || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

/* U+00B7 is the dot of the standard; the others are what keyboards give in its place. */
static bool name_is_joiner(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0x2027 || c == ' ' || c == '-' || c == '\'';
}

static bool name_refuse(struct form_error *error, const char *key, uint32_t c)
{
    char text[5];
    text_encode(c, text);
    form_error_set(error, key);
    form_error_text(error, "character", text);
    return false;
}

bool rule_name(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    unsigned letters = 0;
    bool after_letter = false;
    (void)context;
    for (uint32_t c = text_next(&value); c != 0; c = text_next(&value)) {
        bool is_letter = name_is_ideograph(c) || name_is_latin(c);
        if (c >= '0' && c <= '9')
            return name_refuse(error, "form.name.digit", c);
        if (!is_letter && !(name_is_joiner(c) && after_letter))
            return name_refuse(error, "form.name.character", c);
        after_letter = is_letter;
        letters += is_letter;
    }
    if (letters >= 2 && after_letter)
        return true;
    form_error_set(error, letters < 2 ? "form.name.short" : "form.name.end");
    return false;
}
