/* The payment page in large letters, lying: the code as large as the page, and only what one must read (e02).
 */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_pay.h"

enum { TOP = 260, HEIGHT = 612, GUTTER = 50, PAD_X = 57, PAD_Y = 45, AMOUNT = 172, ROW = 72, SIGN = 56 };

/* What it is called at the left, what it is at the right; the time that is left stands out. */
static void draw_row(struct ui *ui, struct rect row, const char *id, const char *name, const char *value)
{
    int width = widget_label_width(ui, THEME_TYPE_READING_BOLD, value) + 1;
    (void)widget_label(ui, rect_cut_right(&row, width),
                       &(struct widget_label){.id = id,
                                              .text = value,
                                              .type = THEME_TYPE_READING_BOLD,
                                              .color = id == NULL ? THEME_COLOR_INK900 : THEME_COLOR_B700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
    (void)rect_cut_right(&row, 24);
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = name, .type = THEME_TYPE_READING, .middle = true});
}

static void draw_amount(struct ui *ui, struct rect *area)
{
    const struct service_visit *visit = screen_visit(ui);
    char yuan[32], end[64];
    struct rect head = rect_cut_top(area, screen_lines(ui, THEME_TYPE_READING, 1));
    screen_yuan(visit->payment.amount_fen, yuan);
    (void)widget_label(ui, head,
                       &(struct widget_label){
                           .text = screen_text(ui, "pay.due"), .type = THEME_TYPE_READING, .middle = true});
    if (screen_pay_write_end(ui, end, sizeof(end)))
        (void)widget_label(ui, rect_cut_right(&head, 2 * head.w / 3),
                           &(struct widget_label){.id = "pay.until",
                                                  .text = end,
                                                  .type = THEME_TYPE_READING,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
    (void)widget_label_amount(ui, rect_cut_top(area, AMOUNT),
                              &(struct widget_label_amount){.id = "pay.amount",
                                                            .before = "¥",
                                                            .number = yuan,
                                                            .number_type = THEME_TYPE_HERO,
                                                            .unit_type = THEME_TYPE_H1,
                                                            .color = THEME_COLOR_B700,
                                                            .align = WIDGET_LEFT});
    (void)widget_panel_line(ui, rect_cut_top(area, 48));
}

/* What comes next: to scan, to pay on the telephone, or what was just found out. */
static void draw_sign(struct ui *ui, struct rect row, const struct screen_pay_state *state)
{
    bool scanned = screen_visit(ui)->payment.state == SERVICE_PAY_SCANNED;
    const char *words =
        state->message[0] != 0 ? state->message : screen_text(ui, scanned ? "pay.scanned" : "pay.scan_left");
    (void)widget_mark_icon(ui, rect_cut_left(&row, SIGN), ICON_PHONE, SIGN, THEME_COLOR_B700, false);
    (void)rect_cut_left(&row, 20);
    (void)widget_label(
        ui, row,
        &(struct widget_label){.id = "pay.waiting", .text = words, .type = THEME_TYPE_BODY, .middle = true});
}

static void draw_bill(struct ui *ui, struct rect card, const struct screen_pay_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    int64_t left_s = visit->payment.until_utc_s - clock_utc_s(screen_program(ui)->clock);
    char minutes[24];
    char seconds[24];
    char left[64];
    (void)snprintf(minutes, sizeof(minutes), "%d", (int)(left_s / 60));
    (void)snprintf(seconds, sizeof(seconds), "%d", (int)(left_s % 60));
    screen_format(ui, left, sizeof(left), "pay.waited_minutes", {"minutes", minutes}, {"seconds", seconds});
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, PAD_X, PAD_Y);
    draw_amount(ui, &inner);
    draw_row(ui, rect_cut_top(&inner, ROW), NULL, visit->operation->label,
             class == NULL ? "" : class->sale_label);
    draw_row(ui, rect_cut_top(&inner, ROW), "pay.left", screen_text(ui, "pay.left_time"), left);
    draw_sign(ui, inner, state);
}

void screen_pay_draw_large(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    area = rect_make(area.x, TOP, area.w, HEIGHT);
    struct rect tile = rect_cut_left(&area, HEIGHT);
    (void)widget_picture_qr(ui, tile, "pay.code", screen_text(ui, "pay.code_label"), &state->qr);
    (void)rect_cut_left(&area, GUTTER);
    draw_bill(ui, area, state);
}
