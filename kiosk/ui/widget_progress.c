#include "kiosk/ui/widget_progress.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

struct widget *widget_progress(struct ui *ui, struct rect rect, const char *id, const char *label,
                               int percent)
{
    char value[16];
    percent = percent < 0 ? 0 : percent > 100 ? 100 : percent;
    struct widget *widget = widget_add(ui, WIDGET_KIND_PROGRESS, rect, id, label);
    widget->data = widget_keep_bytes(ui, widget, &percent, sizeof percent);
    snprintf(value, sizeof value, "%d%%", percent);
    widget->value = widget_keep_text(ui, widget, value);
    return widget;
}

void widget_progress_paint(struct widget_paint *paint, const struct widget *w)
{
    int percent = *(const int *)w->data, height = widget_draw_is_desk(paint) ? 8 : 20;
    struct rect bar = rect_center(w->rect, w->rect.w, height);
    widget_draw_round(paint, bar, height / 2, THEME_COLOR_SUNK);
    if (paint->theme != THEME_STANDARD)
        widget_draw_outline(paint, bar, height / 2, 2, THEME_COLOR_LINE200);
    bar.w = bar.w * percent / 100;
    if (percent > 0)
        widget_draw_round(paint, bar, height / 2, THEME_COLOR_B700);
}

struct stages_data {
    int count;
    struct {
        const char *name, *line;
        enum widget_mark_state state;
    } stages[WIDGET_PROGRESS_STAGES];
};

struct widget *widget_progress_stages(struct ui *ui, struct rect rect, const char *id,
                                      const struct widget_progress_stage *stages, int count)
{
    const char *now = "";
    for (int i = 0; i < count; i++)
        if (stages[i].state == WIDGET_MARK_NOW)
            now = stages[i].name;
    struct widget *widget = widget_add(ui, WIDGET_KIND_STAGES, rect, id, now);
    struct stages_data *data = widget_allocate(ui, sizeof *data);
    data->count = count < WIDGET_PROGRESS_STAGES ? count : WIDGET_PROGRESS_STAGES;
    for (int i = 0; i < data->count; i++) {
        data->stages[i].name = widget_keep_text(ui, widget, stages[i].name);
        data->stages[i].line = widget_keep_text(ui, widget, stages[i].line);
        data->stages[i].state = stages[i].state;
        widget_mix(widget, stages[i].state);
    }
    widget->data = data;
    return widget;
}

/* The words may reach a little into the gaps beside the stage. */
static void paint_stage(struct widget_paint *paint, const struct stages_data *d, int i, struct rect at,
                        int beside)
{
    enum { SIDE = 80 };
    enum widget_mark_state state = d->stages[i].state;
    struct rect circle = rect_center(rect_cut_top(&at, SIDE), SIDE, SIDE);
    char number[12];
    snprintf(number, sizeof number, "%d", i + 1);
    if (state == WIDGET_MARK_DONE || state == WIDGET_MARK_FAILED) {
        bool done = state == WIDGET_MARK_DONE;
        widget_draw_disc(paint, circle, done ? THEME_COLOR_JADE600 : THEME_COLOR_SEAL600);
        widget_draw_icon(paint, circle, done ? ICON_CHECK : ICON_BANG, 44,
                         done ? THEME_COLOR_ON_JADE : THEME_COLOR_ON_SEAL);
    } else if (state == WIDGET_MARK_NOW) {
        widget_draw_disc(paint, circle, THEME_COLOR_B700);
        widget_draw_bold(paint, circle, THEME_TYPE_BODY_L, WIDGET_CENTER, number, THEME_COLOR_ON_PRIMARY);
    } else {
        widget_draw_outline(paint, circle, SIDE / 2, 3, THEME_COLOR_LINE300);
        widget_draw_bold(paint, circle, THEME_TYPE_BODY_L, WIDGET_CENTER, number, THEME_COLOR_INK700);
    }
    struct theme_text name = theme_text(paint->theme, THEME_TYPE_BODY_STRONG);
    struct theme_text line = theme_text(paint->theme, THEME_TYPE_SMALL);
    int room = at.h - name.line_px - line.line_px;
    (void)rect_cut_top(&at, room > 16 ? 16 : room > 0 ? room : 0);
    /* With too little height the two lines close up, but never over each other's glyphs. */
    name.line_px = room < 0 ? (name.line_px * at.h) / (name.line_px + line.line_px) : name.line_px;
    at = rect_inset(at, -beside, 0);
    widget_draw_text(paint, rect_cut_top(&at, name.line_px), THEME_TYPE_BODY_STRONG, WIDGET_CENTER,
                     d->stages[i].name, state == WIDGET_MARK_NOW ? THEME_COLOR_B700 : THEME_COLOR_INK900);
    widget_draw_text(paint, rect_cut_top(&at, line.line_px), THEME_TYPE_SMALL, WIDGET_CENTER,
                     d->stages[i].line, THEME_COLOR_INK700);
}

