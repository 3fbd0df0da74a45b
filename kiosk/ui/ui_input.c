/* Fingers, mouse and keys: from the one door to taps, drags, text and focus. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"

static bool is_live(const struct widget *w)
{
    return (w->state & WIDGET_TARGET) && !(w->state & WIDGET_REFUSES);
}

void ui_damage_rect(struct ui *ui, struct rect rect)
{
    struct rect window = rect_make(0, 0, ui->layout.window_width, ui->layout.window_height);
    struct rect at = rect_intersect(window, rect_inset(layout_to_window(&ui->layout, rect), -2, -2));
    ui->dirty = rect_union(ui->dirty, at);
}

void ui_damage(struct ui *ui)
{
    motion_cut(&ui->motion);
    ui->motion_due = ui->painted = false;
    ui->dirty = rect_make(0, 0, ui->layout.window_width, ui->layout.window_height);
    ui->invalid = true;
}

static void mark_all(struct ui *ui, struct widget_tree *tree, bool damages)
{
    uint64_t focused = ui->focused[0] ? widget_key(ui->focused) : 0;
    for (struct widget *w = widget_tree_root(tree); w; w = (struct widget *)(uintptr_t)widget_next(w)) {
        unsigned state = w->state & ~(unsigned)(WIDGET_PRESSED | WIDGET_FOCUSED | WIDGET_RESTING);
        if (w->key && touch_is_pressed(&ui->touch, w->key)) {
            state |= WIDGET_PRESSED;
            w->pressed_ms = touch_since_ms(&ui->touch, w->key);
        }
        if (w->key && w->key == focused)
            state |= WIDGET_FOCUSED;
        if (w->key && w->key == ui->way_on && ui->rests_until_ms != 0)
            state |= WIDGET_RESTING;
        if (state != w->state && damages)
            ui_damage_rect(ui, rect_inset(w->rect, -12, -12));
        w->state = state;
    }
}

void ui_mark_states(struct ui *ui)
{
    mark_all(ui, ui->tree, true);
    ui->frame_at_ms = ui_now_ms(ui);
}

void ui_set_states(struct ui *ui, struct widget_tree *tree)
{
    mark_all(ui, tree, false);
}

static void tell_focus(struct ui *ui, enum ui_event_kind kind)
{
    char id[UI_ID_BYTES];
    (void)text_copy(id, sizeof id, ui->focused);
    ui_dispatch(ui, &(struct ui_event){.kind = kind, .id = id, .tag = ui->focused_tag});
}

void ui_move_focus(struct ui *ui, const char *id)
{
    const struct widget *to = id && id[0] ? widget_find(ui->tree, id) : NULL;
    int64_t tag = to ? to->tag : 0;
    bool is_field = to ? (to->state & WIDGET_EDITABLE) != 0 : id && id[0];
    char copy[UI_ID_BYTES];
    if (!text_copy(copy, sizeof copy, id ? id : "") || strcmp(copy, ui->focused) == 0)
        return;
    /* One build after both events, so that going from field to field does not close the keyboard between. */
    ui->depth++;
    if (ui->edit) {
        text_edit_set_preedit(ui->edit, NULL);
        ui->edit = NULL;
        tell_focus(ui, UI_EVENT_BLUR);
    }
    (void)text_copy(ui->focused, sizeof ui->focused, copy);
    ui->focused_tag = tag;
    ui->invalid = true;
    if (is_field)
        tell_focus(ui, UI_EVENT_FOCUS);
    ui->depth--;
}

/* Whether the widget belongs to the overlay, whose taps leave the focus where it is. */
static bool is_in_overlay(const struct ui *ui, const struct widget *w)
{
    struct rect free = ui_free_area(ui);
    return ui->has_overlay && ui->edit && w->rect.y >= free.y + free.h;
}

static bool is_typed(const struct input_event *event)
{
    return event->kind == INPUT_EVENT_TEXT ||
           (event->kind == INPUT_EVENT_KEY &&
            (event->key == INPUT_KEY_CHARACTER || event->key == INPUT_KEY_BACKSPACE ||
             event->key == INPUT_KEY_DELETE));
}

