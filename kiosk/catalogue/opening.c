#include "kiosk/catalogue/opening.h"

#include <string.h>

#include "kiosk/base/clock.h"

enum {
    DAY_S = 86400,
    HOUR_S = 3600,
    MINUTE_S = 60,
    WEEK = 7,
    WEEKDAYS = (1 << WEEK) - 1, /* all seven, Sunday first */
    WORKDAY = 1 << WEEK,
    HOLIDAY = 1 << (WEEK + 1),
    YEAR_DAYS = 366
};

/* --- reading ------------------------------------------------------------------------------------------- */

/* The word stands at *text, which moves behind it. */
static bool take(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static bool take_any(const char **text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (take(text, words[i]))
            return true;
    return false;
}

#define TAKE_ANY(text, words) take_any((text), (words), sizeof(words) / sizeof((words)[0]))

static const char *const separators[] = {" ", "、", "，", ",", "：", ":"};
static const char *const dashes[] = {"–", "-", "—", "~", "～", "－", "至"};
static const char *const part_ends[] = {"；", ";"};

static void skip_separators(const char **text)
{
    while (TAKE_ANY(text, separators))
        ;
}

static bool take_weekday(const char **text, int *day)
{
    static const char *const names[WEEK] = {"周日", "周一", "周二", "周三", "周四", "周五", "周六"};
    for (*day = 0; *day < WEEK; (*day)++)
        if (take(text, names[*day]))
            return true;
    return false;
}

/* 周一, or 周一至周五, which may run over the Sunday. */
static bool take_days(const char **text, unsigned *days)
{
    int day, last;
    if (take(text, "工作日"))
        *days |= WORKDAY;
    else if (take(text, "节假日"))
        *days |= HOLIDAY;
    else if (take(text, "每天"))
        *days |= WEEKDAYS | HOLIDAY;
    else if (take_weekday(text, &day)) {
        const char *behind = *text;
        *days |= 1U << day;
        if (TAKE_ANY(&behind, dashes) && take_weekday(&behind, &last)) {
            *text = behind;
            for (; day != last; day = (day + 1) % WEEK)
                *days |= 1U << day;
            *days |= 1U << last;
        }
    } else
        return false;
    return true;
}

static bool take_number(const char **text, int digits_least, int *out)
{
    int digits = 0;
    *out = 0;
    for (; digits < 2 && **text >= '0' && **text <= '9'; digits++, (*text)++)
        *out = *out * 10 + (**text - '0');
    return digits >= digits_least;
}

/* 9:00 to 24:00. */
static bool take_time(const char **text, int *out_s)
{
    int hour, minute;
    if (!take_number(text, 1, &hour) || (!take(text, ":") && !take(text, "：")) ||
        !take_number(text, 2, &minute) || minute >= HOUR_S / MINUTE_S)
        return false;
    *out_s = hour * HOUR_S + minute * MINUTE_S;
    return *out_s <= DAY_S;
}

static bool take_range(const char **text, struct opening_range *out)
{
    return take_time(text, &out->from_s) && TAKE_ANY(text, dashes) && take_time(text, &out->until_s) &&
           out->from_s < out->until_s;
}

/* Days and the ranges that hold on them. Returns: whether there is at least one. */
static bool take_part(const char **text, struct opening *out)
{
    unsigned days = 0;
    size_t before = out->count;
    do
        skip_separators(text);
    while (take_days(text, &days));
    while (**text >= '0' && **text <= '9') {
        const char *begin = *text;
        if (out->count == OPENING_RANGES_MAX || !take_range(text, &out->ranges[out->count])) {
            *text = begin;
            return false;
        }
        out->ranges[out->count++].days = days == 0 ? (unsigned)WEEKDAYS : days;
        skip_separators(text);
    }
    return out->count > before;
}

const char *opening_parse(const char *text, struct opening *out)
{
    *out = (struct opening){0};
    do
        if (!take_part(&text, out))
            return text;
    while (TAKE_ANY(&text, part_ends));
    return *text == 0 ? NULL : text;
}

/* --- asking -------------------------------------------------------------------------------------------- */

/* What the hall's day of this time is, as bits of days. */
static unsigned kind_of(const struct calendar *calendar, int64_t utc_s)
{
    char weekday[4];
    if (calendar_is_holiday(calendar, utc_s))
        return HOLIDAY;
    unsigned kind = calendar_is_workday(calendar, utc_s) ? WORKDAY : 0;
    if (clock_format_hall(utc_s, "%w", weekday, sizeof(weekday)) > 0)
        kind |= 1U << (weekday[0] - '0');
    return kind;
}

bool opening_is_open(const struct opening *opening, const struct calendar *calendar, int64_t utc_s)
{
    unsigned kind = kind_of(calendar, utc_s);
    int64_t second = utc_s - clock_hall_day_utc_s(utc_s);
    for (size_t i = 0; i < opening->count; i++) {
        const struct opening_range *range = &opening->ranges[i];
        if ((range->days & kind) != 0 && range->from_s <= second && second < range->until_s)
            return true;
    }
    return false;
}

int64_t opening_next(const struct opening *opening, const struct calendar *calendar, int64_t utc_s)
{
    int64_t day_utc_s = clock_hall_day_utc_s(utc_s);
    int64_t next_utc_s = 0;
    if (opening_is_open(opening, calendar, utc_s))
        return utc_s;
    for (int days = 0; days < YEAR_DAYS && next_utc_s == 0; days++, day_utc_s += DAY_S)
        for (size_t i = 0; i < opening->count; i++) {
            int64_t begin_utc_s = day_utc_s + opening->ranges[i].from_s;
            if ((opening->ranges[i].days & kind_of(calendar, day_utc_s)) != 0 && begin_utc_s > utc_s &&
                (next_utc_s == 0 || begin_utc_s < next_utc_s))
                next_utc_s = begin_utc_s;
        }
    return next_utc_s;
}

enum opening_visit opening_visit_at(const struct settings *settings, const struct calendar *calendar,
                                    int64_t utc_s, int64_t *opens_utc_s)
{
    struct opening opening;
    if (strcmp(settings->hall_outside_hours, "serve") == 0 || settings->hall_open_hours[0] == 0 ||
        opening_parse(settings->hall_open_hours, &opening) != NULL ||
        opening_is_open(&opening, calendar, utc_s))
        return OPENING_SERVED;
    *opens_utc_s = opening_next(&opening, calendar, utc_s);
    bool is_counted = strcmp(settings->hall_outside_hours, "next-day") == 0 && *opens_utc_s != 0;
    return is_counted ? OPENING_COUNTED : OPENING_REFUSED;
}
