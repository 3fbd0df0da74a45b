/* The desk's frame: header, nav column, panels with a head. */
#include "kiosk/ui/ui_core.h"

enum { NAV = 208, HEADER = 56, PANEL_HEAD = 45, SIDE = 20, RIGHT_LEAST = 121 };

static struct rect add_header(struct ui *ui, struct rect header, const struct ui_page_desk *page)
{
    char time[16] = "";
    (void)clock_format_hall(clock_utc_s(ui->settings.clock), "%H:%M:%S", time, sizeof time);
    (void)widget_panel(ui, header, WIDGET_PANEL_HEADER);
    struct rect r = rect_inset(header, SIDE, 0);
    int title = widget_label_width(ui, THEME_TYPE_DESK_TITLE, page->title) + 2;
    (void)widget_label(
        ui, rect_cut_left(&r, title),
        &(struct widget_label){
            .id = "page.title", .text = page->title, .type = THEME_TYPE_DESK_TITLE, .middle = true});
    (void)rect_cut_left(&r, 14);
    if (page->chip) {
        (void)widget_mark_chip(ui, rect_cut_left(&r, widget_mark_chip_width(ui, page->chip)), WIDGET_LEFT,
                               page->chip_tone, page->chip);
        (void)rect_cut_left(&r, 14);
    }
    int width = widget_label_width(ui, THEME_TYPE_DESK_HEAD, "00:00:00") + 2;
    (void)widget_label(ui, rect_cut_right(&r, width),
                       &(struct widget_label){.id = "page.time",
                                              .text = time,
                                              .type = THEME_TYPE_DESK_HEAD,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
    (void)rect_cut_right(&r, 20);
    if (page->right) {
        int chip = widget_mark_chip_width(ui, page->right);
        (void)widget_mark_chip(ui, rect_cut_right(&r, chip > RIGHT_LEAST ? chip : RIGHT_LEAST), WIDGET_RIGHT,
                               WIDGET_MARK_BLUE, page->right);
        (void)rect_cut_right(&r, 16);
    }
    return r;
}

static struct rect content_below(struct rect all)
{
    return rect_make(all.x + SIDE, all.y + 16, all.w - 2 * SIDE, all.h - 36);
}

struct ui_page_desk_areas ui_page_desk(struct ui *ui, const struct ui_page_desk *page)
{
    struct rect all = rect_make(0, 0, ui->layout.width, ui->layout.height);
    struct ui_page_desk_areas areas = {0};
    ui->voice = NULL;
    (void)widget_panel(ui, all, WIDGET_PANEL_DESK);
    if (page->nav)
        areas.nav = rect_cut_left(&all, NAV);
    areas.header_tools = add_header(ui, rect_cut_top(&all, HEADER), page);
    areas.content = content_below(all);
    return areas;
}

struct rect ui_page_desk_content(const struct ui *ui)
{
    struct rect all = rect_make(0, 0, ui->layout.width, ui->layout.height);
    (void)rect_cut_left(&all, NAV);
    (void)rect_cut_top(&all, HEADER);
    return content_below(all);
}

struct rect ui_page_desk_panel(struct ui *ui, struct rect rect, const char *title, const char *right)
{
    (void)widget_panel(ui, rect, WIDGET_PANEL_CARD);
    struct rect head = rect_inset(rect_cut_top(&rect, PANEL_HEAD), 16, 0);
    if (right) {
        int width = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, right) + 4;
        (void)widget_label(ui, rect_cut_right(&head, width),
                           &(struct widget_label){.text = right,
                                                  .type = THEME_TYPE_DESK_CAPTION,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
        (void)rect_cut_right(&head, 12);
    }
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = title, .type = THEME_TYPE_DESK_HEAD, .middle = true});
    (void)widget_panel_line(ui, rect_make(rect.x, rect.y - 1, rect.w, 1));
    return rect;
}
