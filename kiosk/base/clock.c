#include "kiosk/base/clock.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { HALL_OFFSET_S = 8 * 3600, DAY_S = 86400 }; /* China Standard Time has no summer time */

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};
    (void)clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_utc_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_REALTIME);
}

static int64_t system_monotonic_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_MONOTONIC);
}

const struct clock *clock_system(void)
{
    static const struct clock machine = {system_utc_ms, system_monotonic_ms, NULL, 1};
    return &machine;
}

static int64_t manual_utc_ms(void *context)
{
    return ((struct clock_manual *)context)->utc_ms;
}

static int64_t manual_monotonic_ms(void *context)
{
    return ((struct clock_manual *)context)->monotonic_ms;
}

void clock_manual_init(struct clock_manual *manual, int64_t utc_s)
{
    *manual = (struct clock_manual){
        .clock = {manual_utc_ms, manual_monotonic_ms, manual, 1},
        .utc_ms = utc_s * 1000,
    };
}

void clock_manual_advance(struct clock_manual *manual, int64_t ms)
{
    manual->utc_ms += ms;
    manual->monotonic_ms += ms;
}

int64_t clock_utc_ms(const struct clock *clock)
{
    return clock->utc_ms(clock->context);
}

int64_t clock_utc_s(const struct clock *clock)
{
    return clock_utc_ms(clock) / 1000;
}

int64_t clock_monotonic_ms(const struct clock *clock)
{
    return clock->monotonic_ms(clock->context);
}

size_t clock_format_utc(int64_t utc_s, const char *format, char *out, size_t size)
{
    struct tm parts = {0};
    time_t seconds = (time_t)utc_s;
    if (gmtime_r(&seconds, &parts) == NULL)
        return 0;
    return strftime(out, size, format, &parts);
}

size_t clock_format_hall(int64_t utc_s, const char *format, char *out, size_t size)
{
    return clock_format_utc(utc_s + HALL_OFFSET_S, format, out, size);
}

int64_t clock_hall_day_utc_s(int64_t utc_s)
{
    return utc_s - (utc_s + HALL_OFFSET_S) % DAY_S;
}

bool clock_hall_day_of(const char *text, int64_t *utc_s)
{
    struct tm day = {0};
    int used = 0;
    char again[32] = "";
    if (sscanf(text, "%4d-%2d-%2d%n", &day.tm_year, &day.tm_mon, &day.tm_mday, &used) != 3 || text[used] != 0)
        return false;
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    int64_t found = (int64_t)timegm(&day) - HALL_OFFSET_S;
    /* a day there is not, 02-30, would come out as another one */
    if (clock_format_hall(found, "%Y-%m-%d", again, sizeof(again)) == 0 || strcmp(again, text) != 0)
        return false;
    *utc_s = found;
    return true;
}

int clock_machine_ms(const struct clock *clock, int ms)
{
    int speed = clock->speed > 1 ? clock->speed : 1;
    return ms / speed + (ms % speed > 0);
}

void clock_sleep_ms(const struct clock *clock, int64_t ms)
{
    if (clock->utc_ms == manual_utc_ms) {
        clock_manual_advance(clock->context, ms);
        return;
    }
    ms = clock_machine_ms(clock, ms > INT_MAX ? INT_MAX : (int)ms);
    const struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000L};
    (void)nanosleep(&wait, NULL);
}
