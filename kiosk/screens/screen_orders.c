/* Orders: what belongs to the logged-in number, to be continued; or by the end of a 受理号 (a17). */
#include "kiosk/screens/screen_orders.h"

#include <string.h>

#include "kiosk/screens/screen_list.h"

SCREEN_STATE(orders)

/* --- which are shown --------------------------------------------------------------------------------- */

bool screen_orders_is_mine(enum order_state state)
{
    return !order_state_is_final(state) && state != ORDER_STATE_REVIEWING && state != ORDER_STATE_REFUNDING;
}

static bool is_of(enum order_state state, enum screen_orders_filter filter)
{
    switch (filter) {
    case SCREEN_ORDERS_MINE:
        return screen_orders_is_mine(state);
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

size_t screen_orders_pick(const struct ui *ui, enum screen_orders_filter filter,
                          size_t out[SERVICE_ORDERS_MAX])
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->order_count; i++)
        if (is_of(visit->orders[i].order.state, filter))
            out[count++] = i;
    return count;
}

/* --- asking ------------------------------------------------------------------------------------------ */

void screen_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_orders_state *state = memory;
    (void)argument;
    text_edit_init(&state->end, TEXT_EDIT_DIGITS, SCREEN_ORDERS_END);
    state->listing = service_order_list(screen_services(ui));
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
    if (reply->status == STATUS_OK)
        state->opening = service_order_find_ticket(screen_services(ui), screen_visit(ui)->ticket);
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void find(struct screen_orders_state *state, struct ui *ui)
{
    if (state->opening == 0 && strlen(state->end.text) == SCREEN_ORDERS_END)
        state->opening = service_order_find(screen_services(ui), state->end.text);
}

static void open_row(struct screen_orders_state *state, struct ui *ui, int64_t index)
{
    if (state->opening == 0)
        state->opening = service_order_open(screen_services(ui), screen_visit(ui)->orders[index].order.id);
}

/* Back from the search leads to the list, and from the list to the welcome screen. */
static void back(struct screen_orders_state *state, struct ui *ui)
{
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    state->message[0] = 0;
    if (state->finding)
        state->finding = false;
    else
        screen_end_visit(ui);
}

static void on_tap(struct screen_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_NEXT || ui_tapped(event, "orders.find")) {
        ui_focus(ui, NULL);
        find(state, ui);
    } else if (ui_tapped(event, "orders.scan")) {
        scan(state, ui);
    } else if (ui_tapped(event, "orders.stop")) {
        service_scan_cancel(screen_services(ui));
    } else if (ui_tapped(event, "orders.other")) {
        state->finding = true;
    } else if (ui_tapped_prefix(event, "filter.")) {
        state->filter = (enum screen_orders_filter)event->tag;
        state->page = 0;
    } else if (ui_tapped_prefix(event, "order.")) {
        open_row(state, ui, event->tag);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back")) {
        back(state, ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    } else if (ui_tapped(event, "bar.next")) {
        ui_reset(ui, SCREEN_PRODUCT, NULL);
    }
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
    } else if (screen_answered(event, state->opening, &reply)) {
        state->opening = 0;
        if (reply->status == STATUS_OK)
            screen_go(ui);
        else
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (event->kind == UI_EVENT_TAP || event->kind == UI_EVENT_NEXT) {
        on_tap(state, ui, event);
    }
}
