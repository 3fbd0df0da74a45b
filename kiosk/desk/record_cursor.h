/* Record cursor: which row of a list is in hand and which rows show, as keys, the wheel and taps move it.
 *
 * The same on every page with rows: a tap, ↑ ↓, page up and down, the wheel over the table. What else happens
 * when another row is chosen is the page's own. Pitfall: rows come and go between two events; it is made anew
 * from the list each time.
 */
#ifndef KIOSK_DESK_RECORD_CURSOR_H
#define KIOSK_DESK_RECORD_CURSOR_H

#include "kiosk/desk/desk.h"

struct record_cursor {
    const char *page; /* the table's id; its rows have "<page>.row." and count their tags from 1 */
    size_t rows;      /* that fit, at least 1 */
    size_t count;     /* that there are */
    size_t first;     /* shown */
    size_t here;      /* in hand; `count` or more: none */
};

/* The row so many from the one in hand, the ends hold; the first while none is. */
size_t record_cursor_near(const struct record_cursor *cursor, int step);
/* The one after the last row shown. */
size_t record_cursor_end(const struct record_cursor *cursor);
/* The row the event asks for is in hand and shows. Returns: whether it asks for one; the same row counts. */
bool record_cursor_moved(struct record_cursor *cursor, const struct ui *ui, const struct ui_event *event);

#endif
