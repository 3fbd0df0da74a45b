/* Wall: one tile a terminal in its fixed place: where it stands, since when, what is out of order (c01). */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"

enum { COLUMNS = 3, TILE_HEIGHT = 190, TIMER_SECOND = 0 };

struct desk_wall_state {
    int unused;
};
DESK_STATE(wall)

void desk_wall_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    (void)service_desk_overview(desk_program(ui)->services);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_wall_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

void desk_wall_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (event->kind == UI_EVENT_TIMER)
        ui_timer(ui, TIMER_SECOND, 1000);
    else
        (void)desk_common(ui, event);
}

static bool is_well(enum device_state state)
{
    return state == DEVICE_READY || state == DEVICE_WORKING || state == DEVICE_SUPPLY_LOW;
}

static void draw_devices(struct ui *ui, struct rect area, const struct service_devices *devices)
{
    const struct {
        const char *key;
        enum device_state state;
    } all[] = {{"device.printer", devices->printer},
               {"device.scanner", devices->scanner},
               {"device.writer", devices->writer}};
    for (int i = 0; i < 3; i++)
        (void)widget_mark_chip(ui, rect_column(area, i, 3, 8), WIDGET_LEFT,
                               is_well(all[i].state) ? WIDGET_MARK_GREEN : WIDGET_MARK_RED,
                               desk_text(ui, all[i].key));
}

static void draw_tile(struct ui *ui, struct rect tile, const struct service_terminal *terminal)
{
    char key[80];
    char since[16];
    char line[160];
    const struct words *words = desk_program(ui)->words;
    (void)widget_panel(ui, tile,
                       terminal->is_calling || !terminal->is_alive ? WIDGET_PANEL_ERROR : WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(tile, 18, 14);
    struct rect head = rect_cut_top(&inner, 30);
    (void)widget_mark_chip(ui, head, WIDGET_RIGHT,
                           terminal->is_calling ? WIDGET_MARK_RED
                           : terminal->is_alive ? WIDGET_MARK_GREEN
                                                : WIDGET_MARK_GREY,
                           desk_text(ui, terminal->is_calling ? "desk.calling"
                                         : terminal->is_alive ? "desk.alive"
                                                              : "desk.silent"));
    (void)widget_label(
        ui, rect_make(head.x, head.y, head.w - 110, head.h),
        &(struct widget_label){.text = terminal->id, .type = THEME_TYPE_DESK_STRONG, .middle = true});
    (void)snprintf(key, sizeof(key), "%s.title", terminal->screen);
    (void)text_copy(line, sizeof(line), words_has(words, key) ? words_text(words, key) : terminal->screen);
    (void)widget_label(ui, rect_cut_top(&inner, 30),
                       &(struct widget_label){.text = line, .type = THEME_TYPE_DESK, .middle = true});
    desk_since(ui, terminal->step_since_utc_s, since);
    (void)snprintf(line, sizeof(line), "%s %s", terminal->acceptance,
                   terminal->step_since_utc_s > 0 ? since : "");
    (void)widget_label(
        ui, rect_cut_top(&inner, 28),
        &(struct widget_label){
            .text = line, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
    draw_devices(ui, rect_cut_bottom(&inner, 30), &terminal->devices);
}

void desk_wall_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct rect area = desk_page(ui, DESK_WALL);
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->terminal_count; i++) {
        struct rect row =
            rect_make(area.x, area.y + (int)i / COLUMNS * (TILE_HEIGHT + 12), area.w, TILE_HEIGHT);
        draw_tile(ui, rect_column(row, (int)i % COLUMNS, COLUMNS, 12), &view->terminals[i]);
    }
    if (view->terminal_count == 0)
        (void)widget_label_text(ui, area, THEME_TYPE_DESK, desk_text(ui, "desk.wall.empty"));
}
