#include "kiosk/ui/widget_emblem.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { TURN_MS = 1200, RING = 6, ARC = 12 };

struct emblem_data {
    enum widget_mark_state state;
};

struct widget *widget_emblem(struct ui *ui, struct rect rect, enum widget_mark_state state, const char *label)
{
    int side = rect.w < rect.h ? rect.w : rect.h;
    struct widget *widget = widget_add(ui, WIDGET_KIND_EMBLEM, rect_center(rect, side, side), "", label);
    widget->data = widget_keep_bytes(ui, widget, &(struct emblem_data){state}, sizeof(struct emblem_data));
    if (state == WIDGET_MARK_NOW)
        widget->state |= WIDGET_ANIMATED;
    return widget;
}

/* Head and shoulders, in the left part of the card. */
static void paint_person(struct widget_paint *paint, struct rect at)
{
    int head = at.w * 46 / 100;
    struct rect shoulders = rect_make(at.x, at.y + at.h * 54 / 100, at.w, at.h * 46 / 100);
    widget_draw_disc(paint, rect_make(at.x + (at.w - head) / 2, at.y, head, head), THEME_COLOR_B300);
    canvas_push_clip(paint->canvas, layout_to_window(paint->layout, shoulders));
    widget_draw_round(paint, rect_make(shoulders.x, shoulders.y, shoulders.w, shoulders.h * 2),
                      at.w * 42 / 100, THEME_COLOR_B300);
    canvas_pop_clip(paint->canvas);
}

static void paint_card(struct widget_paint *paint, struct rect card)
{
    static const int widths[] = {62, 100, 84};
    int unit = card.h / 10;
    bool contrast = paint->theme == THEME_CONTRAST;
    widget_draw_round(paint, card, unit, contrast ? THEME_COLOR_SURFACE : THEME_COLOR_ON_DARK);
    if (contrast)
        widget_draw_outline(paint, card, unit, 3, THEME_COLOR_ON_DARK);
    struct rect inner = rect_inset(card, unit * 14 / 10, unit * 15 / 10);
    paint_person(paint, rect_cut_left(&inner, inner.w * 36 / 100));
    (void)rect_cut_left(&inner, unit * 14 / 10);
    for (int i = 0; i < 3; i++) {
        struct rect line = rect_row(inner, i, 3, inner.h / 7);
        widget_draw_round(paint, rect_make(line.x, line.y + line.h / 4, line.w * widths[i] / 100, line.h / 2),
                          line.h / 4, i == 0 ? THEME_COLOR_B700 : THEME_COLOR_LINE300);
    }
}

static void paint_ring(struct widget_paint *paint, struct rect at, enum widget_mark_state state)
{
    double turn = (double)(paint->now_ms % TURN_MS) / TURN_MS;
    widget_draw_arc(paint, rect_inset(at, (ARC - RING) / 2, (ARC - RING) / 2), RING, 0, 1,
                    THEME_COLOR_LINE500);
    if (state == WIDGET_MARK_NOW)
        widget_draw_arc(paint, at, ARC, turn, turn + 0.3, THEME_COLOR_JADE_DARK);
    else if (state == WIDGET_MARK_DONE)
        widget_draw_arc(paint, at, ARC, 0, 1, THEME_COLOR_JADE_DARK);
    else if (state == WIDGET_MARK_FAILED)
        widget_draw_arc(paint, at, ARC, 0, 1, THEME_COLOR_AMBER500);
}

void widget_emblem_paint(struct widget_paint *paint, const struct widget *widget)
{
    const struct emblem_data *d = widget->data;
    struct rect at = widget->rect;
    int width = at.w * 62 / 100;
    widget_draw_disc(paint, rect_inset(at, ARC, ARC), THEME_COLOR_B800);
    paint_ring(paint, at, d->state);
    paint_card(paint, rect_center(at, width, width * 63 / 100));
    if (d->state != WIDGET_MARK_FAILED)
        return;
    int side = at.w * 20 / 100;
    struct rect sign = rect_make(at.x + at.w * 70 / 100, at.y + at.h * 62 / 100, side, side);
    widget_draw_disc(paint, rect_inset(sign, -6, -6), THEME_COLOR_B800);
    widget_draw_disc(paint, sign, THEME_COLOR_AMBER500);
    widget_draw_icon(paint, sign, ICON_BANG, side * 6 / 10, THEME_COLOR_B900);
}
