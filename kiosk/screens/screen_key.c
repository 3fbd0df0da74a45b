/* Key: the holder proves to be the holder: the own key is in the writer and its PIN is right. Without an
 * order it logs in and leads to the holder's orders; with one it is a step of the order. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/pin_pad.h"
#include "kiosk/screens/screen_list.h"

enum { MESSAGE_BYTES = 192, PIN_MAX = 16, PIN_LEAST = 4 };

struct screen_key_state {
    struct secret pin;
    struct pin_pad pad;
    uint64_t asking;
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(key)

static bool is_step(const struct ui *ui)
{
    return screen_visit(ui)->has_order;
}

static const struct service_key *key_of(const struct ui *ui)
{
    return services_key(screen_services(ui));
}

static bool is_locked(const struct ui *ui)
{
    return key_of(ui)->presence == SERVICE_KEY_CARRYING && key_of(ui)->pin == SERVICE_PIN_LOCKED;
}

void screen_key_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_key_state *state = memory;
    (void)argument;
    screen_show_visit(ui);
    pin_pad_open(&state->pad, screen_program(ui)->random);
}

void screen_key_leave(void *memory, struct ui *ui)
{
    struct screen_key_state *state = memory;
    (void)ui;
    secret_wipe(&state->pin);
}

static void confirm(struct screen_key_state *state, struct ui *ui)
{
    struct services *services = screen_services(ui);
    if (state->asking != 0 || state->pin.length < PIN_LEAST)
        return;
    state->message[0] = 0;
    state->asking =
        is_step(ui) ? service_key_show(services, &state->pin) : service_key_login(services, &state->pin);
    secret_wipe(&state->pin);
}

static void on_answer(struct screen_key_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = 0;
    if (is_step(ui) && screen_moved_on(ui, SCREEN_KEY))
        return;
    if (reply->status == STATUS_OK)
        ui_replace(ui, screen_visit(ui)->operation != NULL ? SCREEN_AGREEMENT : SCREEN_ORDERS, NULL);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

/* A key with a locked PIN has one way on: its unlocking, among what can be done with it. */
static void unlock(struct ui *ui)
{
    if (!is_step(ui)) {
        services_choose(screen_services(ui), NULL, NULL, "");
        ui_reset(ui, SCREEN_HOLDER, NULL);
        return;
    }
    screen_end_visit(ui);
}

void screen_key_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_key_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->asking, &reply))
        on_answer(state, ui, reply);
    else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY)
        (void)(is_step(ui) && screen_moved_on(ui, SCREEN_KEY));
    else if (pin_pad_event(&state->pad, event, &state->pin, PIN_MAX))
        state->message[0] = 0;
    else if (ui_tapped(event, "key.unlock"))
        unlock(ui);
    else if (ui_tapped(event, "bar.next"))
        confirm(state, ui);
    else if (ui_tapped(event, "bar.back") && !is_step(ui))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* What is left is said before the first digit. */
static const char *tries_text(const struct ui *ui)
{
    static const char *const keys[] = {[SERVICE_PIN_UNSET] = "key.tries.normal",
                                       [SERVICE_PIN_NORMAL] = "key.tries.normal",
                                       [SERVICE_PIN_LOW] = "key.tries.low",
                                       [SERVICE_PIN_FINAL] = "key.tries.final",
                                       [SERVICE_PIN_LOCKED] = "key.tries.locked"};
    return screen_text(ui, keys[key_of(ui)->pin]);
}

static enum widget_notice_tone tries_tone(const struct ui *ui)
{
    enum service_pin_health pin = key_of(ui)->pin;
    return pin == SERVICE_PIN_FINAL || pin == SERVICE_PIN_LOCKED ? WIDGET_NOTICE_ERROR
           : pin == SERVICE_PIN_LOW                              ? WIDGET_NOTICE_AMBER
                                                                 : WIDGET_NOTICE_INFO;
}

