/* Done: what was made, its receipt, and "take your key" until it is gone; then everything is wiped (a16). */
#include "kiosk/screens/screen_done.h"

#include <stdio.h>

#include "kiosk/screens/call.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_SECOND = 0, SECOND_MS = 1000 };

SCREEN_STATE(done)

/* The phone that reads it keeps number, last day and key; a name would be a stranger's to read. */
static void make_code(struct screen_done_state *state, const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    char text[192];
    char day[64] = "";
    char key[32];
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_key_number(visit->issue.key_number, visit->issue.key_serial, key);
    screen_format(ui, text, sizeof(text), "done.code_text", {"number", visit->order.acceptance}, {"day", day},
                  {"key", key});
    if (qr_encode(text, &state->qr) != STATUS_OK)
        state->qr.side = 0;
}

void screen_done_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_done_state *state = memory;
    (void)argument;
    state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    state->left_s = (int)screen_program(ui)->settings->done_seconds;
    make_code(state, ui);
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_done_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* The key left the writer: only then has the holder got it. */
static void look_for_key(struct screen_done_state *state, struct ui *ui)
{
    if (!state->taken && state->taking == 0 &&
        services_key(screen_services(ui))->presence == SERVICE_KEY_ABSENT)
        state->taking = service_order_event(screen_services(ui), ORDER_EVENT_TAKEN);
}

/* A key left behind is said urgently, then somebody is sent for (design 7). */
static void watch_left_key(struct screen_done_state *state, struct ui *ui)
{
    if (state->taken) {
        state->waiting_s = 0;
        return;
    }
    if (++state->waiting_s == SCREEN_DONE_CALL_S)
        call_clerk(ui);
}

static void on_second(struct screen_done_state *state, struct ui *ui)
{
    look_for_key(state, ui);
    watch_left_key(state, ui);
    if (state->taken && state->printing == 0 && --state->left_s <= 0) {
        screen_end_visit(ui);
        return;
    }
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

/* Short where the printer's own words are: 打印机没纸了. */
static void say_why(struct screen_done_state *state, const struct ui *ui, const struct service_reply *reply)
{
    char key[64];
    (void)snprintf(key, sizeof(key), "print.%s.title", service_reason_name(reply->reason));
    if (words_has(screen_program(ui)->words, key))
        (void)snprintf(state->message, sizeof(state->message), "%s", screen_text(ui, key));
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_done_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_done_state *state = memory;
    struct service_reply *reply = NULL;
    if (done_consent_event(&state->consent, ui, event)) {
        return;
    } else if (event->kind == UI_EVENT_TIMER) {
        on_second(state, ui);
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        if (!state->printed)
            say_why(state, ui, reply);
    } else if (screen_answered(event, state->taking, &reply)) {
        state->taking = 0;
        state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    } else if (event->kind == UI_EVENT_NOTICE) {
        look_for_key(state, ui);
    } else if (ui_tapped(event, "bar.secondary") && state->printing == 0) {
        state->message[0] = 0;
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") && state->taken) {
        screen_end_visit(ui);
    }
}
