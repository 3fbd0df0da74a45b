/* Login: the mobile number and the code sent to it (a04). Without a chosen product it leads to the orders,
 * and a printed slip leads to its order without a number: the ticket in its code is proof enough. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { PHONE_DIGITS = 11, CODE_DIGITS = 6, TIMER_SECOND = 0, MESSAGE_BYTES = 192 };

struct screen_login_state {
    char phone[PHONE_DIGITS + 1];
    char code[CODE_DIGITS + 1];
    bool sent;
    int sends;  /* of a code to this number, by message */
    int wait_s; /* until a code may be sent again */
    uint64_t sending;
    bool is_spoken; /* what is being sent, or was last */
    uint64_t verifying;
    uint64_t scanning; /* of a slip */
    uint64_t opening;  /* the slip's order */
    bool is_error;
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(login)

void screen_login_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    screen_show_visit(ui);
}

void screen_login_leave(void *memory, struct ui *ui)
{
    const struct screen_login_state *state = memory;
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    ui_timer_cancel(ui, TIMER_SECOND);
}

static void say(struct screen_login_state *state, bool is_error, const char *text)
{
    state->is_error = is_error;
    (void)text_copy(state->message, sizeof(state->message), text);
}

static void wait_a_second(struct screen_login_state *state, struct ui *ui)
{
    if (state->wait_s > 0)
        ui_timer(ui, TIMER_SECOND, 1000);
}

static void send(struct screen_login_state *state, struct ui *ui)
{
    if (strlen(state->phone) != PHONE_DIGITS || state->sending != 0 || state->wait_s > 0)
        return;
    state->is_spoken = false;
    state->sending = service_login_send(screen_services(ui), state->phone);
    state->code[0] = 0;
}

/* After so many messages did not come the code may be read aloud: the first and two more. */
enum { SENDS_BEFORE_SPEAKING = 3 };

static bool may_speak(const struct ui *ui, const struct screen_login_state *state)
{
    return services_speaks(screen_services(ui)) && state->sent && state->sends >= SENDS_BEFORE_SPEAKING;
}

static void speak(struct screen_login_state *state, struct ui *ui)
{
    if (!may_speak(ui, state) || state->sending != 0 || state->wait_s > 0)
        return;
    state->is_spoken = true;
    state->sending = service_login_speak(screen_services(ui), state->phone);
    state->code[0] = 0;
}

static void verify(struct screen_login_state *state, struct ui *ui)
{
    struct secret code = {0};
    if (strlen(state->code) != CODE_DIGITS || state->verifying != 0)
        return;
    if (secret_set(&code, state->code, CODE_DIGITS) == STATUS_OK)
        state->verifying = service_login_verify(screen_services(ui), state->phone, &code);
    secret_wipe(&code);
}

static void type(struct screen_login_state *state, struct ui *ui, char digit)
{
    char *text = state->sent ? state->code : state->phone;
    size_t most = state->sent ? CODE_DIGITS : PHONE_DIGITS;
    size_t length = strlen(text);
    if (state->is_error)
        say(state, false, "");
    if (length == most)
        return;
    text[length] = digit;
    text[length + 1] = 0;
    if (state->sent && length + 1 == most)
        verify(state, ui);
}

static void erase(struct screen_login_state *state, bool all)
{
    char *text = state->sent ? state->code : state->phone;
    size_t length = strlen(text);
    if (length > 0)
        text[all ? 0 : length - 1] = 0;
}

/* Upright and in large letters nothing else asks what a message that does not come asks. */
static const char *no_message_key(const struct ui *ui)
{
    return ui_is_portrait(ui) || ui_is_large(ui) ? "login.no_message_whole" : "login.no_message_line";
}

static void sent_text(const struct ui *ui, const struct screen_login_state *state, bool is_new,
                      char out[MESSAGE_BYTES])
{
    char seconds[16];
    const char *key = !is_new                ? "login.sent_before"
                      : state->is_spoken     ? "login.spoken"
                      : may_speak(ui, state) ? no_message_key(ui)
                                             : "login.sent";
    (void)snprintf(seconds, sizeof(seconds), "%d", state->wait_s);
    screen_format(ui, out, MESSAGE_BYTES, key, {"seconds", seconds});
}

