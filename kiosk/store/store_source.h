/* Sources: the earlier order of the same holder that an order's form took the unit's data from.
 *
 * It says where they come from and whether the holder has said that they still hold; the values themselves
 * are the order's own (store_field.h). Pitfall: whoever takes the data over has proven to be the same holder;
 * the store does not ask.
 */
#ifndef KIOSK_STORE_STORE_SOURCE_H
#define KIOSK_STORE_STORE_SOURCE_H

#include "kiosk/store/store.h"

struct store_source {
    char source_id[STORE_ID_BYTES];
    int64_t filled_utc_s;    /* when the earlier order was opened */
    int64_t confirmed_utc_s; /* 0: the holder has not said anything yet */
};

/* The order's data come from this one; nobody has confirmed them yet.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another, or it has a source). */
enum status store_source_put(struct store *store, const char *order_id, const char *source_id,
                             int64_t filled_utc_s, struct failure *failure);
/* Where the order's data come from. Returns: NOT_FOUND when they come from nowhere. */
enum status store_source_load(struct store *store, const char *order_id, struct store_source *out,
                              struct failure *failure);
/* The holder says that they hold; or, with false, they come from nowhere any more. The journal and audit say
 * so. Returns: NOT_FOUND, CONFLICT (claimed by another). */
enum status store_source_settle(struct store *store, const char *order_id, bool holds,
                                struct failure *failure);

#endif
