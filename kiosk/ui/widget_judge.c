#include "kiosk/ui/widget_judge.h"

#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/contrast.h"
#include "kiosk/ui/ui_core.h"

enum {
    RUNS_MAX = 1024,
    INK_PERCENT =
        33, /* of the size of its letters, above and below the middle of the line: where every text has ink */
    DIFFERENCE = 24 /* of a channel: less is the end of a shadow */
};

enum { BEST_RATIO = 2100, SIGN_RATIO = 300 }; /* of contrast_ratio */
enum { EXCUSED_MAX = 16, AROUND = 40 /* base px; as far as shadows go */ };

struct widget_judge {
    int count;
    struct rect excused[EXCUSED_MAX]; /* window px; where a motif lies below texts or a message over them */
    int excused_count;
    struct {
        const struct widget *widget;
        struct rect ink; /* window px */
        uint64_t sum;    /* of its pixels */
    } runs[RUNS_MAX];
};

struct widget_judge *widget_judge_new(void)
{
    struct widget_judge *judge = calloc(1, sizeof *judge);
    check(judge != NULL);
    return judge;
}

void widget_judge_free(struct widget_judge *judge)
{
    free(judge);
}

void widget_judge_note(struct widget_noted *list, const struct widget *w)
{
    for (int i = 0; i < list->count; i++)
        if (list->widgets[i] == w)
            return;
    if (list->count < WIDGET_CUTS_MAX)
        list->widgets[list->count++] = w;
}

/* --- contrast ---------------------------------------------------------------------------------------- */

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

/* --- what crosses a text ------------------------------------------------------------------------------- */

/* The part of the canvas the text's letters fill, as far as it is painted now. */
static struct rect ink_of(const struct widget_paint *paint, const struct widget_judge_run *run)
{
    int half = run->px * INK_PERCENT / 100;
    return rect_intersect(paint->canvas->clip,
                          rect_make(run->x + 2, run->middle - half, run->width - 4, 2 * half));
}

static const uint32_t *row_at(const struct widget_paint *paint, struct rect ink, int y)
{
    return paint->canvas->pixels + (ptrdiff_t)(ink.y + y) * paint->canvas->stride + ink.x;
}

static bool differs(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > DIFFERENCE)
            return true;
    return false;
}

static bool is_crossed(const struct widget_paint *paint, struct rect ink)
{
    uint32_t ground = rect_is_empty(ink) ? 0 : *row_at(paint, ink, ink.h / 2);
    for (int y = 0; y < ink.h; y++) {
        const uint32_t *row = row_at(paint, ink, y);
        for (int x = 0; x < ink.w; x++)
            if (row[x] != ground && differs(row[x], ground))
                return true;
    }
    return false;
}

static uint64_t sum_of(const struct widget_paint *paint, struct rect ink)
{
    uint64_t sum = 14695981039346656037u;
    for (int y = 0; y < ink.h; y++) {
        const uint32_t *row = row_at(paint, ink, y);
        for (int x = 0; x < ink.w; x++)
            sum = (sum ^ (row[x] & 0xffffff)) * 1099511628211u;
    }
    return sum;
}

/* A brand panel's motif may lie below words, and a message of a moment over them. */
static bool is_excuse(const struct widget *w)
{
    return w->kind == WIDGET_KIND_TOAST || (w->kind == WIDGET_KIND_MOTIF && w->tag != 0);
}

void widget_judge_begin(struct widget_paint *paint, const struct widget_tree *tree)
{
    struct widget_judge *judge = paint->cuts->judge;
    judge->count = judge->excused_count = 0;
    for (const struct widget *w = widget_tree_root(tree); w; w = widget_next(w))
        if (is_excuse(w) && judge->excused_count < EXCUSED_MAX)
            judge->excused[judge->excused_count++] =
                layout_to_window(paint->layout, rect_inset(w->rect, -AROUND, -AROUND));
}

static bool is_excused(const struct widget_judge *judge, struct rect ink)
{
    for (int i = 0; i < judge->excused_count; i++)
        if (!rect_is_empty(rect_intersect(judge->excused[i], ink)))
            return true;
    return false;
}

/* What lies below is looked up before the text covers it, where its letters will be; of three places the
 * worst one counts. */
