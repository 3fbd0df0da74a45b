#include "kiosk/catalogue/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"

enum { YEARS_MAX = 20, DAYS_MAX = 400, YEAR_BYTES = 5, DAY_S = 86400, HALL_OFFSET_S = 8 * 3600 };

/* --- days ---------------------------------------------------------------------------------------------- */

static bool is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") >= count;
}

static bool calendar_is_year(const char *text)
{
    return strlen(text) == 4 && is_digits(text, 4) && (text[0] == '2' || text[0] == '1');
}

/* Days since 1970-01-01 of a day of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t shifted = month > 2 ? year : year - 1; /* years that begin in March end with the leap day */
    int64_t since_march = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + since_march - 719468;
}

/* When the hall's day begins that a text names. Units: seconds UTC. */
static int64_t begin_of(const char *day)
{
    return days_of(strtol(day, NULL, 10), strtol(day + 5, NULL, 10), strtol(day + 8, NULL, 10)) * DAY_S -
           HALL_OFFSET_S;
}

static void day_of(int64_t utc_s, char out[CALENDAR_DAY_BYTES])
{
    if (clock_format_hall(utc_s, "%Y-%m-%d", out, CALENDAR_DAY_BYTES) == 0)
        out[0] = 0;
}

/* A day there is: written back it is the same. */
static bool calendar_is_day(const char *text)
{
    char back[CALENDAR_DAY_BYTES];
    if (strlen(text) != CALENDAR_DAY_BYTES - 1 || !is_digits(text, 4) || text[4] != '-' ||
        !is_digits(text + 5, 2) || text[7] != '-' || !is_digits(text + 8, 2))
        return false;
    day_of(begin_of(text), back);
    return strcmp(text, back) == 0;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int64_t utc_s)
{
    int64_t weekday = ((utc_s + HALL_OFFSET_S) / DAY_S + 4) % 7; /* 0: Sunday */
    return weekday == 0 || weekday == 6;
}

/* --- reading ------------------------------------------------------------------------------------------- */

#define DAY_TEXT                                                                                             \
    .type = YAML_TEXT, .min = 1, .max = CALENDAR_DAY_BYTES - 1, .is_valid = calendar_is_day,                 \
    .expected = "a day like 2026-02-15"

static const struct yaml_member holiday_members[] = {
    {.key = "name",
     .required = true,
     .type = YAML_TEXT,
     .min = 1,
     .max = 40,
     YAML_AT(struct calendar_holiday, name)},
    {.key = "first", .required = true, DAY_TEXT, YAML_AT(struct calendar_holiday, first)},
    {.key = "last", .required = true, DAY_TEXT, YAML_AT(struct calendar_holiday, last)},
};
static const struct yaml_schema holiday_schema = {.what = "holiday",
                                                  .members = holiday_members,
                                                  .member_count =
                                                      sizeof holiday_members / sizeof holiday_members[0],
                                                  .size = sizeof(struct calendar_holiday)};

static const struct yaml_member calendar_members[] = {
    {.key = "years",
     .required = true,
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = YEARS_MAX,
     .is_valid = calendar_is_year,
     .expected = "a year like 2026",
     YAML_AT(struct calendar, years),
     YAML_COUNT(struct calendar, year_count)},
    {.key = "holidays",
     .required = true,
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = DAYS_MAX,
     .items = &holiday_schema,
     YAML_AT(struct calendar, holidays),
     YAML_COUNT(struct calendar, holiday_count)},
    {.key = "workdays",
     .type = YAML_TEXT_LIST,
     .max = DAYS_MAX,
     .is_valid = calendar_is_day,
     .expected = "a day like 2026-02-14",
     YAML_AT(struct calendar, workdays),
     YAML_COUNT(struct calendar, workday_count)},
};
static const struct yaml_schema calendar_schema = {.what = "calendar",
                                                   .members = calendar_members,
                                                   .member_count =
                                                       sizeof calendar_members / sizeof calendar_members[0],
                                                   .size = sizeof(struct calendar)};

static bool has_year(const struct calendar *calendar, const char *day)
{
    for (size_t i = 0; i < calendar->year_count; i++)
        if (strncmp(calendar->years[i], day, YEAR_BYTES - 1) == 0)
            return true;
    return false;
}

