#include "kiosk/ui/widget_table.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum { HEAD_HEIGHT = 36, ROW_HEIGHT = 40, CELL_PADDING = 12, DOT = 8, DOT_ROOM = 16, CHIP = 24 };

struct columns {
    int count, width[WIDGET_TABLE_COLUMNS];
    enum widget_align align[WIDGET_TABLE_COLUMNS];
    enum theme_color color[WIDGET_TABLE_COLUMNS];
    bool strong[WIDGET_TABLE_COLUMNS];
};
struct table_data {
    struct columns columns;
    bool headless, is_empty;
    const char *titles[WIDGET_TABLE_COLUMNS];
    const char *empty;
};
struct row_data {
    struct columns columns;
    enum widget_table_look look;
    enum icon icon;
    enum theme_color icon_color;
    enum widget_table_mark mark[WIDGET_TABLE_COLUMNS];
    const char *cells[WIDGET_TABLE_COLUMNS];
};

static enum theme_type type_of(const struct columns *columns, int column)
{
    return columns->strong[column] ? THEME_TYPE_DESK_STRONG : THEME_TYPE_DESK_TABLE;
}

static struct columns columns_for(const struct widget_table *table, int width)
{
    struct columns c = {.count = table->column_count};
    int fixed = 0, sharing = 0;
    for (int i = 0; i < c.count; i++) {
        fixed += table->columns[i].width;
        sharing += table->columns[i].width == 0;
    }
    int share = sharing ? (width - fixed) / sharing : 0;
    for (int i = 0; i < c.count; i++) {
        c.width[i] = table->columns[i].width ? table->columns[i].width : share;
        c.align[i] = table->columns[i].align;
        c.color[i] = table->columns[i].color ? table->columns[i].color : THEME_COLOR_INK900;
        c.strong[i] = table->columns[i].strong;
    }
    return c;
}

static int row_height(const struct widget_table *table)
{
    return table->row_height ? table->row_height : ROW_HEIGHT;
}

static enum theme_color dot_color(enum widget_mark_tone tone)
{
    return tone == WIDGET_MARK_RED || tone == WIDGET_MARK_ALARM ? THEME_COLOR_SEAL600
           : tone == WIDGET_MARK_AMBER                          ? THEME_COLOR_AMBER500
           : tone == WIDGET_MARK_GREEN                          ? THEME_COLOR_JADE600
           : tone == WIDGET_MARK_BLUE                           ? THEME_COLOR_B600
                                                                : THEME_COLOR_LINE500;
}

/* Words behind a dot that does not shine green say it in its colour, too. */
static enum theme_color word_color(const struct widget_table_row *row, int column, enum theme_color plain)
{
    if (row->mark[column] != WIDGET_TABLE_DOT)
        return plain;
    return row->tone[column] == WIDGET_MARK_RED || row->tone[column] == WIDGET_MARK_ALARM
               ? THEME_COLOR_SEAL700
           : row->tone[column] == WIDGET_MARK_AMBER ? THEME_COLOR_AMBER800
                                                    : plain;
}

static void add_cell(struct ui *ui, struct widget *widget, struct row_data *kept,
                     const struct widget_table_row *row, int column, struct rect cell)
{
    char shown[UI_TEXT_BYTES];
    const char *text = row->cells[column] ? row->cells[column] : "";
    kept->mark[column] = row->mark[column];
    kept->columns.color[column] = word_color(row, column, kept->columns.color[column]);
    if (row->mark[column] == WIDGET_TABLE_CHIP && text[0])
        (void)widget_mark_chip(ui, rect_make(cell.x, cell.y + (cell.h - CHIP) / 2, cell.w, CHIP),
                               kept->columns.align[column], row->tone[column], text);
    else if (row->mark[column] == WIDGET_TABLE_DOT && text[0])
        (void)widget_mark_dot(ui, rect_make(cell.x, cell.y + (cell.h - DOT) / 2, DOT, DOT),
                              dot_color(row->tone[column]));
    if (row->mark[column] == WIDGET_TABLE_DOT)
        (void)rect_cut_left(&cell, DOT_ROOM);
    if (kept->icon && column == kept->columns.count - 1)
        (void)rect_cut_right(&cell, 24);
    widget_label_fit(ui, type_of(&kept->columns, column), text, cell.w, shown, sizeof shown);
    kept->cells[column] = widget_keep_text(ui, widget, shown);
    widget_mix(widget, (int)kept->columns.color[column] * 4 + (int)kept->mark[column]);
}

static void add_cells(struct ui *ui, struct widget *widget, struct row_data *kept,
                      const struct widget_table_row *row, struct rect at)
{
    widget_begin(ui, widget);
    for (int i = 0; i < kept->columns.count; i++)
        add_cell(ui, widget, kept, row, i,
                 rect_inset(rect_cut_left(&at, kept->columns.width[i]), CELL_PADDING, 0));
    widget_end(ui);
}

