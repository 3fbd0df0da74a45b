/* Record table: the frame that the desk's lists share: filters above the rows, one row's details beside them,
 * the search in the header, pages below.
 *
 * What the rows are and what happens to them is each page's own. Pitfall: how many rows fit is counted from
 * the same areas between two builds; take both from here.
 */
#ifndef KIOSK_DESK_RECORD_TABLE_H
#define KIOSK_DESK_RECORD_TABLE_H

#include "kiosk/desk/desk.h"

struct record_table_areas {
    struct rect list, side, tools, table, foot;
};
/* Where the parts lie in this content; without `foot` the table reaches the end. Units: base px. */
struct record_table_areas record_table_areas(struct rect content, bool foot);
/* How many rows fit, at least 1. */
size_t record_table_rows(const struct record_table_areas *areas);

/* Filters as buttons: ids "<page>.<what>.<name>", words "desk.<page>.<what>.<name>", "all" for "". */
struct record_table_filters {
    const char *page, *what;
    const char *const *names;
    size_t count, chosen;
};
/* As many as fit stand in the tools, each with its index as tag. */
void record_table_draw_filters(struct ui *ui, struct rect tools, const struct record_table_filters *filters);
/* The search field "<page>.search" at the right of the header. */
void record_table_draw_search(struct ui *ui, struct rect header, const char *page, struct text_edit *edit);
/* Words at the left, a value at the right, cut where it does not fit; – for none. Units: base px. */
void record_table_draw_pair(struct ui *ui, struct rect row, const char *key, const char *value,
                            bool is_private);
/* Which page of how many, "<page>.previous" and "<page>.next". */
void record_table_draw_foot(struct ui *ui, struct rect foot, const char *page, size_t now, size_t count);

#endif
