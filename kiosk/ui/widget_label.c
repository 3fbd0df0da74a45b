#include "kiosk/ui/widget_label.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/line_break.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { LINES_MAX = 64 };

struct label_data {
    enum theme_type type;
    enum theme_color color;
    enum widget_align align;
    bool middle, stars;
    int spacing;
};

struct measure {
    struct font *font;
    int px;
    enum theme_weight weight;
};

static int measure_text(void *context, const char *text, size_t length)
{
    const struct measure *m = context;
    return font_width(m->font, m->px, m->weight, text, length);
}

static struct measure measure_for(const struct ui *ui, enum theme_type type)
{
    struct theme_text text = theme_text(ui->theme, type);
    return (struct measure){ui->settings.font, layout_length(&ui->layout, text.px), text.weight};
}

struct widget *widget_label(struct ui *ui, struct rect rect, const struct widget_label *label)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_LABEL, rect, label->id, label->text);
    struct label_data data = {.type = label->type,
                              .color = label->color,
                              .align = label->align,
                              .middle = label->middle,
                              .stars = label->stars,
                              .spacing = label->spacing};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    if (label->is_private)
        widget->state |= WIDGET_PRIVATE;
    return widget;
}

struct widget *widget_label_text(struct ui *ui, struct rect rect, enum theme_type type, const char *text)
{
    return widget_label(ui, rect, &(struct widget_label){.text = text, .type = type});
}

int widget_label_height(struct ui *ui, enum theme_type type, const char *text, int width)
{
    struct measure m = measure_for(ui, type);
    if (!text || !text[0])
        return 0;
    size_t lines = line_break_text(text, layout_length(&ui->layout, width), measure_text, &m, NULL, 0);
    return (int)lines * theme_text(ui->theme, type).line_px;
}

int widget_label_width(struct ui *ui, enum theme_type type, const char *text)
{
    struct measure m = measure_for(ui, type);
    if (!text || !text[0])
        return 0;
    return (int)(measure_text(&m, text, strlen(text)) / ui->layout.scale) + 1;
}

void widget_label_fit(struct ui *ui, enum theme_type type, const char *text, int width, char *out,
                      size_t size)
{
    check(out != NULL && size >= 8);
    size_t most = size - 4; /* … and its NUL */
    size_t characters = text_length(text);
    while (text_prefix_bytes(text, characters) > most)
        characters--;
    snprintf(out, size, "%.*s", (int)text_prefix_bytes(text, characters), text);
    while (characters > 1 && widget_label_width(ui, type, out) > width)
        snprintf(out, size, "%.*s…", (int)text_prefix_bytes(text, --characters), text);
}

struct widget *widget_label_pair(struct ui *ui, struct rect rect, enum theme_type type, const char *name,
                                 const char *value)
{
    int width = widget_label_width(ui, type, name);
    struct rect right = rect;
    struct rect left = rect_cut_left(&right, width + 8 < rect.w ? width + 8 : rect.w);
    widget_label(
        ui, left,
        &(struct widget_label){.text = name, .type = type, .color = THEME_COLOR_INK700, .middle = true});
    return widget_label(
        ui, right,
        &(struct widget_label){.text = value, .type = type, .align = WIDGET_RIGHT, .middle = true});
}

bool widget_label_is_cut(const struct ui *ui, const struct widget *widget)
{
    const struct label_data *data = widget->data;
    struct measure m = measure_for(ui, data->type);
    struct rect r = layout_to_window(&ui->layout, widget->rect);
    struct line_break_line lines[LINES_MAX];
    size_t count = line_break_text(widget->label, r.w, measure_text, &m, lines, LINES_MAX);
    int line = layout_length(&ui->layout, theme_text(ui->theme, data->type).line_px);
    for (size_t i = 0; i < count && i < LINES_MAX; i++)
        if (lines[i].width > r.w + 2)
            return true;
    /* A single line may stand in a box lower than its line height, its glyphs are lower too. */
    return count > 1 && (int)count * line > r.h + line / 3;
}

