/* Orders: what belongs to the logged-in number, to be continued; or by the end of a 受理号 (a17). */
#include "kiosk/screens/screen_orders.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/order_acts.h"
#include "kiosk/screens/screen_list.h"

enum { DAY_S = 86400 };

SCREEN_STATE(orders)

/* --- which are shown --------------------------------------------------------------------------------- */

static bool is_of(enum order_state state, enum screen_orders_filter filter)
{
    switch (filter) {
    case SCREEN_ORDERS_MINE:
        return order_acts_is_mine(state);
    case SCREEN_ORDERS_REVIEW:
        return state == ORDER_STATE_REVIEWING;
    case SCREEN_ORDERS_DONE:
        return state == ORDER_STATE_DONE;
    case SCREEN_ORDERS_ALL:
    case SCREEN_ORDERS_FILTERS:
        break;
    }
    return true;
}

const char *screen_orders_status(const struct ui *ui, const struct order *order)
{
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, order->product);
    return product == NULL ? "" : product_status_label(product, order->state);
}

const char *screen_orders_kind(const struct ui *ui, const struct order *order)
{
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    return operation == NULL ? "" : operation->label;
}

bool screen_orders_is_sifted(const struct screen_orders_state *state)
{
    return state->sift.status[0] != 0 || state->sift.kind[0] != 0 || state->sift.days != 0;
}

static bool passes(const struct ui *ui, const struct screen_orders_sift *sift, const struct order *order)
{
    int64_t since_utc_s = clock_utc_s(screen_program(ui)->clock) - (int64_t)sift->days * DAY_S;
    return (sift->status[0] == 0 || strcmp(sift->status, screen_orders_status(ui, order)) == 0) &&
           (sift->kind[0] == 0 || strcmp(sift->kind, screen_orders_kind(ui, order)) == 0) &&
           (sift->days == 0 || order->created_utc_s >= since_utc_s);
}

size_t screen_orders_pick(const struct ui *ui, const struct screen_orders_state *state,
                          enum screen_orders_filter filter, size_t out[SERVICE_ORDERS_MAX])
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->order_count; i++)
        if (is_of(visit->orders[i].order.state, filter) && passes(ui, &state->sift, &visit->orders[i].order))
            out[count++] = i;
    return count;
}

/* --- asking ------------------------------------------------------------------------------------------ */

void screen_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_orders_state *state = memory;
    (void)argument;
    text_edit_init(&state->end, TEXT_EDIT_DIGITS, SCREEN_ORDERS_END);
    state->event = ORDER_EVENT_COUNT_;
    state->listing = service_order_list(screen_services(ui));
    if (screen_visit(ui)->phone[0] == 0)
        return;
    state->units = service_unit_list(screen_services(ui));
    found_look(&state->found, ui);
}

void screen_orders_leave(void *memory, struct ui *ui)
{
    struct screen_orders_state *state = memory;
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    text_edit_wipe(&state->end);
}

static void scan(struct screen_orders_state *state, struct ui *ui)
{
    if (state->scanning != 0 || state->opening != 0)
        return;
    state->message[0] = 0;
    state->scanning = service_ticket_scan(screen_services(ui));
}

