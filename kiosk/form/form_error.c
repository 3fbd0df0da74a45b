#include "kiosk/form/form_error.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

void form_error_set(struct form_error *error, const char *key)
{
    const char *field_id = error->field_id;
    *error = (struct form_error){.field_id = field_id, .key = key};
}

void form_error_text(struct form_error *error, const char *name, const char *text)
{
    check(error->argument_count < FORM_ERROR_ARGUMENTS);
    size_t index = error->argument_count++;
    error->argument[index].name = name;
    char *out = error->argument[index].value;
    size_t characters = text_length(text);
    while (text_prefix_bytes(text, characters) >= FORM_ERROR_VALUE_BYTES)
        characters--;
    size_t length = text_prefix_bytes(text, characters);
    memcpy(out, text, length);
    out[length] = '\0';
}

void form_error_number(struct form_error *error, const char *name, long number)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", number);
    form_error_text(error, name, text);
}