static void draw_banner(struct ui *ui, struct rect *area, const struct widget_notice *notice)
{
    int height = widget_notice_height(ui, notice, area->w);
    (void)widget_notice_banner(ui, rect_cut_top(area, height), notice);
    (void)rect_cut_top(area, 16);
}

static void draw_entry(struct ui *ui, struct rect area, const struct screen_key_state *state)
{
    bool large = ui_is_large(ui);
    int height = large ? 168 : ui_is_portrait(ui) ? 140 : 154;
    char owner[SERVICE_TEXT_BYTES];
    const char *named = screen_visit(ui)->holder.owner;
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 32 : 53, large ? 16 : 32);
    if (named[0] != 0 && !(large && state->pad.has_letters)) {
        screen_shorten(named, large ? 24 : 30, owner, sizeof(owner));
        (void)widget_label(
            ui, rect_cut_top(&inner, widget_label_height(ui, THEME_TYPE_ITEM, owner, inner.w)),
            &(struct widget_label){
                .id = "key.owner", .text = owner, .type = THEME_TYPE_ITEM, .is_private = true});
        (void)rect_cut_top(&inner, 16);
    }
    (void)widget_field(ui, rect_cut_top(&inner, height),
                       &(struct widget_field){.id = "key.pin",
                                              .label = screen_text(ui, "key.pin"),
                                              .dots = (int)state->pin.length,
                                              .box_height = large                ? 112
                                                            : ui_is_portrait(ui) ? 96
                                                                                 : 110,
                                              .active = true});
    (void)rect_cut_top(&inner, 24);
    if (state->message[0] != 0)
        draw_banner(
            ui, &inner,
            &(struct widget_notice){
                .id = "key.message", .tone = WIDGET_NOTICE_ERROR, .line = state->message, .quiet = true});
    draw_banner(ui, &inner,
                &(struct widget_notice){
                    .id = "key.tries", .tone = tries_tone(ui), .line = tries_text(ui), .quiet = true});
}

static void draw_locked(struct ui *ui)
{
    struct ui_page_error error = {
        .title = screen_text(ui, "key.locked_title"),
        .kept = screen_text(ui, is_step(ui) ? "key.kept" : "key.locked_kept"),
        .steps = {screen_text(ui, "key.locked_step"), screen_text(ui, "key.locked_step2")},
        .device = WIDGET_DEVICE_KEY,
        .device_line = screen_text(ui, "holder.device"),
        .code = "KY-34",
        .voice = "key",
        .primary = {.id = "key.unlock",
                    .label = screen_text(ui, is_step(ui) ? "key.leave" : "key.unlock"),
                    .icon_right = ICON_ARROW_RIGHT}};
    ui_page_error(ui, &error);
}

/* The order waits for its holder's key, or the key was pulled. */
static void draw_absent(struct ui *ui)
{
    struct ui_page page = screen_page(ui, SCREEN_KEY);
    page.step = is_step(ui) ? page.step : 1;
    page.title = screen_text(ui, "key.insert_title");
    page.subtitle = screen_text(ui, "key.insert");
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "holder.device"));
}

void screen_key_draw(void *memory, struct ui *ui)
{
    const struct screen_key_state *state = memory;
    if (is_locked(ui)) {
        draw_locked(ui);
        return;
    }
    if (key_of(ui)->presence != SERVICE_KEY_CARRYING) {
        draw_absent(ui);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_KEY);
    page.step = is_step(ui) ? page.step : 1;
    page.subtitle = screen_text(ui, "key.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "key.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->asking != 0,
                                          .disabled = state->pin.length < PIN_LEAST && state->asking == 0};
    struct rect area = ui_page(ui, &page);
    struct rect pad = pin_pad_cut(ui, &area, &state->pad);
    pin_pad_hint(ui);
    draw_entry(ui, area, state);
    pin_pad_draw(ui, pad, &state->pad, true);
}
