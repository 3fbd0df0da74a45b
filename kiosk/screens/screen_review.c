/* Review: the clerk looks; the applicant may wait here or leave and come back (a12). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/qr.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { STEPS = 4, QR_SIDE = 248 };

struct screen_review_state {
    uint64_t printing;
    uint64_t ticket;
    bool printed;
    bool has_qr;
    struct qr qr; /* of the ticket, to be photographed */
    char message[192];
};
SCREEN_STATE(review)

void screen_review_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_review_state *state = memory;
    (void)argument;
    state->ticket = service_ticket_make(screen_services(ui));
}

void screen_review_leave(void *memory, struct ui *ui)
{
    struct screen_review_state *state = memory;
    (void)ui;
    state->qr = (struct qr){0};
}

/* The ticket's code is the one printed on the slip; see service_ticket_scan. */
static void take_ticket(struct screen_review_state *state, struct ui *ui)
{
    char text[SERVICE_TICKET_TEXT_BYTES];
    (void)snprintf(text, sizeof(text), SERVICE_TICKET_PREFIX "%s", screen_visit(ui)->ticket);
    state->has_qr = screen_visit(ui)->ticket[0] != 0 && qr_encode(text, &state->qr) == STATUS_OK;
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
    } else if (screen_answered(event, state->ticket, &reply)) {
        state->ticket = 0;
        take_ticket(state, ui);
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_REVIEW);
    } else if (ui_tapped(event, "bar.secondary") && state->printing == 0) {
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_steps(struct ui *ui, struct rect area)
{
    static const char *const names[STEPS] = {"review.step1", "review.step2", "review.step3", "review.step4"};
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 20 : 40, 20);
    for (int i = 0; i < STEPS; i++) {
        char line[32];
        (void)snprintf(line, sizeof(line), "%s_line", names[i]);
        (void)widget_mark_step(ui, rect_row(inner, i, STEPS, 8),
                               &(struct widget_mark_step){.id = i == 1 ? "review.waiting" : names[i],
                                                          .number = i + 1,
                                                          .title = screen_text(ui, names[i]),
                                                          .line = screen_text(ui, line),
                                                          .state = i == 0   ? WIDGET_MARK_DONE
                                                                   : i == 1 ? WIDGET_MARK_NOW
                                                                            : WIDGET_MARK_OPEN});
    }
}

static void draw_words(struct ui *ui, struct rect *area, enum theme_type type, enum theme_color color,
                       const char *text)
{
    (void)widget_label(ui, rect_cut_top(area, widget_label_height(ui, type, text, area->w)),
                       &(struct widget_label){.text = text, .type = type, .color = color});
}

/* The number, and how to come back with it; the code beside is the ticket of the printed slip. */
static void draw_number(struct ui *ui, struct rect area, const struct screen_review_state *state)
{
    const char *number = screen_visit(ui)->order.acceptance;
    size_t length = strlen(number);
    bool large = ui_is_large(ui);
    char come_back[160];
    screen_format(ui, come_back, sizeof(come_back), "review.come_back",
                  {"end", number + (length > 6 ? length - 6 : 0)});
    (void)widget_panel(ui, area, WIDGET_PANEL_DARK);
    struct rect inner = rect_inset(area, 48, large ? 28 : 40);
    draw_words(ui, &inner, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, screen_text(ui, "review.number"));
    draw_words(ui, &inner, THEME_TYPE_H1, THEME_COLOR_GOLD300, number);
    (void)rect_cut_top(&inner, 8);
    draw_words(ui, &inner, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2,
               state->message[0] != 0 ? state->message : come_back);
    (void)rect_cut_top(&inner, large ? 16 : 32);
    if (state->has_qr && inner.h >= QR_SIDE) {
        struct rect side = rect_cut_left(&inner, QR_SIDE);
        (void)widget_picture_qr(ui, rect_make(side.x, side.y, QR_SIDE, QR_SIDE), "review.ticket",
                                screen_text(ui, "review.ticket"), &state->qr);
        (void)rect_cut_left(&inner, 32);
    }
    draw_words(ui, &inner, large ? THEME_TYPE_BODY_STRONG : THEME_TYPE_H2, THEME_COLOR_ON_DARK,
               screen_text(ui, "review.away"));
    draw_words(ui, &inner, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, screen_text(ui, "review.ticket_line"));
}

void screen_review_draw(void *memory, struct ui *ui)
{
    const struct screen_review_state *state = memory;
    const struct service_visit *visit = screen_visit(ui);
    struct ui_page page = screen_page(ui, SCREEN_REVIEW);
    page.subtitle = visit->product->review_promise;
    page.plain = ui_is_large(ui); /* portrait: the code needs the room of the explanation */
    page.no_exit = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, "review.leave"), .icon = ICON_EXIT, .way_out = true};
    page.secondary =
        (struct widget_button){.label = screen_text(ui, state->printed ? "review.printed" : "review.print"),
                               .icon = ICON_RECEIPT,
                               .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    bool portrait = ui_is_portrait(ui);
    struct rect steps = portrait ? rect_cut_top(&area, area.h * (ui_is_large(ui) ? 11 : 10) / 20)
                                 : rect_cut_left(&area, ui_is_large(ui) ? 860 : 1000);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
    draw_steps(ui, steps);
    draw_number(ui, area, state);
}
