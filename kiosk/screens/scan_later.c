#include "kiosk/screens/scan_later.h"

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_scan.h"

enum { NAME_BYTES = 192 };

static bool is_missing(const struct service_page *page)
{
    return page->is_open && !page->is_optional && page->state == SERVICE_PAGE_MISSING;
}

bool scan_later_misses(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    for (size_t i = 0; i < visit->page_count; i++)
        if (is_missing(&visit->pages[i]))
            return true;
    return false;
}

static void on_tap(struct scan_later *later, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "later.leave"))
        screen_end_visit(ui);
    else if (later->printing != 0)
        return;
    else if (ui_tapped(event, "bar.next"))
        later->printing = service_receipt_print(screen_services(ui));
    else if (ui_tapped(event, "bar.back"))
        *later = (struct scan_later){0};
}

bool scan_later_event(struct scan_later *later, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (!later->is_open)
        return false;
    if (screen_answered(event, later->printing, &reply)) {
        later->printing = 0;
        if (reply->status == STATUS_OK)
            screen_end_visit(ui);
        else
            screen_reason(ui, reply, later->message, sizeof(later->message));
        return true;
    }
    if (event->kind != UI_EVENT_TAP)
        return false;
    on_tap(later, ui, event);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_papers(struct ui *ui, struct rect area)
{
    const struct service_visit *visit = screen_visit(ui);
    int line = screen_lines(ui, THEME_TYPE_BODY_L, 1) + 16, rows = (int)visit->page_count;
    line = area.h / (rows > 0 ? rows : 1) < line ? area.h / rows : line;
    for (size_t i = 0; i < visit->page_count; i++) {
        char name[NAME_BYTES];
        bool done = visit->pages[i].state != SERVICE_PAGE_MISSING;
        if (!done && !is_missing(&visit->pages[i]))
            continue;
        screen_scan_name(ui, i, name, sizeof(name));
        screen_fit(ui, THEME_TYPE_BODY_L, area.w - 96, name, sizeof(name));
        (void)widget_mark_tick(
            ui, rect_cut_top(&area, line),
            &(struct widget_mark_tick){.text = name,
                                       .type = THEME_TYPE_BODY_L,
                                       .state = done ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN});
    }
}

void scan_later_draw(struct ui *ui, const struct scan_later *later)
{
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.title = screen_text(ui, "later.title");
    page.subtitle = screen_text(ui, "later.subtitle");
    page.voice = NULL;
    page.back = screen_text(ui, "later.back");
    page.no_exit = true; /* both ways out stand beside it */
    page.primary = (struct widget_button){
        .label = screen_text(ui, "later.print"), .icon_right = ICON_RECEIPT, .busy = later->printing != 0};
    page.secondary = (struct widget_button){.id = "later.leave", .label = screen_text(ui, "later.leave")};
    struct rect area = ui_page(ui, &page);
    bool failed = later->message[0] != 0;
    struct widget_notice notice = {.id = "later.how",
                                   .tone = failed ? WIDGET_NOTICE_AMBER : WIDGET_NOTICE_INFO,
                                   .line = failed ? later->message : screen_text(ui, "later.how")};
    (void)widget_notice_banner(ui, rect_cut_bottom(&area, widget_notice_height(ui, &notice, area.w)),
                               &notice);
    (void)rect_cut_bottom(&area, 24);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    draw_papers(ui, rect_inset(area, ui_is_large(ui) ? 32 : 48, ui_is_large(ui) ? 16 : 32));
}
