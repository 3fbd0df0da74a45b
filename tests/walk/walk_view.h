/* View: one program under test: what its widget dump says and where to press.
 *
 * The dump is read, never written, and nothing else of the program is touched. A widget is meant by its id or
 * by its label. Every wait ends: with what was waited for, or with a failure that says what was there
 * instead; at once when the program is known to have ended. Pitfall: the dump is one frame old at most;
 * presses wait until the widget is a target and stands still.
 */
#ifndef TESTS_WALK_WALK_VIEW_H
#define TESTS_WALK_WALK_VIEW_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "kiosk/base/json.h"
#include "tests/walk/walk_display.h"

enum {
    WALK_VIEW_ID_BYTES = 128,
    WALK_VIEW_PRESSES = 16,
    WALK_VIEW_PATIENCE_MS = 20000,
    WALK_VIEW_FAILURE_BYTES = 512
};

struct walk_view_press {
    char id[WALK_VIEW_ID_BYTES];
    int x, y;
    int64_t at_ms; /* monotonic */
};

struct walk_view {
    const char *name;                                  /* "terminal" or "desk" */
    const char *dump_path;                             /* borrowed */
    struct walk_display *display;                      /* borrowed */
    pid_t pid;                                         /* of the program; 0 when not known */
    struct json *dump;                                 /* as read last; NULL before the first */
    struct stat seen;                                  /* of the dump file as read last */
    uint64_t generation;                               /* dumps read so far */
    struct walk_view_press presses[WALK_VIEW_PRESSES]; /* the last ones, oldest overwritten */
    unsigned next_press;
    char failure[WALK_VIEW_FAILURE_BYTES]; /* why the last call returned false */
};

/* The dump is no longer held; safe on a zeroed view. */
void walk_view_release(struct walk_view *view);
/* The newest dump is in hand. Returns: whether it differs from the one before. */
bool walk_view_read(struct walk_view *view);
/* Another dump than the one in hand came, or the time is over. Returns: whether one came. */
bool walk_view_wait_change(struct walk_view *view, int64_t ms);

/* The stable name of the screen, "" before the first dump. Owns: borrowed until the next read. */
const char *walk_view_screen(const struct walk_view *view);
/* The widget with this id, NULL when there is none. Owns: borrowed until the next read. */
const struct json *walk_view_find(const struct walk_view *view, const char *id);
/* The first widget whose id starts with the prefix and whose label is (or, with `part`, contains) the label;
 * NULL label takes any. Owns: as above. */
const struct json *walk_view_find_label(const struct walk_view *view, const char *prefix, const char *label,
                                        bool part);
/* Whether the widget carries this state word. */
bool walk_view_has_state(const struct json *widget, const char *word);
/* Whether it can be pressed now: a target, not disabled, not busy, not covered. */
bool walk_view_is_pressable(const struct json *widget);
/* No other dump has come for this long, or four times this long has passed: replies have been drawn. */
void walk_view_settle(struct walk_view *view, int64_t quiet_ms);

/* The screen has this name. Returns: false after the time. Units: milliseconds. */
bool walk_view_wait_screen(struct walk_view *view, const char *name, int64_t ms);
/* A widget with this id is there, or is gone. Returns and Units: as above. */
bool walk_view_wait(struct walk_view *view, const char *id, int64_t ms);
bool walk_view_wait_gone(struct walk_view *view, const char *id, int64_t ms);
/* The widget can be pressed. */
bool walk_view_wait_pressable(struct walk_view *view, const char *id, int64_t ms);
/* The widget was pressed in its middle, as soon as it could be, and the program has drawn since. */
bool walk_view_tap(struct walk_view *view, const char *id);
/* This widget of the dump in hand was pressed in its middle, and the program has drawn since or 400 ms have
 * passed. */
void walk_view_press(struct walk_view *view, const struct json *widget);

/* The same of a key that writes a character: the next one may be struck before it is let go on the screen. */
void walk_view_strike(struct walk_view *view, const struct json *key);

/* The failure is set. Returns: false, so that it can be returned. */
bool walk_view_fail(struct walk_view *view, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