enum ui_secrecy ui_secrecy(const struct ui *ui, const struct input_event *event)
{
    bool hides_text = ui->edit && ui->edit->secret;
    if (is_typed(event))
        return hides_text ? UI_SECRECY_TEXT : UI_SECRECY_NONE;
    if (event->kind != INPUT_EVENT_PRESS && event->kind != INPUT_EVENT_MOVE &&
        event->kind != INPUT_EVENT_RELEASE)
        return UI_SECRECY_NONE;
    int x, y;
    layout_to_base(&ui->layout, event->x, event->y, &x, &y);
    const struct widget *w = widget_hit(ui->tree, x, y);
    if (!w)
        return UI_SECRECY_NONE;
    if (hides_text && is_in_overlay(ui, w))
        return UI_SECRECY_TEXT;
    return (w->state & WIDGET_SECRET) ? UI_SECRECY_PAD : UI_SECRECY_NONE;
}

void ui_activate(struct ui *ui, const struct widget *w)
{
    char id[UI_ID_BYTES];
    int64_t tag = w->tag;
    uint64_t visit = screen_stack_visit(ui->stack);
    bool is_field = (w->state & WIDGET_EDITABLE) != 0,
         keeps = is_in_overlay(ui, w) || w->kind == WIDGET_KIND_EYE;
    if (!text_copy(id, sizeof id, w->id))
        return;
    ui->asked.set = (w->state & (WIDGET_RAPID | WIDGET_EDITABLE)) == 0;
    ui->asked.at_ms = ui_now_ms(ui);
    ui_sound(ui, UI_SOUND_KEY);
    if (is_field) {
        ui_move_focus(ui, id);
        ui_settle(ui);
        return;
    }
    if (!keeps && ui->edit)
        ui_move_focus(ui, NULL);
    /* Validating on leaving the field may already have changed the page; then the tap meant the old one. */
    if (screen_stack_visit(ui->stack) == visit)
        ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_TAP, .id = id, .tag = tag});
}

static void tell_drag(struct ui *ui, const struct widget *w, enum ui_drag_phase phase, int64_t pointer, int x,
                      int y, int dx, int dy)
{
    char id[UI_ID_BYTES];
    if (w->view && phase == UI_DRAG_MOVE) {
        widget_picture_drag(w, dx, dy);
        ui->invalid = true;
        ui_settle(ui);
        return;
    }
    if (w->view || !text_copy(id, sizeof id, w->id))
        return;
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_DRAG,
                                       .id = id,
                                       .tag = w->tag,
                                       .phase = phase,
                                       .pointer = pointer,
                                       .x = x,
                                       .y = y,
                                       .dx = dx,
                                       .dy = dy});
}

static void press(struct ui *ui, const struct input_event *event, int x, int y)
{
    const struct widget *w = widget_hit(ui->tree, x, y);
    if (!w || !is_live(w))
        return;
    bool rapid = (w->state & (WIDGET_RAPID | WIDGET_EDITABLE | WIDGET_DRAG)) != 0;
    if (!touch_press(&ui->touch, event->pointer, w->key, w->hit, rapid, x, y, ui_now_ms(ui)))
        return;
    if (w->state & WIDGET_REPEAT) {
        ui->repeat.key = w->key;
        ui->repeat.pointer = event->pointer;
        ui->repeat.at_ms = ui_now_ms(ui) + UI_REPEAT_AFTER_MS;
        ui->repeat.done = false;
    }
    ui_mark_states(ui);
    if (w->state & WIDGET_DRAG)
        tell_drag(ui, w, UI_DRAG_BEGIN, event->pointer, x, y, 0, 0);
}

static void move(struct ui *ui, const struct input_event *event, int x, int y)
{
    const struct touch_pointer *held = touch_find(&ui->touch, event->pointer);
    if (!held)
        return;
    int dx = x - held->x, dy = y - held->y;
    const struct widget *w = widget_find_key(ui->tree, held->target);
    if (touch_move(&ui->touch, event->pointer, x, y))
        ui_mark_states(ui);
    if (w && (w->state & WIDGET_DRAG) && (dx || dy))
        tell_drag(ui, w, UI_DRAG_MOVE, event->pointer, x, y, dx, dy);
}

