/* Needless: before an operation that some need not come for at all, that is said; who need not come may go.
 */
#include "kiosk/screens/screen_list.h"

enum { ICON_SIDE = 96, GAP = 32 };

struct screen_needless_state {
    char unused;
};
SCREEN_STATE(needless)

void screen_needless_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_needless_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_needless_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "bar.next"))
        screen_apply(ui, SCREEN_NEEDLESS);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "needless.leave") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

static void draw_rule(struct ui *ui, struct rect area, const char *rule)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, 40);
    (void)widget_mark_icon(ui, rect_make(inner.x, inner.y, ICON_SIDE, ICON_SIDE), ICON_INFO, 56,
                           THEME_COLOR_B700, true);
    (void)rect_cut_left(&inner, ICON_SIDE + GAP);
    (void)widget_label(
        ui, inner, &(struct widget_label){.id = "needless.rule", .text = rule, .type = THEME_TYPE_H2_LARGE});
}

void screen_needless_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct ui_page page = screen_page(ui, SCREEN_NEEDLESS);
    page.step = 1;
    page.subtitle = screen_text(ui, "needless.subtitle");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "needless.next"), .icon_right = ICON_ARROW_RIGHT};
    page.secondary = (struct widget_button){
        .id = "needless.leave", .label = screen_text(ui, "needless.leave"), .way_out = true};
    draw_rule(ui, ui_page(ui, &page), screen_visit(ui)->operation->not_needed);
}
