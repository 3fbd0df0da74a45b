/* Orders in the store: found by id, number or person; changed only by compare-and-set.
 *
 * What a state means and which event is allowed is kiosk/order; here a transition it handed back becomes
 * durable, together with its journal row and audit row. Personal values are never columns: look-ups go
 * through keyed hashes (store_order_set_lookup), values through store_field.h. An order claimed by another
 * terminal or desk (store_claim.h) cannot be written.
 * Pitfall: after CONFLICT load the order again and ask the machine anew; never write the old copy with a
 * new version.
 */
#ifndef KIOSK_STORE_STORE_ORDER_H
#define KIOSK_STORE_STORE_ORDER_H

#include "kiosk/base/crypto.h"
#include "kiosk/order/order.h"
#include "kiosk/store/store.h"

/* What an order can be found by; the value given is normalised by the caller (digits, upper case). */
enum store_order_lookup {
    STORE_ORDER_LOOKUP_PHONE,
    STORE_ORDER_LOOKUP_CREDIT_CODE,
    STORE_ORDER_LOOKUP_ID_NUMBER,
    STORE_ORDER_LOOKUP_COUNT_
};

/* The order is stored as it is, with its data key; its journal row says event "insert".
 * Returns: CONFLICT when id or acceptance number exists: draw again with order_acceptance_make.
 * After failure: nothing is stored. */
enum status store_order_insert(struct store *store, const struct order *order, struct failure *failure);

/* The order with this id.
 * Returns: NOT_FOUND. */
enum status store_order_load(struct store *store, const char *id, struct order *out, struct failure *failure);

/* The order with this whole acceptance number (受理号).
 * Returns: NOT_FOUND. */
enum status store_order_load_by_number(struct store *store, const char *acceptance_no, struct order *out,
                                       struct failure *failure);

/* The newest order whose acceptance number ends in these six characters and that this phone asked for.
 * Returns: NOT_FOUND, also when only one of the two fits. */
enum status store_order_find(struct store *store, const char *last_six, const char *phone, struct order *out,
                             struct failure *failure);

/* The order can be found by this value from now on; an earlier value of the same kind is replaced.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another). */
enum status store_order_set_lookup(struct store *store, const char *id, enum store_order_lookup kind,
                                   const char *value, struct failure *failure);

/* All orders found by one mobile number are found by the other from now on, whoever holds them. Returns: as
 * the store. */
enum status store_order_move_phone(struct store *store, const char *from, const char *to,
                                   struct failure *failure);
/* The hash orders are found by that belong to a mobile number; for rows that point to them. */
void store_order_hash_phone(const struct store *store, const char *phone, uint8_t out[CRYPTO_SHA256_BYTES]);

/* Zeroed members do not narrow the list. */
struct store_order_filter {
    const enum order_state *states; /* any of these */
    size_t states_count;
    const char *product;
    int64_t since_utc_s; /* created at or after */
    int64_t until_utc_s; /* created before */
    bool by_lookup;      /* only orders with this look-up value */
    enum store_order_lookup lookup;
    const char *lookup_value;
    bool by_alarm;     /* only orders with a refund that the channel refused */
    bool by_pay_back;  /* only orders with money that a clerk has to give back by hand */
    bool by_late;      /* only orders that wait for no money, with a transfer that was closed unpaid */
    bool newest_first; /* else oldest first */
    size_t offset;
};

/* The orders that fit, at most `capacity`.
 * Returns: OK with *count 0 when there is none. */
enum status store_order_list(struct store *store, const struct store_order_filter *filter, struct order *out,
                             size_t capacity, size_t *count, struct failure *failure);

/* How many orders fit; `newest_first` and `offset` are of no meaning. Returns: as the store. */
enum status store_order_count(struct store *store, const struct store_order_filter *filter, int64_t *out,
                              struct failure *failure);

/* The transition is durable: the order as order_enter left it, its journal row and its audit row. `order`
 * is the copy that went through order_enter: its version is one above the one that was loaded. Put it
 * between store_begin and store_end when a payment, intention or decision must change with it.
 * Returns: CONFLICT when the stored version or state is another, or the order is claimed by another;
 * NOT_FOUND.
 * After failure: nothing is stored; throw the copy away and load again. */
enum status store_order_apply(struct store *store, const struct order *order,
                              const struct order_transition *transition, struct failure *failure);

/* The order, still in `state`, goes on as this operation of its product: with its journal row and audit row.
 * Returns: CONFLICT when it is in another state, or claimed by another; NOT_FOUND. */
enum status store_order_divert(struct store *store, const char *id, enum order_state state,
                               const char *operation, struct failure *failure);

/* What the order costs is this from now on; the version is one above, so that nobody decides on what was
 * displayed before. Inside a change, which records why.
 * Returns: CONFLICT (money was taken, or claimed by another), NOT_FOUND. */
enum status store_order_reprice(struct store *store, const char *id, int64_t amount_fen,
                                struct failure *failure);

/* The person is gone from the order: data key, fields, pages, look-ups, tickets and sealed certificates are
 * erased. The order row, its journal, payments and audit stay.
 * Returns: NOT_FOUND, CONFLICT (claimed by another). */
enum status store_order_forget(struct store *store, const char *id, struct failure *failure);

#endif