static void add_row(struct ui *ui, const struct widget_table *table, const struct columns *columns, int index,
                    struct rect at)
{
    const struct widget_table_row *row = &table->rows[index];
    char id[UI_ID_BYTES];
    snprintf(id, sizeof id, "%s.%d", table->id, index);
    const char *label = "";
    for (int i = 0; i < columns->count && !label[0]; i++)
        label = row->cells[i] ? row->cells[i] : "";
    struct widget *widget = widget_add(ui, WIDGET_KIND_TABLE_ROW, at, row->id ? row->id : id, label);
    struct row_data data = {
        .columns = *columns, .look = row->look, .icon = row->icon, .icon_color = row->icon_color};
    struct row_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    widget->data = kept;
    widget->tag = index;
    widget->state |= WIDGET_PRIVATE | (row->selected ? WIDGET_SELECTED : 0u);
    if (table->pressable)
        widget_make_target(ui, widget, row->tag ? row->tag : index);
    add_cells(ui, widget, kept, row, at);
    widget->value = columns->count > 1 ? kept->cells[1] : NULL;
}

struct widget *widget_table(struct ui *ui, struct rect rect, const struct widget_table *table)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TABLE, rect, table->id, table->label);
    struct columns columns = columns_for(table, rect.w);
    struct table_data *data = widget_allocate(ui, sizeof *data);
    data->columns = columns;
    data->headless = table->headless;
    data->is_empty = table->row_count == 0;
    for (int i = 0; i < columns.count; i++) {
        data->titles[i] = widget_keep_text(ui, widget, table->columns[i].title);
        widget_mix(widget, columns.width[i]);
    }
    data->empty = widget_keep_text(ui, widget, table->empty);
    widget_mix(widget, data->is_empty);
    widget->data = data;
    struct rect body = rect;
    if (!table->headless)
        (void)rect_cut_top(&body, HEAD_HEIGHT);
    int height = row_height(table);
    widget_begin(ui, widget);
    for (int i = table->first < 0 ? 0 : table->first; i < table->row_count && body.h >= height; i++)
        add_row(ui, table, &columns, i, rect_cut_top(&body, height));
    widget_end(ui);
    return widget;
}

void widget_table_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct table_data *d = w->data;
    struct rect r = w->rect;
    if (!d->headless) {
        struct rect head = rect_cut_top(&r, HEAD_HEIGHT);
        widget_draw_fill(paint, head, THEME_COLOR_DESK_QUIET);
        widget_draw_fill(paint, rect_make(head.x, head.y, head.w, 1), THEME_COLOR_LINE200);
        widget_draw_fill(paint, rect_make(head.x, head.y + head.h - 1, head.w, 1), THEME_COLOR_LINE200);
        for (int i = 0; i < d->columns.count; i++) {
            struct rect cell = rect_inset(rect_cut_left(&head, d->columns.width[i]), CELL_PADDING, 0);
            widget_draw_text(paint, cell, THEME_TYPE_DESK_CAPTION, d->columns.align[i], d->titles[i],
                             THEME_COLOR_INK700);
        }
    }
    if (d->is_empty && d->empty)
        widget_draw_text(paint, rect_make(r.x, r.y, r.w, r.h < 120 ? r.h : 120), THEME_TYPE_DESK,
                         WIDGET_CENTER, d->empty, THEME_COLOR_INK700);
}

void widget_table_paint_row(struct widget_paint *paint, const struct widget *w)
{
    static const enum theme_color fills[] = {
        [WIDGET_TABLE_PLAIN] = THEME_COLOR_SURFACE,
        [WIDGET_TABLE_AMBER] = THEME_COLOR_AMBER100,
        [WIDGET_TABLE_RED] = THEME_COLOR_SEAL100,
        [WIDGET_TABLE_GREEN] = THEME_COLOR_JADE100,
    };
    const struct row_data *d = w->data;
    struct rect r = w->rect;
    bool chosen = (w->state & (WIDGET_SELECTED | WIDGET_PRESSED)) != 0;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, r)))
        return;
    if (d->look != WIDGET_TABLE_PLAIN || chosen)
        widget_draw_fill(paint, r,
                         chosen && d->look == WIDGET_TABLE_PLAIN ? THEME_COLOR_B50 : fills[d->look]);
    if (w->state & WIDGET_SELECTED)
        widget_draw_fill(paint, rect_make(r.x, r.y, 3, r.h), THEME_COLOR_B700);
    widget_draw_fill(paint, rect_make(r.x, r.y + r.h - 1, r.w, 1), THEME_COLOR_LINE200);
    for (int i = 0; i < d->columns.count; i++) {
        struct rect cell = rect_inset(rect_cut_left(&r, d->columns.width[i]), CELL_PADDING, 0);
        if (d->icon && i == d->columns.count - 1) {
            widget_draw_icon(paint, rect_cut_right(&cell, 18), d->icon, 18, d->icon_color);
            (void)rect_cut_right(&cell, 6);
        }
        if (d->mark[i] == WIDGET_TABLE_DOT)
            (void)rect_cut_left(&cell, DOT_ROOM);
        if (d->mark[i] != WIDGET_TABLE_CHIP)
            widget_draw_text(paint, cell, type_of(&d->columns, i), d->columns.align[i], d->cells[i],
                             d->columns.color[i]);
    }
}
