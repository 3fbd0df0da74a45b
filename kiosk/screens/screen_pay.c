/* Pay: the amount and its code, after a writable key and the authority were found ready (a13, a20). */
#include "kiosk/screens/screen_pay.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/network.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_SECOND = 0, SECOND_MS = 1000 };

SCREEN_STATE(pay)

/* --- what it is about -------------------------------------------------------------------------------- */

bool screen_pay_is_live(const struct ui *ui)
{
    const struct service_payment *payment = &screen_visit(ui)->payment;
    return (payment->state == SERVICE_PAY_SHOWN || payment->state == SERVICE_PAY_SCANNED) &&
           payment->until_utc_s > clock_utc_s(screen_program(ui)->clock);
}

enum screen_pay_view screen_pay_view(const struct ui *ui, const struct screen_pay_state *state)
{
    enum service_pay_state payment = screen_visit(ui)->payment.state;
    if (payment == SERVICE_PAY_BY_DESK || state->hand.is_at_window)
        return SCREEN_PAY_WINDOW;
    if (payment == SERVICE_PAY_BY_TRANSFER && !state->hand.to_code)
        return SCREEN_PAY_TRANSFER;
    if (state->checking_ready != 0 || state->starting != 0)
        return SCREEN_PAY_PREPARING;
    if (screen_pay_is_live(ui))
        return SCREEN_PAY_CODE;
    if (payment == SERVICE_PAY_UNKNOWN)
        return SCREEN_PAY_UNKNOWN;
    if (payment == SERVICE_PAY_ALARM)
        return SCREEN_PAY_ALARM;
    if (state->not_ready)
        return SCREEN_PAY_NOT_READY;
    if (state->message[0] != 0)
        return SCREEN_PAY_FAILED;
    return payment == SERVICE_PAY_REFUNDING || payment == SERVICE_PAY_REFUNDED ? SCREEN_PAY_REFUNDING
                                                                               : SCREEN_PAY_EXPIRED;
}

bool screen_pay_is_cut_off(const struct ui *ui, const struct screen_pay_state *state)
{
    enum screen_pay_view view = screen_pay_view(ui, state);
    bool waits = view == SCREEN_PAY_FAILED ||
                 (view == SCREEN_PAY_NOT_READY && state->reason == SERVICE_REASON_AUTHORITY_SILENT);
    return waits && network_is_down(ui);
}

/* How long the result has not been known is counted from when this page was told. */
static void watch_unknown(struct screen_pay_state *state, const struct ui *ui)
{
    bool was_unknown = state->is_unknown;
    state->is_unknown = screen_visit(ui)->payment.state == SERVICE_PAY_UNKNOWN;
    if (state->is_unknown && !was_unknown)
        state->unknown_since_ms = clock_monotonic_ms(screen_program(ui)->clock);
}

static void keep_code(struct screen_pay_state *state, const struct ui *ui)
{
    const char *code = screen_visit(ui)->payment.qr_text;
    if (strcmp(state->qr_of, code) != 0 && qr_encode(code, &state->qr) == STATUS_OK)
        (void)text_copy(state->qr_of, sizeof(state->qr_of), code);
}

/* --- asking ------------------------------------------------------------------------------------------ */

static bool is_by_hand(const struct ui *ui, const struct screen_pay_state *state)
{
    enum screen_pay_view view = screen_pay_view(ui, state);
    return view == SCREEN_PAY_TRANSFER || view == SCREEN_PAY_WINDOW;
}

static void make_ready(struct screen_pay_state *state, struct ui *ui)
{
    if (is_by_hand(ui, state))
        return;
    if (state->checking_ready == 0 && state->starting == 0)
        state->checking_ready = service_issue_ready(screen_services(ui), state->may_erase);
    state->message[0] = 0;
    state->is_out = false;
}

