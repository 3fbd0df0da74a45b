#include "kiosk/ui/widget_bar.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_motif.h"

enum { STEPS_MAX = UI_STEPS_MAX };

struct top_data {
    const char *product, *subject, *receipt, *chip, *date, *time;
};

struct widget *widget_bar_top(struct ui *ui, struct rect rect, const struct widget_bar_top *top)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TOP_BAR, rect, "bar.top", top->product);
    struct top_data *data = widget_allocate(ui, sizeof *data);
    data->product = widget_keep_text(ui, widget, top->product);
    data->subject = widget_keep_text(ui, widget, top->subject);
    data->receipt = widget_keep_text(ui, widget, top->receipt);
    data->chip = widget_keep_text(ui, widget, top->chip);
    data->date = widget_keep_text(ui, widget, top->date);
    data->time = widget_keep_text(ui, widget, top->time);
    widget->value = data->subject;
    widget->data = data;
    return widget;
}

static bool is_set(const char *text)
{
    return text && text[0];
}

/* Words at the right end; the room left of them comes back. */
static void cut_right(struct widget_paint *paint, struct rect *r, enum theme_type type, const char *words,
                      enum theme_color color, int gap)
{
    if (!is_set(words))
        return;
    int width = widget_draw_width(paint, type, words);
    widget_draw_text(paint, rect_cut_right(r, width), type, WIDGET_LEFT, words, color);
    (void)rect_cut_right(r, gap);
}

static void cut_chip(struct widget_paint *paint, struct rect *r, const char *chip)
{
    if (!is_set(chip))
        return;
    bool large = theme_is_large(paint->theme), plain = paint->theme == THEME_CONTRAST;
    int width = widget_draw_width(paint, THEME_TYPE_SMALL, chip) + (large ? 60 : 44),
        height = large ? 64 : 48;
    struct rect at = rect_center(rect_cut_right(r, width), width, height);
    widget_draw_outline(paint, at, height / 2, large ? 3 : 2,
                        plain   ? THEME_COLOR_B700
                        : large ? THEME_COLOR_ON_DARK2
                                : THEME_COLOR_LINE500);
    widget_draw_text(paint, at, THEME_TYPE_SMALL, WIDGET_CENTER, chip,
                     plain ? THEME_COLOR_B700 : THEME_COLOR_ON_DARK);
    (void)rect_cut_right(r, 28);
}

/* The product's name; at its usual size its characters stand one px apart. Returns: where it ends. */
static int paint_name(struct widget_paint *paint, struct rect r, const char *name)
{
    char letter[8];
    if (theme_is_large(paint->theme)) {
        widget_draw_text(paint, r, THEME_TYPE_BODY_L_BOLD, WIDGET_LEFT, name, THEME_COLOR_ON_DARK);
        return r.x + widget_draw_width(paint, THEME_TYPE_BODY_L_BOLD, name);
    }
    for (const char *at = name, *next = name; *at && r.w > 0; at = next) {
        (void)text_next(&next);
        (void)snprintf(letter, sizeof letter, "%.*s", (int)(next - at), at);
        int width = widget_draw_width(paint, THEME_TYPE_BODY_L_STRONG, letter);
        widget_draw_text(paint, rect_make(r.x, r.y, width, r.h), THEME_TYPE_BODY_L_STRONG, WIDGET_LEFT,
                         letter, THEME_COLOR_ON_DARK);
        (void)rect_cut_left(&r, width);
    }
    return r.x;
}

/* Parts of the subject are left out from the end until the others fit. */
static void paint_subject(struct widget_paint *paint, struct rect r, enum theme_type type,
                          const char *subject)
{
    char text[UI_TEXT_BYTES];
    (void)text_copy(text, sizeof text, subject);
    for (char *part; (part = strstr(text, "·")) && widget_draw_width(paint, type, text) > r.w;) {
        for (char *next = part; next; next = strstr(part + strlen("·"), "·"))
            part = next;
        *part = '\0';
    }
    widget_draw_text(paint, r, type, WIDGET_LEFT, text, THEME_COLOR_ON_DARK2);
}

static void paint_upright_words(struct widget_paint *paint, struct rect r, const struct top_data *d)
{
    bool large = theme_is_large(paint->theme);
    struct rect upper = is_set(d->subject) ? rect_make(r.x, r.y + (large ? 6 : 12), r.w, 54) : r;
    (void)paint_name(paint, upper, d->product);
    paint_subject(paint, rect_make(r.x, r.y + (large ? 62 : 59), r.w, large ? 44 : 36),
                  large ? THEME_TYPE_CAPTION : THEME_TYPE_SMALL, d->subject);
}