/* One line, with its stars in red when asked. */
static void draw_line(struct widget_paint *paint, int px, enum theme_weight weight, const char *text,
                      size_t length, int x, int middle, bool stars, uint32_t color)
{
    while (length > 0) {
        const char *star = stars ? memchr(text, '*', length) : NULL;
        size_t part = star ? (size_t)(star - text) : length;
        if (part == 0)
            part = 1;
        bool red = star == text;
        widget_paint_run(paint, px, red ? THEME_WEIGHT_BOLD : weight, text, part, x, middle,
                         red ? widget_paint_color(paint, THEME_COLOR_SEAL600) : color);
        x += font_width(paint->font, px, weight, text, part);
        text += part;
        length -= part;
    }
}

/* A paragraph's last line of one or two characters looks lost: the lines are made narrower, as long as there
 * are no more of them. */
static size_t break_balanced(const char *words, int width, struct measure *m, struct line_break_line *lines)
{
    size_t count = line_break_text(words, width, measure_text, m, lines, LINES_MAX);
    if (count < 2 || count > LINES_MAX || strchr(words, '\n'))
        return count;
    for (int narrower = width - m->px; narrower > width * 2 / 3 && lines[count - 1].width < 3 * m->px;
         narrower -= m->px) {
        struct line_break_line other[LINES_MAX];
        if (line_break_text(words, narrower, measure_text, m, other, LINES_MAX) != count)
            break;
        memcpy(lines, other, count * sizeof *lines);
    }
    return count;
}

static int line_x(struct rect r, enum widget_align align, int width)
{
    return align == WIDGET_LEFT ? r.x : align == WIDGET_RIGHT ? r.x + r.w - width : r.x + (r.w - width) / 2;
}

/* Lines below the first stand flush with it. */
static int hang_of(enum widget_align align, size_t line, const char *words, int px)
{
    return line > 0 && align == WIDGET_LEFT ? line_break_hangs(words, px) : 0;
}

void widget_label_draw(struct widget_paint *paint, struct rect rect, struct theme_text text,
                       enum widget_align align, bool middle, bool stars, const char *words, uint32_t color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    struct line_break_line lines[LINES_MAX];
    struct measure m = {paint->font, layout_length(paint->layout, text.px), text.weight};
    int line = layout_length(paint->layout, text.line_px);
    if (!words || line <= 0 || !canvas_is_visible(paint->canvas, rect_inset(r, -line, -line)))
        return;
    size_t count = break_balanced(words, r.w, &m, lines), fits = (size_t)((r.h + line / 3) / line);
    fits = fits < 1 ? 1 : fits > LINES_MAX ? LINES_MAX : fits;
    size_t shown = count < fits ? count : fits;
    int y = middle ? r.y + (r.h - (int)shown * line) / 2 : r.y;
    for (size_t i = 0; i < shown; i++, y += line) {
        bool cut = (i + 1 == shown && shown < count) || lines[i].width > r.w;
        struct rect at = {rect.x, rect.y + (int)((y - r.y) / paint->layout->scale), rect.w, text.line_px};
        if (cut)
            widget_paint_text(paint, at, text, align, words + lines[i].start, color);
        else
            draw_line(paint, m.px, text.weight, words + lines[i].start, lines[i].length,
                      line_x(r, align, lines[i].width) - hang_of(align, i, words + lines[i].start, m.px),
                      y + line / 2, stars, color);
    }
}

