/* The table of painters and what they share. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/contrast.h"
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

static void note(struct widget_noted *list, const struct widget *w)
{
    if (list->count == WIDGET_CUTS_MAX || (list->count > 0 && list->widgets[list->count - 1] == w))
        return;
    list->widgets[list->count++] = w;
}

/* Fields scroll, table cells and the top bar may shorten what comes from outside; everything else must fit.
 */
static void note_cut(struct widget_paint *paint)
{
    const struct widget *w = paint->now;
    if (paint->cuts && w && w->kind != WIDGET_KIND_FIELD && w->kind != WIDGET_KIND_TABLE_ROW &&
        w->kind != WIDGET_KIND_TOP_BAR)
        note(&paint->cuts->cut, w);
}

/* Design 2.1 gives these less than 7:1: placeholders, what is disabled, steps to come, the star of a field.
 */
static bool is_quiet(const struct widget_paint *paint, uint32_t color)
{
    static const enum theme_color quiet[] = {THEME_COLOR_INK400, THEME_COLOR_DIS_TEXT, THEME_COLOR_INK500,
                                             THEME_COLOR_SEAL600, THEME_COLOR_JADE600};
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++)
        if (color == widget_paint_color(paint, quiet[i]))
            return true;
    return false;
}

/* Design 6: text 7:1 or better; 4.5:1 where it is large (36 px and up) and at the desk. */
static bool is_faint(const struct widget_paint *paint, int px, uint32_t color, int ratio)
{
    bool large = px >= layout_length(paint->layout, 36) || paint->layout->mode == LAYOUT_DESK;
    return ratio < (large || is_quiet(paint, color) ? 450 : 700);
}

/* What lies below is looked up before the text covers it, left of it, right of it and above; a neighbour may
 * lie at one of these places, so the best one counts. */
static void judge_contrast(struct widget_paint *paint, int px, int x, int middle, int width, uint32_t color)
{
    const int at[][2] = {{x - 2, middle}, {x + width + 2, middle}, {x, middle - px * 5 / 8}};
    const struct canvas *canvas = paint->canvas;
    int best = 0;
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        if (at[i][0] < 0 || at[i][1] < 0 || at[i][0] >= canvas->width || at[i][1] >= canvas->height)
            continue;
        uint32_t below = canvas->pixels[(size_t)at[i][1] * (size_t)canvas->stride + (size_t)at[i][0]];
        int ratio = contrast_ratio(color, below & 0xffffff);
        best = ratio > best ? ratio : best;
    }
    if (is_faint(paint, px, color, best))
        note(&paint->cuts->faint, paint->now);
}

void widget_paint_run(struct widget_paint *paint, int px, enum theme_weight weight, const char *text,
                      size_t length, int x, int middle, uint32_t color)
{
    if (paint->cuts && paint->cuts->judges_contrast && paint->now && length > 0)
        judge_contrast(paint, px, x, middle, font_width(paint->font, px, weight, text, length), color);
    font_draw(paint->font, paint->canvas, px, weight, text, length, x, middle, color);
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
    length = fitting(paint, px, text.weight, words, r.w);
    int used = font_width(paint->font, px, text.weight, words, length);
    widget_paint_run(paint, px, text.weight, words, length, r.x, middle, color);
    widget_paint_run(paint, px, text.weight, "…", strlen("…"), r.x + used, middle, color);
}

void widget_paint_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side, uint32_t color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    int length = layout_length(paint->layout, side);
    const struct mask *mask = icon_mask(paint->icons, icon, length);
    if (mask)
        canvas_mask(paint->canvas, mask, r.x + (r.w - length) / 2, r.y + (r.h - length) / 2, color);
}
