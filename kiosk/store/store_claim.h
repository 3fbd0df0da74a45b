/* Claims: which terminal or desk works on an order just now.
 *
 * A claim is an owner and a time until which it holds. Others' writes to the order get CONFLICT until it is
 * released or has run out; an unclaimed order may be written by anyone (compare-and-set still decides).
 * Release it when the order waits for somebody else (review), or the desk cannot decide.
 * Pitfall: a claim that ran out may be another's already: CONFLICT from renew means load the order again.
 */
#ifndef KIOSK_STORE_STORE_CLAIM_H
#define KIOSK_STORE_STORE_CLAIM_H

#include "kiosk/store/store.h"

struct store_claim {
    char owner[STORE_NAME_BYTES]; /* "" when nobody holds it */
    int64_t lease_until_utc_s;
};

/* The order is ours for lease_s seconds; an expired claim is taken over, an own one renewed.
 * Units: lease in seconds, 1 to STORE_LEASE_LONGEST_S.
 * Returns: CONFLICT when another holds it, NOT_FOUND. */
enum status store_claim_take(struct store *store, const char *order_id, int lease_s, struct failure *failure);

/* Our claim runs from now; not journalled.
 * Returns: CONFLICT when it is no longer ours. */
enum status store_claim_renew(struct store *store, const char *order_id, int lease_s,
                              struct failure *failure);

/* Our claim is gone.
 * Returns: OK also when we held none. */
enum status store_claim_release(struct store *store, const char *order_id, struct failure *failure);

/* Who holds the order now; an expired claim counts as nobody.
 * Returns: NOT_FOUND (no such order). */
enum status store_claim_load(struct store *store, const char *order_id, struct store_claim *out,
                             struct failure *failure);

#endif
