#include "kiosk/ui/widget_pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/line_break.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

enum {
    LINES_MAX = 4000,
    COLUMN = 143,
    COLUMN_LARGE = 180,
    MARGIN = 49,
    TOP = 20,
    BOTTOM = 14,
    TOP_OF_TEXT = 12, /* a heading brings its own room */
    TURN_WIDTH = 96,
    TURN_HEIGHT = 128,
    PARAGRAPH_GAP = 14,
    HEADING_GAP = 12,
    HEADING_ROOM = 30,
    BEGIN_OF_HEADING = 2, /* "# " */
};

/* Where a line stands. Units: bytes of the text; base px from the top of its page's text area. */
struct pager_line {
    size_t start, length;
    int page, y, height;
    bool is_heading;
};

/* The text broken into lines and the lines into pages. */
struct flow {
    struct pager_line *lines; /* owned */
    size_t count;
    int pages;
};

struct pager_data {
    const struct pager_line *lines; /* of this page, start counted in `text` */
    size_t count;
    const char *text;
    int page, pages, column;
    struct rect whole;
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

static enum theme_type type_of(bool is_heading)
{
    return is_heading ? THEME_TYPE_BODY_L_STRONG : THEME_TYPE_READING;
}

static int column_of(const struct ui *ui)
{
    return theme_is_large(ui->theme) ? COLUMN_LARGE : COLUMN;
}

static struct rect text_area(struct rect rect, int column)
{
    return rect_make(rect.x + MARGIN, rect.y + TOP, rect.w - column - 2 * MARGIN, rect.h - TOP - BOTTOM);
}

/* --- flow --------------------------------------------------------------------------------------------------
 */

static void add_paragraph(struct ui *ui, struct flow *flow, const char *text, size_t start, size_t end,
                          int width)
{
    bool is_heading = end - start > BEGIN_OF_HEADING && strncmp(text + start, "# ", BEGIN_OF_HEADING) == 0;
    struct theme_text type = theme_text(ui->theme, type_of(is_heading));
    struct measure m = {ui->settings.font, layout_length(&ui->layout, type.px), type.weight};
    size_t from = start + (is_heading ? BEGIN_OF_HEADING : 0), capacity = LINES_MAX - flow->count;
    char *paragraph = strndup(text + from, end - from);
    struct line_break_line *lines = calloc(capacity + 1, sizeof *lines);
    check(paragraph != NULL && lines != NULL);
    size_t count =
        line_break_text(paragraph, layout_length(&ui->layout, width), measure_text, &m, lines, capacity);
    count = count > capacity ? capacity : count;
    for (size_t i = 0; i < count; i++)
        flow->lines[flow->count++] =
            (struct pager_line){.start = from + lines[i].start,
                                .length = lines[i].length,
                                .height = type.line_px + (is_heading && i == 0 ? HEADING_ROOM : 0),
                                .is_heading = is_heading};
    free(lines);
    free(paragraph);
}

/* The room above a paragraph; none at the top of a page and below a heading, which brings its own. */
static int gap_before(const struct flow *flow, size_t line, int y)
{
    if (y == 0 || (line > 0 && flow->lines[line - 1].is_heading))
        return 0;
    return flow->lines[line].is_heading ? HEADING_GAP : PARAGRAPH_GAP;
}

/* Lines go down the page until one would not be whole; a heading takes the next line, this high, with it. */
static int place(struct flow *flow, size_t first, int y, int height, int next)
{
    for (size_t i = first; i < flow->count; i++) {
        struct pager_line *line = &flow->lines[i];
        int gap = i == first ? gap_before(flow, i, y) : 0;
        int after = line->is_heading ? next : 0;
        if (y > 0 && y + gap + line->height + after > height) {
            flow->pages++;
            y = 0;
            gap = 0;
        }
        if (y == 0 && !line->is_heading)
            gap = TOP_OF_TEXT;
        line->page = flow->pages - 1;
        line->y = y + gap;
        y += gap + line->height;
    }
    return y;
}

/* Owns: the caller frees the lines. */
static struct flow flow_text(struct ui *ui, struct rect area, const char *text)
{
    struct flow flow = {.lines = calloc(LINES_MAX, sizeof *flow.lines), .pages = 1};
    check(flow.lines != NULL);
    int y = 0;
    for (size_t start = 0; text[start] != 0;) {
        size_t end = start + strcspn(text + start, "\n"), first = flow.count;
        add_paragraph(ui, &flow, text, start, end, area.w);
        y = place(&flow, first, y, area.h, theme_text(ui->theme, THEME_TYPE_READING).line_px);
        start = end + (text[end] != 0 ? 1 : 0);
    }
    return flow;
}

int widget_pager_pages(struct ui *ui, struct rect rect, const char *text)
{
    struct flow flow = flow_text(ui, text_area(rect, column_of(ui)), text);
    free(flow.lines);
    return flow.pages;
}

/* --- building ----------------------------------------------------------------------------------------------
 */

struct turn_data {
    enum icon icon;
    bool primary;
};

static void add_turn(struct ui *ui, struct rect at, const char *id, const char *suffix, const char *label,
                     struct turn_data turn, bool disabled)
{
    char full[UI_ID_BYTES];
    snprintf(full, sizeof full, "%s.%s", id, suffix);
    struct widget *widget = widget_add(ui, WIDGET_KIND_TURN, at, full, label);
    widget->data = widget_keep_bytes(ui, widget, &turn, sizeof turn);
    widget_make_target(ui, widget, 0);
    widget->state |= disabled ? WIDGET_DISABLED : 0u;
}

/* The lines of one page, their text copied. */
static void keep_page(struct ui *ui, struct widget *widget, struct pager_data *data, const struct flow *flow,
                      const char *text)
{
    struct pager_line *lines = widget_allocate(ui, (flow->count + 1) * sizeof *lines);
    char *out = widget_allocate(ui, strlen(text) + 1);
    size_t length = 0;
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->lines[i].page != data->page)
            continue;
        lines[data->count] = flow->lines[i];
        lines[data->count++].start = length;
        memcpy(out + length, text + flow->lines[i].start, flow->lines[i].length);
        length += flow->lines[i].length;
    }
    data->lines = lines;
    data->text = out;
    widget_mix(widget, (int64_t)widget_key(out));
}