/* What the table cannot say. */
static void examine(const struct calendar *calendar, struct yaml_errors *errors)
{
    for (size_t i = 0; i < calendar->holiday_count; i++) {
        const struct calendar_holiday *holiday = &calendar->holidays[i];
        if (strcmp(holiday->first, holiday->last) > 0)
            yaml_complain(calendar->yaml, errors, holiday->last, "expected a day not before %s",
                          holiday->first);
        if (!has_year(calendar, holiday->first) || !has_year(calendar, holiday->last))
            yaml_complain(calendar->yaml, errors, holiday->first, "expected days of the years listed");
    }
    for (size_t i = 0; i < calendar->workday_count; i++) {
        const char *day = calendar->workdays[i];
        if (!has_year(calendar, day))
            yaml_complain(calendar->yaml, errors, day, "expected a day of the years listed");
        else if (!is_weekend(begin_of(day)))
            yaml_complain(calendar->yaml, errors, day, "expected a Saturday or Sunday");
    }
}

/* The document becomes the calendar's, or is freed. */
static enum status read_take(struct yaml *yaml, struct yaml_errors *errors, struct calendar **out)
{
    struct calendar *calendar = calloc(1, sizeof *calendar);
    size_t before = errors->count;
    if (calendar == NULL) {
        yaml_free(yaml);
        return STATUS_NO_MEMORY;
    }
    calendar->yaml = yaml;
    enum status status = yaml_fill(yaml, &calendar_schema, calendar, errors);
    if (status == STATUS_OK)
        examine(calendar, errors);
    if (status == STATUS_OK && errors->count != before)
        status = STATUS_CONFIG;
    if (status == STATUS_OK)
        *out = calendar;
    else
        calendar_free(calendar);
    return status;
}

enum status calendar_open(const char *path, struct yaml_errors *errors, struct calendar **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_open(path, errors, &yaml);
    return status == STATUS_OK ? read_take(yaml, errors, out) : status;
}

enum status calendar_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                           struct calendar **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_parse(name, text, length, errors, &yaml);
    return status == STATUS_OK ? read_take(yaml, errors, out) : status;
}

void calendar_free(struct calendar *calendar)
{
    if (calendar == NULL)
        return;
    yaml_free(calendar->yaml);
    free(calendar);
}

/* --- asking -------------------------------------------------------------------------------------------- */

bool calendar_knows(const struct calendar *calendar, int64_t utc_s)
{
    char day[CALENDAR_DAY_BYTES];
    day_of(utc_s, day);
    return calendar != NULL && has_year(calendar, day);
}

bool calendar_is_workday(const struct calendar *calendar, int64_t utc_s)
{
    char day[CALENDAR_DAY_BYTES];
    day_of(utc_s, day);
    for (size_t i = 0; calendar != NULL && i < calendar->workday_count; i++)
        if (strcmp(calendar->workdays[i], day) == 0)
            return true;
    return !calendar_is_holiday(calendar, utc_s) && !is_weekend(utc_s);
}

bool calendar_is_holiday(const struct calendar *calendar, int64_t utc_s)
{
    char day[CALENDAR_DAY_BYTES];
    day_of(utc_s, day);
    for (size_t i = 0; calendar != NULL && i < calendar->holiday_count; i++)
        if (strcmp(calendar->holidays[i].first, day) <= 0 && strcmp(day, calendar->holidays[i].last) <= 0)
            return true;
    return false;
}

int64_t calendar_due(const struct calendar *calendar, int64_t utc_s, unsigned days)
{
    int64_t begin_utc_s = clock_hall_day_utc_s(utc_s);
    while (days > 0) {
        begin_utc_s += DAY_S;
        days -= calendar_is_workday(calendar, begin_utc_s);
    }
    return begin_utc_s + DAY_S - 1;
}

int64_t calendar_leaves(const struct calendar *calendar, int64_t paid_utc_s, const char *cut_off)
{
    int64_t begin_utc_s = clock_hall_day_utc_s(paid_utc_s);
    int64_t hour_s = strtol(cut_off, NULL, 10) * 3600 + strtol(cut_off + 3, NULL, 10) * 60;
    if (calendar_is_workday(calendar, paid_utc_s) && paid_utc_s < begin_utc_s + hour_s)
        return begin_utc_s + DAY_S - 1;
    return calendar_due(calendar, paid_utc_s, 1);
}
