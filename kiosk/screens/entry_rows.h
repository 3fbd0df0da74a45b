/* Entry rows: how the fields of a block stand side by side and on pages in the look of this visit.
 *
 * One answer for drawing, for turning pages and for finding the page of a field. Pitfall: it changes with the
 * look; ask again after each event and keep nothing.
 */
#ifndef KIOSK_SCREENS_ENTRY_ROWS_H
#define KIOSK_SCREENS_ENTRY_ROWS_H

#include "kiosk/screens/entry.h"

enum { ENTRY_ROWS_COLUMNS = 2 };

struct entry_row {
    size_t field[ENTRY_ROWS_COLUMNS]; /* indices in the form */
    size_t count;                     /* one field has the whole width unless `half` */
    bool half;                        /* the place beside the only field stays empty */
};

struct entry_rows {
    struct entry_row row[LIMIT_FORM_FIELDS];
    size_t count;
};

/* The rows of a block. */
void entry_rows_lay(const struct ui *ui, size_t block, struct entry_rows *out);
/* How many rows stand on one page. */
size_t entry_rows_per_page(const struct ui *ui);
/* Returns: the number of pages of a block, at least 1. */
size_t entry_rows_pages(const struct ui *ui, size_t block);
/* The applicant stands where this field is. */
void entry_rows_show(struct entry *entry, const struct ui *ui, size_t index);

#endif
