#include "kiosk/pki/subject.h"

#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

enum kind { KIND_UTF8, KIND_PRINTABLE };

static const struct rule {
    const char *name;
    enum kind kind;
    size_t characters;
} rules[] = {
#define SUBJECT_ATTRIBUTE(code, name, oid, kind, characters) {name, KIND_##kind, characters},
#include "kiosk/pki/subject_attributes.def"
#undef SUBJECT_ATTRIBUTE
};

const char *subject_attribute_name(enum subject_attribute attribute)
{
    check(attribute < SUBJECT_ATTRIBUTE_COUNT_);
    return rules[attribute].name;
}

enum status subject_attribute_from_name(const char *name, enum subject_attribute *out)
{
    for (unsigned i = 0; i < SUBJECT_ATTRIBUTE_COUNT_; i++) {
        if (strcmp(rules[i].name, name) != 0)
            continue;
        *out = (enum subject_attribute)i;
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

/* X.680 41.4, table 10. */
static bool is_printable_string(const char *value)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";
    return value[strspn(value, allowed)] == 0;
}

/* ISO 3166-1 alpha-2, as X.520 6.3.1 asks. */
static bool is_country(const char *value)
{
    return strlen(value) == 2 && value[0] >= 'A' && value[0] <= 'Z' && value[1] >= 'A' && value[1] <= 'Z';
}

static bool value_is_fit(enum subject_attribute attribute, const char *value)
{
    if (value[0] == 0 || !text_is_printable(value))
        return false;
    if (rules[attribute].kind == KIND_PRINTABLE && !is_printable_string(value))
        return false;
    return attribute != SUBJECT_COUNTRY || is_country(value);
}

enum status subject_add(struct subject *subject, enum subject_attribute attribute, const char *value)
{
    check(attribute < SUBJECT_ATTRIBUTE_COUNT_);
    if (!value_is_fit(attribute, value))
        return STATUS_MALFORMED;
    if (subject->count >= SUBJECT_ITEMS || text_length(value) > rules[attribute].characters)
        return STATUS_FULL;
    struct subject_item *item = &subject->items[subject->count];
    check(text_copy(item->value, sizeof(item->value), value));
    item->attribute = attribute;
    subject->count++;
    return STATUS_OK;
}

const char *subject_value(const struct subject *subject, enum subject_attribute attribute)
{
    for (size_t i = 0; i < subject->count; i++)
        if (subject->items[i].attribute == attribute)
            return subject->items[i].value;
    return NULL;
}

bool subject_is_equal(const struct subject *left, const struct subject *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (left->items[i].attribute != right->items[i].attribute ||
            strcmp(left->items[i].value, right->items[i].value) != 0)
            return false;
    return true;
}

/* RFC 4514 2.4: characters that need a backslash anywhere, at the start, at the end. */
static bool needs_escape(const char *value, size_t at, size_t length)
{
    if (strchr("\"+,;<>\\=", value[at]) != NULL)
        return true;
    return (at == 0 && (value[at] == ' ' || value[at] == '#')) || (at + 1 == length && value[at] == ' ');
}

enum status subject_write_item(struct buf *out, const char *name, const char *value)
{
    enum status status = buf_append_format(out, "%s%s=", out->length > 0 ? ", " : "", name);
    size_t length = strlen(value);
    for (size_t i = 0; i < length && status == STATUS_OK; i++) {
        if (needs_escape(value, i, length))
            status = buf_append(out, "\\", 1);
        if (status == STATUS_OK)
            status = buf_append(out, &value[i], 1);
    }
    return status;
}

enum status subject_text(const struct subject *subject, char *out, size_t size)
{
    struct buf text;
    buf_init(&text, size - 1);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < subject->count && status == STATUS_OK; i++)
        status = subject_write_item(&text, subject_attribute_name(subject->items[i].attribute),
                                    subject->items[i].value);
    if (status != STATUS_OK || text.length == 0 || !text_copy(out, size, (const char *)text.data))
        out[0] = 0;
    buf_release(&text);
    return status;
}