static void paint_left(struct widget_paint *paint, struct rect r, const struct top_data *d)
{
    bool portrait = paint->layout->mode == LAYOUT_PORTRAIT, large = theme_is_large(paint->theme);
    int mark = large ? 68 : portrait ? 60 : 56;
    widget_motif_paint_mark(paint, rect_center(rect_cut_left(&r, mark), mark - 6, mark));
    (void)rect_cut_left(&r, 20);
    if (portrait) {
        paint_upright_words(paint, r, d);
        return;
    }
    int end = paint_name(paint, r, d->product);
    (void)rect_cut_left(&r, end - r.x);
    if (!is_set(d->subject) || r.w < 200 || large) /* in the large looks it stands beside the title */
        return;
    (void)rect_cut_left(&r, 28);
    widget_draw_fill(paint, rect_center(rect_cut_left(&r, 2), 2, 36), THEME_COLOR_LINE500);
    (void)rect_cut_left(&r, 28);
    paint_subject(paint, r, THEME_TYPE_BODY, d->subject);
}

void widget_bar_paint_top(struct widget_paint *paint, const struct widget *w)
{
    const struct top_data *d = w->data;
    bool portrait = paint->layout->mode == LAYOUT_PORTRAIT, large = theme_is_large(paint->theme);
    char receipt[UI_TEXT_BYTES];
    if (!canvas_is_visible(paint->canvas, widget_draw_rect(paint, w->rect)))
        return;
    widget_draw_fill(paint, w->rect, THEME_COLOR_B900);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_fill(paint, rect_make(w->rect.x, w->rect.y + w->rect.h - 2, w->rect.w, 2),
                         THEME_COLOR_LINE200);
    struct rect r = rect_inset(w->rect, portrait ? 48 : 64, 0);
    if (paint->hide_values || !is_set(d->receipt))
        receipt[0] = '\0';
    else
        snprintf(receipt, sizeof receipt, ui_word_RECEIPT, d->receipt);
    cut_right(paint, &r, large ? THEME_TYPE_BODY_L_BOLD : THEME_TYPE_BODY_L_STRONG, d->time,
              THEME_COLOR_ON_DARK, 28);
    if (!portrait && !large)
        cut_right(paint, &r, THEME_TYPE_BODY, d->date, THEME_COLOR_ON_DARK2, 28);
    cut_chip(paint, &r, d->chip);
    if (!portrait && !large)
        cut_right(paint, &r, THEME_TYPE_BODY, receipt, THEME_COLOR_ON_DARK2, 28);
    paint_left(paint, r, d);
}

struct steps_data {
    int count, now;
    const char *names[STEPS_MAX];
    const char *next;
};

struct widget *widget_bar_steps(struct ui *ui, struct rect rect, const struct widget_bar_steps *steps)
{
    int now = steps->now < 0 ? 0 : steps->now >= steps->count ? steps->count - 1 : steps->now;
    struct widget *widget =
        widget_add(ui, WIDGET_KIND_STEP_BAR, rect, "bar.steps", steps->count > 0 ? steps->names[now] : "");
    struct steps_data *data = widget_allocate(ui, sizeof *data);
    data->count = steps->count < STEPS_MAX ? steps->count : STEPS_MAX;
    data->now = steps->finished && !ui_is_portrait(ui) ? steps->count : now;
    for (int i = 0; i < data->count; i++)
        data->names[i] = widget_keep_text(ui, widget, steps->names[i]);
    data->next = steps->next             ? widget_keep_text(ui, widget, steps->next)
                 : now + 1 < data->count ? data->names[now + 1]
                                         : NULL;
    widget_mix(widget, data->now);
    widget->data = data;
    return widget;
}

enum { CIRCLE = 44, CIRCLE_GAP = 12, PILL_LEFT = 10, PILL_RIGHT = 26, PILL_HEIGHT = 64 };

static int step_width(struct widget_paint *paint, const struct steps_data *d, int i)
{
    if (i == d->now)
        return PILL_LEFT + CIRCLE + CIRCLE_GAP +
               widget_draw_width(paint, THEME_TYPE_BODY_STRONG, d->names[i]) + PILL_RIGHT;
    return CIRCLE + CIRCLE_GAP + widget_draw_width(paint, THEME_TYPE_SMALL, d->names[i]);
}

