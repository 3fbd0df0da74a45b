#include "kiosk/ui/idle.h"

void idle_start(struct idle *idle, int64_t limit_ms, int64_t warning_ms, int64_t now_ms)
{
    int64_t limit = limit_ms == 0 ? IDLE_DEFAULT_MS : limit_ms < 0 ? IDLE_NEVER_MS : limit_ms;
    int64_t warning = warning_ms > 0 ? warning_ms : IDLE_WARNING_MS;
    *idle = (struct idle){.limit_ms = limit, .warning_ms = warning, .last_ms = now_ms, .phase = IDLE_ACTIVE};
}

void idle_touch(struct idle *idle, int64_t now_ms)
{
    if (idle->phase == IDLE_ACTIVE)
        idle->last_ms = now_ms;
}

void idle_stay(struct idle *idle, int64_t now_ms)
{
    idle->phase = IDLE_ACTIVE;
    idle->last_ms = now_ms;
}

enum idle_phase idle_update(struct idle *idle, int64_t now_ms)
{
    if (idle->limit_ms < 0 || idle->phase == IDLE_ENDED)
        return IDLE_ACTIVE;
    if (idle->phase == IDLE_ACTIVE && now_ms - idle->last_ms >= idle->limit_ms) {
        idle->phase = IDLE_WARNING;
        idle->warning_since_ms = now_ms;
    }
    if (idle->phase == IDLE_WARNING && now_ms - idle->warning_since_ms >= idle->warning_ms) {
        idle->phase = IDLE_ENDED;
        return IDLE_ENDED;
    }
    return idle->phase;
}

int64_t idle_left_ms(const struct idle *idle, int64_t now_ms)
{
    if (idle->phase != IDLE_WARNING)
        return 0;
    int64_t left = idle->warning_ms - (now_ms - idle->warning_since_ms);
    return left > 0 ? left : 0;
}

int64_t idle_deadline_ms(const struct idle *idle, int64_t now_ms)
{
    if (idle->limit_ms < 0 || idle->phase == IDLE_ENDED)
        return INT64_MAX;
    if (idle->phase == IDLE_ACTIVE)
        return idle->last_ms + idle->limit_ms;
    /* The number in the ring changes on whole seconds. */
    int64_t passed = now_ms - idle->warning_since_ms;
    return idle->warning_since_ms + (passed / 1000 + 1) * 1000;
}
