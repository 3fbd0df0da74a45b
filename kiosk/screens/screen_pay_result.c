/* The result of paying: what was paid, for which order, and its print, for a moment before the next page. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_pay.h"

enum { TIMER_ON = 1, STAY_MS = 6000, FACTS = 5, BANNER = 144 };

/* --- coming and going -------------------------------------------------------------------------------- */

bool screen_pay_moved_on(struct screen_pay_state *state, struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    enum order_state now = visit->order.state;
    bool is_paid = visit->has_order && now != ORDER_STATE_PAYING && visit->order.paid_fen > 0;
    if (!is_paid || now == ORDER_STATE_REFUNDING || (state->is_paid && now != state->paid_state))
        return screen_moved_on(ui, SCREEN_PAY);
    if (!state->is_paid) {
        state->is_paid = true;
        state->paid_state = now;
        state->message[0] = 0;
        ui_timer(ui, TIMER_ON, STAY_MS);
    }
    return true;
}

static void on_printed(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->printing = 0;
    state->message[0] = 0;
    if (reply->status == STATUS_OK)
        ui_toast(ui, ICON_RECEIPT, screen_text(ui, "pay.result_printed"));
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
    ui_timer(ui, TIMER_ON, STAY_MS); /* it is read before the page goes */
}

void screen_pay_result_event(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    bool is_over = event->kind == UI_EVENT_TIMER && event->timer == TIMER_ON && state->printing == 0;
    if (is_over || ui_tapped(event, "bar.next"))
        screen_go(ui);
    else if (screen_answered(event, state->printing, &reply))
        on_printed(state, ui, reply);
    else if (ui_tapped(event, "pay.result_print") && state->printing == 0)
        state->printing = service_receipt_print(screen_services(ui));
    else if (event->kind == UI_EVENT_NOTICE)
        (void)screen_pay_moved_on(state, ui);
}

void screen_pay_result_leave(struct ui *ui)
{
    ui_timer_cancel(ui, TIMER_ON);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_fact(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    struct rect line = rect_cut_top(area, ui_is_large(ui) ? 72 : 64);
    (void)widget_label_pair(ui, line, THEME_TYPE_READING, screen_text(ui, key), "");
    (void)widget_label(ui, line,
                       &(struct widget_label){.id = key,
                                              .text = value,
                                              .type = THEME_TYPE_READING_STRONG,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = true});
}

/* As many as there is room for; what is not known is left out. */
static void draw_facts(struct ui *ui, struct rect area)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct words *words = screen_program(ui)->words;
    const int line = ui_is_large(ui) ? 72 : 64;
    char yuan[32], amount[48], channel[64];
    screen_yuan(visit->order.paid_fen, yuan);
    screen_format(ui, amount, sizeof(amount), "pay.yuan", {"yuan", yuan});
    (void)snprintf(channel, sizeof(channel), "pay.channel.%s", visit->payment.channel);
    const char *const facts[FACTS][2] = {
        {"pay.result_amount", amount},
        {"pay.result_number", visit->order.acceptance},
        {"pay.result_trade", visit->payment.trade_no},
        {"pay.result_channel", words_has(words, channel) ? screen_text(ui, channel) : ""},
        {"pay.result_item", visit->operation->label}};
    int count = 0;
    const int most = (area.h - 2 * (line / 2)) / line;
    struct rect inner = rect_inset(area, 48, line / 2);
    struct rect card = area;
    for (int i = 0; i < FACTS; i++)
        count += facts[i][1][0] != 0;
    card.h = (count < most ? count : most) * line + 2 * (line / 2);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    for (int i = 0, drawn = 0; i < FACTS && drawn < most; i++) {
        if (facts[i][1][0] == 0)
            continue;
        draw_fact(ui, &inner, facts[i][0], facts[i][1]);
        drawn++;
    }
}

/* What comes by itself. */
static const char *next_of(const struct ui *ui)
{
    enum order_state next = screen_visit(ui)->order.state;
    return screen_text(ui, next == ORDER_STATE_REVIEWING ? "pay.result_review"
                           : next == ORDER_STATE_ISSUING ? "pay.result_issue"
                                                         : "pay.result_on");
}

void screen_pay_draw_result(struct ui *ui, const struct screen_pay_state *state)
{
    struct ui_page page = screen_page(ui, SCREEN_PAY);
    page.voice = "paid";
    page.title = screen_text(ui, "pay.result");
    page.subtitle = state->message[0] != 0 ? state->message : next_of(ui);
    page.no_back = page.no_exit = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, "pay.result_next"), .icon_right = ICON_ARROW_RIGHT};
    page.secondary = (struct widget_button){.id = "pay.result_print",
                                            .label = screen_text(ui, "pay.result_print"),
                                            .icon = ICON_RECEIPT,
                                            .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    struct widget_notice notice = {.id = "pay.result",
                                   .tone = WIDGET_NOTICE_DONE,
                                   .title = screen_text(ui, "pay.result_state"),
                                   .line = screen_text(ui, "pay.result_line")};
    int height = widget_notice_height(ui, &notice, area.w);
    (void)widget_notice_banner(ui, rect_cut_top(&area, height < BANNER ? BANNER : height), &notice);
    (void)rect_cut_top(&area, 24);
    draw_facts(ui, area);
}
