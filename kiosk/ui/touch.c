#include "kiosk/ui/touch.h"

#include <stdlib.h>
#include <string.h>

void touch_init(struct touch *touch, int slop)
{
    memset(touch, 0, sizeof *touch);
    touch->slop = slop;
}

void touch_reset(struct touch *touch)
{
    memset(touch->pointers, 0, sizeof touch->pointers);
}

static struct touch_pointer *find(struct touch *touch, int64_t pointer)
{
    for (int i = 0; i < TOUCH_POINTERS; i++)
        if (touch->pointers[i].down && touch->pointers[i].pointer == pointer)
            return &touch->pointers[i];
    return NULL;
}

const struct touch_pointer *touch_find(const struct touch *touch, int64_t pointer)
{
    for (int i = 0; i < TOUCH_POINTERS; i++)
        if (touch->pointers[i].down && touch->pointers[i].pointer == pointer)
            return &touch->pointers[i];
    return NULL;
}

static bool is_owned(const struct touch *touch, uint64_t target)
{
    for (int i = 0; i < TOUCH_POINTERS; i++)
        if (touch->pointers[i].down && touch->pointers[i].target == target)
            return true;
    return false;
}

bool touch_press(struct touch *touch, int64_t pointer, uint64_t target, struct rect rect, bool rapid, int x,
                 int y, int64_t now_ms)
{
    if (target == 0 || find(touch, pointer) || is_owned(touch, target))
        return false;
    for (int i = 0; i < TOUCH_POINTERS; i++) {
        struct touch_pointer *slot = &touch->pointers[i];
        if (slot->down)
            continue;
        *slot = (struct touch_pointer){.down = true,
                                       .pointer = pointer,
                                       .target = target,
                                       .rect = rect,
                                       .inside = true,
                                       .rapid = rapid,
                                       .since_ms = now_ms,
                                       .x = x,
                                       .y = y};
        return true;
    }
    return false;
}

static bool is_inside(const struct touch *touch, const struct touch_pointer *slot, int x, int y)
{
    return rect_contains(rect_inset(slot->rect, -touch->slop, -touch->slop), x, y);
}

bool touch_move(struct touch *touch, int64_t pointer, int x, int y)
{
    struct touch_pointer *slot = find(touch, pointer);
    if (!slot)
        return false;
    bool inside = is_inside(touch, slot, x, y), changed = inside != slot->inside;
    slot->inside = inside;
    slot->x = x;
    slot->y = y;
    return changed;
}

static bool is_near(int a, int b)
{
    return abs(a - b) <= TOUCH_SAME_PLACE_PX;
}

/* The guard swallows the second of two taps of one shaky hand; it is per target and per place, so that fast
 * work on different buttons is not slowed down. */
static bool is_guarded(struct touch *touch, uint64_t target, int x, int y, int64_t now_ms)
{
    for (int i = 0; i < TOUCH_GUARDS; i++) {
        const typeof(touch->guards[0]) *guard = &touch->guards[i];
        bool is_same = guard->target == target || (is_near(guard->x, x) && is_near(guard->y, y));
        if (guard->target != 0 && is_same && now_ms - guard->at_ms < TOUCH_GUARD_MS)
            return true;
    }
    touch->guards[touch->next_guard].target = target;
    touch->guards[touch->next_guard].at_ms = now_ms;
    touch->guards[touch->next_guard].x = x;
    touch->guards[touch->next_guard].y = y;
    touch->next_guard = (touch->next_guard + 1) % TOUCH_GUARDS;
    return false;
}

uint64_t touch_release(struct touch *touch, int64_t pointer, int x, int y, int64_t now_ms)
{
    struct touch_pointer *slot = find(touch, pointer);
    if (!slot)
        return 0;
    struct touch_pointer was = *slot;
    memset(slot, 0, sizeof *slot);
    if (!is_inside(touch, &was, x, y))
        return 0;
    if (!was.rapid && is_guarded(touch, was.target, x, y, now_ms))
        return 0;
    return was.target;
}

void touch_cancel(struct touch *touch, int64_t pointer)
{
    struct touch_pointer *slot = find(touch, pointer);
    if (slot)
        memset(slot, 0, sizeof *slot);
}

bool touch_is_pressed(const struct touch *touch, uint64_t target)
{
    for (int i = 0; i < TOUCH_POINTERS; i++)
        if (touch->pointers[i].down && touch->pointers[i].inside && touch->pointers[i].target == target)
            return true;
    return false;
}

int64_t touch_since_ms(const struct touch *touch, uint64_t target)
{
    for (int i = 0; i < TOUCH_POINTERS; i++)
        if (touch->pointers[i].down && touch->pointers[i].target == target)
            return touch->pointers[i].since_ms;
    return 0;
}
