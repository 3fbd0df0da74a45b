#include "kiosk/form/rule_digits.h"

#include <string.h>

#include "kiosk/base/text.h"

size_t rule_digits_span(const char *value)
{
    return strspn(value, "0123456789");
}

bool rule_digits_length(const char *value, size_t length, const char *short_key, const char *long_key,
                        struct form_error *error)
{
    size_t characters = text_length(value);
    if (characters == length)
        return true;
    bool is_short = characters < length;
    form_error_set(error, is_short ? short_key : long_key);
    form_error_number(error, is_short ? "missing" : "over",
                      (long)(is_short ? length - characters : characters - length));
    form_error_number(error, "length", (long)length);
    return false;
}

bool rule_digits_refuse(const char *value, size_t index, const char *key, struct form_error *error)
{
    char character[5];
    const char *at = value;
    long position = 1;
    while ((size_t)(at - value) < index && text_next(&at) != 0)
        position++;
    text_encode(text_next(&at), character);
    form_error_set(error, key);
    form_error_number(error, "position", position);
    form_error_text(error, "character", character);
    return false;
}
