/* Order: one order of the list as it is looked at: what it is, what it costs and why, what happened to it,
 * and what may be done with it now. */
#include "kiosk/screens/screen_order.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

SCREEN_STATE(order)

const struct service_record *screen_order_record(const struct ui *ui, const struct screen_order_state *state)
{
    const struct service_record *record = &screen_visit(ui)->record;
    return record->is_known && strcmp(record->line.order.id, state->id) == 0 ? record : NULL;
}

void screen_order_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_order_state *state = memory;
    (void)text_copy(state->id, sizeof(state->id), argument == NULL ? "" : argument); /* "": no order's */
    state->event = ORDER_EVENT_COUNT_;
    state->reading = service_order_record(screen_services(ui), state->id);
}

void screen_order_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

/* --- what may be done ---------------------------------------------------------------------------------- */

static bool is_busy(const struct screen_order_state *state)
{
    return (state->opening | state->sending | state->printing | state->cancelling | state->invoicing) != 0;
}

static void go_on(struct screen_order_state *state, struct ui *ui, const struct service_record *record,
                  enum product_act act)
{
    enum order_event event = order_acts_event(&record->line.order, act);
    state->message[0] = 0;
    state->event = act == PRODUCT_ACT_CANCEL ? ORDER_EVENT_COUNT_ : event;
    state->opening = service_order_open(screen_services(ui), state->id);
}

/* The same as for a new order from here: what the product wants known and agreed to, then the form. */
static void copy(struct ui *ui)
{
    services_choose_copy(screen_services(ui));
    screen_show_visit(ui);
    ui_push(ui, SCREEN_AGREEMENT, NULL);
}

static void act(struct screen_order_state *state, struct ui *ui, enum product_act which)
{
    const struct service_record *record = screen_order_record(ui, state);
    if (record == NULL || is_busy(state))
        return;
    if (which == PRODUCT_ACT_CANCEL)
        state->asking = true;
    else if (which == PRODUCT_ACT_COPY)
        copy(ui);
    else if (order_acts_goes_on(which) || which == PRODUCT_ACT_VIEW) /* VIEW: to the page it waits on */
        go_on(state, ui, record, which);
}

static void print(struct screen_order_state *state, struct ui *ui)
{
    if (is_busy(state))
        return;
    state->message[0] = 0;
    state->printing = service_receipt_print_of(screen_services(ui), state->id);
}

static void ask_invoice(struct screen_order_state *state, struct ui *ui)
{
    if (is_busy(state))
        return;
    state->message[0] = 0;
    state->invoicing = service_invoice_request(screen_services(ui), state->id);
}

static void on_dialog(struct screen_order_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "cancel.keep")) {
        state->asking = false;
    } else if (ui_tapped(event, "cancel.yes") && state->cancelling == 0) {
        state->asking = false;
        state->message[0] = 0;
        state->cancelling = service_order_cancel(screen_services(ui), state->id);
    }
}

static void on_tap(struct screen_order_state *state, struct ui *ui, const struct ui_event *event)
{
    if (state->asking)
        on_dialog(state, ui, event);
    else if (ui_tapped_prefix(event, "act."))
        act(state, ui, (enum product_act)event->tag);
    else if (ui_tapped(event, "order.print"))
        print(state, ui);
    else if (ui_tapped(event, "order.invoice"))
        ask_invoice(state, ui);
    else if (ui_tapped(event, "order.facts") || ui_tapped(event, "order.past"))
        state->shows_past = ui_tapped(event, "order.past");
    else if (ui_tapped(event, "facts.previous") && state->facts_page > 0)
        state->facts_page--;
    else if (ui_tapped(event, "facts.next"))
        state->facts_page++;
    else if (ui_tapped(event, "pages.previous") && state->past_page > 0)
        state->past_page--;
    else if (ui_tapped(event, "pages.next"))
        state->past_page++;
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- answers ------------------------------------------------------------------------------------------- */

static void say(struct screen_order_state *state, const struct ui *ui, const struct service_reply *reply)
{
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_opened(struct screen_order_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->opening = 0;
    say(state, ui, reply);
    if (reply->status == STATUS_OK && state->event != ORDER_EVENT_COUNT_)
        state->sending = service_order_event(screen_services(ui), state->event);
    else if (reply->status == STATUS_OK)
        screen_go(ui);
    state->event = ORDER_EVENT_COUNT_;
}

static void on_cancelled(struct screen_order_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->cancelling = 0;
    const struct service_record *record = screen_order_record(ui, state);
    const char *own = record == NULL ? "" : product_says(record->product, PRODUCT_MESSAGE_CANCEL_REFUSED);
    say(state, ui, reply);
    if (reply->status == STATUS_OK)
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "order.cancelled"));
    else if (reply->reason == SERVICE_REASON_MONEY_HELD && own[0] != 0)
        (void)text_copy(state->message, sizeof(state->message), own);
}

void screen_order_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_order_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TAP) {
        on_tap(state, ui, event);
    } else if (screen_answered(event, state->reading, &reply)) {
        state->reading = 0;
        say(state, ui, reply);
    } else if (screen_answered(event, state->opening, &reply)) {
        on_opened(state, ui, reply);
    } else if (screen_answered(event, state->sending, &reply)) {
        state->sending = 0;
        screen_go(ui); /* where the order stands, whether it took the event or not */
    } else if (screen_answered(event, state->cancelling, &reply)) {
        on_cancelled(state, ui, reply);
    } else if (screen_answered(event, state->invoicing, &reply)) {
        state->invoicing = 0;
        say(state, ui, reply);
        state->reading = service_order_record(screen_services(ui), state->id);
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        say(state, ui, reply);
    }
}
