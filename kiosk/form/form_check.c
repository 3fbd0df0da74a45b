/* Whether values can stand: emptiness, length, characters, then the kind's own rule. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/form.h"
#include "kiosk/form/form_rule.h"

static form_rule *const form_rules[] = {
#define FORM_KIND(code, name, rule, keyboard) [FORM_KIND_##code] = rule,
#include "kiosk/form/form_kinds.def"
#undef FORM_KIND
};

static bool form_check_length(const char *value, const struct form_field *field, struct form_error *error)
{
    size_t length = text_length(value);
    if (field->max_characters == 0 || length <= field->max_characters)
        return true;
    form_error_set(error, "form.too-long");
    form_error_number(error, "over", (long)(length - field->max_characters));
    form_error_number(error, "max", (long)field->max_characters);
    return false;
}

/* Numbers of a fixed length have a better sentence in their own rule than "too long". */
static bool form_kind_has_own_length(enum form_kind kind)
{
    return kind == FORM_KIND_CREDIT_CODE || kind == FORM_KIND_TAX_NUMBER || kind == FORM_KIND_RESIDENT_ID ||
           kind == FORM_KIND_MOBILE || kind == FORM_KIND_POSTCODE;
}

enum form_kind form_field_kind(const struct form *form, const struct form_values *values,
                               const struct form_field *field)
{
    const char *answer = field->kind_when_count == 0 ? "" : form_value(form, values, field->kind_field);
    if (answer[0] == '\0')
        return field->kind;
    for (size_t i = 0; i < field->kind_when_count; i++)
        if (strcmp(field->kind_when[i], answer) == 0)
            return field->kind;
    return FORM_KIND_CODE;
}

static bool form_check_value(const char *value, const struct form *form, const struct form_field *field,
                             enum form_kind kind, int64_t today_utc_s, struct form_error *error)
{
    if (!text_is_printable(value)) {
        form_error_set(error, "form.unprintable");
        return false;
    }
    if (!form_kind_has_own_length(kind) && !form_check_length(value, field, error))
        return false;
    struct form_rule_context context = {.today_utc_s = today_utc_s,
                                        .min_characters = field->min_characters,
                                        .options = field->options,
                                        .option_count = field->option_count,
                                        .regions = form->regions};
    return form_rules[kind](value, &context, error);
}

bool form_check(const struct form *form, const struct form_values *values, const struct form_field *field,
                int64_t today_utc_s, struct form_error *error)
{
    struct form_error found = {.field_id = field->id};
    if (!form_field_is_asked(field) || !form_field_is_shown(form, values, field))
        return true; /* the source of a derived one is checked, and mended, where it is asked */
    const char *value = form_value(form, values, field->id);
    bool is_right;
    if (value[0] == '\0') {
        is_right = !field->required;
        if (!is_right) {
            form_error_set(&found, "form.required");
            form_error_text(&found, "label", field->label);
        }
    } else {
        is_right =
            form_check_value(value, form, field, form_field_kind(form, values, field), today_utc_s, &found);
    }
    if (!is_right)
        *error = found;
    return is_right;
}

bool form_check_all(const struct form *form, const struct form_values *values, int64_t today_utc_s,
                    struct form_errors *errors)
{
    errors->count = 0;
    for (size_t i = 0; i < form->field_count && errors->count < LIMIT_FORM_FIELDS; i++) {
        if (!form_check(form, values, &form->fields[i], today_utc_s, &errors->error[errors->count]))
            errors->count++;
    }
    return errors->count == 0;
}

size_t form_missing(const struct form *form, const struct form_values *values, const char *block)
{
    size_t missing = 0;
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        bool counts = field->required && form_field_is_asked(field) &&
                      form_field_is_shown(form, values, field) &&
                      (block == NULL || strcmp(field->block, block) == 0);
        if (counts && form_values_get(values, field->id)[0] == '\0')
            missing++;
    }
    return missing;
}
