/* Openings: orders begun outside of the hall's hours, which count as begun when it opened next.
 *
 * The order's own times stay what they were. Pitfall: what the hours were then is not kept; the mark is, so
 * that it holds when the setting is changed.
 */
#ifndef KIOSK_STORE_STORE_OPENING_H
#define KIOSK_STORE_STORE_OPENING_H

#include "kiosk/store/store.h"

/* The order counts as begun at this time; the journal and audit say so. Units: seconds UTC.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another, or marked already). */
enum status store_opening_put(struct store *store, const char *order_id, int64_t counts_utc_s,
                              struct failure *failure);
/* When the order counts as begun. Units: seconds UTC. Returns: NOT_FOUND when it was begun in the hours. */
enum status store_opening_load(struct store *store, const char *order_id, int64_t *counts_utc_s,
                               struct failure *failure);

#endif
