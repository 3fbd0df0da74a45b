/* Phone: another mobile number takes the place of the one somebody had, by the code sent to it. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { PHONE_DIGITS = 11, CODE_DIGITS = 6, TIMER_SECOND = 0, GAP = 32, GAP_LARGE = 16, SEND_WIDTH = 320 };

struct screen_phone_state {
    struct text_edit phone, code;
    uint64_t sending, setting;
    int wait_s; /* until a code may be sent again */
    bool is_done;
    bool is_error;
    char message[192];
};
SCREEN_STATE(phone)

void screen_phone_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_phone_state *state = memory;
    (void)argument;
    text_edit_init(&state->phone, TEXT_EDIT_DIGITS, PHONE_DIGITS);
    text_edit_init(&state->code, TEXT_EDIT_DIGITS, CODE_DIGITS);
    screen_show_visit(ui);
}

void screen_phone_leave(void *memory, struct ui *ui)
{
    struct screen_phone_state *state = memory;
    ui_timer_cancel(ui, TIMER_SECOND);
    text_edit_wipe(&state->phone);
    text_edit_wipe(&state->code);
}

static bool is_complete(const struct screen_phone_state *state)
{
    return state->phone.length == PHONE_DIGITS && state->code.length == CODE_DIGITS;
}

static void say(struct screen_phone_state *state, bool is_error, const char *text)
{
    state->is_error = is_error;
    (void)text_copy(state->message, sizeof(state->message), text);
}

static void send(struct screen_phone_state *state, struct ui *ui)
{
    if (state->sending != 0 || state->wait_s > 0 || state->phone.length != PHONE_DIGITS)
        return;
    ui_focus(ui, NULL);
    text_edit_set(&state->code, "");
    say(state, false, "");
    state->sending = service_login_send(screen_services(ui), state->phone.text);
}

static void wait_a_second(struct screen_phone_state *state, struct ui *ui)
{
    if (state->wait_s > 0)
        ui_timer(ui, TIMER_SECOND, 1000);
}

static void on_sent(struct screen_phone_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[192];
    bool waits = reply->status == STATUS_OK || reply->reason == SERVICE_REASON_RESEND_WAIT;
    state->sending = 0;
    state->wait_s = waits ? (int)reply->number : 0;
    if (waits)
        (void)text_copy(text, sizeof(text),
                        screen_text(ui, reply->status == STATUS_OK ? "login.sent" : "login.sent_before"));
    else
        screen_reason(ui, reply, text, sizeof(text));
    say(state, !waits, text);
    wait_a_second(state, ui);
}

static void set(struct screen_phone_state *state, struct ui *ui)
{
    struct secret code = {0};
    if (state->setting != 0 || !is_complete(state))
        return;
    ui_focus(ui, NULL);
    say(state, false, "");
    if (secret_set(&code, state->code.text, state->code.length) == STATUS_OK)
        state->setting = service_account_phone(screen_services(ui), state->phone.text, &code);
    secret_wipe(&code);
}

static void on_set(struct screen_phone_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[192];
    state->setting = 0;
    text_edit_set(&state->code, "");
    state->is_done = reply->status == STATUS_OK;
    if (state->is_done) {
        text_edit_set(&state->phone, "");
        screen_show_visit(ui);
        say(state, false, screen_text(ui, "phone.done"));
        return;
    }
    screen_reason(ui, reply, text, sizeof(text));
    say(state, true, text);
}

void screen_phone_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_phone_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TIMER && event->timer == TIMER_SECOND) {
        state->wait_s--;
        wait_a_second(state, ui);
    } else if (screen_answered(event, state->sending, &reply)) {
        on_sent(state, ui, reply);
    } else if (screen_answered(event, state->setting, &reply)) {
        on_set(state, ui, reply);
    } else if (event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, NULL);
    } else if (ui_tapped(event, "phone.send")) {
        send(state, ui);
    } else if (ui_tapped(event, "bar.next") && !state->is_done) {
        set(state, ui);
    } else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.next")) {
        ui_pop(ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_send(struct ui *ui, struct rect rect, const struct screen_phone_state *state)
{
    char label[64], seconds[16];
    (void)snprintf(seconds, sizeof(seconds), "%d", state->wait_s);
    screen_format(ui, label, sizeof(label), state->wait_s > 0 ? "login.wait" : "login.send",
                  {"seconds", seconds});
    (void)widget_button(
        ui, rect,
        &(struct widget_button){.id = "phone.send",
                                .label = label,
                                .look = WIDGET_BUTTON_SECONDARY,
                                .type = THEME_TYPE_BODY_STRONG,
                                .busy = state->sending != 0,
                                .disabled = state->wait_s > 0 || state->phone.length != PHONE_DIGITS});
}

static void draw_message(struct ui *ui, struct rect area, const struct screen_phone_state *state)
{
    screen_banner(ui, area, "phone.message",
                  state->is_error  ? WIDGET_NOTICE_ERROR
                  : state->is_done ? WIDGET_NOTICE_DONE
                                   : WIDGET_NOTICE_INFO,
                  state->message[0] != 0 ? state->message : screen_text(ui, "phone.hint"));
}

/* The button is as high as the box beside it. */
static void draw_code(struct ui *ui, struct rect row, struct screen_phone_state *state)
{
    int box = ui_is_large(ui) ? 112 : 88;
    struct rect button = rect_cut_right(&row, SEND_WIDTH);
    (void)rect_cut_right(&row, 20);
    screen_field(ui, row, "phone.code", &state->code);
    draw_send(ui, rect_make(button.x, row.y + widget_field_plain_height(ui) - box, button.w, box), state);
}

void screen_phone_draw(void *memory, struct ui *ui)
{
    struct screen_phone_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PHONE);
    int gap = ui_is_large(ui) ? GAP_LARGE : GAP, height = widget_field_plain_height(ui);
    page.step = 0;
    page.subtitle = screen_text(ui, "phone.subtitle");
    page.primary =
        (struct widget_button){.label = screen_text(ui, state->is_done ? "phone.back" : "phone.set"),
                               .icon_right = ICON_ARROW_RIGHT,
                               .busy = state->setting != 0,
                               .disabled = !state->is_done && !is_complete(state)};
    struct rect area = ui_page(ui, &page);
    bool is_code = ui_focused(ui) != NULL && strcmp(ui_focused(ui), "phone.code") == 0;
    if (ui_focused(ui) != NULL) {
        screen_field(ui, area, is_code ? "phone.code" : "phone.number",
                     is_code ? &state->code : &state->phone);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 56, ui_is_large(ui) ? 16 : 40);
    screen_field(ui, rect_cut_top(&inner, height), "phone.number", &state->phone);
    (void)rect_cut_top(&inner, gap);
    draw_code(ui, rect_cut_top(&inner, height), state);
    (void)rect_cut_top(&inner, gap);
    draw_message(ui, inner, state);
}
