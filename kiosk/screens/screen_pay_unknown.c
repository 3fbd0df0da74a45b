/* Drawing of a payment whose result is not known, or that a clerk must look at (a20): what happens next at
 * the left, the amount and what the applicant can do at the right. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_pay.h"

enum { STEPS = 3, STEP_HEIGHT = 135, TRADE_END = 12, CARD_WIDTH = 680 };

/* --- what happens next ------------------------------------------------------------------------------- */

static void draw_step(struct ui *ui, struct rect rect, enum screen_pay_view view, int index)
{
    static const enum widget_mark_state states[STEPS] = {WIDGET_MARK_DONE, WIDGET_MARK_NOW, WIDGET_MARK_OPEN};
    char title[24];
    char line[32];
    char words[96];
    char seconds[24];
    (void)snprintf(title, sizeof(title), "_step%d", index + 1);
    (void)snprintf(line, sizeof(line), "_step%d_line", index + 1);
    (void)snprintf(seconds, sizeof(seconds), "%lld",
                   (long long)(screen_program(ui)->settings->payment_poll_ms / 1000));
    if (view == SCREEN_PAY_UNKNOWN && states[index] == WIDGET_MARK_NOW)
        screen_format(ui, words, sizeof(words), "pay.unknown_step2_line", {"seconds", seconds});
    else
        (void)snprintf(words, sizeof(words), "%s", screen_pay_words(ui, view, line));
    (void)widget_mark_step(ui, rect,
                           &(struct widget_mark_step){.number = index + 1,
                                                      .title = screen_pay_words(ui, view, title),
                                                      .line = words,
                                                      .state = states[index],
                                                      .card = true});
}

/* Where not all steps fit, the one that runs now stands, then those around it. */
static void draw_steps(struct ui *ui, struct rect area, enum screen_pay_view view)
{
    int height = ui_is_large(ui) ? 152 : STEP_HEIGHT;
    int fits = (area.h + 16) / (height + 16);
    int first = fits >= STEPS ? 0 : 1;
    for (int i = first; i < STEPS && i < first + fits; i++) {
        draw_step(ui, rect_cut_top(&area, height), view, i);
        (void)rect_cut_top(&area, 16);
    }
}

static void draw_progress(struct ui *ui, struct rect area, enum screen_pay_view view)
{
    struct widget_notice warning = {.id = "pay.banner",
                                    .tone = WIDGET_NOTICE_AMBER,
                                    .title = screen_pay_words(ui, view, "_banner"),
                                    .line = screen_pay_words(ui, view, "_line")};
    int height = widget_notice_height(ui, &warning, area.w);
    (void)widget_notice_banner(ui, rect_cut_bottom(&area, height < 143 ? 143 : height), &warning);
    (void)rect_cut_bottom(&area, 16);
    draw_steps(ui, area, view);
}

/* --- amount and ways out ----------------------------------------------------------------------------- */

static void waited_of(const struct ui *ui, const struct screen_pay_state *state, char *out, size_t size)
{
    int64_t ms = clock_monotonic_ms(screen_program(ui)->clock) - state->unknown_since_ms;
    char minutes[24];
    char seconds[24];
    (void)snprintf(minutes, sizeof(minutes), "%lld", (long long)(ms / 60000));
    (void)snprintf(seconds, sizeof(seconds), "%lld", (long long)(ms / 1000 % 60));
    screen_format(ui, out, size, ms < 60000 ? "pay.waited_seconds" : "pay.waited_minutes",
                  {"minutes", minutes}, {"seconds", seconds});
}

/* The end of the gateway's number, in fours: what is asked for at the telephone. */
static void trade_of(const struct service_payment *payment, char out[24])
{
    size_t length = strlen(payment->out_trade_no);
    const char *end = payment->out_trade_no + (length > TRADE_END ? length - TRADE_END : 0);
    (void)snprintf(out, 24, "%.4s %.4s %.4s", end, length > 4 ? end + 4 : "", length > 8 ? end + 8 : "");
}

static void draw_fact(struct ui *ui, struct rect line, const char *name, const char *value)
{
    (void)widget_label_pair(ui, line, THEME_TYPE_BODY, name, "");
    (void)widget_label(
        ui, line,
        &(struct widget_label){
            .text = value, .type = THEME_TYPE_BODY_STRONG, .align = WIDGET_RIGHT, .middle = true});
}

