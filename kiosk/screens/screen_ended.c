/* Ended: an order that will not go on: cancelled, closed, or its money on the way back. */
#include "kiosk/screens/screen_list.h"

struct screen_ended_state {
    int unused;
};
SCREEN_STATE(ended)

void screen_ended_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_ended_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_ended_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else if (event->kind == UI_EVENT_NOTICE)
        (void)screen_moved_on(ui, SCREEN_ENDED);
}

static const char *line_key(enum order_state state)
{
    if (state == ORDER_STATE_REFUNDING)
        return "ended.refunding";
    return state == ORDER_STATE_REFUNDED ? "ended.refunded" : "ended.closed";
}

void screen_ended_draw(void *memory, struct ui *ui)
{
    (void)memory;
    const struct service_visit *visit = screen_visit(ui);
    struct ui_page page = screen_page(ui, SCREEN_ENDED);
    page.no_exit = true;
    page.primary = (struct widget_button){.label = screen_text(ui, "ended.leave"), .way_out = true};
    struct rect area = ui_page(ui, &page);
    (void)widget_notice_banner(
        ui, rect_cut_top(&area, 168),
        &(struct widget_notice){.id = "ended.state",
                                .tone = WIDGET_NOTICE_INFO,
                                .title = product_status_label(visit->product, visit->order.state),
                                .line = screen_text(ui, line_key(visit->order.state))});
    (void)rect_cut_top(&area, 24);
    (void)widget_label_pair(ui, rect_cut_top(&area, 72), THEME_TYPE_BODY_L, screen_text(ui, "review.number"),
                            visit->order.acceptance);
}
