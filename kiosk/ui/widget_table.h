/* Table: the desk's rows and columns. Row 40 (dense 32), text 14, amounts right aligned.
 *
 * Rows that do not fit are not built: the screen hands in the first row shown and scrolls by keys, wheel
 * (UI_EVENT_WHEEL with the table's id) or its own buttons. A tap on a row has the id "<id>.<row>" and the row
 * as tag. A cell that is wider than its column ends in ….
 */
#ifndef KIOSK_UI_WIDGET_TABLE_H
#define KIOSK_UI_WIDGET_TABLE_H

#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_mark.h"

enum { WIDGET_TABLE_COLUMNS = 12 };

struct widget_table_column {
    const char *title;
    int width; /* base px; 0 shares what is left */
    enum widget_align align;
    enum theme_color color; /* of its cells; INK900 when zero */
    bool strong;            /* its cells are in medium weight */
};
/* How a cell shows its word: as it is, behind a dot, in a chip. */
enum widget_table_mark { WIDGET_TABLE_TEXT, WIDGET_TABLE_DOT, WIDGET_TABLE_CHIP };
enum widget_table_look { WIDGET_TABLE_PLAIN, WIDGET_TABLE_AMBER, WIDGET_TABLE_RED, WIDGET_TABLE_GREEN };
struct widget_table_row {
    const char *cells[WIDGET_TABLE_COLUMNS]; /* NULL is empty */
    enum widget_table_mark mark[WIDGET_TABLE_COLUMNS];
    enum widget_mark_tone tone[WIDGET_TABLE_COLUMNS]; /* of the mark */
    const char *id;                                   /* NULL: "<table>.<row>" */
    enum widget_table_look look;
    enum icon icon; /* in the last column, behind its text */
    enum theme_color icon_color;
    bool selected;
    int64_t tag;
};
struct widget_table {
    const char *id;
    const char *label;
    const struct widget_table_column *columns;
    int column_count;
    const struct widget_table_row *rows;
    int row_count;
    int first;      /* the first row shown */
    bool pressable; /* rows are targets */
    bool headless;
    int row_height;    /* 0 means 40 */
    const char *empty; /* words when there are no rows */
};
/* The table fills the rectangle. Units: base px. */
struct widget *widget_table(struct ui *ui, struct rect rect, const struct widget_table *table);
/* Painters of the kinds. */
void widget_table_paint(struct widget_paint *paint, const struct widget *widget);
void widget_table_paint_row(struct widget_paint *paint, const struct widget *widget);

#endif
