/* Unique: values that no two certificates of a product may have (用户名), taken by the order that asks for
 * one.
 *
 * A value is kept as a keyed hash; capital and small letters are the same. It is taken while its order lives
 * or has been done; an order that ended without a certificate gives it back.
 * Pitfall: ask inside the change that takes it, or another terminal may come between.
 */
#ifndef KIOSK_STORE_STORE_UNIQUE_H
#define KIOSK_STORE_STORE_UNIQUE_H

#include "kiosk/store/store.h"

/* Nobody but this order has the value in this field of the product.
 * Returns: CONFLICT (another order has it). */
enum status store_unique_check(struct store *store, const char *order_id, const char *product,
                               const char *field, const char *value, struct failure *failure);
/* The order has the value from now on; its earlier one in this field is free.
 * Returns: CONFLICT (another order has it, or holds the claim on this one), NOT_FOUND. */
enum status store_unique_take(struct store *store, const char *order_id, const char *product,
                              const char *field, const char *value, struct failure *failure);

#endif