static void stop(struct screen_pay_state *state, struct ui *ui, bool leaving)
{
    if (state->stopping != 0)
        return;
    state->leaving = leaving;
    state->stopping = service_pay_stop(screen_services(ui));
}

static void ask(struct screen_pay_state *state, struct ui *ui)
{
    if (state->asking == 0)
        state->asking = service_pay_check(screen_services(ui));
}

void screen_pay_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_pay_state *state = memory;
    (void)argument;
    state->method = screen_pay_method_of(ui);
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
    watch_unknown(state, ui);
    keep_code(state, ui);
    pay_by_hand_enter(&state->hand, ui);
    if (!screen_pay_is_live(ui))
        make_ready(state, ui);
}

void screen_pay_leave(void *memory, struct ui *ui)
{
    struct screen_pay_state *state = memory;
    pay_by_hand_leave(&state->hand, ui);
    ui_timer_cancel(ui, TIMER_SECOND);
    screen_pay_result_leave(ui);
}

/* --- answers ----------------------------------------------------------------------------------------- */

static void tell(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else
        state->message[0] = 0;
}

static void on_ready(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->checking_ready = 0;
    state->reason = reply->reason;
    state->not_ready = reply->status != STATUS_OK;
    tell(state, ui, reply);
    if (!state->not_ready)
        state->starting = service_pay_start_by(screen_services(ui), state->method);
}

/* Nothing was taken: the visit ends, or another code comes. */
static void on_stopped(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->stopping = 0;
    bool unpaid = reply->status == STATUS_OK && screen_visit(ui)->order.state == ORDER_STATE_PAYING;
    if (unpaid && state->leaving)
        state->is_kept = true;
    else if (unpaid)
        make_ready(state, ui);
    else
        tell(state, ui, reply);
}

/* The slip is out: the payment is settled without the applicant, but by hand it is waited for here. */
static void on_printed(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->printing = 0;
    if (reply->status == STATUS_OK && is_by_hand(ui, state) && !state->is_kept)
        ui_toast(ui, ICON_RECEIPT, screen_text(ui, "pay.window_printed"));
    else if (reply->status == STATUS_OK)
        screen_end_visit(ui);
    else
        tell(state, ui, reply);
}

static void on_reply(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (pay_by_hand_event(&state->hand, ui, event)) {
        (void)screen_pay_moved_on(state, ui);
        return;
    }
    if (screen_answered(event, state->checking_ready, &reply)) {
        on_ready(state, ui, reply);
    } else if (screen_answered(event, state->starting, &reply)) {
        state->starting = 0;
        tell(state, ui, reply);
    } else if (screen_answered(event, state->wishing, &reply)) {
        state->wishing = 0;
        tell(state, ui, reply);
        if (reply->status == STATUS_OK)
            make_ready(state, ui); /* without a key here */
    } else if (screen_answered(event, state->asking, &reply)) {
        state->asking = 0;
        tell(state, ui, reply);
        if (reply->status == STATUS_OK)
            ui_toast(ui, ICON_INFO, screen_text(ui, "pay.asked"));
    } else if (screen_answered(event, state->printing, &reply)) {
        on_printed(state, ui, reply);
    } else if (screen_answered(event, state->stopping, &reply)) {
        on_stopped(state, ui, reply);
    }
    (void)screen_pay_moved_on(state, ui);
}

/* Another way to pay: its code takes the place of the one shown, which is closed before. */
static void choose(struct screen_pay_state *state, struct ui *ui, enum product_payment method)
{
    if (state->checking_ready != 0 || state->starting != 0 || state->stopping != 0)
        return;
    state->method = method;
    make_ready(state, ui);
}

/* A code after all: what was only spoken of makes way when it is made. */
static void choose_code(struct screen_pay_state *state, struct ui *ui)
{
    state->hand.to_code = true;
    state->hand.is_at_window = false;
    make_ready(state, ui);
}

