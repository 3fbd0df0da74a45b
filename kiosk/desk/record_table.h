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
/* The same for a page as it is now, without `foot`. */
size_t record_table_rows_now(const struct ui *ui);

/* Filters as buttons: ids "<page>.<what>.<name>", words "desk.<page>.<what>.<name>", "all" for "". */
struct record_table_filters {
    const char *page, *what;
    const char *const *names;
    size_t count, chosen;
};
/* As many as fit stand in the tools, each with its index as tag. */
void record_table_draw_filters(struct ui *ui, struct rect tools, const struct record_table_filters *filters);
/* The search field "<page>.search" at the right of the header, its words "desk.<page>.search" where the page
 * finds something else than orders. */
void record_table_draw_search(struct ui *ui, struct rect header, const char *page, struct text_edit *edit);
/* A "/" goes to that field. Returns: whether it was one. */
bool record_table_searched(struct ui *ui, const struct ui_event *event, const char *page);
/* Whether one of a row's texts has what is searched for, as all have while nothing is. */
bool record_table_finds(const struct text_edit *search, const char *first, const char *second,
                        const char *third);
/* The panel of the row in hand under its title; without one (NULL) it says to choose: "desk.<page>.details",
 * "desk.<page>.choose". Units: base px. Returns: what is left inside. */
struct rect record_table_draw_side(struct ui *ui, struct rect side, const char *page, const char *title);
/* Words at the left, a value at the right, cut where it does not fit; – for none. Units: base px. */
void record_table_draw_pair(struct ui *ui, struct rect row, const char *key, const char *value,
                            bool is_private);
/* A button at the bottom of what is left, and the gap above it. */
void record_table_draw_button(struct ui *ui, struct rect *left, const struct widget_button *button);
/* What became of the clerk's last act. */
void record_table_draw_told(struct ui *ui, struct rect rect, const char *id, const char *text, bool is_error);
/* Which page of how many, "<page>.previous" and "<page>.next". */
void record_table_draw_foot(struct ui *ui, struct rect foot, const char *page, size_t now, size_t count);

#endif