/* As many lines as fit between amount and buttons. */
static void draw_facts(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    int line = ui_is_large(ui) ? 64 : 60;
    char trade[24];
    char waited[48] = "";
    trade_of(&visit->payment, trade);
    if (state->is_unknown)
        waited_of(ui, state, waited, sizeof(waited));
    const char *const facts[][2] = {
        {"pay.number", visit->order.acceptance}, {"pay.trade", trade}, {"pay.waited", waited}};
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        if (area.h >= line && facts[i][1][0] != 0)
            draw_fact(ui, rect_cut_top(&area, line), screen_text(ui, facts[i][0]), facts[i][1]);
}

/* What the phone says decides: asked again, or the code is closed and another one given. */
static void draw_choices(struct ui *ui, struct rect *area, const struct screen_pay_state *state)
{
    int height = ui_is_large(ui) ? 112 : 96;
    struct rect row = rect_cut_bottom(area, height);
    (void)widget_button(ui, rect_column(row, 0, 2, 16),
                        &(struct widget_button){.id = "pay.charged",
                                                .label = screen_text(ui, "pay.charged"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .busy = state->asking != 0});
    (void)widget_button(ui, rect_column(row, 1, 2, 16),
                        &(struct widget_button){.id = "pay.not_charged",
                                                .label = screen_text(ui, "pay.not_charged"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .busy = state->stopping != 0});
    int line = screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1);
    (void)rect_cut_bottom(area, ui_is_large(ui) ? 8 : 14);
    (void)widget_label_text(ui, rect_cut_bottom(area, line), THEME_TYPE_BODY_L_STRONG,
                            screen_text(ui, "pay.phone_says"));
}

static void draw_money(struct ui *ui, struct rect *area, enum screen_pay_view view)
{
    bool beside = ui_is_portrait(ui);
    char yuan[32];
    screen_yuan(screen_visit(ui)->payment.amount_fen, yuan);
    struct rect name = beside ? *area : rect_cut_top(area, ui_is_large(ui) ? 56 : 30);
    struct rect number = rect_cut_top(area, ui_is_large(ui) ? 120 : 124);
    name.h = beside ? number.h : name.h;
    (void)widget_label(ui, name,
                       &(struct widget_label){.text = screen_pay_words(ui, view, "_amount"),
                                              .type = THEME_TYPE_READING,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)widget_label_amount(ui, number,
                              &(struct widget_label_amount){.id = "pay.amount",
                                                            .before = "¥",
                                                            .number = yuan,
                                                            .number_type = THEME_TYPE_AMOUNT,
                                                            .unit_type = THEME_TYPE_DIGITS,
                                                            .align = beside ? WIDGET_RIGHT : WIDGET_LEFT});
    (void)widget_panel_line(ui, rect_cut_top(area, 16));
    (void)rect_cut_top(area, 6);
}

static void draw_card(struct ui *ui, struct rect card, const struct screen_pay_state *state,
                      enum screen_pay_view view)
{
    bool large = ui_is_large(ui);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, large || ui_is_portrait(ui) ? 24 : 40);
    (void)widget_button(ui, rect_cut_bottom(&inner, large ? 112 : 96),
                        &(struct widget_button){.id = "pay.slip",
                                                .label = screen_text(ui, "pay.slip"),
                                                .icon = ICON_RECEIPT,
                                                .look = WIDGET_BUTTON_QUIET,
                                                .busy = state->printing != 0});
    (void)rect_cut_bottom(&inner, 16);
    if (view == SCREEN_PAY_UNKNOWN)
        draw_choices(ui, &inner, state);
    draw_money(ui, &inner, view);
    draw_facts(ui, inner, state);
}

void screen_pay_draw_unknown(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    enum screen_pay_view view = screen_pay_view(ui, state);
    bool large = ui_is_large(ui);
    if (ui_is_portrait(ui)) {
        struct rect upper = rect_cut_top(&area, large ? 480 : 596);
        (void)rect_cut_top(&area, 24);
        draw_progress(ui, upper, view);
    } else {
        struct rect right = rect_cut_right(&area, CARD_WIDTH);
        if (!large) { /* beside the title, too */
            right.h += right.y - 208;
            right.y = 208;
        }
        (void)rect_cut_right(&area, 32);
        draw_progress(ui, area, view);
        area = right;
    }
    draw_card(ui, area, state, view);
}
