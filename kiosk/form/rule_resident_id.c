/* GB 11643-1999, 公民身份号码: region (6), date of birth (8), sequence (3), check character (ISO 7064 MOD
 * 11-2). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { ID_LENGTH = 18, ID_BIRTH = 6, AGE_MIN = 16, AGE_MAX = 120 };

struct id_date {
    int year, month, day;
};

char rule_resident_id_check(const char *number)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < ID_LENGTH - 1; i++) {
        if (number[i] < '0' || number[i] > '9')
            return 0;
        sum += (number[i] - '0') * weights[i];
    }
    return "10X98765432"[sum % 11];
}

static bool id_read_date(const char *digits, struct id_date *date)
{
    return sscanf(digits, "%4d%2d%2d", &date->year, &date->month, &date->day) == 3;
}

static bool id_date_is_real(const struct id_date *date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->year < 1800 || date->month < 1 || date->month > 12 || date->day < 1)
        return false;
    bool is_leap = (date->year % 4 == 0 && date->year % 100 != 0) || date->year % 400 == 0;
    return date->day <= days[date->month - 1] + (is_leap && date->month == 2);
}

/* Full years on the given day, in hall time. */
static int id_age(const struct id_date *birth, int64_t today_utc_s)
{
    char text[16] = "";
    struct id_date today = {0};
    if (clock_format_hall(today_utc_s, "%Y%m%d", text, sizeof text) == 0 || !id_read_date(text, &today))
        return -1;
    bool had_birthday =
        today.month > birth->month || (today.month == birth->month && today.day >= birth->day);
    return today.year - birth->year - !had_birthday;
}

static bool id_has_shape(const char *value, struct form_error *error)
{
    if (!rule_digits_length(value, ID_LENGTH, "form.resident-id.short", "form.resident-id.long", error))
        return false;
    size_t digits = rule_digits_span(value);
    if (digits == ID_LENGTH || (digits == ID_LENGTH - 1 && value[digits] == 'X'))
        return true;
    return rule_digits_refuse(value, digits, "form.resident-id.character", error);
}

static bool id_refuse(struct form_error *error, const char *key)
{
    form_error_set(error, key);
    return false;
}

static bool id_birth_is_sane(const char *value, int64_t today_utc_s, struct form_error *error)
{
    struct id_date birth = {0};
    if (!id_read_date(value + ID_BIRTH, &birth) || !id_date_is_real(&birth))
        return id_refuse(error, "form.resident-id.date");
    int age = id_age(&birth, today_utc_s);
    if (age >= AGE_MIN && age <= AGE_MAX)
        return true;
    form_error_set(error, age < AGE_MIN ? "form.resident-id.young" : "form.resident-id.old");
    form_error_number(error, "age", age < AGE_MIN ? AGE_MIN : AGE_MAX);
    return false;
}

bool rule_resident_id(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    if (!id_has_shape(value, error))
        return false;
    if (value[0] == '0') /* no region of GB/T 2260 begins with 0 */
        return id_refuse(error, "form.resident-id.region");
    if (!id_birth_is_sane(value, context->today_utc_s, error))
        return false;
    if (rule_resident_id_check(value) != value[ID_LENGTH - 1])
        return id_refuse(error, "form.resident-id.check");
    return true;
}
