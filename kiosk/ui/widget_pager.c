#include "kiosk/ui/widget_pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/line_break.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_keypad.h"
#include "kiosk/ui/widget_label.h"

enum { LINES_MAX = 4000, COLUMN = 128, PADDING = 40 };

struct pager_data {
    enum theme_type type;
    const char *text; /* the lines of this page, separated by line feeds */
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

static enum theme_type type_of(const struct ui *ui)
{
    return ui->settings.desk ? THEME_TYPE_DESK : THEME_TYPE_READING;
}

static struct rect text_area(struct rect rect)
{
    rect = rect_inset(rect, PADDING, PADDING - 8);
    rect.w -= COLUMN + 24;
    return rect;
}

static int lines_per_page(struct ui *ui, struct rect area)
{
    int lines = area.h / theme_text(ui->theme, type_of(ui)).line_px;
    return lines > 0 ? lines : 1;
}

/* Owns: the caller frees the lines. */
static struct line_break_line *break_lines(struct ui *ui, int width, const char *text, size_t *count)
{
    struct theme_text type = theme_text(ui->theme, type_of(ui));
    struct measure m = {ui->settings.font, layout_length(&ui->layout, type.px), type.weight};
    struct line_break_line *lines = calloc(LINES_MAX, sizeof *lines);
    check(lines != NULL);
    *count = line_break_text(text, layout_length(&ui->layout, width), measure_text, &m, lines, LINES_MAX);
    if (*count > LINES_MAX)
        *count = LINES_MAX;
    return lines;
}

static int pages_of(size_t lines, int per_page)
{
    int pages = ((int)lines + per_page - 1) / per_page;
    return pages > 0 ? pages : 1;
}

int widget_pager_pages(struct ui *ui, struct rect rect, const char *text)
{
    struct rect area = text_area(rect);
    size_t count;
    free(break_lines(ui, area.w, text, &count));
    return pages_of(count, lines_per_page(ui, area));
}

static void add_button(struct ui *ui, struct rect at, const char *id, const char *suffix, const char *label,
                       enum icon icon, bool disabled)
{
    char full[UI_ID_BYTES];
    snprintf(full, sizeof full, "%s.%s", id, suffix);
    struct widget_keypad_key key = {.id = full,
                                    .label = label,
                                    .icon = icon,
                                    .icon_and_label = false,
                                    .disabled = disabled,
                                    .look = WIDGET_KEYPAD_FUNCTION};
    (void)widget_keypad_key(ui, at, &key);
}

struct widget *widget_pager(struct ui *ui, struct rect rect, const char *id, const char *label,
                            const char *text, int page)
{
    struct rect area = text_area(rect);
    size_t count;
    struct line_break_line *lines = break_lines(ui, area.w, text, &count);
    int per_page = lines_per_page(ui, area), pages = pages_of(count, per_page);
    page = page < 0 ? 0 : page >= pages ? pages - 1 : page;
    struct widget *widget = widget_add(ui, WIDGET_KIND_PAGER, rect, id, label);
    struct pager_data *data = widget_allocate(ui, sizeof *data);
    char *out = widget_allocate(ui, strlen(text) + count + 1), number[UI_TEXT_BYTES];
    data->type = type_of(ui);
    data->text = out;
    for (size_t i = (size_t)(page * per_page); i < count && i < (size_t)((page + 1) * per_page); i++) {
        memcpy(out, text + lines[i].start, lines[i].length);
        out += lines[i].length;
        *out++ = '\n';
    }
    free(lines);
    snprintf(number, sizeof number, ui_word_PAGE_OF, page + 1, pages);
    widget_mix(widget, page);
    widget_mix(widget, (int64_t)widget_key(data->text));
    widget->value = widget_keep_text(ui, widget, number);
    widget->data = data;
    struct rect column = rect_make(rect.x + rect.w - COLUMN - 24, rect.y + 24, COLUMN, rect.h - 48);
    add_button(ui, rect_cut_top(&column, 96), id, "up", ui_word_PAGE_UP, ICON_ARROW_UP, page == 0);
    add_button(ui, rect_cut_bottom(&column, 96), id, "down", ui_word_PAGE_DOWN, ICON_ARROW_DOWN,
               page + 1 >= pages);
    (void)widget_label(
        ui, rect_inset(column, 0, 16),
        &(struct widget_label){.text = number,
                               .type = ui->settings.desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_CAPTION,
                               .color = THEME_COLOR_INK700,
                               .align = WIDGET_CENTER,
                               .middle = true});
    return widget;
}

void widget_pager_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct pager_data *d = w->data;
    struct theme_text type = theme_text(paint->theme, d->type);
    struct rect area = text_area(w->rect);
    int radius = widget_draw_is_desk(paint) ? 10 : 20;
    widget_draw_shadow(paint, w->rect, radius, 4, 16, 18);
    widget_draw_round(paint, w->rect, radius, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, w->rect, radius, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
    const char *at = d->text;
    for (int i = 0; *at; i++) {
        const char *end = strchr(at, '\n');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        struct rect line = rect_make(area.x, area.y + i * type.line_px, area.w, type.line_px);
        struct rect r = layout_to_window(paint->layout, line);
        widget_paint_run(paint, layout_length(paint->layout, type.px), type.weight, at, length, r.x,
                         r.y + r.h / 2, widget_paint_color(paint, THEME_COLOR_INK900));
        at += length + (end ? 1 : 0);
    }
}
