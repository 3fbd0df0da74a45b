#include "kiosk/ui/widget_group.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

/* Base px; the pill's round end stands a little outside the page's margin. */
enum {
    PILL_X = 56,
    MARGIN = 64,
    PILL_HEIGHT = 64,
    PILL_BEFORE = 10,
    PILL_CIRCLE = 44,
    PILL_GAP = 12,
    PILL_BEHIND = 26,
    SEGMENT = 72,
    SEGMENT_GAP = 10,
    SEGMENT_HEIGHT = 10,
};

struct group_data {
    int step, now, count;
    uint64_t done, faulty;
    const char *step_name, *name, *line;
};

static void paint_pill(struct widget_paint *paint, struct rect at, const struct group_data *d)
{
    char number[12];
    snprintf(number, sizeof number, "%02d", d->step);
    widget_draw_round(paint, at, at.h / 2, THEME_COLOR_B700);
    (void)rect_cut_left(&at, PILL_BEFORE);
    struct rect circle = rect_center(rect_cut_left(&at, PILL_CIRCLE), PILL_CIRCLE, PILL_CIRCLE);
    widget_draw_disc(paint, circle, THEME_COLOR_ON_PRIMARY);
    widget_draw_bold(paint, circle, THEME_TYPE_CAPTION, WIDGET_CENTER, number, THEME_COLOR_B700);
    (void)rect_cut_left(&at, PILL_GAP);
    widget_draw_text(paint, at, THEME_TYPE_BODY_STRONG, WIDGET_LEFT, d->step_name, THEME_COLOR_ON_PRIMARY);
}

static int pill_width(struct widget_paint *paint, const struct group_data *d)
{
    return PILL_BEFORE + PILL_CIRCLE + PILL_GAP +
           widget_draw_width(paint, THEME_TYPE_BODY_STRONG, d->step_name) + PILL_BEHIND;
}

/* The present group is blue; another is green only when it was found right, red when it has mistakes. */
static enum theme_color color_of(const struct group_data *d, int group)
{
    uint64_t bit = group < WIDGET_GROUP_MARKED ? UINT64_C(1) << group : 0;
    if (group + 1 == d->now)
        return THEME_COLOR_B700;
    return d->faulty & bit ? THEME_COLOR_SEAL600 : d->done & bit ? THEME_COLOR_JADE600 : THEME_COLOR_LINE300;
}

/* One with mistakes is broken in two: colour is never alone. */
static void paint_segment(struct widget_paint *paint, struct rect at, enum theme_color color)
{
    int parts = color == THEME_COLOR_SEAL600 ? 2 : 1;
    for (int i = 0; i < parts; i++)
        widget_draw_round(paint, rect_column(at, i, parts, SEGMENT_GAP), SEGMENT_HEIGHT / 2, color);
}

/* One for each group; words at the margin. */
static void paint_segments(struct widget_paint *paint, struct rect *row, const struct group_data *d)
{
    char text[UI_TEXT_BYTES];
    snprintf(text, sizeof text, ui_word_GROUP_OF, d->now, d->count);
    int words = widget_draw_width(paint, THEME_TYPE_SMALL, text);
    widget_draw_text(paint, rect_cut_right(row, words), THEME_TYPE_SMALL, WIDGET_LEFT, text,
                     THEME_COLOR_INK700);
    (void)rect_cut_right(row, 2 * SEGMENT_GAP);
    int width = SEGMENT * d->count + SEGMENT_GAP * (d->count - 1);
    struct rect segments = rect_center(rect_cut_right(row, width), width, SEGMENT_HEIGHT);
    for (int i = 0; i < d->count; i++)
        paint_segment(paint, rect_column(segments, i, d->count, SEGMENT_GAP), color_of(d, i));
    (void)rect_cut_right(row, 24);
}

static void paint_group(struct widget_paint *paint, const struct widget *w)
{
    const struct group_data *d = w->data;
    int left = d->step > 0 ? PILL_X : MARGIN;
    struct rect row = rect_make(w->rect.x + left, w->rect.y, w->rect.w - left - MARGIN, w->rect.h);
    if (d->step > 0) {
        int width = pill_width(paint, d);
        paint_pill(paint, rect_center(rect_cut_left(&row, width), width, PILL_HEIGHT), d);
        (void)rect_cut_left(&row, 32);
    }
    if (d->count > 0)
        paint_segments(paint, &row, d);
    struct theme_text bold = theme_text(paint->theme, THEME_TYPE_H2);
    int name = (int)(font_width(paint->font, layout_length(paint->layout, bold.px), THEME_WEIGHT_BOLD,
                                d->name, strlen(d->name)) /
                     paint->layout->scale) +
               1;
    widget_draw_bold(paint, rect_cut_left(&row, name), THEME_TYPE_H2, WIDGET_LEFT, d->name,
                     THEME_COLOR_INK900);
    (void)rect_cut_left(&row, 20);
    widget_draw_text(paint, row, THEME_TYPE_SMALL, WIDGET_LEFT, d->line, THEME_COLOR_INK700);
}

struct widget *widget_group(struct ui *ui, struct rect rect, const struct widget_group *group)
{
    struct widget *widget = widget_custom(ui, rect, "bar.group", group->name, paint_group);
    struct group_data *data = widget_keep_bytes(ui, widget,
                                                &(struct group_data){.step = group->step,
                                                                     .now = group->now,
                                                                     .count = group->count,
                                                                     .done = group->done,
                                                                     .faulty = group->faulty},
                                                sizeof *data);
    data->step_name = widget_keep_text(ui, widget, group->step_name);
    data->name = widget_keep_text(ui, widget, group->name);
    data->line = widget->value = widget_keep_text(ui, widget, group->line);
    widget->data = data;
    return widget;
}
