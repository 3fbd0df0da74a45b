#include "tests/support/form_sample.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/support/hall_visit.h"

enum { VALUE_BYTES = 256 };

/* One person for each subject that may be one; a unit's own fields have the legal person's. */
static const struct {
    const char *name;
    const char *id; /* first 17 digits */
    const char *mobile;
} people[FORM_SUBJECT_COUNT_] = {[FORM_SUBJECT_UNIT] = {"李大有", "11010119900307035", "13900000000"},
                                 [FORM_SUBJECT_LEGAL] = {"李大有", "11010119900307035", "13900000000"},
                                 [FORM_SUBJECT_PERSON] = {"王明远", "11010119880229061", "13700000000"},
                                 [FORM_SUBJECT_AGENT] = {"张小丽", "11010119900307041", HALL_PHONE},
                                 [FORM_SUBJECT_INVOICE] = {"赵会", "11010119910307021", "13600000000"},
                                 [FORM_SUBJECT_ORDER] = {"钱多", "11010119920307021", "13500000000"}};

char form_sample_id_check(const char *digits)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weights[i] * (digits[i] - '0');
    return "10X98765432"[sum % 11];
}

/* As long as it may be: "示例", the field's own name, then as much filling as is missing. */
static void make_text(const struct form_field *field, char *out)
{
    size_t length = 0;
    (void)snprintf(out, VALUE_BYTES, "示例%s", field->label);
    for (length = text_length(out); length < field->min_characters; length++)
        (void)strncat(out, "甲", VALUE_BYTES - strlen(out) - 1);
    if (text_length(out) > field->max_characters)
        out[text_prefix_bytes(out, field->max_characters)] = 0;
}

static void make_id(const struct form_field *field, char *out)
{
    const char *digits = people[field->subject].id;
    (void)snprintf(out, VALUE_BYTES, "%s%c", digits, form_sample_id_check(digits));
}

/* So many digits as the field wants at least. */
static void make_digits(const struct form_field *field, size_t usual, char *out)
{
    size_t length = field->min_characters > usual ? field->min_characters : usual;
    if (length > field->max_characters)
        length = field->max_characters;
    for (size_t i = 0; i < length; i++)
        out[i] = (char)('1' + i % 9);
    out[length] = 0;
}

static void make(const struct form_field *field, char *out)
{
    switch (field->kind) {
    case FORM_KIND_TEXT:
    case FORM_KIND_ADDRESS:
        make_text(field, out);
        return;
    case FORM_KIND_NAME:
        (void)text_copy(out, VALUE_BYTES, people[field->subject].name);
        return;
    case FORM_KIND_CREDIT_CODE:
    case FORM_KIND_TAX_NUMBER:
        (void)text_copy(out, VALUE_BYTES, HALL_CREDIT_CODE);
        return;
    case FORM_KIND_RESIDENT_ID:
        make_id(field, out);
        return;
    case FORM_KIND_MOBILE:
        (void)text_copy(out, VALUE_BYTES, people[field->subject].mobile);
        return;
    case FORM_KIND_PHONE:
        (void)text_copy(out, VALUE_BYTES, "023-62000000");
        return;
    case FORM_KIND_EMAIL:
        (void)snprintf(out, VALUE_BYTES, "%s@example.cn", form_subject_name(field->subject));
        return;
    case FORM_KIND_POSTCODE:
        (void)text_copy(out, VALUE_BYTES, "400000");
        return;
    case FORM_KIND_WEBSITE:
        (void)text_copy(out, VALUE_BYTES, "www.example.cn");
        return;
    case FORM_KIND_WECHAT:
        (void)text_copy(out, VALUE_BYTES, "example_2026");
        return;
    case FORM_KIND_ACCOUNT:
        make_digits(field, 16, out);
        return;
    case FORM_KIND_NUMBER:
        make_digits(field, 8, out);
        return;
    case FORM_KIND_CODE:
        make_digits(field, 12, out);
        return;
    case FORM_KIND_USER_NAME:
        (void)text_copy(out, VALUE_BYTES, "example2026");
        return;
    case FORM_KIND_REGION:
        (void)text_copy(out, VALUE_BYTES, "湖南省 长沙市");
        return;
    case FORM_KIND_CHOICE:
        (void)text_copy(out, VALUE_BYTES, field->options[0]);
        return;
    case FORM_KIND_COUNT_:
        break;
    }
    check(!"a kind of field without a sample");
}

void form_sample_make(const struct form *form, struct form_values *out)
{
    char value[VALUE_BYTES];
    form_values_init(out);
    for (size_t i = 0; i < form->field_count; i++) {
        if (!form_field_is_asked(&form->fields[i]))
            continue;
        make(&form->fields[i], value);
        check(form_values_set(out, form->fields[i].id, value) == STATUS_OK);
    }
    check(form_tell_agent(form, false, out) == STATUS_OK);
}

void form_sample_fill(const struct form *form, const struct form_values *values, const char *pattern,
                      char *out, size_t size)
{
    char field[FORM_ID_BYTES];
    bool is_field = sscanf(pattern, "{%63[^}]}", field) == 1;
    (void)snprintf(out, size, "%s", is_field ? form_value(form, values, field) : pattern);
}
