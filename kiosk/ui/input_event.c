#include "kiosk/ui/input_event.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

static const char *const names[INPUT_EVENT_COUNT] = {
#define INPUT_EVENT(code, name) name,
#include "kiosk/ui/input_events.def"
#undef INPUT_EVENT
};

/* A line is: time kind pointer x y steps key character modifiers text-in-hexadecimal. */
size_t input_event_write(const struct input_event *event, char out[INPUT_EVENT_LINE_BYTES])
{
    int used = snprintf(out, INPUT_EVENT_LINE_BYTES, "%" PRId64 " %s %" PRId64 " %d %d %d %d %d %u ",
                        event->time_ms, names[event->kind], event->pointer, event->x, event->y, event->steps,
                        (int)event->key, event->character, event->modifiers);
    size_t at = (size_t)used;
    for (const char *c = event->text; *c && at + 3 < INPUT_EVENT_LINE_BYTES; c++)
        at += (size_t)snprintf(out + at, INPUT_EVENT_LINE_BYTES - at, "%02x", (unsigned)(unsigned char)*c);
    if (!event->text[0])
        at += (size_t)snprintf(out + at, INPUT_EVENT_LINE_BYTES - at, "-");
    return at;
}

static bool read_text(const char *hex, char out[INPUT_EVENT_TEXT_BYTES])
{
    size_t length = strlen(hex) / 2;
    memset(out, 0, INPUT_EVENT_TEXT_BYTES);
    if (strcmp(hex, "-") == 0)
        return true;
    if (strlen(hex) % 2 || length >= INPUT_EVENT_TEXT_BYTES)
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned byte;
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
            return false;
        out[i] = (char)byte;
    }
    return text_is_valid(out, length);
}

enum status input_event_read(const char *line, struct input_event *out)
{
    struct input_event event = {0};
    char kind[16], hex[2 * INPUT_EVENT_TEXT_BYTES + 1];
    int key = 0;
    if (sscanf(line, "%" SCNd64 " %15s %" SCNd64 " %d %d %d %d %d %u %128s", &event.time_ms, kind,
               &event.pointer, &event.x, &event.y, &event.steps, &key, &event.character, &event.modifiers,
               hex) != 10)
        return STATUS_MALFORMED;
    if (key < 0 || key > INPUT_KEY_FUNCTION || !read_text(hex, event.text))
        return STATUS_MALFORMED;
    event.key = (enum input_key)key;
    for (int i = 0; i < INPUT_EVENT_COUNT; i++)
        if (strcmp(names[i], kind) == 0) {
            event.kind = (enum input_event_kind)i;
            *out = event;
            return STATUS_OK;
        }
    return STATUS_MALFORMED;
}
