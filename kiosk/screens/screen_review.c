/* Review: the clerk looks; the applicant may wait here or leave and come back (a12). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

struct screen_review_state {
    uint64_t printing;
    uint64_t ticket;
    bool printed;
    char message[192];
};
SCREEN_STATE(review)

void screen_review_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_review_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_review_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_review_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_REVIEW);
    } else if (ui_tapped(event, "bar.secondary") && state->printing == 0) {
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

void screen_review_draw(void *memory, struct ui *ui)
{
    const struct screen_review_state *state = memory;
    const struct service_visit *visit = screen_visit(ui);
    struct ui_page page = screen_page(ui, SCREEN_REVIEW);
    page.subtitle = visit->product->review_promise;
    page.no_exit = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, "review.leave"), .icon = ICON_EXIT, .way_out = true};
    page.secondary =
        (struct widget_button){.label = screen_text(ui, state->printed ? "review.printed" : "review.print"),
                               .icon = ICON_RECEIPT,
                               .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 56, 40);
    struct rect head = rect_cut_top(&inner, 150);
    (void)widget_notice_banner(ui, head,
                               &(struct widget_notice){.id = "review.waiting",
                                                       .tone = WIDGET_NOTICE_INFO,
                                                       .title = screen_text(ui, "review.waiting"),
                                                       .line = screen_text(ui, "review.waiting_line"),
                                                       .busy = true});
    (void)rect_cut_top(&inner, 24);
    (void)widget_label_pair(ui, rect_cut_top(&inner, 72), THEME_TYPE_BODY_L, screen_text(ui, "review.number"),
                            visit->order.acceptance);
    (void)widget_label_pair(ui, rect_cut_top(&inner, 72), THEME_TYPE_BODY_L, screen_text(ui, "review.state"),
                            product_status_label(visit->product, visit->order.state));
    (void)widget_label(ui, rect_cut_top(&inner, 120),
                       &(struct widget_label){.text = state->message[0] != 0
                                                          ? state->message
                                                          : screen_text(ui, "review.come_back"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700});
}
