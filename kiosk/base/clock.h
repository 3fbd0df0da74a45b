/* Clock: the time as it is handed in, so that tests can move it.
 *
 * Wall time is UTC and may jump; only monotonic time measures a wait. Halls read UTC+8, which is a matter of
 * showing (clock_format_hall), never of storing.
 */
#ifndef KIOSK_BASE_CLOCK_H
#define KIOSK_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*utc_ms)(void *context);       /* milliseconds since 1970-01-01 UTC */
    int64_t (*monotonic_ms)(void *context); /* milliseconds since some start, never backwards */
    void *context;
    int speed; /* so many times as fast as the machine's where a program waits, for tests; 0 is 1 */
};

/* The clock of the machine. Thread: any. */
const struct clock *clock_system(void);

/* How long the machine takes for so much of this clock's time: for waits that a kernel counts. Units:
 * milliseconds, at least 1 for more than none. */
int clock_machine_ms(const struct clock *clock, int ms);

/* The calling thread has waited; a manual clock moves instead, so that tests do not. Units: milliseconds. */
void clock_sleep_ms(const struct clock *clock, int64_t ms);

/* A clock a test moves by hand: set the two numbers, hand out `clock`. */
struct clock_manual {
    struct clock clock;
    int64_t utc_ms;
    int64_t monotonic_ms;
};
/* The manual clock stands at the given time. Units: seconds since 1970-01-01 UTC. */
void clock_manual_init(struct clock_manual *manual, int64_t utc_s);
/* Both times move forward. Units: milliseconds. */
void clock_manual_advance(struct clock_manual *manual, int64_t ms);

/* Seconds since 1970-01-01 UTC. */
int64_t clock_utc_s(const struct clock *clock);
/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_utc_ms(const struct clock *clock);
/* Milliseconds that never run backwards. */
int64_t clock_monotonic_ms(const struct clock *clock);

/* The UTC time as hall time (UTC+8), in strftime's format. Returns: bytes written, 0 when it does not fit. */
size_t clock_format_hall(int64_t utc_s, const char *format, char *out, size_t size)
    __attribute__((format(strftime, 2, 0)));

/* When the hall's day of this time began. Units: seconds UTC. */
int64_t clock_hall_day_utc_s(int64_t utc_s);
/* The begin of the hall's day that "2026-11-29" names. Returns: whether it names one. */
bool clock_hall_day_of(const char *text, int64_t *utc_s);

/* The UTC time in strftime's format. Returns: bytes written, 0 when it does not fit. */
size_t clock_format_utc(int64_t utc_s, const char *format, char *out, size_t size)
    __attribute__((format(strftime, 2, 0)));

#endif
