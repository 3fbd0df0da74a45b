/* Shipments: keys that go to their holders by courier: wished for, made, on their way.
 *
 * One an order. Where it goes stands in the order's form, sealed. Pitfall: a shipment says how far the parcel
 * is, the order's state how far the order is; they are changed in one change.
 */
#ifndef KIOSK_STORE_STORE_SHIPMENT_H
#define KIOSK_STORE_STORE_SHIPMENT_H

#include "kiosk/store/store.h"

enum store_shipment_state {
    STORE_SHIPMENT_WISHED, /* the key is to be made at the desk */
    STORE_SHIPMENT_MADE,   /* with the default PIN; to be sent */
    STORE_SHIPMENT_SENT,
    STORE_SHIPMENT_STATE_COUNT_
};

enum { STORE_SHIPMENT_TRACKING_BYTES = 32 };

struct store_shipment {
    char order_id[STORE_ID_BYTES];
    enum store_shipment_state state;
    char carrier[STORE_NAME_BYTES];
    char tracking[STORE_SHIPMENT_TRACKING_BYTES];
    bool must_change; /* the holder has not replaced the default PIN yet */
    int64_t created_utc_s, updated_utc_s;
};

/* The stable name of a state. Returns: a static text, "invalid" outside the list. */
const char *store_shipment_state_name(enum store_shipment_state state);

/* The order's key is to be sent. Returns: OK also when it was wished for before; NOT_FOUND (no such order),
 * CONFLICT (claimed by another). */
enum status store_shipment_wish(struct store *store, const char *order_id, struct failure *failure);
/* It is not, after all. Returns: CONFLICT when the key was made already, or there is no wish. */
enum status store_shipment_forget(struct store *store, const char *order_id, struct failure *failure);
/* The key was made with the default PIN, which its holder is to replace when `must_change`.
 * Returns: CONFLICT when it was made already; NOT_FOUND. */
enum status store_shipment_make(struct store *store, const char *order_id, bool must_change,
                                const char *clerk, struct failure *failure);
/* It is on its way under this number. Returns: CONFLICT when it was not made, or was sent already; NOT_FOUND.
 */
enum status store_shipment_send(struct store *store, const char *order_id, const char *carrier,
                                const char *tracking, const char *clerk, struct failure *failure);
/* Its holder has replaced the default PIN. Returns: CONFLICT when there was nothing to replace. */
enum status store_shipment_changed(struct store *store, const char *order_id, struct failure *failure);

/* The order's shipment. Returns: NOT_FOUND. */
enum status store_shipment_load(struct store *store, const char *order_id, struct store_shipment *out,
                                struct failure *failure);
/* What is to be made or sent, oldest first, then what was sent, newest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_shipment_list(struct store *store, struct store_shipment *out, size_t capacity,
                                size_t *count, struct failure *failure);

#endif