static void judge_contrast(struct widget_paint *paint, const struct widget_judge_run *run, struct rect ink)
{
    int worst = BEST_RATIO;
    for (int i = 1; i <= 3 && !rect_is_empty(ink); i++) {
        int ratio = contrast_ratio(run->color, row_at(paint, ink, ink.h / 2)[ink.w * i / 4] & 0xffffff);
        worst = ratio < worst ? ratio : worst;
    }
    if (is_faint(paint, run->px, run->color, worst))
        widget_judge_note(&paint->cuts->faint, paint->now);
}

/* Design 2.1: gold is ornament, it means nothing. */
static bool is_gold(const struct widget_paint *paint, uint32_t color)
{
    return color == widget_paint_color(paint, THEME_COLOR_GOLD) ||
           color == widget_paint_color(paint, THEME_COLOR_GOLD300);
}

void widget_judge_sign(struct widget_paint *paint, struct rect beside, uint32_t color)
{
    struct rect seen = rect_intersect(paint->canvas->clip, beside);
    if (rect_is_empty(seen) || !paint->now || (paint->now->state & WIDGET_DISABLED) || is_gold(paint, color))
        return;
    uint32_t below = row_at(paint, seen, seen.h / 2)[seen.w / 2] & 0xffffff;
    if (contrast_ratio(color, below) < SIGN_RATIO)
        widget_judge_note(&paint->cuts->faint_signs, paint->now);
}

void widget_judge_below(struct widget_paint *paint, const struct widget_judge_run *run)
{
    struct rect ink = ink_of(paint, run);
    judge_contrast(paint, run, ink);
    if (!is_excused(paint->cuts->judge, ink) && is_crossed(paint, ink))
        widget_judge_note(&paint->cuts->crossed, paint->now);
}

void widget_judge_drawn(struct widget_paint *paint, const struct widget_judge_run *run)
{
    struct widget_judge *judge = paint->cuts->judge;
    struct rect ink = ink_of(paint, run);
    if (judge->count == RUNS_MAX || rect_is_empty(ink) || is_excused(judge, ink))
        return;
    judge->runs[judge->count].widget = paint->now;
    judge->runs[judge->count].ink = ink;
    judge->runs[judge->count++].sum = sum_of(paint, ink);
}

/* --- texts and their cards -------------------------------------------------------------------------- */

/* What has an edge of its own that a text stands inside or outside of. */
static bool is_card(const struct widget_tree *tree, const struct widget *w)
{
    static const enum widget_kind cards[] = {WIDGET_KIND_PANEL,  WIDGET_KIND_DIALOG, WIDGET_KIND_BUTTON,
                                             WIDGET_KIND_CHOICE, WIDGET_KIND_BANNER, WIDGET_KIND_FIELD,
                                             WIDGET_KIND_TAB,    WIDGET_KIND_ROW};
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
        if (w->kind == cards[i])
            return !(w->state & WIDGET_HIDDEN) && widget_is_reachable(tree, w);
    return false;
}

static bool is_inside(struct rect inner, struct rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static void judge_edge(struct widget_paint *paint, const struct widget_tree *tree, const struct widget *card)
{
    const struct widget_judge *judge = paint->cuts->judge;
    struct rect edge = layout_to_window(paint->layout, card->rect);
    for (int i = 0; i < judge->count; i++)
        if (!rect_is_empty(rect_intersect(judge->runs[i].ink, edge)) &&
            !is_inside(judge->runs[i].ink, edge) && widget_is_reachable(tree, judge->runs[i].widget))
            widget_judge_note(&paint->cuts->over_edge, judge->runs[i].widget);
}

void widget_judge_end(struct widget_paint *paint, const struct widget_tree *tree)
{
    const struct widget_judge *judge = paint->cuts->judge;
    for (const struct widget *w = widget_tree_root(tree); w; w = widget_next(w))
        if (is_card(tree, w))
            judge_edge(paint, tree, w);
    for (int i = 0; i < judge->count; i++)
        if (widget_is_reachable(tree, judge->runs[i].widget) &&
            sum_of(paint, judge->runs[i].ink) != judge->runs[i].sum)
            widget_judge_note(&paint->cuts->crossed, judge->runs[i].widget);
}
