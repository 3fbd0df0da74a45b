#include "kiosk/ui/widget_table.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { HEAD_HEIGHT = 36, ROW_HEIGHT = 40, CELL_PADDING = 12 };

struct columns {
    int count, width[WIDGET_TABLE_COLUMNS];
    enum widget_align align[WIDGET_TABLE_COLUMNS];
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
    const char *cells[WIDGET_TABLE_COLUMNS];
};

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
    }
    return c;
}

static int row_height(const struct widget_table *table)
{
    return table->row_height ? table->row_height : ROW_HEIGHT;
}

int widget_table_capacity(struct ui *ui, struct rect rect, const struct widget_table *table)
{
    (void)ui;
    int rows = (rect.h - (table->headless ? 0 : HEAD_HEIGHT)) / row_height(table);
    return rows > 0 ? rows : 0;
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
    struct widget *widget = widget_add(ui, WIDGET_KIND_TABLE_ROW, at, id, label);
    struct row_data data = {
        .columns = *columns, .look = row->look, .icon = row->icon, .icon_color = row->icon_color};
    struct row_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    for (int i = 0; i < columns->count; i++)
        kept->cells[i] = widget_keep_text(ui, widget, row->cells[i]);
    widget->data = kept;
    widget->value = columns->count > 1 ? kept->cells[1] : NULL;
    widget->tag = index;
    widget->state |= WIDGET_PRIVATE | (row->selected ? WIDGET_SELECTED : 0u);
    if (table->pressable)
        widget_make_target(ui, widget, row->tag ? row->tag : index);
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
        widget_draw_text(paint, cell, THEME_TYPE_DESK_TABLE, d->columns.align[i], d->cells[i],
                         THEME_COLOR_INK900);
    }
}