static void on_sent(struct screen_login_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[MESSAGE_BYTES];
    state->sending = 0;
    bool waits = reply->status == STATUS_OK || reply->reason == SERVICE_REASON_RESEND_WAIT;
    state->wait_s = waits ? (int)reply->number : 0;
    if (waits)
        state->sent = true;
    if (reply->status == STATUS_OK && !state->is_spoken)
        state->sends++;
    if (waits) /* the button counts down itself */
        sent_text(ui, state, reply->status == STATUS_OK, text);
    else
        screen_reason(ui, reply, text, sizeof(text));
    say(state, !waits, text);
    wait_a_second(state, ui);
}

static void on_verified(struct screen_login_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[MESSAGE_BYTES];
    state->verifying = 0;
    if (reply->status == STATUS_OK) {
        bool chosen = screen_visit(ui)->operation != NULL;
        ui_replace(ui, chosen ? SCREEN_AGREEMENT : SCREEN_ORDERS, NULL);
        return;
    }
    state->code[0] = 0;
    screen_reason(ui, reply, text, sizeof(text));
    say(state, true, text);
}

/* --- by the slip ------------------------------------------------------------------------------------- */

static void scan(struct screen_login_state *state, struct ui *ui)
{
    if (state->scanning != 0) {
        service_scan_cancel(screen_services(ui));
    } else if (state->opening == 0) {
        state->scanning = service_ticket_scan(screen_services(ui));
        say(state, false, screen_text(ui, "orders.scanning"));
    }
}

static void on_scanned(struct screen_login_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[MESSAGE_BYTES] = "";
    state->scanning = 0;
    if (reply->status == STATUS_OK && screen_visit(ui)->appointment.text[0] != 0)
        ui_push(ui, SCREEN_APPOINTMENT, NULL); /* it is no slip of ours */
    else if (reply->status == STATUS_OK)
        state->opening = service_order_find_ticket(screen_services(ui), screen_visit(ui)->ticket);
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, text, sizeof(text));
    say(state, text[0] != 0, text);
}

static void on_opened(struct screen_login_state *state, struct ui *ui, const struct service_reply *reply)
{
    char text[MESSAGE_BYTES];
    state->opening = 0;
    if (reply->status == STATUS_OK) {
        screen_go(ui);
        return;
    }
    screen_reason(ui, reply, text, sizeof(text));
    say(state, true, text);
}

/* --- events ------------------------------------------------------------------------------------------ */

/* Another number's messages are counted anew; what was said is about the one before. */
static void change_number(struct screen_login_state *state)
{
    say(state, false, "");
    state->sent = false;
    state->sends = 0;
}

static void on_tap(struct screen_login_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "pad.backspace"))
        erase(state, false);
    else if (ui_tapped(event, "pad.extra"))
        erase(state, true);
    else if (ui_tapped_prefix(event, "pad."))
        type(state, ui, (char)('0' + event->tag));
    else if (ui_tapped(event, "login.send"))
        send(state, ui);
    else if (ui_tapped(event, "login.speak"))
        speak(state, ui);
    else if (ui_tapped(event, "login.phone"))
        change_number(state);
    else if (ui_tapped(event, "way.key"))
        ui_push(ui, SCREEN_KEY, NULL);
    else if (ui_tapped(event, "way.password"))
        ui_push(ui, SCREEN_PASSWORD, NULL);
    else if (ui_tapped(event, "login.pickup"))
        ui_push(ui, SCREEN_PICKUP, NULL);
    else if (ui_tapped(event, "login.slip"))
        scan(state, ui);
    else if (ui_tapped(event, "bar.next"))
        verify(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

void screen_login_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_login_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TIMER && event->timer == TIMER_SECOND) {
        state->wait_s--;
        wait_a_second(state, ui);
    } else if (screen_answered(event, state->sending, &reply)) {
        on_sent(state, ui, reply);
    } else if (screen_answered(event, state->verifying, &reply)) {
        on_verified(state, ui, reply);
    } else if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (screen_answered(event, state->opening, &reply)) {
        on_opened(state, ui, reply);
    } else {
        on_tap(state, ui, event);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* While a code may not be sent again the button counts down in two lines. */
static void draw_send(struct ui *ui, struct rect rect, const struct screen_login_state *state)
{
    char label[64];
    char seconds[16];
    bool waits = state->wait_s > 0;
    (void)snprintf(seconds, sizeof(seconds), "%d", state->wait_s);
    screen_format(ui, label, sizeof(label),
                  state->sending != 0 ? "login.sending"
                  : waits             ? "login.wait"
                  : state->sent       ? "login.resend"
                                      : "login.send",
                  {"seconds", seconds});
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = "login.send",
                                                .label = label,
                                                .line = waits ? screen_text(ui, "login.resend") : NULL,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .type = THEME_TYPE_BODY_STRONG,
                                                .busy = state->sending != 0,
                                                .disabled = waits || strlen(state->phone) != PHONE_DIGITS});
}

