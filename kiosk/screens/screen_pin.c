/* Pin: the holder chooses the key's PIN, twice, on a pad shuffled once for this screen (a15). */
#include <stdio.h>
#include <string.h>

#include "kiosk/form/rule_pin.h"
#include "kiosk/screens/pin_pad.h"
#include "kiosk/screens/screen_list.h"

enum { MESSAGE_BYTES = 192 };

struct screen_pin_state {
    bool is_change; /* in place of the PIN a key was sent with, after its login */
    struct secret first;
    struct secret second;
    bool repeating; /* the second entry is being typed */
    struct pin_pad pad;
    uint64_t setting;
    bool is_error;
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(pin)

void screen_pin_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_pin_state *state = memory;
    state->is_change = argument != NULL;
    pin_pad_open(&state->pad, screen_program(ui)->random);
}

void screen_pin_leave(void *memory, struct ui *ui)
{
    struct screen_pin_state *state = memory;
    (void)ui;
    secret_wipe(&state->first);
    secret_wipe(&state->second);
}

static const struct product *product_of(const struct ui *ui, const struct screen_pin_state *state)
{
    return state->is_change ? screen_visit(ui)->holder.product : screen_visit(ui)->product;
}

/* Whose numbers the PIN must not repeat; after a login they are checked where the form is at hand. */
static const struct form *form_of(const struct ui *ui, const struct screen_pin_state *state)
{
    static const struct form none = {0};
    const struct service_visit *visit = screen_visit(ui);
    return state->is_change ? &none : product_operation_form(visit->product, visit->operation);
}

static struct rule_pin rule_of(const struct ui *ui, const struct screen_pin_state *state)
{
    const struct service_key *key = services_key(screen_services(ui));
    struct rule_pin rule = product_of(ui, state)->pin;
    (void)rule_pin_narrow(&product_of(ui, state)->pin, (unsigned)key->pin_min_bytes,
                          (unsigned)key->pin_max_bytes, &rule);
    return rule;
}

static struct secret *current(struct screen_pin_state *state)
{
    return state->repeating ? &state->second : &state->first;
}

static void say(struct screen_pin_state *state, const struct ui *ui, bool is_error, const char *key)
{
    state->is_error = is_error;
    words_format(screen_program(ui)->words, state->message, sizeof(state->message), key, {"none", ""});
}

static void begin_again(struct screen_pin_state *state)
{
    if (state->setting != 0)
        return;
    secret_wipe(&state->first);
    secret_wipe(&state->second);
    state->repeating = false;
    state->message[0] = 0;
}

static bool is_acceptable(struct screen_pin_state *state, struct ui *ui)
{
    struct rule_pin rule = rule_of(ui, state);
    struct form_error error;
    if (rule_pin_check(&rule, &state->first, form_of(ui, state), services_values(screen_services(ui)),
                       &error))
        return true;
    state->is_error = true;
    words_form_error(screen_program(ui)->words, &error, state->message, sizeof(state->message));
    secret_wipe(&state->first);
    return false;
}

static void confirm(struct screen_pin_state *state, struct ui *ui)
{
    if (state->setting != 0)
        return;
    if (!state->repeating) {
        state->repeating = is_acceptable(state, ui);
        return;
    }
    if (secret_is_equal(state->first.bytes, state->first.length, state->second.bytes, state->second.length)) {
        state->setting = state->is_change ? service_key_new_pin(screen_services(ui), &state->first)
                                          : service_pin_set(screen_services(ui), &state->first);
    } else {
        say(state, ui, true, "pin.differ");
        secret_wipe(&state->first);
        state->repeating = false;
    }
    secret_wipe(&state->second);
}

static void on_set(struct screen_pin_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->setting = 0;
    secret_wipe(&state->first);
    state->repeating = false;
    if (state->is_change && reply->status == STATUS_OK) {
        ui_replace(ui, screen_visit(ui)->operation != NULL ? SCREEN_AGREEMENT : SCREEN_ORDERS, NULL);
        return;
    }
    if (!state->is_change && screen_moved_on(ui, SCREEN_PIN))
        return;
    state->is_error = true;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_pin_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_pin_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->setting, &reply))
        on_set(state, ui, reply);
    else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY)
        (void)(!state->is_change && screen_moved_on(ui, SCREEN_PIN));
    else if (pin_pad_event(&state->pad, event, current(state), rule_of(ui, state).max))
        state->message[0] = 0;
    else if (ui_tapped(event, "bar.next"))
        confirm(state, ui);
    else if (ui_tapped(event, "bar.secondary"))
        begin_again(state);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* The rules are said before the first digit; each gets its tick when it was found kept. */
