#include "kiosk/form/rule_pin.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/limits.h"

enum {
    GUESS_DIGITS = 6, /* so many digits in a row that stand in a personal number make a PIN guessable */
    PERIOD_MAX = 3    /* 111111, 121212 and 123123 repeat; longer patterns are left alone */
};

enum status rule_pin_narrow(const struct rule_pin *product, unsigned token_min, unsigned token_max,
                            struct rule_pin *out)
{
    struct rule_pin rule = *product;
    if (token_min > rule.min)
        rule.min = token_min;
    if (token_max != 0 && token_max < rule.max)
        rule.max = token_max;
    if (rule.min > rule.max)
        return STATUS_MALFORMED;
    *out = rule;
    return STATUS_OK;
}

static bool pin_refuse(struct form_error *error, const char *key)
{
    form_error_set(error, key);
    return false;
}

static bool pin_has_shape(const struct rule_pin *rule, const struct secret *pin, struct form_error *error)
{
    bool is_short = pin->length < rule->min;
    if (is_short || pin->length > rule->max) {
        form_error_set(error, is_short ? "form.pin.short" : "form.pin.long");
        form_error_number(error, is_short ? "missing" : "over",
                          is_short ? (long)(rule->min - pin->length) : (long)(pin->length - rule->max));
        form_error_number(error, "min", (long)rule->min);
        form_error_number(error, "max", (long)rule->max);
        return false;
    }
    for (size_t i = 0; i < pin->length; i++) {
        uint8_t c = pin->bytes[i];
        if (!(c >= '0' && c <= '9') && !(rule->letters && c < 0x80 && isalpha(c)))
            return pin_refuse(error, rule->letters ? "form.pin.character" : "form.pin.digits-only");
    }
    return true;
}

/* From one character to the next; after 9 comes 0. */
static int pin_step(uint8_t from, uint8_t to)
{
    if (from == '9' && to == '0')
        return 1;
    return from == '0' && to == '9' ? -1 : to - from;
}

/* 123456, 098765, and 112233: every character, or every pair of the same, one further. */
static bool part_is_run(const uint8_t *part, size_t length, size_t each)
{
    int step = length > each ? pin_step(part[0], part[each]) : 0;
    for (size_t i = 1; i < length; i++) {
        if (i % each != 0 && part[i] != part[i - 1])
            return false;
        if (i % each == 0 && pin_step(part[i - each], part[i]) != step)
            return false;
    }
    return step == 1 || step == -1;
}

static bool part_repeats(const uint8_t *part, size_t length)
{
    for (size_t period = 1; period <= PERIOD_MAX; period++) {
        size_t i = period;
        while (i < length && part[i] == part[i - period])
            i++;
        if (i == length)
            return true;
    }
    return false;
}

/* Six in a row that are easily guessed make the whole so; a shorter PIN is judged whole. */
static size_t pin_part(const struct secret *pin)
{
    return pin->length < GUESS_DIGITS ? pin->length : GUESS_DIGITS;
}

static bool pin_has_run(const struct secret *pin)
{
    size_t length = pin_part(pin);
    for (size_t i = 0; i + length <= pin->length; i++)
        if (part_is_run(pin->bytes + i, length, 1) || part_is_run(pin->bytes + i, length, 2))
            return true;
    return false;
}

static bool pin_repeats(const struct secret *pin)
{
    size_t length = pin_part(pin);
    for (size_t i = 0; i + length <= pin->length; i++)
        if (part_repeats(pin->bytes + i, length))
            return true;
    return false;
}

/* Whether six digits in a row of the PIN stand in the value. */
static bool pin_resembles(const struct secret *pin, const char *value)
{
    for (size_t i = 0; i + GUESS_DIGITS <= pin->length; i++) {
        char part[GUESS_DIGITS + 1];
        memcpy(part, pin->bytes + i, GUESS_DIGITS);
        part[GUESS_DIGITS] = '\0';
        bool found = strspn(part, "0123456789") == GUESS_DIGITS && strstr(value, part) != NULL;
        secret_wipe_bytes(part, sizeof part);
        if (found)
            return true;
    }
    return false;
}

/* The digits of a value, so that 023-6200 and spaces do not hide a number. */
static void pin_digits(const char *value, char *out, size_t size)
{
    size_t length = 0;
    for (; *value != '\0' && length + 1 < size; value++) {
        if (*value >= '0' && *value <= '9')
            out[length++] = *value;
    }
    out[length] = '\0';
}

/* The day of birth in every order people write it: year, month, day; day first; month first. */
static bool pin_resembles_birthday(const struct secret *pin, const char *digits)
{
    enum { BIRTH = 6, BIRTH_END = 14 };
    char writings[64];
    if (strlen(digits) < BIRTH_END)
        return false;
    const char *year = digits + BIRTH, *month = year + 4, *day = month + 2;
    snprintf(writings, sizeof writings, "%.4s%.2s%.2s%.4s %.2s%.2s%.4s %.2s%.2s%.2s %.2s%.2s%.2s", year,
             month, day, year, day, month, year, month, day, year + 2, day, month, year + 2);
    bool found = pin_resembles(pin, writings);
    secret_wipe_bytes(writings, sizeof writings);
    return found;
}

static const char *pin_kind_key(enum form_kind kind)
{
    switch (kind) {
    case FORM_KIND_RESIDENT_ID:
        return "form.pin.resident-id";
    case FORM_KIND_MOBILE:
    case FORM_KIND_PHONE:
        return "form.pin.phone";
    case FORM_KIND_CREDIT_CODE:
    case FORM_KIND_TAX_NUMBER:
        return "form.pin.credit-code";
    case FORM_KIND_TEXT:
    case FORM_KIND_ADDRESS:
    case FORM_KIND_NAME:
    case FORM_KIND_EMAIL:
    case FORM_KIND_POSTCODE:
    case FORM_KIND_WEBSITE:
    case FORM_KIND_WECHAT:
    case FORM_KIND_ACCOUNT:
    case FORM_KIND_NUMBER:
    case FORM_KIND_CODE:
    case FORM_KIND_USER_NAME:
    case FORM_KIND_REGION:
    case FORM_KIND_CHOICE:
    case FORM_KIND_COUNT_:
        break;
    }
    return NULL;
}

static const char *pin_resembled_key(const struct secret *pin, const struct form *form,
                                     const struct form_values *values)
{
    const char *key = NULL;
    char digits[LIMIT_FIELD_BYTES + 1];
    for (size_t i = 0; i < form->field_count && key == NULL; i++) {
        const char *kind_key = pin_kind_key(form->fields[i].kind);
        if (kind_key == NULL)
            continue;
        pin_digits(form_value(form, values, form->fields[i].id), digits, sizeof digits);
        if (form->fields[i].kind == FORM_KIND_RESIDENT_ID && pin_resembles_birthday(pin, digits))
            key = "form.pin.birthday";
        else if (pin_resembles(pin, digits))
            key = kind_key;
    }
    secret_wipe_bytes(digits, sizeof digits);
    return key;
}

bool rule_pin_check(const struct rule_pin *rule, const struct secret *pin, const struct form *form,
                    const struct form_values *values, struct form_error *error)
{
    *error = (struct form_error){0};
    if (!pin_has_shape(rule, pin, error))
        return false;
    if (pin->length > 1 && pin_has_run(pin))
        return pin_refuse(error, "form.pin.run");
    if (pin_repeats(pin))
        return pin_refuse(error, "form.pin.repeat");
    const char *key = form == NULL || values == NULL ? NULL : pin_resembled_key(pin, form, values);
    return key == NULL || pin_refuse(error, key);
}
