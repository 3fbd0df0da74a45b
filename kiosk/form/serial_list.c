#include "kiosk/form/serial_list.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 9 };

struct serial_list {
    char (*serials)[SERIAL_LIST_BYTES];
    size_t capacity, count;
};

static bool is_serial(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* How many bytes of a separator stand here; the full-width comma and 、 are ones, too. */
static size_t gap(const char *at)
{
    if (*at == ',' || *at == ';' || isspace((unsigned char)*at))
        return 1;
    return strncmp(at, "，", 3) == 0 || strncmp(at, "、", 3) == 0 || strncmp(at, "；", 3) == 0 ? 3 : 0;
}

static enum status add(struct serial_list *list, const char *serial)
{
    if (list->count == list->capacity)
        return STATUS_FULL;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->serials[i], serial) == 0)
            return STATUS_CONFLICT;
    (void)snprintf(list->serials[list->count++], SERIAL_LIST_BYTES, "%s", serial);
    return STATUS_OK;
}

/* One number from the text, in upper case. Returns: its end, NULL for none or a long one. */
static const char *take(const char *at, char out[SERIAL_LIST_BYTES])
{
    size_t length = 0;
    for (; is_serial(at[length]); length++) {
        if (length + 1 == SERIAL_LIST_BYTES)
            return NULL;
        out[length] = (char)toupper((unsigned char)at[length]);
    }
    out[length] = 0;
    return length == 0 ? NULL : at + length;
}

static enum status add_range(struct serial_list *list, const char *first, const char *last)
{
    size_t length = strlen(first), stem = length;
    while (stem > 0 && length - stem < DIGITS_MAX && isdigit((unsigned char)first[stem - 1]))
        stem--;
    if (strlen(last) != length || strncmp(first, last, stem) != 0 || stem == length ||
        strspn(last + stem, "0123456789") != length - stem)
        return STATUS_MALFORMED;
    long from = strtol(first + stem, NULL, 10), to = strtol(last + stem, NULL, 10);
    enum status status = from > to ? STATUS_MALFORMED : STATUS_OK;
    for (long number = from; number <= to && status == STATUS_OK; number++) {
        char serial[SERIAL_LIST_BYTES + DIGITS_MAX];
        (void)snprintf(serial, sizeof(serial), "%.*s%0*ld", (int)stem, first, (int)(length - stem), number);
        status = add(list, serial);
    }
    return status;
}

/* A number or a range. */
static enum status add_entry(struct serial_list *list, const char **at)
{
    char first[SERIAL_LIST_BYTES], last[SERIAL_LIST_BYTES];
    const char *end = take(*at, first);
    if (end == NULL)
        return STATUS_MALFORMED;
    if (strncmp(end, "..", 2) != 0) {
        *at = end;
        return add(list, first);
    }
    *at = take(end + 2, last);
    return *at == NULL ? STATUS_MALFORMED : add_range(list, first, last);
}

enum status serial_list_parse(const char *text, char (*out)[SERIAL_LIST_BYTES], size_t capacity,
                              size_t *count)
{
    struct serial_list list = {.serials = out, .capacity = capacity};
    enum status status = STATUS_OK;
    bool between = true;
    for (const char *at = text; status == STATUS_OK && *at != 0;) {
        size_t skip = gap(at);
        at += skip;
        between = between || skip > 0;
        if (skip > 0 || *at == 0)
            continue;
        status = between ? add_entry(&list, &at) : STATUS_MALFORMED;
        between = false;
    }
    if (status == STATUS_OK && list.count == 0)
        status = STATUS_MALFORMED;
    if (status == STATUS_OK)
        *count = list.count;
    return status;
}
