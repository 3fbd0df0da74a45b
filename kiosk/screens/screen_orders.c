/* Orders: what belongs to the logged-in number, to be continued; or by the end of a 受理号 (a17). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { ROWS_PER_PAGE = 5 };

struct screen_orders_state {
    int page;
    uint64_t listing;
    uint64_t opening;
    struct text_edit end; /* the last characters of an acceptance number */
    char message[192];
};
SCREEN_STATE(orders)

void screen_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_orders_state *state = memory;
    (void)argument;
    text_edit_init(&state->end, TEXT_EDIT_DIGITS, 6);
    state->listing = service_order_list(screen_services(ui));
}

void screen_orders_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void find(struct screen_orders_state *state, struct ui *ui)
{
    if (state->opening == 0 && strlen(state->end.text) == 6)
        state->opening = service_order_find(screen_services(ui), state->end.text);
}

static void open_row(struct screen_orders_state *state, struct ui *ui, int64_t index)
{
    if (state->opening == 0)
        state->opening = service_order_open(screen_services(ui), screen_visit(ui)->orders[index].order.id);
}

void screen_orders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_orders_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->opening, &reply)) {
        state->opening = 0;
        if (reply->status == STATUS_OK)
            screen_go(ui);
        else
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (ui_tapped_prefix(event, "order.")) {
        open_row(state, ui, event->tag);
    } else if (ui_tapped(event, "orders.find") || event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, NULL);
        find(state, ui);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    } else if (ui_tapped(event, "bar.next")) {
        ui_reset(ui, SCREEN_PRODUCT, NULL);
    }
}

static enum widget_mark_tone tone_of(enum order_state state)
{
    if (state == ORDER_STATE_DONE)
        return WIDGET_MARK_GREEN;
    if (state == ORDER_STATE_REJECTED)
        return WIDGET_MARK_RED;
    if (state == ORDER_STATE_REVIEWING)
        return WIDGET_MARK_BLUE;
    return order_state_is_final(state) ? WIDGET_MARK_GREY : WIDGET_MARK_AMBER;
}

static void draw_row(struct ui *ui, struct rect rect, size_t index)
{
    const struct service_order_line *line = &screen_visit(ui)->orders[index];
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, line->order.product);
    char id[48];
    char name[256];
    (void)snprintf(id, sizeof(id), "order.%zu", index);
    (void)snprintf(name, sizeof(name), "%s %s", product == NULL ? line->order.product : product->name,
                   line->unit);
    (void)widget_list_row(
        ui, rect,
        &(struct widget_list_row){
            .id = id,
            .icon = ICON_FILE,
            .name = name,
            .line = line->order.acceptance,
            .chip = product == NULL ? NULL : product_status_label(product, line->order.state),
            .tone = tone_of(line->order.state),
            .action =
                screen_text(ui, order_state_is_final(line->order.state) ? "orders.view" : "orders.continue"),
            .action_primary = !order_state_is_final(line->order.state),
            .is_private = true,
            .tag = (int64_t)index});
}

void screen_orders_draw(void *memory, struct ui *ui)
{
    struct screen_orders_state *state = memory;
    const struct service_visit *visit = screen_visit(ui);
    struct ui_page page = screen_page(ui, SCREEN_ORDERS);
    page.step = 0;
    page.subtitle = state->message[0] != 0    ? state->message
                    : visit->order_count == 0 ? screen_text(ui, "orders.none")
                                              : screen_text(ui, "orders.subtitle");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "orders.new"), .icon_right = ICON_ARROW_RIGHT};
    struct rect area = ui_page(ui, &page);
    struct rect search =
        ui_is_portrait(ui) ? rect_cut_top(&area, widget_field_height(ui) + 120) : rect_cut_left(&area, 460);
    (void)(ui_is_portrait(ui) ? rect_cut_top(&area, 16) : rect_cut_left(&area, 40));
    (void)widget_field(ui, rect_cut_top(&search, widget_field_height(ui)),
                       &(struct widget_field){.id = "orders.end",
                                              .label = screen_text(ui, "orders.end"),
                                              .edit = &state->end,
                                              .placeholder = screen_text(ui, "orders.end_example")});
    (void)widget_button(ui, rect_cut_top(&search, 96),
                        &(struct widget_button){.id = "orders.find",
                                                .label = screen_text(ui, "orders.find"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .icon = ICON_SEARCH,
                                                .busy = state->opening != 0,
                                                .disabled = strlen(state->end.text) != 6});
    int pages = (int)(visit->order_count + ROWS_PER_PAGE - 1) / ROWS_PER_PAGE;
    if (pages > 1)
        widget_list_pages(ui, rect_cut_bottom(&area, 96), "pages", state->page, pages);
    for (size_t i = (size_t)(state->page * ROWS_PER_PAGE); i < visit->order_count && area.h >= 104; i++) {
        draw_row(ui, rect_cut_top(&area, 104), i);
        (void)rect_cut_top(&area, 14);
    }
}
