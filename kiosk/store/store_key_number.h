/* Key numbers: what is read on a key's receipt and in lists (KEY编号), counted up after the product's
 * pattern.
 *
 * A key keeps the number it was given. Numbers of keys that failed are not given again, so there are gaps.
 * Pitfall: the writer's own serial number is another thing and repeats.
 */
#ifndef KIOSK_STORE_STORE_KEY_NUMBER_H
#define KIOSK_STORE_STORE_KEY_NUMBER_H

#include "kiosk/order/order.h"
#include "kiosk/store/store.h"

/* The key with this mark has a number: the one it had, else the next of the pattern (order_number_make), with
 * its journal row.
 * Returns: NOT_FOUND (no such key), FULL (the pattern has no number left), MALFORMED (pattern).
 * After failure: no number is given. */
enum status store_key_number_draw(struct store *store, const char *mark, const char *pattern,
                                  char out[ORDER_ACCEPTANCE_BYTES], struct failure *failure);

/* The number of the key with this mark.
 * Returns: NOT_FOUND when it has none. */
enum status store_key_number_load(struct store *store, const char *mark, char out[ORDER_ACCEPTANCE_BYTES],
                                  struct failure *failure);

/* The number of the newest numbered key of an order.
 * Returns: NOT_FOUND when it has none. */
enum status store_key_number_load_order(struct store *store, const char *order_id,
                                        char out[ORDER_ACCEPTANCE_BYTES], struct failure *failure);

#endif
