/* Input event: everything a person can do, in one struct, behind one door (ui_handle).
 *
 * Fingers, mouse, keys and the clock's ticks all arrive as this, so that a visit can be recorded as lines of
 * text and replayed (recording.h). It knows no SDL; loop.c translates.
 * Pitfall: an event says nothing of what it typed into; only the page knows whether that is a secret.
 */
#ifndef KIOSK_UI_INPUT_EVENT_H
#define KIOSK_UI_INPUT_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum input_event_kind {
#define INPUT_EVENT(code, name) INPUT_EVENT_##code,
#include "kiosk/ui/input_events.def"
#undef INPUT_EVENT
    INPUT_EVENT_COUNT
};

enum input_key {
    INPUT_KEY_NONE,
    INPUT_KEY_CHARACTER, /* `character` says which: a lower-case letter, digit or sign */
    INPUT_KEY_TAB,
    INPUT_KEY_ENTER,
    INPUT_KEY_ESCAPE,
    INPUT_KEY_BACKSPACE,
    INPUT_KEY_DELETE,
    INPUT_KEY_LEFT,
    INPUT_KEY_RIGHT,
    INPUT_KEY_UP,
    INPUT_KEY_DOWN,
    INPUT_KEY_HOME,
    INPUT_KEY_END,
    INPUT_KEY_PAGE_UP,
    INPUT_KEY_PAGE_DOWN,
    INPUT_KEY_FUNCTION, /* `character` is 1 to 12 */
};

enum { INPUT_MODIFIER_SHIFT = 1, INPUT_MODIFIER_CTRL = 2, INPUT_MODIFIER_ALT = 4 };

enum { INPUT_EVENT_TEXT_BYTES = 64, INPUT_EVENT_LINE_BYTES = 256 };

struct input_event {
    enum input_event_kind kind;
    int64_t time_ms; /* monotonic */
    int64_t pointer; /* which finger; 0 is the mouse */
    int x, y;        /* window px; for WHEEL the place, for RESIZE the new size */
    int steps;       /* WHEEL: up is positive */
    enum input_key key;
    int character;
    unsigned modifiers;
    char text[INPUT_EVENT_TEXT_BYTES]; /* TEXT: UTF-8 */
};

/* The event stands as one line of text without line feed. Returns: bytes written. */
size_t input_event_write(const struct input_event *event, char out[INPUT_EVENT_LINE_BYTES]);
/* The line is read back. Returns: MALFORMED. After failure: *out is unchanged. */
enum status input_event_read(const char *line, struct input_event *out);

#endif
