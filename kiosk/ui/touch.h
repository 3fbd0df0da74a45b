/* Touch: from pointers going down, moving and up to at most one activation, without SDL and without widgets.
 *
 * A target is any number but 0 (the hash of a widget's id) and its rectangle. Release inside the rectangle
 * grown by the slop activates. One pointer owns a target at a time; a second finger on it does nothing. The
 * same target does not activate again within the guard time unless it is rapid (a key), nor does another one
 * that took its place under the finger: the second tap of a double tap on 通过 must not hit 撤回.
 * Pitfall: when the screen changes under a finger, call touch_reset, or the old press activates the new page.
 */
#ifndef KIOSK_UI_TOUCH_H
#define KIOSK_UI_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/ui/rect.h"

enum { TOUCH_POINTERS = 10, TOUCH_SLOP_PX = 12, TOUCH_GUARD_MS = 300, TOUCH_GUARDS = 8 };

/* A page that came by itself takes no press on its way on for so long: a hand that was on its way to the page
 * before needs as much to see that the page is another, and to stop. */
enum { TOUCH_REST_MS = 1500 };

/* How near two taps of one shaky hand are. */
enum { TOUCH_SAME_PLACE_PX = 24 };

struct touch_pointer {
    bool down;
    int64_t pointer;
    uint64_t target;
    struct rect rect;
    bool inside;
    bool rapid;
    int64_t since_ms;
    int x, y;
};

struct touch {
    struct touch_pointer pointers[TOUCH_POINTERS];
    struct {
        uint64_t target;
        int64_t at_ms;
        int x, y;
    } guards[TOUCH_GUARDS]; /* the last activations, oldest overwritten */
    int next_guard;
    int slop; /* px in the unit of the rectangles */
};

/* No pointer is down; the slop is in the unit of the rectangles that will be handed in. */
void touch_init(struct touch *touch, int slop);
/* All presses are forgotten, so that no release activates; the guards stay. */
void touch_reset(struct touch *touch);
/* A pointer went down on a target.
 * Returns: whether the target is now pressed; false when another pointer has it or all pointers are taken. */
bool touch_press(struct touch *touch, int64_t pointer, uint64_t target, struct rect rect, bool rapid, int x,
                 int y, int64_t now_ms);
/* A pointer moved. Returns: whether its target's pressed look changed. */
bool touch_move(struct touch *touch, int64_t pointer, int x, int y);
/* A pointer went up. Returns: the target to activate, 0 for none. */
uint64_t touch_release(struct touch *touch, int64_t pointer, int x, int y, int64_t now_ms);
/* The pointer's press is forgotten. */
void touch_cancel(struct touch *touch, int64_t pointer);
/* Whether some pointer holds the target down and is inside it. */
bool touch_is_pressed(const struct touch *touch, uint64_t target);
/* When the target was pressed; 0 when it is not. Units: monotonic ms. */
int64_t touch_since_ms(const struct touch *touch, uint64_t target);
/* The pointer's press, NULL when it is not down on a target. Owns: borrowed until the next call. */
const struct touch_pointer *touch_find(const struct touch *touch, int64_t pointer);

#endif