/* An order that is looked for may be found by its slip or its code; a new one needs a number. */
static bool takes_slips(const struct ui *ui)
{
    return screen_visit(ui)->operation == NULL;
}

/* What became of the last attempt, or why no code can be asked for yet. */
static void write_message(const struct ui *ui, const struct screen_login_state *state,
                          char out[MESSAGE_BYTES])
{
    char count[24];
    size_t typed = strlen(state->phone);
    (void)text_copy(out, MESSAGE_BYTES, state->message);
    if (out[0] != 0 || state->sent || typed == 0 || typed == PHONE_DIGITS)
        return;
    (void)snprintf(count, sizeof(count), "%zu", PHONE_DIGITS - typed);
    screen_format(ui, out, MESSAGE_BYTES, "login.digits_left", {"count", count});
}

/* It stands under both fields, where it has the width of the card. */
static void draw_message(struct ui *ui, struct rect area, const struct screen_login_state *state)
{
    char text[MESSAGE_BYTES];
    write_message(ui, state, text);
    if (text[0] == 0)
        return;
    int icon = ui_is_large(ui) ? 48 : 32;
    struct rect mark = rect_cut_left(&area, icon);
    (void)rect_cut_left(&area, 12);
    mark.h = screen_lines(ui, THEME_TYPE_SMALL, 1);
    (void)widget_mark_icon(ui, mark, state->is_error ? ICON_WARNING : ICON_INFO, icon,
                           state->is_error ? THEME_COLOR_SEAL600 : THEME_COLOR_INK700, false);
    (void)widget_label(
        ui, area,
        &(struct widget_label){.id = "login.message",
                               .text = text,
                               .type = state->is_error ? THEME_TYPE_SMALL_STRONG : THEME_TYPE_SMALL,
                               .color = state->is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700});
}

static struct widget_button pickup_button(const struct ui *ui)
{
    return (struct widget_button){.id = "login.pickup",
                                  .label = screen_text(ui, "login.pickup"),
                                  .look = WIDGET_BUTTON_SECONDARY,
                                  .type = THEME_TYPE_BODY_STRONG,
                                  .icon = ICON_UKEY};
}