/* To the window: no code is left open behind. */
static void choose_window(struct screen_pay_state *state, struct ui *ui)
{
    state->hand.is_choosing = false;
    state->hand.is_at_window = true;
    stop(state, ui, false);
}

/* Whether the visit ends, or goes on where it stood. */
static void on_kept(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "kept.leave"))
        screen_end_visit(ui);
    else if (ui_tapped(event, "pay.slip") && state->printing == 0)
        state->printing = service_receipt_print(screen_services(ui));
    else if (ui_tapped(event, "kept.back")) {
        state->is_kept = false;
        make_ready(state, ui);
    }
}

/* By hand nothing has to be closed, and the page has said what is kept. */
static void leave(struct screen_pay_state *state, struct ui *ui)
{
    if (is_by_hand(ui, state))
        state->is_kept = true;
    else
        stop(state, ui, true);
}

static void on_parcel(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "parcel.yes") && state->wishing == 0)
        state->wishing = service_shipment_wish(screen_services(ui), true);
    if (ui_tapped(event, "parcel.yes") || ui_tapped(event, "parcel.no"))
        state->asks_parcel = false;
}

static void on_tap(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    enum product_payment method;
    if (state->asks_parcel)
        on_parcel(state, ui, event);
    else if (ui_tapped(event, "keys.none")) {
        state->is_out = true;
        state->message[0] = 0;
    } else if (ui_tapped(event, "pay.parcel"))
        state->asks_parcel = true;
    else if (state->is_kept)
        on_kept(state, ui, event);
    else if (ui_tapped(event, "ways.desk"))
        choose_window(state, ui);
    else if (pay_by_hand_event(&state->hand, ui, event))
        return;
    else if (ui_tapped(event, "pay.by_code"))
        choose_code(state, ui);
    else if (screen_pay_method_tapped(ui, event, &method))
        choose(state, ui, method);
    else if (ui_tapped(event, "bar.next"))
        make_ready(state, ui);
    else if (ui_tapped(event, "pay.erase")) {
        state->may_erase = true;
        make_ready(state, ui);
    } else if (ui_tapped(event, "bar.secondary") || ui_tapped(event, "pay.charged"))
        ask(state, ui);
    else if (ui_tapped(event, "pay.not_charged"))
        stop(state, ui, false);
    else if (state->is_out && ui_tapped(event, "bar.exit"))
        state->is_out = false;
    else if ((ui_tapped(event, "pay.slip") || ui_tapped(event, "network.slip") ||
              ui_tapped(event, "keys.slip")) &&
             state->printing == 0)
        state->printing = service_receipt_print(screen_services(ui));
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        leave(state, ui);
}

void screen_pay_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_pay_state *state = memory;
    bool was_by_hand = state->was_by_hand;
    if (state->is_paid) {
        screen_pay_result_event(state, ui, event);
        return;
    }
    if (event->kind == UI_EVENT_TIMER) {
        ui_timer(ui, TIMER_SECOND, SECOND_MS); /* the countdown is drawn from the clock */
    } else if (event->kind == UI_EVENT_REPLY) {
        on_reply(state, ui, event);
    } else if (event->kind == UI_EVENT_NOTICE) {
        const struct service_reply *reply = screen_reply(event);
        bool moved = screen_pay_moved_on(state, ui);
        bool dropped = was_by_hand && !is_by_hand(ui, state);
        if (!moved && dropped && !screen_pay_is_live(ui))
            make_ready(state, ui); /* the clerk takes it no longer */
        if (!moved && state->not_ready && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
            make_ready(state, ui); /* a key was put in */
        if (!moved && state->is_cut_off && !network_is_down(ui))
            make_ready(state, ui); /* the line is back */
    } else {
        on_tap(state, ui, event);
    }
    watch_unknown(state, ui);
    keep_code(state, ui);
    state->was_by_hand = is_by_hand(ui, state);
    state->is_cut_off = screen_pay_is_cut_off(ui, state);
}