void widget_progress_paint_stages(struct widget_paint *paint, const struct widget *w)
{
    enum { STAGE_WIDTH = 160, GAP = 8 };
    const struct stages_data *d = w->data;
    int width = d->count > 0 && w->rect.w / d->count < STAGE_WIDTH ? w->rect.w / d->count : STAGE_WIDTH;
    int pitch = d->count > 1 ? (w->rect.w - width) / (d->count - 1) : 0;
    int beside = pitch - width > 2 * GAP ? GAP : 0;
    for (int i = 0; i < d->count; i++) {
        struct rect at = rect_make(w->rect.x + pitch * i, w->rect.y, width, w->rect.h);
        paint_stage(paint, d, i, at, beside);
        if (i + 1 < d->count && pitch - width > 8)
            widget_draw_round(paint, rect_make(at.x + width, at.y + 37, pitch - width, 6), 3,
                              d->stages[i].state == WIDGET_MARK_DONE ? THEME_COLOR_JADE600
                                                                     : THEME_COLOR_LINE300);
    }
}

struct ring_data {
    int left, total;
    bool amber, below;
    const char *caption;
};

struct widget *widget_progress_ring(struct ui *ui, struct rect rect, const struct widget_progress_ring *ring)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_RING, rect, ring->id, ring->text);
    struct ring_data data = {
        .left = ring->left, .total = ring->total, .amber = ring->amber, .below = ring->caption_below};
    struct ring_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    kept->caption = widget_keep_text(ui, widget, ring->caption);
    widget->value = kept->caption;
    widget->data = kept;
    return widget;
}

/* The number keeps clear of the ring. */
static enum theme_type number_type(struct widget_paint *paint, const struct ring_data *d, const char *text,
                                   int room)
{
    static const enum theme_type types[] = {THEME_TYPE_SECONDS, THEME_TYPE_DISPLAY, THEME_TYPE_H0,
                                            THEME_TYPE_H1,      THEME_TYPE_H2,      THEME_TYPE_BODY_STRONG};
    if (widget_draw_is_desk(paint))
        return THEME_TYPE_DESK_FIGURE;
    size_t i = d->below ? 0 : 2, last = sizeof types / sizeof types[0] - 1;
    while (i < last && widget_draw_width(paint, types[i], text) > room)
        i++;
    return types[i];
}

void widget_progress_paint_ring(struct widget_paint *paint, const struct widget *w)
{
    const struct ring_data *d = w->data;
    int side = w->rect.w < w->rect.h ? w->rect.w : w->rect.h;
    struct rect r = rect_center(w->rect, side, side);
    bool desk = widget_draw_is_desk(paint);
    int stroke = desk ? 8 : side > 210 ? 16 : 14;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, r)))
        return;
    widget_draw_arc(paint, r, stroke, 0, 1,
                    paint->theme == THEME_CONTRAST ? THEME_COLOR_KEYFN : THEME_COLOR_B100);
    double part = d->total > 0 ? (double)d->left / d->total : 0;
    if (part > 0)
        widget_draw_arc(paint, r, stroke, 0, part > 1 ? 1 : part,
                        d->amber ? THEME_COLOR_AMBER500 : THEME_COLOR_B700);
    enum theme_type big = number_type(paint, d, w->label, side - 2 * stroke - 24);
    enum theme_type small = desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_SMALL;
    int number = theme_text(paint->theme, big).line_px, caption = theme_text(paint->theme, small).line_px;
    number = number * 8 / 10;
    int y = r.y + (side - number - caption) / 2;
    struct rect first = rect_make(r.x, y, side, d->below ? number : caption);
    struct rect second = rect_make(r.x, y + first.h, side, d->below ? caption : number);
    widget_draw_text(paint, d->below ? first : second, big, WIDGET_CENTER, w->label, THEME_COLOR_INK900);
    widget_draw_text(paint, d->below ? second : first, small, WIDGET_CENTER, d->caption, THEME_COLOR_INK700);
}
