/* Audit: who did what when, newest first, and whether every chain holds (c05). Read only. */
#include <stdio.h>

#include "kiosk/desk/desk_list.h"

struct desk_audit_state {
    int first;
    uint64_t loading;
};
DESK_STATE(audit)

void desk_audit_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_audit_state *state = memory;
    (void)argument;
    state->loading = service_desk_audit(desk_program(ui)->services);
}

void desk_audit_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void desk_audit_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_audit_state *state = memory;
    if (ui_replied(event, state->loading))
        state->loading = 0;
    else if (event->kind == UI_EVENT_WHEEL)
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    else if (ui_tapped(event, "audit.verify") && state->loading == 0)
        state->loading = service_desk_audit(desk_program(ui)->services);
    else
        (void)desk_common(ui, event);
}

static void draw_table(struct ui *ui, struct rect area, const struct desk_audit_state *state)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_AUDIT_MAX];
    char times[SERVICE_AUDIT_MAX][32];
    for (size_t i = 0; i < view->audit_count; i++) {
        const struct service_audit_line *line = &view->audit[i];
        (void)clock_format_hall(line->at_utc_s, "%m-%d %H:%M:%S", times[i], sizeof(times[i]));
        rows[i] = (struct widget_table_row){
            .cells = {times[i], line->actor, line->action, line->subject, line->detail}};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 150},
        {.title = desk_text(ui, "desk.column.actor"), .width = 160},
        {.title = desk_text(ui, "desk.column.action"), .width = 220},
        {.title = desk_text(ui, "desk.column.subject"), .width = 320},
        {.title = desk_text(ui, "desk.column.detail")}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "audit",
                                              .label = desk_text(ui, "desk.audit.title"),
                                              .columns = columns,
                                              .column_count = 5,
                                              .rows = rows,
                                              .row_count = (int)view->audit_count,
                                              .first = state->first,
                                              .empty = desk_text(ui, "desk.audit.empty")});
}

void desk_audit_draw(void *memory, struct ui *ui)
{
    const struct desk_audit_state *state = memory;
    const struct service_desk *view = desk_view(ui);
    struct rect area = desk_page(ui, DESK_AUDIT);
    struct rect inner = ui_page_desk_panel(ui, area, desk_text(ui, "desk.audit.title"),
                                           desk_text(ui, !view->audit_known  ? "desk.audit.unknown"
                                                         : view->audit_holds ? "desk.audit.holds"
                                                                             : "desk.audit.broken"));
    struct rect tools = rect_cut_bottom(&inner, 56);
    draw_table(ui, rect_inset(inner, 8, 4), state);
    (void)widget_button(ui, rect_inset(rect_cut_right(&tools, 220), 12, 8),
                        &(struct widget_button){.id = "audit.verify",
                                                .label = desk_text(ui, "desk.audit.verify"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .icon = ICON_SHIELD,
                                                .busy = state->loading != 0});
}
