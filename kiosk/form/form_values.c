/* What a person typed: kept by field id, overwritten before it is given back. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/form/form.h"

void form_values_init(struct form_values *values)
{
    values->count = 0;
}

static void form_value_wipe(struct form_value *value)
{
    if (value->text != NULL)
        secret_wipe_bytes(value->text, strlen(value->text));
    free(value->text);
    *value = (struct form_value){0};
}

void form_values_wipe(struct form_values *values)
{
    if (values == NULL)
        return;
    for (size_t i = 0; i < values->count; i++)
        form_value_wipe(&values->value[i]);
    values->count = 0;
}

static size_t form_values_index(const struct form_values *values, const char *id)
{
    size_t i = 0;
    while (i < values->count && strcmp(values->value[i].id, id) != 0)
        i++;
    return i;
}

const char *form_values_get(const struct form_values *values, const char *id)
{
    size_t index = form_values_index(values, id);
    return index < values->count ? values->value[index].text : "";
}

static void form_values_remove(struct form_values *values, size_t index)
{
    if (index >= values->count)
        return;
    form_value_wipe(&values->value[index]);
    values->count--;
    memmove(&values->value[index], &values->value[index + 1],
            (values->count - index) * sizeof values->value[0]);
}

enum status form_values_set(struct form_values *values, const char *id, const char *text)
{
    size_t length = strlen(text);
    if (length > LIMIT_FIELD_BYTES || strlen(id) >= FORM_ID_BYTES)
        return STATUS_FULL;
    if (!text_is_valid(text, length))
        return STATUS_MALFORMED;
    size_t index = form_values_index(values, id);
    if (length == 0) {
        form_values_remove(values, index);
        return STATUS_OK;
    }
    if (index == LIMIT_FORM_FIELDS)
        return STATUS_FULL;
    char *copy = strdup(text);
    if (copy == NULL)
        return STATUS_NO_MEMORY;
    if (index == values->count) {
        values->count++;
        values->value[index] = (struct form_value){0};
        memcpy(values->value[index].id, id, strlen(id) + 1);
    } else {
        secret_wipe_bytes(values->value[index].text, strlen(values->value[index].text));
        free(values->value[index].text);
    }
    values->value[index].text = copy;
    return STATUS_OK;
}

enum status form_values_copy(struct form_values *out, const struct form_values *from)
{
    form_values_init(out);
    for (size_t i = 0; i < from->count; i++) {
        enum status status = form_values_set(out, from->value[i].id, from->value[i].text);
        if (status != STATUS_OK) {
            form_values_wipe(out);
            return status;
        }
    }
    return STATUS_OK;
}
