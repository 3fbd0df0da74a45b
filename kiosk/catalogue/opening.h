/* Opening: the hours in which the hall begins visits, read from the text people read on the welcome page.
 *
 * The text is parts behind "；", each of days and ranges: "周一至周五 9:00–12:00、13:30–17:30；周六
 * 9:00–12:00". Days are 周一 to 周日, 每天, 工作日 (the calendar's, a worked weekend counts) and 节假日; a
 * part without days holds on every day of the week. On a holiday of the calendar only ranges of 节假日 and
 * 每天 hold. Pitfall: a text that holds on no day of the coming year opens never; opening_next tells.
 */
#ifndef KIOSK_CATALOGUE_OPENING_H
#define KIOSK_CATALOGUE_OPENING_H

#include "kiosk/catalogue/calendar.h"
#include "kiosk/catalogue/settings.h"

enum { OPENING_RANGES_MAX = 16 };

struct opening {
    struct opening_range {
        unsigned days; /* bits: Sunday first, then working days and holidays */
        int from_s, until_s;
    } ranges[OPENING_RANGES_MAX]; /* seconds since the hall's midnight */
    size_t count;
};

/* The text is understood: *out is set. Returns: NULL, or where in the text it is not; *out is then of no use.
 * Thread: any. */
const char *opening_parse(const char *text, struct opening *out);

/* Whether the hall is open at this time. `calendar` may be NULL. Units: seconds UTC. Thread: any. */
bool opening_is_open(const struct opening *opening, const struct calendar *calendar, int64_t utc_s);
/* This time when the hall is open, else when it opens next. Units: seconds UTC. Returns: 0 when it does not
 * within a year. Thread: any. */
int64_t opening_next(const struct opening *opening, const struct calendar *calendar, int64_t utc_s);

/* What becomes of a visit that begins now, by hall.open_hours and hall.outside_hours. */
enum opening_visit {
    OPENING_SERVED,  /* as ever */
    OPENING_COUNTED, /* it counts as begun when the hall opens next */
    OPENING_REFUSED  /* none begins before the hall opens next */
};
/* Units: seconds UTC; *opens_utc_s is set unless SERVED; REFUSED with 0 where it never opens. Thread: any. */
enum opening_visit opening_visit_at(const struct settings *settings, const struct calendar *calendar,
                                    int64_t utc_s, int64_t *opens_utc_s);

#endif
