/* Calendar: which days are working days, so that "two working days" has a date.
 *
 * Holidays move and Saturdays are worked instead, as the State Council announces once a year; the announced
 * years stand in calendar.yaml beside the authorities' folders. Days are the hall's (UTC+8).
 * Pitfall: a year that was not announced has weekends only; calendar_knows tells, the doctor warns.
 */
#ifndef KIOSK_CATALOGUE_CALENDAR_H
#define KIOSK_CATALOGUE_CALENDAR_H

#include "kiosk/catalogue/yaml.h"

enum { CALENDAR_DAY_BYTES = sizeof("2026-02-15") };

/* Days on which nobody works, first and last included, as "2026-02-15". */
struct calendar_holiday {
    const char *name;
    const char *first, *last;
};

struct calendar {
    const char *const *years; /* announced: "2026" */
    size_t year_count;
    const struct calendar_holiday *holidays;
    size_t holiday_count;
    const char *const *workdays; /* days of a weekend on which people work instead */
    size_t workday_count;
    struct yaml *yaml; /* owns every text and list above */
};

/* A calendar file is read whole and checked: days that are none, holidays that end before they begin, days
 * of a year that is not among the years, working days that are no weekend.
 * Returns: CONFIG with all mistakes told in *errors, NOT_FOUND, IO, NO_MEMORY. Owns: the caller frees *out
 * with calendar_free. After failure: *out is unchanged. */
enum status calendar_open(const char *path, struct yaml_errors *errors, struct calendar **out);
/* The same from memory; `name` stands in messages. Returns and Owns: as calendar_open. */
enum status calendar_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                           struct calendar **out);
/* The calendar is gone; NULL is allowed. */
void calendar_free(struct calendar *calendar);

/* Whether the hall's year of this time was announced. `calendar` may be NULL, here and below: then none was.
 * Units: seconds UTC. Thread: any. */
bool calendar_knows(const struct calendar *calendar, int64_t utc_s);
/* Whether the hall's day of this time is a working day. Units: seconds UTC. Thread: any. */
bool calendar_is_workday(const struct calendar *calendar, int64_t utc_s);
/* Whether it is one of the holidays, a weekend within them too. Units: seconds UTC. Thread: any. */
bool calendar_is_holiday(const struct calendar *calendar, int64_t utc_s);
/* The last second of the `days`-th working day after the hall's day of this time, which itself does not
 * count. Units: seconds UTC. Thread: any. */
int64_t calendar_due(const struct calendar *calendar, int64_t utc_s, unsigned days);

/* The last second of the day on which what was paid at this time leaves: the same day on a working day before
 * `cut_off` ("17:00"), else the next working day. Units: seconds UTC. Thread: any. */
int64_t calendar_leaves(const struct calendar *calendar, int64_t paid_utc_s, const char *cut_off);

#endif