static size_t character_bytes(const char *text)
{
    size_t length = 1;
    while (((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    return length;
}

/* Lines as the text's own line feeds say, each character by itself. */
static void paint_spaced(struct widget_paint *paint, const struct widget *widget,
                         const struct label_data *data)
{
    struct theme_text text = theme_text(paint->theme, data->type);
    struct rect r = layout_to_window(paint->layout, widget->rect);
    int px = layout_length(paint->layout, text.px), line = layout_length(paint->layout, text.line_px);
    int lines = 1, x = r.x;
    for (const char *at = strchr(widget->label, '\n'); at; at = strchr(at + 1, '\n'))
        lines++;
    int y = (data->middle ? r.y + (r.h - lines * line) / 2 : r.y) + line / 2;
    for (const char *at = widget->label; *at; at += character_bytes(at)) {
        if (*at == '\n') {
            x = r.x;
            y += line;
            continue;
        }
        size_t length = character_bytes(at);
        widget_paint_run(paint, px, text.weight, at, length, x, y, widget_paint_color(paint, data->color));
        x += font_width(paint->font, px, text.weight, at, length) +
             layout_length(paint->layout, data->spacing);
    }
}

void widget_label_paint(struct widget_paint *paint, const struct widget *widget)
{
    const struct label_data *data = widget->data;
    struct theme_text text = theme_text(paint->theme, data->type);
    if (paint->hide_values && (widget->state & WIDGET_PRIVATE)) {
        struct rect bar = rect_make(widget->rect.x, widget->rect.y, widget->rect.w * 3 / 5, text.line_px);
        if (data->align == WIDGET_RIGHT)
            bar.x = widget->rect.x + widget->rect.w - bar.w;
        widget_draw_hidden(paint, bar);
        return;
    }
    if (data->spacing > 0)
        paint_spaced(paint, widget, data);
    else
        widget_label_draw(paint, widget->rect, text, data->align, data->middle, data->stars, widget->label,
                          widget_paint_color(paint, data->color));
}

struct amount_data {
    enum theme_type number_type, unit_type;
    enum theme_color color;
    enum widget_align align;
    const char *before, *number, *behind;
};

struct widget *widget_label_amount(struct ui *ui, struct rect rect, const struct widget_label_amount *amount)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_AMOUNT, rect, amount->id, amount->number);
    struct amount_data *data =
        widget_keep_bytes(ui, widget,
                          &(struct amount_data){.number_type = amount->number_type,
                                                .unit_type = amount->unit_type,
                                                .color = amount->color ? amount->color : THEME_COLOR_B900,
                                                .align = amount->align},
                          sizeof(struct amount_data));
    data->before = widget_keep_text(ui, widget, amount->before);
    data->number = widget_keep_text(ui, widget, amount->number);
    data->behind = widget_keep_text(ui, widget, amount->behind);
    widget->data = data;
    return widget;
}

/* The number in the middle; the units stand on its baseline. */
static void draw_part(struct widget_paint *paint, int *x, int baseline, struct theme_text text,
                      const char *words, uint32_t color)
{
    if (!words || !words[0])
        return;
    int px = layout_length(paint->layout, text.px);
    const struct mask *mask = font_mask(paint->font, px, text.weight, words, strlen(words));
    /* The face's ascent is 1.160 em, so the baseline lies that far below the mask's top. */
    if (mask)
        canvas_mask(paint->canvas, mask, *x, baseline - (px * 1160 + 500) / 1000, color);
    *x += font_width(paint->font, px, text.weight, words, strlen(words));
}

void widget_label_paint_amount(struct widget_paint *paint, const struct widget *widget)
{
    const struct amount_data *d = widget->data;
    struct theme_text number = theme_text(paint->theme, d->number_type),
                      unit = theme_text(paint->theme, d->unit_type);
    struct rect r = layout_to_window(paint->layout, widget->rect);
    int gap = layout_length(paint->layout, 4), px = layout_length(paint->layout, number.px);
    int unit_px = layout_length(paint->layout, unit.px), width = 0;
    if (d->before)
        width += font_width(paint->font, unit_px, unit.weight, d->before, strlen(d->before)) + 3 * gap;
    if (d->behind)
        width += font_width(paint->font, unit_px, unit.weight, d->behind, strlen(d->behind)) + gap;
    width += font_width(paint->font, px, number.weight, d->number, strlen(d->number));
    int x = d->align == WIDGET_LEFT    ? r.x
            : d->align == WIDGET_RIGHT ? r.x + r.w - width
                                       : r.x + (r.w - width) / 2;
    int baseline =
        r.y + r.h / 2 + (px * 381 + 500) / 1000; /* digits are 0.733 em high, ideographs centred alike */
    uint32_t color = widget_paint_color(paint, d->color);
    if (paint->theme == THEME_CONTRAST && d->color == THEME_COLOR_B900)
        color = widget_paint_color(paint, THEME_COLOR_INK900); /* b900 is the ground there */
    draw_part(paint, &x, baseline, unit, d->before, color);
    x += d->before ? 3 * gap : 0;
    draw_part(paint, &x, baseline, number, d->number, color);
    x += d->behind ? gap : 0;
    draw_part(paint, &x, baseline, unit, d->behind, color);
}
