/* The table of painters and what they share. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_judge.h"

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
    if (paint->cuts && paint->cuts->judge)
        widget_judge_begin(paint, tree);
    for (const struct widget *w = widget_tree_root(tree); w; w = widget_next(w)) {
        if (!painters[w->kind] || (w->state & WIDGET_HIDDEN))
            continue;
        paint->now = w;
        painters[w->kind](paint, w);
        paint_focus(paint, w);
    }
    if (paint->cuts && paint->cuts->judge)
        widget_judge_end(paint, tree);
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
    if (paint->cuts && w && w->kind != WIDGET_KIND_FIELD && w->kind != WIDGET_KIND_TABLE_ROW &&
        w->kind != WIDGET_KIND_TOP_BAR)
        widget_judge_note(&paint->cuts->cut, w);
}

void widget_paint_run(struct widget_paint *paint, int px, enum theme_weight weight, const char *text,
                      size_t length, int x, int middle, uint32_t color)
{
    bool judged = paint->cuts && paint->cuts->judge && paint->now && length > 0;
    struct widget_judge_run run = {px, x, middle, 0, color};
    if (judged) {
        run.width = font_width(paint->font, px, weight, text, length);
        widget_judge_below(paint, &run);
    }
    font_draw(paint->font, paint->canvas, px, weight, text, length, x, middle, color);
    if (judged)
        widget_judge_drawn(paint, &run);
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
        widget_paint_run(paint, px, text.weight, words, length, aligned(r, align, width), middle, color);
        return;
    }
    note_cut(paint);
    char shown[4 * UI_TEXT_BYTES]; /* more than a window is wide */
    length = fitting(paint, px, text.weight, words, r.w);
    (void)snprintf(shown, sizeof shown, "%.*s…", (int)length, words);
    widget_paint_run(paint, px, text.weight, shown, strlen(shown), r.x, middle, color);
}

static void paint_mask(struct widget_paint *paint, struct rect rect, const struct mask *mask, uint32_t color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    if (!mask)
        return;
    int x = r.x + (r.w - mask->width) / 2, y = r.y + (r.h - mask->height) / 2;
    if (paint->cuts && paint->cuts->judge)
        widget_judge_sign(paint, rect_make(x, y, mask->width, mask->height), color);
    canvas_mask(paint->canvas, mask, x, y, color);
}

void widget_paint_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side, uint32_t color)
{
    paint_mask(paint, rect, icon_mask(paint->icons, icon, layout_length(paint->layout, side)), color);
}

void widget_paint_drawing(struct widget_paint *paint, struct rect rect, const char *name, int side,
                          uint32_t color)
{
    paint_mask(paint, rect, icon_drawing(paint->icons, name, layout_length(paint->layout, side)), color);
}