static void paint_step(struct widget_paint *paint, const struct steps_data *d, int i, struct rect at)
{
    char number[12];
    snprintf(number, sizeof number, "%02d", i + 1);
    bool now = i == d->now;
    if (now) {
        widget_draw_round(paint, rect_center(at, at.w, PILL_HEIGHT), PILL_HEIGHT / 2, THEME_COLOR_B700);
        (void)rect_cut_left(&at, PILL_LEFT);
    }
    struct rect circle = rect_center(rect_cut_left(&at, CIRCLE), CIRCLE, CIRCLE);
    widget_draw_disc(paint, circle,
                     now          ? THEME_COLOR_ON_PRIMARY
                     : i < d->now ? THEME_COLOR_B100
                                  : THEME_COLOR_SUNK);
    if (i < d->now)
        widget_draw_icon(paint, circle, ICON_CHECK, 26, THEME_COLOR_B700);
    else
        widget_draw_bold(paint, circle, THEME_TYPE_CAPTION, WIDGET_CENTER, number,
                         now ? THEME_COLOR_B700 : THEME_COLOR_INK500);
    (void)rect_cut_left(&at, CIRCLE_GAP);
    widget_draw_text(paint, at, now ? THEME_TYPE_BODY_STRONG : THEME_TYPE_SMALL, WIDGET_LEFT, d->names[i],
                     now          ? THEME_COLOR_ON_PRIMARY
                     : i < d->now ? THEME_COLOR_INK700
                                  : THEME_COLOR_INK500);
}

/* All steps on one line, the connectors sharing what is left. */
static void paint_line(struct widget_paint *paint, const struct steps_data *d, struct rect bar)
{
    int left = bar.x + 64 - (d->now == 0 ? 8 : 0),
        right = bar.x + bar.w - 64 + (d->now == d->count - 1 ? 8 : 0);
    int words = 0, width[STEPS_MAX];
    for (int i = 0; i < d->count; i++)
        words += width[i] = step_width(paint, d, i);
    int space = right - left - words, before = 0;
    for (int i = 0; i < d->count; i++) {
        int gaps = d->count > 1 ? d->count - 1 : 1;
        int x = left + before + space * i / gaps, room = space * (i + 1) / gaps - space * i / gaps;
        paint_step(paint, d, i, rect_make(x, bar.y, width[i], bar.h));
        x += width[i];
        before += width[i];
        int from = i == d->now ? 6 : 14, to = i + 1 == d->now ? 6 : 14;
        if (i + 1 < d->count && room > from + to)
            widget_draw_fill(paint, rect_make(x + from, bar.y + bar.h / 2 - 1, room - from - to, 2),
                             i < d->now ? THEME_COLOR_B300 : THEME_COLOR_LINE300);
    }
}

static void paint_upright(struct widget_paint *paint, const struct steps_data *d, struct rect bar)
{
    char text[UI_TEXT_BYTES], number[12];
    bool large = theme_is_large(paint->theme);
    struct rect r = rect_inset(bar, 48, 0), row = rect_make(r.x, bar.y + 20, r.w, 60);
    struct rect circle = rect_cut_left(&row, 60);
    snprintf(number, sizeof number, "%02d", d->now + 1);
    widget_draw_disc(paint, circle, THEME_COLOR_B700);
    widget_draw_bold(paint, circle, THEME_TYPE_SMALL_STRONG, WIDGET_CENTER, number, THEME_COLOR_ON_PRIMARY);
    (void)rect_cut_left(&row, 16);
    if (d->next && !large)
        snprintf(text, sizeof text, ui_word_STEP_NEXT, d->now + 1, d->count, d->next);
    else
        snprintf(text, sizeof text, ui_word_STEP_OF, d->now + 1, d->count);
    cut_right(paint, &row, THEME_TYPE_BODY, text, THEME_COLOR_INK700, 16);
    widget_draw_text(paint, row, THEME_TYPE_STEP, WIDGET_LEFT, d->names[d->now], THEME_COLOR_INK900);
    for (int i = 0; i < d->count; i++)
        widget_draw_round(paint, rect_column(rect_make(r.x, bar.y + 96, r.w, 12), i, d->count, 8), 6,
                          i <= d->now ? THEME_COLOR_B700 : THEME_COLOR_LINE300);
}

void widget_bar_paint_steps(struct widget_paint *paint, const struct widget *w)
{
    const struct steps_data *d = w->data;
    if (d->count == 0 || !canvas_is_visible(paint->canvas, widget_draw_rect(paint, w->rect)))
        return;
    if (paint->layout->mode == LAYOUT_PORTRAIT)
        paint_upright(paint, d, w->rect);
    else
        paint_line(paint, d, rect_make(w->rect.x, w->rect.y, w->rect.w, w->rect.h - 1));
}
