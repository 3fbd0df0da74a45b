/* Rejections: what a clerk sends back, item by item, with reasons word for word.
 *
 * They belong to a decision (store_decision.h) and count once it is applied; the words are sealed, because
 * clerks name people in them. An item is a paper ("paper:license") or a field ("field:org_name"). Pitfall:
 * mending an item settles it; the order's way back to review is the order's business.
 */
#ifndef KIOSK_STORE_STORE_REJECTION_H
#define KIOSK_STORE_STORE_REJECTION_H

#include "kiosk/store/store.h"

enum { STORE_REJECTION_ITEM_BYTES = 80, STORE_REJECTION_REASON_BYTES = 512 };

struct store_rejection {
    uint8_t decision_id[STORE_ID_BYTES];
    char item[STORE_REJECTION_ITEM_BYTES];
    char reason_code[STORE_NAME_BYTES];        /* of the product's list, "" for free words */
    char reason[STORE_REJECTION_REASON_BYTES]; /* UTF-8, shown to the applicant word for word */
    bool settled;
};

/* The item is rejected by this decision. Returns: NOT_FOUND (no such order or decision), CONFLICT (said
 * already). */
enum status store_rejection_put(struct store *store, const uint8_t order_id[STORE_ID_BYTES],
                                const struct store_rejection *rejection, struct failure *failure);

/* The rejections of applied decisions that are not settled; with `all` also settled and pending ones.
 * Returns: OK with *count 0 when there is none. */
enum status store_rejection_list(struct store *store, const uint8_t order_id[STORE_ID_BYTES], bool all,
                                 struct store_rejection *out, size_t capacity, size_t *count,
                                 struct failure *failure);

/* Every open rejection of this item is settled: it was scanned or typed anew.
 * Returns: OK also when there was none; CONFLICT (claimed by another). */
enum status store_rejection_settle(struct store *store, const uint8_t order_id[STORE_ID_BYTES],
                                   const char *item, struct failure *failure);

#endif
