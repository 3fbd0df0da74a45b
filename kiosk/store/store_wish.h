/* Wishes: what was chosen with an order beside product, class and operation: term, keys, seal, kinds of
 * change.
 *
 * Written once, with the order; only the seal may follow the key it is about. Orders from before there were
 * wishes have none. Pitfall: nothing here says that the product still offers it; product_wish_judge does.
 */
#ifndef KIOSK_STORE_STORE_WISH_H
#define KIOSK_STORE_STORE_WISH_H

#include "kiosk/store/store.h"

enum { STORE_WISH_SUB_KINDS_BYTES = 520 };

struct store_wish {
    unsigned years, quantity; /* whole years of validity, 0 without a term; keys */
    bool seal;
    bool agent;                                 /* somebody acts for the person */
    char sub_kinds[STORE_WISH_SUB_KINDS_BYTES]; /* ids, separated by blanks */
};

/* The wish stands with its order. Inside a change.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another, or it has one). */
enum status store_wish_insert(struct store *store, const char *order_id, const struct store_wish *wish,
                              struct failure *failure);

/* The order is made with a seal, asked for or not: the key it is about carries one. Inside a change.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another). */
enum status store_wish_add_seal(struct store *store, const char *order_id, struct failure *failure);

/* What was chosen with the order. Returns: NOT_FOUND when nothing was. */
enum status store_wish_load(struct store *store, const char *order_id, struct store_wish *out,
                            struct failure *failure);

#endif
