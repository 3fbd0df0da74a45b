/* Extra pages: what an applicant hands in beside the papers of the product, under a title of the own.
 *
 * The title is sealed under the order's data key; the page itself is scanned like any other (store_page.h)
 * under the id of its place: "spare.2". Pitfall: a place that was added stays, also while nothing was
 * scanned.
 */
#ifndef KIOSK_STORE_STORE_EXTRA_H
#define KIOSK_STORE_STORE_EXTRA_H

#include "kiosk/store/store.h"

enum { STORE_EXTRA_TITLE_BYTES = 64 };

struct store_extra {
    char paper[STORE_NAME_BYTES]; /* id of the place */
    char title[STORE_EXTRA_TITLE_BYTES];
};

/* The place stands among the order's papers.
 * Returns: FULL (a title of STORE_EXTRA_TITLE_BYTES or more), CONFLICT (claimed by another, or the place is
 * there), NOT_FOUND. */
enum status store_extra_add(struct store *store, const char *order_id, const struct store_extra *extra,
                            struct failure *failure);

/* The order's places in the order of their ids.
 * Returns: OK with *count 0 when there is none. Owns: titles are personal, the caller wipes them. */
enum status store_extra_list(struct store *store, const char *order_id, struct store_extra *out,
                             size_t capacity, size_t *count, struct failure *failure);

#endif
