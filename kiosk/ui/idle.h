/* Idle: from no touch for a while to a warning with a countdown to the end of the visit. Pure.
 *
 * It only counts; the toolkit shows the warning, the program wipes. A touch while the warning is open does
 * not end it: only the button does (idle_stay), because a falling bag also touches.
 */
#ifndef KIOSK_UI_IDLE_H
#define KIOSK_UI_IDLE_H

#include <stdbool.h>
#include <stdint.h>

enum { IDLE_DEFAULT_MS = 120000, IDLE_WARNING_MS = 30000, IDLE_NEVER_MS = -1 };

enum idle_phase { IDLE_ACTIVE, IDLE_WARNING, IDLE_ENDED };

struct idle {
    int64_t limit_ms;   /* IDLE_NEVER_MS for none */
    int64_t warning_ms; /* how long the countdown is */
    int64_t last_ms;
    int64_t warning_since_ms;
    enum idle_phase phase;
};

/* Counting starts now with this limit and countdown; a limit of 0 means IDLE_DEFAULT_MS, negative means
 * never; a countdown of 0 means IDLE_WARNING_MS. */
void idle_start(struct idle *idle, int64_t limit_ms, int64_t warning_ms, int64_t now_ms);
/* Someone touched; without effect while the warning is open. */
void idle_touch(struct idle *idle, int64_t now_ms);
/* The warning was answered: counting starts again. */
void idle_stay(struct idle *idle, int64_t now_ms);
/* The phase at this time. IDLE_ENDED is returned once; then counting stops until idle_start. */
enum idle_phase idle_update(struct idle *idle, int64_t now_ms);
/* How much of the warning is left. Units: milliseconds, 0 when it is not open. */
int64_t idle_left_ms(const struct idle *idle, int64_t now_ms);
/* When idle_update has something new to say. Returns: INT64_MAX for never. */
int64_t idle_deadline_ms(const struct idle *idle, int64_t now_ms);

#endif