/* Who comes back with a code on paper needs no number. */
static void draw_pickup(struct ui *ui, struct rect row)
{
    struct widget_button button = pickup_button(ui);
    (void)widget_panel_line(ui, rect_make(row.x, row.y, row.w, 2));
    (void)rect_cut_top(&row, 28);
    (void)widget_button(ui, rect_cut_right(&row, 302), &button);
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = screen_text(ui, "login.has_code"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

/* Why a code is not read aloud now, or that it is. */
static struct widget_button speak_button(const struct ui *ui, const struct screen_login_state *state)
{
    bool may = may_speak(ui, state);
    const char *label = !services_speaks(screen_services(ui)) ? "login.speak_not_yet"
                        : may                                 ? "login.speak"
                                                              : "login.speak_later";
    return (struct widget_button){.id = "login.speak",
                                  .label = screen_text(ui, label),
                                  .icon = ICON_CALL,
                                  .busy = state->sending != 0 && state->is_spoken,
                                  .disabled = !may || state->wait_s > 0};
}

/* The other way to hear a code stands at the card's foot, where there is room for it; it may be used after
 * messages did not come. */
static void draw_no_message(struct ui *ui, struct rect row, const struct screen_login_state *state)
{
    struct widget_button button = speak_button(ui, state);
    bool may = may_speak(ui, state);
    button.look = may ? WIDGET_BUTTON_SECONDARY : WIDGET_BUTTON_QUIET;
    button.type = THEME_TYPE_BODY_STRONG;
    (void)widget_panel_line(ui, rect_make(row.x, row.y, row.w, 2));
    (void)rect_cut_top(&row, 28);
    (void)widget_button(ui, rect_cut_right(&row, 302), &button);
    (void)rect_cut_right(&row, 16);
    (void)widget_label(
        ui, row,
        &(struct widget_label){.text = screen_text(ui, may ? "login.not_received" : "login.no_message"),
                               .type = may ? THEME_TYPE_BODY_STRONG : THEME_TYPE_BODY,
                               .color = THEME_COLOR_INK700,
                               .middle = true});
}

/* As much of 3-4-4 as has been typed. */
static void group_digits(const char *phone, char out[24])
{
    size_t length = 0;
    for (size_t i = 0; phone[i] != 0; i++) {
        if (i == 3 || i == 7)
            out[length++] = ' ';
        out[length++] = phone[i];
    }
    out[length] = 0;
}

static void draw_numbers(struct ui *ui, struct rect *inner, const struct screen_login_state *state)
{
    char phone[24];
    bool large = ui_is_large(ui);
    int box = widget_digits_box(ui);
    group_digits(state->phone, phone);
    (void)widget_digits(ui, rect_cut_top(inner, widget_digits_height(ui)),
                        &(struct widget_digits){.id = "login.phone",
                                                .label = screen_text(ui, "login.phone"),
                                                .shown = phone,
                                                .placeholder = screen_text(ui, "login.phone_example"),
                                                .now = !state->sent && strlen(state->phone) < PHONE_DIGITS,
                                                .ok = strlen(state->phone) == PHONE_DIGITS});
    (void)rect_cut_top(inner, large ? 16 : 28);
    struct rect row = rect_cut_top(inner, widget_digits_height(ui));
    struct rect button = rect_cut_right(&row, large ? 300 : 188);
    (void)rect_cut_right(&row, 20);
    (void)widget_digits(ui, row,
                        &(struct widget_digits){.id = "login.code",
                                                .label = screen_text(ui, "login.code"),
                                                .shown = state->code,
                                                .places = CODE_DIGITS,
                                                .now = state->sent,
                                                .error = state->is_error && state->sent});
    draw_send(ui, rect_make(button.x, row.y + row.h - box, button.w, box), state);
}

/* In large letters there is no room for the ways beside the card: what has a page of its own stands at its
 * foot. */
static void draw_others(struct ui *ui, struct rect *inner)
{
    struct widget_button buttons[2];
    int count = 0;
    if (takes_slips(ui))
        buttons[count++] = pickup_button(ui);
    if (services_has_accounts(screen_services(ui)))
        buttons[count++] = (struct widget_button){.id = "way.password",
                                                  .label = screen_text(ui, "login.by_password"),
                                                  .look = WIDGET_BUTTON_SECONDARY,
                                                  .type = THEME_TYPE_BODY_STRONG};
    if (count == 0)
        return;
    struct rect row = rect_cut_bottom(inner, 96);
    for (int i = 0; i < count; i++)
        (void)widget_button(ui, rect_column(row, i, count, 16), &buttons[i]);
}

static void draw_entry(struct ui *ui, struct rect area, const struct screen_login_state *state)
{
    bool large = ui_is_large(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 40 : 44, large ? 20 : ui_is_portrait(ui) ? 28 : 42);
    draw_numbers(ui, &inner, state);
    (void)rect_cut_top(&inner, large ? 8 : 18);
    if (!large && !ui_is_portrait(ui)) {
        struct rect foot = rect_make(inner.x, area.y + area.h - 135, inner.w, 116);
        if (takes_slips(ui) && !state->sent) /* a message that does not come asks for more by then */
            draw_pickup(ui, foot);
        else
            draw_no_message(ui, foot, state);
        inner.h = area.y + area.h - 135 - inner.y;
    } else if (large) {
        draw_others(ui, &inner);
    }
    draw_message(ui, inner, state);
}

/* --- drawing: ways to log in --------------------------------------------------------------------------- */

/* This page is the number's; the key and the password have pages of their own, what is not there stands there
 * so that nobody looks for it. */
struct way {
    const char *id, *name, *line;
    enum icon icon;
    bool is_there;
};
static const struct way ways[] = {{"way.phone", "login.by_phone", "login.by_phone_line", ICON_PHONE, true},
                                  {"way.key", "login.by_key", "login.by_key_line", ICON_UKEY, true},
                                  {"way.card", "login.by_card", "login.not_yet", ICON_ID_CARD, false}};
static const struct way by_password = {"way.password", "login.by_password", "login.by_password_line",
                                       ICON_LOCK, true};
enum { WAYS = sizeof(ways) / sizeof(ways[0]), WAY_HEIGHT = 150, WAY_PITCH = 172 };

/* Where the hall has accounts they stand in place of what is not there. */
static const struct way *way_at(const struct ui *ui, int index)
{
    bool has_accounts = services_has_accounts(screen_services(ui));
    return has_accounts && !ways[index].is_there ? &by_password : &ways[index];
}

static void draw_ways(struct ui *ui, struct rect area)
{
    for (int i = 0; i < WAYS; i++)
        (void)widget_choice(ui, rect_make(area.x, area.y + i * WAY_PITCH, area.w, WAY_HEIGHT),
                            &(struct widget_choice){.id = way_at(ui, i)->id,
                                                    .name = screen_text(ui, way_at(ui, i)->name),
                                                    .line = screen_text(ui, way_at(ui, i)->line),
                                                    .icon = way_at(ui, i)->icon,
                                                    .selected = i == 0,
                                                    .disabled = !way_at(ui, i)->is_there,
                                                    .tag = i});
    (void)rect_cut_top(&area, WAYS * WAY_PITCH);
    (void)widget_mark_icon(ui, rect_make(area.x + 6, area.y, 36, 38), ICON_SHIELD, 36, THEME_COLOR_B700,
                           false);
    (void)rect_cut_left(&area, 56);
    (void)widget_label(ui, area,
                       &(struct widget_label){.text = screen_text(ui, "login.privacy"),
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700});
}

static void draw_ways_upright(struct ui *ui, struct rect row)
{
    struct widget_choice_segment segments[WAYS + 1];
    int count = WAYS;
    for (int i = 0; i < WAYS; i++)
        segments[i] = (struct widget_choice_segment){.id = way_at(ui, i)->id,
                                                     .name = screen_text(ui, way_at(ui, i)->name),
                                                     .line = screen_text(ui, way_at(ui, i)->line),
                                                     .selected = i == 0,
                                                     .disabled = !way_at(ui, i)->is_there,
                                                     .tag = i};
    if (takes_slips(ui))
        segments[count++] = (struct widget_choice_segment){.id = "login.pickup",
                                                           .name = screen_text(ui, "login.pickup_short"),
                                                           .line = screen_text(ui, "login.pickup_line"),
                                                           .tag = WAYS};
    widget_choice_segments(ui, row, segments, count);
}

/* --- drawing: the page --------------------------------------------------------------------------------- */

static void draw_portrait(struct ui *ui, struct rect area, const struct screen_login_state *state)
{
    bool large = ui_is_large(ui);
    struct rect pad = rect_cut_bottom(&area, large ? 448 : 480);
    (void)rect_cut_bottom(&area, 24);
    if (!large) {
        draw_ways_upright(ui, rect_cut_top(&area, 104));
        (void)rect_cut_top(&area, 20);
    }
    draw_entry(ui, area, state);
    widget_keypad(ui, pad, &(struct widget_keypad){.id = "pad", .extra = screen_text(ui, "login.clear")});
}

static void draw_landscape(struct ui *ui, struct rect area, const struct screen_login_state *state)
{
    bool large = ui_is_large(ui);
    struct rect pad = rect_cut_right(&area, large ? 608 : 582);
    (void)rect_cut_right(&area, 32);
    if (!large) {
        draw_ways(ui, rect_cut_left(&area, 448));
        (void)rect_cut_left(&area, 32);
        pad.h -= 10;
        area.h -= 12;
    }
    draw_entry(ui, area, state);
    widget_keypad(ui, pad, &(struct widget_keypad){.id = "pad", .extra = screen_text(ui, "login.clear")});
}

void screen_login_draw(void *memory, struct ui *ui)
{
    const struct screen_login_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_LOGIN);
    page.subtitle = screen_text(ui, "login.subtitle");
    page.step = screen_visit(ui)->operation != NULL ? 1 : 0;
    page.primary = (struct widget_button){.label = screen_text(ui, "login.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->verifying != 0,
                                          .disabled = strlen(state->code) != CODE_DIGITS};
    if (takes_slips(ui))
        page.secondary = (struct widget_button){
            .id = "login.slip",
            .label = screen_text(ui, state->scanning != 0 ? "orders.stop" : "login.slip"),
            .icon = ICON_SCANNER,
            .busy = state->opening != 0};
    if (may_speak(ui, state) && (ui_is_portrait(ui) || ui_is_large(ui))) { /* the card has no room for it */
        page.secondary = speak_button(ui, state);
        page.secondary.label = screen_text(ui, ui_is_large(ui) ? "login.speak_short" : "login.speak");
    }
    struct rect area = ui_page(ui, &page);
    if (ui_is_portrait(ui))
        draw_portrait(ui, area, state);
    else
        draw_landscape(ui, area, state);
}