/* The slip's ticket is proof enough; whose number is logged in does not matter. */
static void on_scanned(struct screen_orders_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->scanning = 0;
    if (reply->status == STATUS_OK && screen_visit(ui)->appointment.text[0] != 0)
        ui_push(ui, SCREEN_APPOINTMENT, NULL); /* it is no slip of ours */
    else if (reply->status == STATUS_OK)
        state->opening = service_order_find_ticket(screen_services(ui), screen_visit(ui)->ticket);
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void find(struct screen_orders_state *state, struct ui *ui)
{
    if (state->opening == 0 && strlen(state->end.text) == SCREEN_ORDERS_END)
        state->opening = service_order_find(screen_services(ui), state->end.text);
}

static void look_at(struct screen_orders_state *state, struct ui *ui, int64_t index)
{
    (void)memcpy(state->looked, screen_visit(ui)->orders[index].order.id, sizeof(state->looked));
    ui_push(ui, SCREEN_ORDER, state->looked);
}

/* The button goes on with the order where it can, else the order is looked at. */
static void act(struct screen_orders_state *state, struct ui *ui, int64_t index)
{
    struct order_choice choices[ORDER_ACTS_MAX];
    const struct order *order = &screen_visit(ui)->orders[index].order;
    size_t count = order_acts_list(ui, &screen_visit(ui)->orders[index], choices);
    if (state->opening != 0)
        return;
    if (count == 0 || !order_acts_goes_on(choices[0].act)) {
        look_at(state, ui, index);
        return;
    }
    state->event = order_acts_event(order, choices[0].act);
    state->opening = service_order_open(screen_services(ui), order->id);
}

/* Back from search and filters leads to the list, and from the list to the welcome screen. */
static void back(struct screen_orders_state *state, struct ui *ui)
{
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    state->message[0] = 0;
    if (state->mode != SCREEN_ORDERS_LIST)
        state->mode = SCREEN_ORDERS_LIST;
    else
        screen_end_visit(ui);
}

static void on_order(struct screen_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    size_t length = strlen(event->id);
    if (length > 7 && strcmp(event->id + length - 7, ".action") == 0)
        act(state, ui, event->tag);
    else
        look_at(state, ui, event->tag);
}

static void on_tap(struct screen_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_NEXT || ui_tapped(event, "orders.find")) {
        ui_focus(ui, NULL);
        find(state, ui);
    } else if (ui_tapped(event, "orders.own")) {
        ui_push(ui, SCREEN_OWN, NULL);
    } else if (ui_tapped(event, "orders.scan")) {
        scan(state, ui);
    } else if (ui_tapped(event, "orders.stop")) {
        service_scan_cancel(screen_services(ui));
    } else if (ui_tapped(event, "orders.other")) {
        state->mode = SCREEN_ORDERS_FIND;
    } else if (ui_tapped(event, "orders.sift")) {
        state->mode = SCREEN_ORDERS_SIFT;
    } else if (screen_orders_sift_event(state, ui, event)) {
        return;
    } else if (ui_tapped_prefix(event, "filter.")) {
        state->filter = (enum screen_orders_filter)event->tag;
        state->page = 0;
    } else if (ui_tapped_prefix(event, "order.")) {
        on_order(state, ui, event);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back")) {
        back(state, ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    } else if (ui_tapped(event, "bar.next") && state->mode == SCREEN_ORDERS_SIFT) {
        state->mode = SCREEN_ORDERS_LIST;
    } else if (ui_tapped(event, "bar.next")) {
        ui_reset(ui, SCREEN_PRODUCT, NULL);
    }
}

/* Taken up; what the button says beyond that is asked of it now. */
static void on_opened(struct screen_orders_state *state, struct ui *ui, const struct service_reply *reply)
{
    enum order_event wanted = state->event;
    state->opening = 0;
    state->event = ORDER_EVENT_COUNT_;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else if (wanted != ORDER_EVENT_COUNT_)
        state->sending = service_order_event(screen_services(ui), wanted);
    else
        screen_go(ui);
}

void screen_orders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_orders_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        screen_show_visit(ui);
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->units, &reply)) {
        state->units = 0;
    } else if (found_event(&state->found, ui, SCREEN_ORDERS, event)) {
        return;
    } else if (screen_answered(event, state->opening, &reply)) {
        on_opened(state, ui, reply);
    } else if (screen_answered(event, state->sending, &reply)) {
        state->sending = 0;
        screen_go(ui); /* where the order stands, whether it took the event or not */
    } else if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (event->kind == UI_EVENT_RETURN) { /* something may have been done to an order */
        state->listing = service_order_list(screen_services(ui));
    } else if (event->kind == UI_EVENT_TAP || event->kind == UI_EVENT_NEXT) {
        on_tap(state, ui, event);
    }
}
