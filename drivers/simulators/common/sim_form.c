#include "drivers/simulators/common/sim_form.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* Decoding never grows a text, so it happens in place. */
static bool decode_in_place(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '%') {
            int high = hex_digit(from[1]);
            int low = high < 0 ? -1 : hex_digit(from[2]);
            if (low < 0 || (high == 0 && low == 0))
                return false;
            *to++ = (char)(high * 16 + low);
            from += 2;
        } else {
            *to++ = *from == '+' ? ' ' : *from;
        }
    }
    *to = '\0';
    return true;
}

static enum status take_pair(struct sim_form *form, char *pair)
{
    static char empty[1] = "";
    if (*pair == '\0')
        return STATUS_OK;
    if (form->count == SIM_FORM_FIELDS)
        return STATUS_FULL;
    char *value = strchr(pair, '=');
    if (value != NULL)
        *value++ = '\0';
    if (!decode_in_place(pair) || (value != NULL && !decode_in_place(value)))
        return STATUS_MALFORMED;
    form->pairs[form->count++] = (struct sim_form_pair){.name = pair, .value = value == NULL ? empty : value};
    return STATUS_OK;
}

enum status sim_form_parse(struct sim_form *form, const char *text, size_t length)
{
    *form = (struct sim_form){0};
    if (memchr(text, '\0', length) != NULL)
        return STATUS_MALFORMED;
    form->text = strndup(text, length);
    if (form->text == NULL)
        return STATUS_NO_MEMORY;
    char *rest = form->text;
    while (rest != NULL) {
        char *pair = strsep(&rest, "&");
        enum status status = take_pair(form, pair);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

void sim_form_release(struct sim_form *form)
{
    if (form == NULL)
        return;
    free(form->text);
    *form = (struct sim_form){0};
}

static int compare_pairs(const void *left, const void *right)
{
    const struct sim_form_pair *a = left;
    const struct sim_form_pair *b = right;
    return strcmp(a->name, b->name);
}

void sim_form_sort(struct sim_form *form)
{
    qsort(form->pairs, form->count, sizeof(form->pairs[0]), compare_pairs);
}

const char *sim_form_value(const struct sim_form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->pairs[i].name, name) == 0)
            return form->pairs[i].value;
    return NULL;
}

enum status sim_form_field(const char *text, size_t length, const char *name, char *out, size_t size)
{
    struct sim_form form;
    enum status status = sim_form_parse(&form, text, length);
    if (status == STATUS_OK) {
        const char *value = sim_form_value(&form, name);
        if (value == NULL)
            status = STATUS_NOT_FOUND;
        else if (strlen(value) >= size)
            status = STATUS_FULL;
        else
            (void)text_copy(out, size, value);
    }
    sim_form_release(&form);
    return status;
}
