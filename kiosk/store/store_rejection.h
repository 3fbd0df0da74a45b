/* Rejections: what a clerk sends back, item by item, with reasons word for word.
 *
 * They belong to a decision (store_decision.h) and count once it is applied. The words are sealed, because
 * clerks name people in them.
 * Pitfall: mending an item settles it; the order's way back to review is the order's business.
 */
#ifndef KIOSK_STORE_STORE_REJECTION_H
#define KIOSK_STORE_STORE_REJECTION_H

#include "kiosk/order/order.h"
#include "kiosk/store/store.h"

/* All items of one decision are stored; call it in the change that stores the decision.
 * Returns: NOT_FOUND (no such decision), CONFLICT (the decision has rejections already), MALFORMED (no
 * item). */
enum status store_rejection_put(struct store *store, const char *decision_id,
                                const struct order_rejections *rejections, struct failure *failure);

/* The items of one decision, whatever its state.
 * Returns: OK with an empty list when there is none. */
enum status store_rejection_load(struct store *store, const char *decision_id, struct order_rejections *out,
                                 struct failure *failure);

/* The items of the order's last applied decision: what order_field_is_open and order_paper_is_open ask for.
 * With `only_open` those that were not settled since.
 * Returns: OK with an empty list when the last applied decision rejected nothing, or there is none. */
enum status store_rejection_load_order(struct store *store, const char *order_id, bool only_open,
                                       struct order_rejections *out, struct failure *failure);

/* Every open rejection of this item is settled: it was scanned or typed anew.
 * Returns: OK also when there was none; CONFLICT (claimed by another). */
enum status store_rejection_settle(struct store *store, const char *order_id, enum order_item_kind kind,
                                   const char *item, struct failure *failure);

#endif
