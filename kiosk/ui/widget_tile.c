#include "kiosk/ui/widget_tile.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { RADIUS = 10 };

static const struct {
    enum theme_color fill, outline;
    int width;
} looks[] = {
    [WIDGET_TILE_PLAIN] = {THEME_COLOR_SURFACE, THEME_COLOR_LINE200, 1},
    [WIDGET_TILE_WAITS] = {THEME_COLOR_SURFACE, THEME_COLOR_B700, 2},
    [WIDGET_TILE_SLOW] = {THEME_COLOR_SURFACE, THEME_COLOR_AMBER500, 2},
    [WIDGET_TILE_ALARM] = {THEME_COLOR_SURFACE, THEME_COLOR_SEAL600, 2},
    [WIDGET_TILE_QUIET] = {THEME_COLOR_DESK_QUIET, THEME_COLOR_LINE200, 1},
    [WIDGET_TILE_URGENT] = {THEME_COLOR_ERROR_FILL, THEME_COLOR_ERROR_FILL, 0},
};

struct widget *widget_tile(struct ui *ui, struct rect rect, enum widget_tile look)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TILE, rect, "", "");
    widget->data = widget_keep_bytes(ui, widget, &look, sizeof look);
    return widget;
}

void widget_tile_paint(struct widget_paint *paint, const struct widget *w)
{
    enum widget_tile look = *(const enum widget_tile *)w->data;
    if (looks[look].width == 0) {
        widget_draw_fill(paint, w->rect, looks[look].fill);
        return;
    }
    widget_draw_shadow(paint, w->rect, RADIUS, 2, 8, 18);
    widget_draw_round(paint, w->rect, RADIUS, looks[look].fill);
    widget_draw_outline(paint, w->rect, RADIUS, looks[look].width, looks[look].outline);
}
