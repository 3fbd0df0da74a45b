#include "kiosk/form/rule_password.h"

#include <ctype.h>
#include <string.h>

enum { NUMBER_LEAST = 6 }; /* a shorter one is no secret of anybody's */

static bool refuse(struct form_error *error, const char *key)
{
    form_error_set(error, key);
    return false;
}

static bool refuse_length(struct form_error *error, const char *key, const char *name, size_t by,
                          size_t bound)
{
    form_error_set(error, key);
    form_error_number(error, name, (long)by);
    form_error_number(error, "bound", (long)bound);
    return false;
}

bool rule_password_check(size_t least, const struct secret *password, const char *phone,
                         struct form_error *error)
{
    size_t length = password->length;
    bool has_letter = false, has_digit = false;
    if (length < least)
        return refuse_length(error, "form.password.short", "missing", least - length, least);
    if (length > RULE_PASSWORD_MOST)
        return refuse_length(error, "form.password.long", "over", length - RULE_PASSWORD_MOST,
                             RULE_PASSWORD_MOST);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = password->bytes[i];
        if (c <= ' ' || c >= 0x7F)
            return refuse(error, "form.password.character");
        has_letter = has_letter || isalpha(c);
        has_digit = has_digit || isdigit(c);
    }
    if (!has_letter || !has_digit)
        return refuse(error, "form.password.plain");
    if (phone[0] != '\0' && strstr((const char *)password->bytes, phone) != NULL)
        return refuse(error, "form.password.phone");
    return true;
}

static const char *number_key(enum form_kind kind)
{
    if (kind == FORM_KIND_MOBILE || kind == FORM_KIND_PHONE)
        return "form.password.phone";
    bool is_number = kind == FORM_KIND_RESIDENT_ID || kind == FORM_KIND_CREDIT_CODE ||
                     kind == FORM_KIND_TAX_NUMBER || kind == FORM_KIND_CODE;
    return is_number ? "form.password.number" : NULL;
}

bool rule_password_check_form(const struct secret *password, const struct form *form,
                              const struct form_values *values, struct form_error *error)
{
    *error = (struct form_error){0};
    for (size_t i = 0; i < form->field_count; i++) {
        const char *key = number_key(form->fields[i].kind);
        const char *value = key == NULL ? "" : form_value(form, values, form->fields[i].id);
        if (strlen(value) >= NUMBER_LEAST && strcasestr((const char *)password->bytes, value) != NULL)
            return refuse(error, key);
    }
    return true;
}
