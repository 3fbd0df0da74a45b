#include "tests/walk/walk_view.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"

/* A person does not press the same button or place again within the 300 ms in which the toolkit takes it for
 * a bounce. */
enum { LOOK_MS = 8, DRAWN_MS = 400, AGAIN_MS = 350, SAME_PLACE_PX = 48, ALIVE_MS = 100 };

static int64_t now_ms(void)
{
    return clock_monotonic_ms(clock_system());
}

void walk_view_release(struct walk_view *view)
{
    json_free(view->dump);
    view->dump = NULL;
}

bool walk_view_fail(struct walk_view *view, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(view->failure, sizeof(view->failure), format, arguments);
    va_end(arguments);
    return false;
}

bool walk_view_read(struct walk_view *view)
{
    struct stat now;
    struct buf text;
    struct json *dump = NULL;
    if (stat(view->dump_path, &now) != 0 ||
        (view->dump != NULL && now.st_ino == view->seen.st_ino && now.st_size == view->seen.st_size &&
         now.st_mtim.tv_sec == view->seen.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == view->seen.st_mtim.tv_nsec))
        return false;
    buf_init(&text, LIMIT_JSON_BYTES);
    bool is_good = file_read(view->dump_path, &text, NULL) == STATUS_OK &&
                   json_parse((const char *)text.data, text.length, &dump) == STATUS_OK;
    buf_release(&text);
    if (!is_good)
        return false;
    json_free(view->dump);
    view->dump = dump;
    view->seen = now;
    view->generation++;
    return true;
}

bool walk_view_wait_change(struct walk_view *view, int64_t ms)
{
    int64_t until = now_ms() + ms;
    while (!walk_view_read(view)) {
        if (now_ms() >= until)
            return false;
        clock_sleep_ms(clock_system(), LOOK_MS);
    }
    return true;
}

void walk_view_settle(struct walk_view *view, int64_t quiet_ms)
{
    int64_t until = now_ms() + 4 * quiet_ms;
    while (walk_view_wait_change(view, quiet_ms) && now_ms() < until)
        continue;
}

const char *walk_view_screen(const struct walk_view *view)
{
    return view->dump == NULL ? "" : json_text(view->dump, "screen", "");
}

const struct json *walk_view_find(const struct walk_view *view, const char *id)
{
    const struct json *widgets = view->dump == NULL ? NULL : json_member(view->dump, "widgets");
    size_t count = widgets == NULL ? 0 : json_length(widgets);
    for (size_t i = 0; i < count; i++)
        if (strcmp(json_text(json_element(widgets, i), "id", ""), id) == 0)
            return json_element(widgets, i);
    return NULL;
}

static bool fits(const char *text, const char *label, bool part)
{
    return label == NULL || (part ? strstr(text, label) != NULL : strcmp(text, label) == 0);
}

const struct json *walk_view_find_label(const struct walk_view *view, const char *prefix, const char *label,
                                        bool part)
{
    const struct json *widgets = view->dump == NULL ? NULL : json_member(view->dump, "widgets");
    size_t count = widgets == NULL ? 0 : json_length(widgets);
    for (size_t i = 0; i < count; i++) {
        const struct json *widget = json_element(widgets, i);
        if (strncmp(json_text(widget, "id", ""), prefix, strlen(prefix)) == 0 &&
            fits(json_text(widget, "label", ""), label, part))
            return widget;
    }
    return NULL;
}

bool walk_view_has_state(const struct json *widget, const char *word)
{
    const struct json *state = json_member(widget, "state");
    for (size_t i = 0; i < json_length(state); i++)
        if (strcmp(json_text_value(json_element(state, i)), word) == 0)
            return true;
    return false;
}

bool walk_view_is_pressable(const struct json *widget)
{
    return widget != NULL && walk_view_has_state(widget, "target") &&
           !walk_view_has_state(widget, "disabled") && !walk_view_has_state(widget, "busy") &&
           !walk_view_has_state(widget, "covered") && !walk_view_has_state(widget, "resting") &&
           !walk_view_has_state(widget, "hidden");
}

/* --- waiting -------------------------------------------------------------------------------------------- */

typedef bool condition(const struct walk_view *view, const char *name);

static bool has_ended(const struct walk_view *view)
{
    return view->pid > 0 && kill(view->pid, 0) != 0;
}

static bool wait_until(struct walk_view *view, condition *is_met, const char *name, int64_t ms)
{
    int64_t until = now_ms() + ms;
    for (;;) {
        (void)walk_view_read(view);
        if (is_met(view, name))
            return true;
        int64_t left = until - now_ms();
        if (left <= 0 || has_ended(view))
            return false;
        (void)walk_view_wait_change(view, left < ALIVE_MS ? left : ALIVE_MS);
    }
}