const char *widget_pager_shown(const struct widget *pager)
{
    check(pager->kind == WIDGET_KIND_PAGER);
    const struct pager_data *data = pager->data;
    return data->text;
}

struct widget *widget_pager(struct ui *ui, struct rect rect, const char *id, const char *label,
                            const char *text, int page)
{
    int column = column_of(ui), turn = theme_is_large(ui->theme) ? TURN_WIDTH + 32 : TURN_WIDTH;
    struct flow flow = flow_text(ui, text_area(rect, column), text);
    struct rect right = rect, left = rect;
    left.w -= column;
    (void)rect_cut_left(&right, left.w);
    struct widget *widget = widget_add(ui, WIDGET_KIND_PAGER, left, id, label);
    struct pager_data *data = widget_allocate(ui, sizeof *data);
    char number[UI_TEXT_BYTES];
    data->pages = flow.pages;
    data->page = page < 0 ? 0 : page >= flow.pages ? flow.pages - 1 : page;
    data->column = column;
    data->whole = rect;
    keep_page(ui, widget, data, &flow, text);
    free(flow.lines);
    snprintf(number, sizeof number, ui_word_PAGE_OF, data->page + 1, data->pages);
    widget_mix(widget, data->page);
    widget->value = widget_keep_text(ui, widget, number);
    widget->data = data;
    widget_make_target(ui, widget, 0);
    widget->state |= WIDGET_DRAG;
    bool first = data->page == 0, last = data->page + 1 >= data->pages;
    right = rect_make(right.x + (column - turn) / 2, right.y + 28, turn, right.h - 54);
    add_turn(ui, rect_cut_top(&right, TURN_HEIGHT), id, "up", ui_word_PAGE_UP,
             (struct turn_data){ICON_CHEVRON_UP, false}, first);
    add_turn(ui, rect_cut_bottom(&right, TURN_HEIGHT), id, "down", ui_word_PAGE_DOWN,
             (struct turn_data){ICON_CHEVRON_DOWN, true}, last);
    return widget;
}

