/* The table of painters and what they share. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"

static const widget_painter painters[WIDGET_KIND_COUNT] = {
#define WIDGET_KIND(code, name, paint) paint,
#include "kiosk/ui/widget_kinds.def"
#undef WIDGET_KIND
};

void widget_paint_custom(struct widget_paint *paint, const struct widget *widget)
{
    if (widget->paint)
        widget->paint(paint, widget);
}

uint32_t widget_paint_color(const struct widget_paint *paint, enum theme_color color)
{
    return theme_color(paint->theme, color);
}

/* Around keyboard focus: 4 px ring at 4 px distance (design 4). Fields and the desk draw their own. */
static void paint_focus(struct widget_paint *paint, const struct widget *widget)
{
    bool desk = paint->layout->mode == LAYOUT_DESK;
    if (!(widget->state & WIDGET_FOCUSED) || (widget->state & WIDGET_EDITABLE))
        return;
    int gap = desk ? 2 : 4, width = desk ? 2 : 4;
    struct rect ring = layout_to_window(paint->layout, rect_inset(widget->rect, -gap - width, -gap - width));
    canvas_outline_round(paint->canvas, ring, layout_length(paint->layout, desk ? 12 : 22),
                         layout_length(paint->layout, width), widget_paint_color(paint, THEME_COLOR_B700));
}

void widget_tree_paint(const struct widget_tree *tree, struct widget_paint *paint)
{
    for (const struct widget *w = widget_tree_root(tree); w; w = widget_next(w)) {
        if (!painters[w->kind] || (w->state & WIDGET_HIDDEN))
            continue;
        paint->now = w;
        painters[w->kind](paint, w);
        paint_focus(paint, w);
    }
}

/* The bytes of the longest beginning that fits with an ellipsis behind it. */
static size_t fitting(struct widget_paint *paint, int px, enum theme_weight weight, const char *words,
                      int width)
{
    int room = width - font_width(paint->font, px, weight, "…", strlen("…"));
    size_t good = 0;
    for (const char *at = words; *at;) {
        const char *next = at;
        (void)text_next(&next);
        if (font_width(paint->font, px, weight, words, (size_t)(next - words)) > room)
            break;
        good = (size_t)(next - words);
        at = next;
    }
    return good;
}

static int aligned(struct rect r, enum widget_align align, int width)
{
    return align == WIDGET_LEFT ? r.x : align == WIDGET_RIGHT ? r.x + r.w - width : r.x + (r.w - width) / 2;
}

/* Fields scroll, table cells and the top bar may shorten what comes from outside; everything else must fit.
 */
static void note_cut(struct widget_paint *paint)
{
    const struct widget *w = paint->now;
    struct widget_cuts *cuts = paint->cuts;
    if (!cuts || !w || cuts->count >= WIDGET_CUTS_MAX || w->kind == WIDGET_KIND_FIELD ||
        w->kind == WIDGET_KIND_TABLE_ROW || w->kind == WIDGET_KIND_TOP_BAR)
        return;
    for (int i = 0; i < cuts->count; i++)
        if (cuts->widgets[i] == w)
            return;
    cuts->widgets[cuts->count++] = w;
}

void widget_paint_text(struct widget_paint *paint, struct rect rect, struct theme_text text,
                       enum widget_align align, const char *words, uint32_t color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    if (!words || !words[0] || !canvas_is_visible(paint->canvas, rect_inset(r, 0, -text.px)))
        return;
    int px = layout_length(paint->layout, text.px), middle = r.y + r.h / 2;
    size_t length = strlen(words);
    int width = font_width(paint->font, px, text.weight, words, length);
    if (width <= r.w + 1) {
        font_draw(paint->font, paint->canvas, px, text.weight, words, length, aligned(r, align, width),
                  middle, color);
        return;
    }
    note_cut(paint);
    length = fitting(paint, px, text.weight, words, r.w);
    int used = font_width(paint->font, px, text.weight, words, length);
    font_draw(paint->font, paint->canvas, px, text.weight, words, length, r.x, middle, color);
    font_draw(paint->font, paint->canvas, px, text.weight, "…", strlen("…"), r.x + used, middle, color);
}

void widget_paint_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side, uint32_t color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    int length = layout_length(paint->layout, side);
    const struct mask *mask = icon_mask(paint->icons, icon, length);
    if (mask)
        canvas_mask(paint->canvas, mask, r.x + (r.w - length) / 2, r.y + (r.h - length) / 2, color);
}
