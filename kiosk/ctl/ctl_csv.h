/* Ctl csv: cells of a CSV file (RFC 4180) for other people's programs.
 *
 * Every cell stands in quotes. Pitfall: what a spreadsheet would take for a formula gets an apostrophe before
 * it; a program that must have the text as it is takes --json.
 */
#ifndef KIOSK_CTL_CTL_CSV_H
#define KIOSK_CTL_CTL_CSV_H

#include <stdbool.h>

#include "kiosk/base/buf.h"

/* The cell stands at the end of the buffer, with a comma or, as the last one, with the line's end behind it.
 * Returns: as buf_append. */
enum status ctl_csv_cell(struct buf *csv, const char *text, bool last);

#endif
