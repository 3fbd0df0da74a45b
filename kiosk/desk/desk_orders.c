/* Orders: what happened today, newest first; a paid order that cannot be finished is given up here. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_list.h"

struct desk_orders_state {
    int first;
    int selected; /* index + 1, 0 for none */
    bool asking;  /* the dialog "give up and refund?" is open */
    uint64_t giving_up;
    char message[192];
};
DESK_STATE(orders)

void desk_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    (void)service_desk_overview(desk_program(ui)->services);
}

void desk_orders_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static const struct service_queue_line *selected(const struct ui *ui, const struct desk_orders_state *state)
{
    const struct service_desk *view = desk_view(ui);
    return state->selected > 0 && (size_t)state->selected <= view->recent_count
               ? &view->recent[state->selected - 1]
               : NULL;
}

static bool can_give_up(const struct service_queue_line *line)
{
    return line != NULL && line->may_give_up;
}

void desk_orders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_orders_state *state = memory;
    if (ui_replied(event, state->giving_up)) {
        const struct service_reply *reply = event->data;
        state->giving_up = 0;
        state->message[0] = 0;
        if (reply->status != STATUS_OK)
            desk_reason(ui, reply, state->message, sizeof(state->message));
    } else if (ui_tapped_prefix(event, "orders.")) {
        state->selected = (int)event->tag + 1;
    } else if (ui_tapped(event, "order.give_up")) {
        state->asking = can_give_up(selected(ui, state));
    } else if (ui_tapped(event, "give_up.no")) {
        state->asking = false;
    } else if (ui_tapped(event, "give_up.yes")) {
        state->asking = false;
        state->giving_up = service_desk_give_up(desk_program(ui)->services, selected(ui, state)->order.id,
                                                desk_text(ui, "desk.give_up.title"));
    } else if (event->kind == UI_EVENT_WHEEL) {
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    } else {
        (void)desk_common(ui, event);
    }
}

static const char *state_label(const struct ui *ui, const struct order *order)
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, order->product);
    return product == NULL ? order_state_name(order->state) : product_status_label(product, order->state);
}

static void draw_table(struct ui *ui, struct rect area, const struct desk_orders_state *state)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_QUEUE_MAX];
    char times[SERVICE_QUEUE_MAX][16];
    char amounts[SERVICE_QUEUE_MAX][32];
    for (size_t i = 0; i < view->recent_count; i++) {
        const struct service_queue_line *line = &view->recent[i];
        desk_time(line->order.created_utc_s, times[i]);
        (void)snprintf(amounts[i], sizeof(amounts[i]), "%lld.%02lld", (long long)line->order.amount_fen / 100,
                       (long long)line->order.amount_fen % 100);
        rows[i] = (struct widget_table_row){.cells = {times[i], line->order.acceptance, line->unit,
                                                      state_label(ui, &line->order), amounts[i]},
                                            .selected = state->selected == (int)i + 1,
                                            .tag = (int64_t)i};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 80},
        {.title = desk_text(ui, "desk.column.number"), .width = 220},
        {.title = desk_text(ui, "desk.column.unit")},
        {.title = desk_text(ui, "desk.column.state"), .width = 140},
        {.title = desk_text(ui, "desk.column.amount"), .width = 120, .align = WIDGET_RIGHT}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "orders",
                                              .label = desk_text(ui, "desk.orders.title"),
                                              .columns = columns,
                                              .column_count = 5,
                                              .rows = rows,
                                              .row_count = (int)view->recent_count,
                                              .first = state->first,
                                              .pressable = true,
                                              .empty = desk_text(ui, "desk.orders.empty")});
}

void desk_orders_draw(void *memory, struct ui *ui)
{
    const struct desk_orders_state *state = memory;
    struct rect area = desk_page(ui, DESK_ORDERS);
    struct rect inner = ui_page_desk_panel(ui, area, desk_text(ui, "desk.orders.today"), state->message);
    struct rect tools = rect_cut_bottom(&inner, 56);
    draw_table(ui, rect_inset(inner, 8, 4), state);
    (void)widget_button(ui, rect_inset(rect_cut_right(&tools, 240), 12, 8),
                        &(struct widget_button){.id = "order.give_up",
                                                .label = desk_text(ui, "desk.orders.give_up"),
                                                .look = WIDGET_BUTTON_REFUSE,
                                                .disabled = !can_give_up(selected(ui, state)),
                                                .busy = state->giving_up != 0});
    if (state->asking)
        widget_dialog(ui, &(struct widget_dialog){
                              .id = "give_up",
                              .title = desk_text(ui, "desk.give_up.title"),
                              .line = desk_text(ui, "desk.give_up.line"),
                              .icon = ICON_WARNING,
                              .left = {.id = "give_up.no", .label = desk_text(ui, "desk.give_up.no")},
                              .primary = {.id = "give_up.yes",
                                          .label = desk_text(ui, "desk.give_up.yes"),
                                          .look = WIDGET_BUTTON_DANGER}});
}