static bool is_screen(const struct walk_view *view, const char *name)
{
    return strcmp(walk_view_screen(view), name) == 0;
}

static bool is_there(const struct walk_view *view, const char *id)
{
    return walk_view_find(view, id) != NULL;
}

static bool is_gone(const struct walk_view *view, const char *id)
{
    return view->dump != NULL && walk_view_find(view, id) == NULL;
}

static bool is_pressable(const struct walk_view *view, const char *id)
{
    return walk_view_is_pressable(walk_view_find(view, id));
}

bool walk_view_wait_screen(struct walk_view *view, const char *name, int64_t ms)
{
    return wait_until(view, is_screen, name, ms) ||
           walk_view_fail(view, "the %s shows the screen %s, not %s, after %lld ms", view->name,
                          walk_view_screen(view), name, (long long)ms);
}

bool walk_view_wait(struct walk_view *view, const char *id, int64_t ms)
{
    return wait_until(view, is_there, id, ms) ||
           walk_view_fail(view, "the %s has no %s on its screen %s after %lld ms", view->name, id,
                          walk_view_screen(view), (long long)ms);
}

bool walk_view_wait_gone(struct walk_view *view, const char *id, int64_t ms)
{
    return wait_until(view, is_gone, id, ms) ||
           walk_view_fail(view, "the %s still has %s on its screen %s after %lld ms", view->name, id,
                          walk_view_screen(view), (long long)ms);
}

bool walk_view_wait_pressable(struct walk_view *view, const char *id, int64_t ms)
{
    return wait_until(view, is_pressable, id, ms) ||
           walk_view_fail(view, "%s cannot be pressed on the %s's screen %s after %lld ms (%s)", id,
                          view->name, walk_view_screen(view), (long long)ms,
                          walk_view_find(view, id) == NULL ? "it is not there" : "disabled, busy or covered");
}

/* --- pressing ------------------------------------------------------------------------------------------- */

/* A dump drawn after the press, in which the widget is no longer held down. */
static bool is_released(const struct walk_view *view, const char *id)
{
    const struct json *widget = walk_view_find(view, id);
    return widget == NULL || !walk_view_has_state(widget, "pressed");
}

static bool is_key(const char *id)
{
    return strncmp(id, "key.", 4) == 0 || strncmp(id, "pad.", 4) == 0;
}

static void wait_again(struct walk_view *view, const char *id, int x, int y)
{
    for (int i = 0; i < WALK_VIEW_PRESSES; i++) {
        const struct walk_view_press *press = &view->presses[i];
        int64_t since_ms = now_ms() - press->at_ms;
        bool is_same = strcmp(press->id, id) == 0 ||
                       (abs(press->x - x) < SAME_PLACE_PX && abs(press->y - y) < SAME_PLACE_PX);
        if (is_same && !is_key(id) && since_ms < AGAIN_MS)
            clock_sleep_ms(clock_system(), AGAIN_MS - since_ms);
    }
}

static void note_press(struct walk_view *view, const char *id, int x, int y)
{
    struct walk_view_press *press = &view->presses[view->next_press++ % WALK_VIEW_PRESSES];
    (void)snprintf(press->id, sizeof(press->id), "%s", id);
    press->x = x;
    press->y = y;
    press->at_ms = now_ms();
}

static void middle_of(const struct json *widget, int *x, int *y)
{
    const struct json *rect = json_member(widget, "rect");
    *x = (int)(json_number(rect, "x", 0) + json_number(rect, "w", 0) / 2);
    *y = (int)(json_number(rect, "y", 0) + json_number(rect, "h", 0) / 2);
}

void walk_view_strike(struct walk_view *view, const struct json *key)
{
    int x = 0, y = 0;
    middle_of(key, &x, &y);
    walk_display_tap(view->display, x, y);
    (void)walk_view_wait_change(view, DRAWN_MS);
}

void walk_view_press(struct walk_view *view, const struct json *widget)
{
    char id[WALK_VIEW_ID_BYTES];
    int x = 0, y = 0;
    middle_of(widget, &x, &y);
    (void)snprintf(id, sizeof(id), "%s", json_text(widget, "id", ""));
    wait_again(view, id, x, y);
    walk_display_tap(view->display, x, y);
    if (!is_key(id))
        note_press(view, id, x, y);
    if (walk_view_wait_change(view, DRAWN_MS))
        (void)wait_until(view, is_released, id, DRAWN_MS);
}

bool walk_view_tap(struct walk_view *view, const char *id)
{
    if (!walk_view_wait_pressable(view, id, WALK_VIEW_PATIENCE_MS))
        return false;
    walk_view_press(view, walk_view_find(view, id));
    return true;
}