/* --- painting ----------------------------------------------------------------------------------------------
 */

/* Page above, count below a short line, in the middle of the column. */
static void paint_number(struct widget_paint *paint, const struct pager_data *d, struct rect column)
{
    char number[16];
    int page = theme_text(paint->theme, THEME_TYPE_H1).line_px;
    int count = theme_text(paint->theme, THEME_TYPE_BODY_L).line_px;
    int word = theme_text(paint->theme, THEME_TYPE_CAPTION).line_px;
    struct rect at = rect_center(column, column.w, page + 8 + count + word);
    snprintf(number, sizeof number, "%d", d->page + 1);
    widget_draw_text(paint, rect_cut_top(&at, page), THEME_TYPE_H1, WIDGET_CENTER, number, THEME_COLOR_B700);
    struct rect line = rect_cut_top(&at, 4);
    widget_draw_fill(paint, rect_center(line, 48, 4), THEME_COLOR_LINE300);
    snprintf(number, sizeof number, "%d", d->pages);
    widget_draw_text(paint, rect_cut_top(&at, count), THEME_TYPE_BODY_L, WIDGET_CENTER, number,
                     THEME_COLOR_INK700);
    widget_draw_text(paint, rect_cut_top(&at, word), THEME_TYPE_CAPTION, WIDGET_CENTER, ui_word_PAGE,
                     THEME_COLOR_INK700);
}

static void paint_ground(struct widget_paint *paint, const struct pager_data *d)
{
    struct rect whole = d->whole, column = whole;
    column = rect_cut_right(&column, d->column);
    struct rect seen = layout_to_window(paint->layout, column);
    widget_draw_shadow(paint, whole, 20, 4, 16, 18);
    widget_draw_round(paint, whole, 20, THEME_COLOR_SURFACE);
    canvas_push_clip(paint->canvas, seen);
    widget_draw_round(paint, whole, 20, THEME_COLOR_PALE);
    canvas_pop_clip(paint->canvas);
    widget_draw_fill(paint, rect_make(column.x, whole.y, 2, whole.h), THEME_COLOR_LINE200);
    widget_draw_outline(paint, whole, 20, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
    paint_number(paint, d, column);
}

void widget_pager_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct pager_data *d = w->data;
    struct rect area = text_area(d->whole, d->column);
    paint_ground(paint, d);
    for (size_t i = 0; i < d->count; i++) {
        const struct pager_line *line = &d->lines[i];
        struct theme_text type = theme_text(paint->theme, type_of(line->is_heading));
        struct rect r =
            layout_to_window(paint->layout, rect_make(area.x, area.y + line->y, area.w, line->height));
        int px = layout_length(paint->layout, type.px);
        widget_paint_run(paint, px, type.weight, d->text + line->start, line->length,
                         r.x - line_break_hangs(d->text + line->start, px), r.y + r.h / 2,
                         widget_paint_color(paint, THEME_COLOR_INK900));
    }
}

void widget_pager_paint_turn(struct widget_paint *paint, const struct widget *w)
{
    const struct turn_data *d = w->data;
    bool off = (w->state & WIDGET_DISABLED) != 0, pressed = (w->state & WIDGET_PRESSED) != 0;
    bool solid = d->primary && !off;
    enum theme_color text = off ? THEME_COLOR_DIS_TEXT : solid ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_B700;
    widget_draw_round(paint, w->rect, 16,
                      off       ? THEME_COLOR_DIS_FILL
                      : solid   ? (pressed ? THEME_COLOR_PRESSED : THEME_COLOR_B700)
                      : pressed ? THEME_COLOR_B100
                                : THEME_COLOR_SURFACE);
    if (!solid && !off)
        widget_draw_outline(paint, w->rect, 16, 2, THEME_COLOR_LINE500);
    struct rect r = rect_inset(w->rect, 0, 18);
    int word = theme_text(paint->theme, THEME_TYPE_CAPTION_STRONG).line_px;
    widget_draw_text(paint, rect_cut_bottom(&r, word), THEME_TYPE_CAPTION_STRONG, WIDGET_CENTER, w->label,
                     text);
    widget_draw_icon(paint, r, d->icon, 48, text);
}
