/* Csv: the cells of a CSV file (RFC 4180), read one after the other with the place where each begins, and
 * written.
 *
 * Cells may stand in quotes, lines end with LF or CR LF; the last line needs no end. It knows no headings and
 * judges no cell. Pitfall: the text is borrowed and must be valid UTF-8 without NUL, or places are wrong.
 */
#ifndef KIOSK_BASE_CSV_H
#define KIOSK_BASE_CSV_H

#include <stdbool.h>

#include "kiosk/base/buf.h"

struct csv {
    const char *at, *end;
    unsigned line, column; /* of what comes next, from 1. Units: lines, characters */
    bool is_begun;         /* the row has a cell already */
};

struct csv_cell {
    unsigned line, column; /* where it begins */
    bool ends_row;
    const char *complaint; /* static: what is wrong with it, NULL for nothing; its row is passed then */
};

/* The reader stands before the first cell. Owns: the text is borrowed. */
void csv_init(struct csv *csv, const char *text, size_t length);
/* The next cell's text stands in the buffer in place of what was there. Empty lines are passed over.
 * Returns: NOT_FOUND behind the last cell; MALFORMED with the complaint; as buf_append. */
enum status csv_next(struct csv *csv, struct csv_cell *cell, struct buf *text);

/* The cell stands in quotes at the end of the buffer, with a comma or, as the last one, with the line's end
 * behind it. What a spreadsheet would take for a formula gets an apostrophe before it. Returns: as
 * buf_append. */
enum status csv_append(struct buf *csv, const char *text, bool last);

#endif
