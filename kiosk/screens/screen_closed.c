/* Closed: the machine is out of service; where to go instead. */
#include "kiosk/screens/help.h"
#include "kiosk/screens/screen_list.h"

struct screen_closed_state {
    int unused;
};
SCREEN_STATE(closed)

void screen_closed_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    screen_show_visit(ui);
}

void screen_closed_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_closed_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    (void)ui;
    (void)event;
}

void screen_closed_draw(void *memory, struct ui *ui)
{
    (void)memory;
    char reason[160];
    struct ui_page page = screen_page(ui, SCREEN_CLOSED);
    page.no_exit = true;
    page.step = 0;
    screen_format(ui, reason, sizeof(reason), "closed.reason",
                  {"reason", help_reason(ui, services_supervision(screen_services(ui))->closed_reason)});
    struct rect area = ui_page(ui, &page);
    const struct widget_notice notice = {.id = "closed.state",
                                         .tone = WIDGET_NOTICE_AMBER,
                                         .title = reason,
                                         .line = screen_text(ui, "closed.line")};
    (void)widget_notice_banner(ui, rect_cut_top(&area, widget_notice_height(ui, &notice, area.w)), &notice);
}
