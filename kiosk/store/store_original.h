/* Originals: papers that lie in the hall on paper, how many of each, since which day.
 *
 * A paper's scan is a page (store_page.h); here stands that the sheets themselves were handed in. Pitfall:
 * the day is the one on which they were received, which may be before the order was opened.
 */
#ifndef KIOSK_STORE_STORE_ORIGINAL_H
#define KIOSK_STORE_STORE_ORIGINAL_H

#include "kiosk/store/store.h"

struct store_original {
    char paper[STORE_NAME_BYTES];
    int64_t copies;         /* above 0 */
    int64_t received_utc_s; /* when that day began in the hall */
    char clerk[STORE_NAME_BYTES];
};

/* So many of the paper are there, in place of what was noted before; the audit names the clerk. With 0 copies
 * the note is gone. Returns: NOT_FOUND (no such order), MALFORMED (a number below 0); OK also when nothing
 * changed. */
enum status store_original_put(struct store *store, const char *order_id,
                               const struct store_original *original, struct failure *failure);
/* What was handed in for the order, by paper.
 * Returns: OK with *count 0 when there is nothing. */
enum status store_original_list(struct store *store, const char *order_id, struct store_original *out,
                                size_t capacity, size_t *count, struct failure *failure);

#endif
