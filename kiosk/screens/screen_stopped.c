/* Stopped: a clerk has ended the visit: why, and what was kept. Nothing of the visit is known here any more.
 */
#include "kiosk/screens/help.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_LEAVE = 0, STAY_MS = 60000 };

struct screen_stopped_state {
    int unused;
};
SCREEN_STATE(stopped)

void screen_stopped_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    screen_show_visit(ui);
    ui_timer(ui, TIMER_LEAVE, STAY_MS);
}

void screen_stopped_leave(void *memory, struct ui *ui)
{
    struct screen_help *help = &screen_program(ui)->help;
    (void)memory;
    ui_timer_cancel(ui, TIMER_LEAVE);
    help->stopped_number[0] = 0;
    help->stopped_reason[0] = 0;
}

void screen_stopped_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "bar.next") || (event->kind == UI_EVENT_TIMER && event->timer == TIMER_LEAVE))
        screen_end_visit(ui);
}

void screen_stopped_draw(void *memory, struct ui *ui)
{
    (void)memory;
    const struct screen_help *help = &screen_program(ui)->help;
    char reason[160];
    char kept[160];
    struct ui_page page = screen_page(ui, SCREEN_STOPPED);
    page.no_exit = true;
    page.step = 0;
    page.primary = (struct widget_button){.label = screen_text(ui, "stopped.leave"), .way_out = true};
    screen_format(ui, reason, sizeof(reason), "stopped.reason",
                  {"reason", help_reason(ui, help->stopped_reason)});
    screen_format(ui, kept, sizeof(kept), help->stopped_number[0] != 0 ? "stopped.kept" : "stopped.nothing",
                  {"number", help->stopped_number});
    struct rect area = ui_page(ui, &page);
    const struct widget_notice notice = {
        .id = "stopped.state", .tone = WIDGET_NOTICE_AMBER, .title = reason, .line = kept};
    (void)widget_notice_banner(ui, rect_cut_top(&area, widget_notice_height(ui, &notice, area.w)), &notice);
}