static void draw_rules(struct ui *ui, struct rect area, const struct screen_pin_state *state)
{
    struct rule_pin rule = rule_of(ui, state);
    struct form_error error;
    char length[96];
    char min[16];
    char max[16];
    bool long_enough = state->first.length >= rule.min && state->first.length <= rule.max;
    bool strong = long_enough && rule_pin_check(&rule, &state->first, form_of(ui, state),
                                                services_values(screen_services(ui)), &error);
    bool same = state->repeating && secret_is_equal(state->first.bytes, state->first.length,
                                                    state->second.bytes, state->second.length);
    (void)snprintf(min, sizeof(min), "%u", rule.min);
    (void)snprintf(max, sizeof(max), "%u", rule.max);
    screen_format(ui, length, sizeof(length), rule.letters ? "pin.rule.length" : "pin.rule.length_digits",
                  {"min", min}, {"max", max});
    const struct {
        const char *text;
        bool kept;
    } rules[] = {{length, long_enough},
                 {screen_text(ui, "pin.rule.strong"), strong},
                 {screen_text(ui, "pin.rule.same"), same}};
    for (int i = 0; i < 3; i++)
        (void)widget_mark_tick(
            ui, rect_cut_top(&area, ui_is_large(ui) ? 60 : 58),
            &(struct widget_mark_tick){.text = rules[i].text,
                                       .type = ui_is_large(ui) ? THEME_TYPE_SMALL : THEME_TYPE_BODY,
                                       .state = rules[i].kept ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN});
}

/* One of the two boxes: filled dots for what was typed, open ones for what is still expected. */
static void draw_box(struct ui *ui, struct rect rect, const struct screen_pin_state *state, bool second)
{
    const struct secret *pin = second ? &state->second : &state->first;
    int least = state->repeating ? (int)state->first.length : (int)rule_of(ui, state).min;
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = second ? "pin.second" : "pin.first",
                                              .label = screen_text(ui, second ? "pin.second" : "pin.first"),
                                              .dots = (int)pin->length,
                                              .dots_total = second && !state->repeating ? 0 : least,
                                              .box_height = ui_is_large(ui)      ? 112
                                                            : ui_is_portrait(ui) ? 96
                                                                                 : 110,
                                              .active = second == state->repeating,
                                              .locked = second && !state->repeating,
                                              .ok = !second && state->repeating});
}

static void draw_entry(struct ui *ui, struct rect area, const struct screen_pin_state *state)
{
    bool large = ui_is_large(ui);
    bool tight = large || ui_is_portrait(ui);
    int height = large ? 168 : tight ? 140 : 154; /* label and box: what is wrong is said below both */
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 32 : 53, large ? 16 : 20);
    (void)rect_cut_top(&inner, large ? 0 : tight ? 8 : 22);
    draw_box(ui, rect_cut_top(&inner, height), state, false);
    (void)rect_cut_top(&inner, large ? 8 : tight ? 16 : 28);
    draw_box(ui, rect_cut_top(&inner, height), state, true);
    (void)rect_cut_top(&inner, large ? 8 : tight ? 14 : 26);
    if (state->message[0] == 0) {
        draw_rules(ui, inner, state);
        return;
    }
    struct widget_notice notice = {.id = "pin.message",
                                   .tone = state->is_error ? WIDGET_NOTICE_ERROR : WIDGET_NOTICE_INFO,
                                   .line = state->message};
    int wanted = widget_notice_height(ui, &notice, inner.w);
    (void)widget_notice_banner(ui, rect_cut_top(&inner, wanted), &notice);
}

static void offer(struct ui *ui, struct ui_page *page, const struct screen_pin_state *state)
{
    const struct secret *pin = state->repeating ? &state->second : &state->first;
    page->no_exit = true;
    page->primary =
        (struct widget_button){.label = screen_text(ui, state->repeating ? "pin.set" : "pin.next"),
                               .icon_right = state->repeating ? ICON_NONE : ICON_ARROW_RIGHT,
                               .busy = state->setting != 0,
                               .disabled = state->repeating ? pin->length < state->first.length
                                                            : pin->length < rule_of(ui, state).min};
    page->secondary = (struct widget_button){.label = screen_text(ui, "pin.again"),
                                             .look = WIDGET_BUTTON_NEUTRAL,
                                             .disabled = state->first.length == 0 || state->setting != 0};
}

void screen_pin_draw(void *memory, struct ui *ui)
{
    const struct screen_pin_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PIN);
    page.subtitle = screen_text(ui, state->is_change ? "pin.change_subtitle" : "pin.subtitle");
    if (state->is_change) {
        page.title = screen_text(ui, "pin.change_title");
        page.step = 0;
    }
    offer(ui, &page, state);
    struct rect area = ui_page(ui, &page);
    struct rect pad = pin_pad_cut(ui, &area, &state->pad);
    pin_pad_hint(ui, pad);
    draw_entry(ui, area, state);
    pin_pad_draw(ui, pad, &state->pad, rule_of(ui, state).letters);
}
