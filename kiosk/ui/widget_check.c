#include "kiosk/ui/widget_check.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum { CIRCLE = 52, GAP = 18, SEGMENTS_MAX = 16, SEGMENT_GAP = 8 };

struct check_data {
    enum widget_check_state state;
    bool last;
    const char *remark;
};

struct widget *widget_check(struct ui *ui, struct rect rect, const struct widget_check *check)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CHECK, rect, check->id, check->name);
    struct check_data *data = widget_keep_bytes(
        ui, widget, &(struct check_data){.state = check->state, .last = check->last}, sizeof(*data));
    int words = widget_label_width(ui, THEME_TYPE_BODY_L_STRONG, check->name);
    int left = rect.w - CIRCLE - GAP - words - GAP;
    if (check->remark && widget_label_width(ui, THEME_TYPE_SMALL, check->remark) <= left)
        data->remark = widget_keep_text(ui, widget, check->remark);
    widget->value = data->remark;
    widget->data = data;
    return widget;
}

int widget_check_height(const struct ui *ui)
{
    return theme_is_large(ui->theme) ? 84 : 78;
}

static void paint_mark(struct widget_paint *paint, struct rect at, enum widget_check_state state)
{
    int side = at.h < CIRCLE ? at.h : CIRCLE;
    struct rect circle = rect_center(at, side, side);
    if (state == WIDGET_CHECK_GOOD) {
        widget_draw_disc(paint, circle, THEME_COLOR_JADE100);
        widget_draw_icon(paint, circle, ICON_CHECK, side * 6 / 10, THEME_COLOR_JADE700);
    } else if (state == WIDGET_CHECK_BAD) {
        widget_draw_disc(paint, circle, THEME_COLOR_SEAL600);
        widget_draw_icon(paint, circle, ICON_CROSS, side * 6 / 10, THEME_COLOR_ON_SEAL);
    } else {
        widget_draw_disc(paint, circle, THEME_COLOR_SUNK);
        widget_draw_icon(paint, circle, ICON_MINUS, side * 6 / 10, THEME_COLOR_INK700);
    }
}

void widget_check_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct check_data *d = w->data;
    struct rect r = w->rect;
    struct theme_text name = theme_text(paint->theme, THEME_TYPE_READING);
    enum theme_color color = d->state == WIDGET_CHECK_BAD ? THEME_COLOR_SEAL700 : THEME_COLOR_INK900;
    name.weight = THEME_WEIGHT_MEDIUM;
    if (!d->last)
        widget_draw_fill(paint, rect_make(r.x, r.y + r.h - 2, r.w, 2), THEME_COLOR_LINE200);
    paint_mark(paint, rect_cut_left(&r, CIRCLE), d->state);
    (void)rect_cut_left(&r, GAP);
    if (d->remark) {
        int width = widget_draw_width(paint, THEME_TYPE_SMALL, d->remark) + 2;
        widget_draw_text(paint, rect_cut_right(&r, width), THEME_TYPE_SMALL, WIDGET_RIGHT, d->remark,
                         d->state == WIDGET_CHECK_BAD ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700);
    }
    widget_paint_text(paint, r, name, WIDGET_LEFT, w->label, widget_paint_color(paint, color));
}

struct bar_data {
    int count;
    enum widget_check_state states[SEGMENTS_MAX];
};

static void paint_bar(struct widget_paint *paint, const struct widget *w)
{
    const struct bar_data *d = w->data;
    for (int i = 0; i < d->count; i++)
        widget_draw_round(paint, rect_column(w->rect, i, d->count, SEGMENT_GAP), w->rect.h / 2,
                          d->states[i] == WIDGET_CHECK_GOOD  ? THEME_COLOR_JADE600
                          : d->states[i] == WIDGET_CHECK_BAD ? THEME_COLOR_SEAL600
                                                             : THEME_COLOR_LINE300);
}

struct widget *widget_check_bar(struct ui *ui, struct rect rect, const char *label,
                                const enum widget_check_state *states, int count)
{
    struct widget *widget = widget_custom(ui, rect, "", label, paint_bar);
    struct bar_data data = {.count = count < SEGMENTS_MAX ? count : SEGMENTS_MAX};
    for (int i = 0; i < data.count; i++)
        data.states[i] = states[i];
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}