static void release(struct ui *ui, const struct input_event *event, int x, int y)
{
    const struct touch_pointer *held = touch_find(&ui->touch, event->pointer);
    if (!held)
        return;
    const struct widget *w = widget_find_key(ui->tree, held->target);
    bool repeated = ui->repeat.key == held->target && ui->repeat.done;
    if (ui->repeat.key == held->target)
        memset(&ui->repeat, 0, sizeof ui->repeat);
    if (repeated)
        touch_cancel(&ui->touch, event->pointer);
    uint64_t target = touch_release(&ui->touch, event->pointer, x, y, ui_now_ms(ui));
    ui_mark_states(ui);
    if (w && (w->state & WIDGET_DRAG)) {
        tell_drag(ui, w, UI_DRAG_END, event->pointer, x, y, 0, 0);
        return;
    }
    w = target ? widget_find_key(ui->tree, target) : NULL;
    if (w && is_live(w) && widget_is_reachable(ui->tree, w))
        ui_activate(ui, w);
}

static void wheel(struct ui *ui, const struct input_event *event, int x, int y)
{
    const struct widget *at = NULL;
    char id[UI_ID_BYTES];
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w))
        if ((w->kind == WIDGET_KIND_TABLE || w->kind == WIDGET_KIND_IMAGE || w->kind == WIDGET_KIND_PAGER ||
             w->kind == WIDGET_KIND_CASE_TAB) &&
            rect_contains(w->rect, x, y) && widget_is_reachable(ui->tree, w))
            at = w;
    if (!at || !text_copy(id, sizeof id, at->id))
        return;
    if (at->view) {
        widget_picture_wheel(at, event->steps, x, y);
        ui->invalid = true;
        ui_settle(ui);
        return;
    }
    ui_dispatch(ui,
                &(struct ui_event){.kind = UI_EVENT_WHEEL, .id = id, .tag = at->tag, .steps = event->steps});
}

static void resize(struct ui *ui, const struct input_event *event)
{
    if (event->x <= 0 || event->y <= 0)
        return;
    ui->layout = ui->settings.desk ? layout_desk(event->x, event->y, ui->settings.desk_scale)
                                   : layout_kiosk(event->x, event->y, ui->settings.pitch_um);
    touch_reset(&ui->touch);
    ui->relaid = true;
    ui_damage(ui);
    ui_settle(ui);
}

/* The text of the key that led to a field follows as an event of its own and is no text for it. */
static bool led_here(struct ui *ui, const struct input_event *event)
{
    const char text[2] = {(char)ui->led_here, 0};
    ui->led_here = 0;
    return event->kind == INPUT_EVENT_TEXT && text[0] && strcmp(event->text, text) == 0;
}

void ui_handle(struct ui *ui, const struct input_event *event)
{
    int x, y;
    bool led = led_here(ui, event), typing = ui->edit != NULL;
    layout_to_base(&ui->layout, event->x, event->y, &x, &y);
    ui_settle(ui);
    ui_end_rest(ui);
    if (event->kind != INPUT_EVENT_RESIZE)
        idle_touch(&ui->idle, ui_now_ms(ui));
    switch (event->kind) {
    case INPUT_EVENT_PRESS:
        press(ui, event, x, y);
        break;
    case INPUT_EVENT_MOVE:
        move(ui, event, x, y);
        break;
    case INPUT_EVENT_RELEASE:
        release(ui, event, x, y);
        break;
    case INPUT_EVENT_CANCEL:
        touch_cancel(&ui->touch, event->pointer);
        ui_mark_states(ui);
        break;
    case INPUT_EVENT_WHEEL:
        wheel(ui, event, x, y);
        break;
    case INPUT_EVENT_KEY:
        ui_handle_key(ui, event);
        break;
    case INPUT_EVENT_TEXT:
        if (!ui_is_idle_warning(ui) && !led)
            ui_type(ui, event->text);
        break;
    case INPUT_EVENT_RESIZE:
        resize(ui, event);
        break;
    case INPUT_EVENT_COUNT:
        break;
    }
    ui_settle(ui);
    if (event->kind == INPUT_EVENT_KEY && event->key == INPUT_KEY_CHARACTER && !typing && ui->edit)
        ui->led_here = event->character;
    if (ui->settings.after)
        ui->settings.after(ui->settings.after_context, ui);
}
