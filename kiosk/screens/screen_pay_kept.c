/* Paying later: before the visit ends, until when the order stays open and how one comes back to it. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_pay.h"

enum { DAY_S = 86400 };

/* Until when, where the product says how long it waits; else only how one comes back. */
static void line_of(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    int64_t until_utc_s = visit->order.updated_utc_s + (int64_t)visit->product->payment_later_days * DAY_S;
    char day[32] = "";
    (void)clock_format_hall(until_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, out, size, visit->product->payment_later_days > 0 ? "pay.kept_until" : "pay.kept_open",
                  {"day", day});
}

void screen_pay_draw_kept(struct ui *ui, const struct screen_pay_state *state)
{
    char line[192];
    int height = ui_is_large(ui) ? 112 : 96;
    if (!state->is_kept)
        return;
    line_of(ui, line, sizeof(line));
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){
            .id = "kept",
            .title = screen_text(ui, "pay.kept_title"),
            .line = line,
            .note = screen_text(ui, "pay.kept_how"),
            .icon = ICON_CLOCK,
            .left = {.id = "kept.back",
                     .label = screen_text(ui, "pay.kept_back"),
                     .look = WIDGET_BUTTON_NEUTRAL},
            .primary = {.id = "kept.leave", .label = screen_text(ui, "pay.kept_leave"), .way_out = true}},
        height);
    (void)widget_button(ui, r,
                        &(struct widget_button){.id = "pay.slip",
                                                .label = screen_text(ui, "pay.window_slip"),
                                                .icon = ICON_RECEIPT,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .busy = state->printing != 0});
    widget_dialog_end(ui);
}
