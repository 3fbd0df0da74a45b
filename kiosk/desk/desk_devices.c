/* Devices: every device of every terminal in words, with what to do about it (c03). */
#include <stdio.h>

#include "kiosk/desk/desk_list.h"

enum { KINDS = 6, ROWS_MAX = SERVICE_TERMINALS_MAX * KINDS };

struct desk_devices_state {
    int first;
};
DESK_STATE(devices)

void desk_devices_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    (void)service_desk_overview(desk_program(ui)->services);
}

void desk_devices_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void desk_devices_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_devices_state *state = memory;
    if (event->kind == UI_EVENT_WHEEL)
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    else
        (void)desk_common(ui, event);
}

static int add_rows(struct ui *ui, const struct service_terminal *terminal, struct widget_table_row *rows)
{
    const struct {
        const char *key;
        enum device_state state;
    } all[KINDS] = {
        {"device.printer", terminal->devices.printer}, {"device.scanner", terminal->devices.scanner},
        {"device.writer", terminal->devices.writer},   {"device.authority", terminal->devices.authority},
        {"device.payment", terminal->devices.payment}, {"device.sms", terminal->devices.sms}};
    for (int i = 0; i < KINDS; i++) {
        char state[48];
        char advice[48];
        bool well = all[i].state == DEVICE_READY || all[i].state == DEVICE_WORKING;
        (void)snprintf(state, sizeof(state), "device.state.%s", device_state_name(all[i].state));
        (void)snprintf(advice, sizeof(advice), "device.advice.%s", device_state_name(all[i].state));
        rows[i] = (struct widget_table_row){
            .cells = {terminal->id, desk_text(ui, all[i].key), desk_text(ui, state), desk_text(ui, advice)},
            .look = well                                ? WIDGET_TABLE_PLAIN
                    : all[i].state == DEVICE_SUPPLY_LOW ? WIDGET_TABLE_AMBER
                                                        : WIDGET_TABLE_RED};
    }
    return KINDS;
}

void desk_devices_draw(void *memory, struct ui *ui)
{
    const struct desk_devices_state *state = memory;
    struct rect area = desk_page(ui, DESK_DEVICES);
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[ROWS_MAX];
    int count = 0;
    for (size_t i = 0; i < view->terminal_count; i++)
        count += add_rows(ui, &view->terminals[i], &rows[count]);
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.terminal"), .width = 200},
        {.title = desk_text(ui, "desk.column.device"), .width = 160},
        {.title = desk_text(ui, "desk.column.state"), .width = 160},
        {.title = desk_text(ui, "desk.column.advice")}};
    struct rect inner = ui_page_desk_panel(ui, area, desk_text(ui, "desk.devices.title"), NULL);
    (void)widget_table(ui, rect_inset(inner, 8, 4),
                       &(struct widget_table){.id = "devices",
                                              .label = desk_text(ui, "desk.devices.title"),
                                              .columns = columns,
                                              .column_count = 4,
                                              .rows = rows,
                                              .row_count = count,
                                              .first = state->first,
                                              .empty = desk_text(ui, "desk.wall.empty")});
}
