/* Pickup: a key that waits is fetched by number and 授权码, without login: who was sent for it has both. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { MESSAGE_BYTES = 192, CODE_LEAST = 16, CODE_MAX = 24, CARD_WIDTH = 1040, DEVICE_LEAST = 500 };

struct screen_pickup_state {
    struct text_edit number;
    struct text_edit code;
    uint64_t opening;
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(pickup)

void screen_pickup_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_pickup_state *state = memory;
    (void)argument;
    text_edit_init(&state->number, TEXT_EDIT_CREDIT, ORDER_ACCEPTANCE_BYTES - 1);
    text_edit_init(&state->code, TEXT_EDIT_LATIN, CODE_MAX);
    screen_show_visit(ui);
}

void screen_pickup_leave(void *memory, struct ui *ui)
{
    struct screen_pickup_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->number);
    text_edit_wipe(&state->code);
}

static bool is_complete(const struct screen_pickup_state *state)
{
    return state->number.length > 0 && state->code.length >= CODE_LEAST;
}

static void open_order(struct screen_pickup_state *state, struct ui *ui)
{
    struct secret code = {0};
    if (state->opening != 0 || !is_complete(state))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    if (secret_set(&code, state->code.text, state->code.length) == STATUS_OK)
        state->opening = service_order_pickup(screen_services(ui), state->number.text, &code);
    secret_wipe(&code);
}

static void on_opened(struct screen_pickup_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->opening = 0;
    text_edit_set(&state->code, "");
    if (reply->status == STATUS_OK)
        screen_go(ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_next(struct screen_pickup_state *state, struct ui *ui, const struct ui_event *event)
{
    if (strcmp(event->id, "pickup.number") == 0)
        ui_focus(ui, "pickup.code");
    else if (is_complete(state))
        open_order(state, ui);
    else
        ui_focus(ui, NULL);
}

void screen_pickup_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_pickup_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->opening, &reply))
        on_opened(state, ui, reply);
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT)
        on_next(state, ui, event);
    else if (ui_tapped(event, "pickup.appointment"))
        ui_push(ui, SCREEN_APPOINTMENT, NULL);
    else if (ui_tapped(event, "bar.next"))
        open_order(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_fields(struct ui *ui, struct rect area, struct screen_pickup_state *state)
{
    bool large = ui_is_large(ui);
    int height = widget_field_plain_height(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 32 : 56, large ? 16 : 40);
    screen_field(ui, rect_cut_top(&inner, height), "pickup.number", &state->number);
    (void)rect_cut_top(&inner, large ? 12 : 32);
    screen_field(ui, rect_cut_top(&inner, height), "pickup.code", &state->code);
    (void)rect_cut_top(&inner, large ? 12 : 32);
    if (ui_is_portrait(ui) && inner.h > DEVICE_LEAST)
        (void)widget_device(ui, rect_inset(rect_cut_bottom(&inner, inner.h - 180), 0, 24), WIDGET_DEVICE_KEY,
                            false, screen_text(ui, "holder.device"));
    screen_message(ui, inner, "pickup.message", state->message, screen_text(ui, "pickup.bring"));
}

void screen_pickup_draw(void *memory, struct ui *ui)
{
    struct screen_pickup_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PICKUP);
    page.step = 0; /* the order's steps are behind it */
    page.subtitle = screen_text(ui, "pickup.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "pickup.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->opening != 0,
                                          .disabled = !is_complete(state)};
    if (services_takes_appointments(screen_services(ui))) /* a code of another kind */
        page.secondary = (struct widget_button){.id = "pickup.appointment",
                                                .label = screen_text(ui, "pickup.appointment"),
                                                .look = WIDGET_BUTTON_SECONDARY};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        screen_field_pair(ui, area, "pickup.number", &state->number, "pickup.code", &state->code);
        return;
    }
    if (!ui_is_portrait(ui) && area.w > CARD_WIDTH) {
        struct rect side = rect_make(area.x + CARD_WIDTH + 32, area.y, area.w - CARD_WIDTH - 32, area.h);
        (void)widget_panel(ui, side, WIDGET_PANEL_CARD);
        (void)widget_device(ui, rect_inset(side, 32, 32), WIDGET_DEVICE_KEY, false,
                            screen_text(ui, "holder.device"));
        area.w = CARD_WIDTH;
    }
    draw_fields(ui, area, state);
}
