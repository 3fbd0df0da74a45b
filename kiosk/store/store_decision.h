/* Decisions of people: what was decided about which order, on what display, signed by whom and how.
 *
 * A decision collects signers; with the n-th it is pending until its undo time is over, then it is applied
 * once, by any running program, in one change together with what it means (store_order_apply). Until then
 * it can be withdrawn. Method says what was made ("password" now, "key-signature" later); nothing claims a
 * signature that was not made.
 * Pitfall: pass the hash of what was displayed, not of what is stored now.
 */
#ifndef KIOSK_STORE_STORE_DECISION_H
#define KIOSK_STORE_STORE_DECISION_H

#include "kiosk/store/store.h"

enum store_decision_state {
    STORE_DECISION_COLLECTING, /* signers are missing */
    STORE_DECISION_PENDING,    /* complete, waits for the end of the undo time */
    STORE_DECISION_APPLIED,
    STORE_DECISION_WITHDRAWN,
    STORE_DECISION_COUNT_
};

enum { STORE_DECISION_SIGNATURE_BYTES = 2048 };

struct store_decision {
    char id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES];
    char action[STORE_NAME_BYTES]; /* "approve", "reject", "refund" .. */
    uint8_t displayed_hash[32];
    int64_t order_version;           /* of the order displayed */
    int64_t required;                /* n of .. */
    int64_t of;                      /* .. m who may sign */
    int64_t undo_s;                  /* seconds between the last signature and the effect */
    enum store_decision_state state; /* set by the store */
    int64_t effective_at_utc_s;      /* set by the store, 0 while collecting */
    int64_t created_utc_s;           /* set by the store */
};

struct store_decision_signer {
    char name[STORE_NAME_BYTES]; /* clerk's sign-in name */
    char method[STORE_NAME_BYTES];
    int64_t at_utc_s; /* set by the store */
    uint8_t signature[STORE_DECISION_SIGNATURE_BYTES];
    size_t signature_length;
};

/* The stable name of a state.
 * Returns: a static text, "invalid" outside the list. */
const char *store_decision_state_name(enum store_decision_state state);

/* The decision is stored, collecting.
 * Returns: CONFLICT when the id exists or the order has another one that is collecting or pending,
 * NOT_FOUND (no such order), MALFORMED (n of m makes no sense). */
enum status store_decision_insert(struct store *store, const struct store_decision *decision,
                                  struct failure *failure);

/* The decision says why, sealed under the order's data key.
 * Returns: CONFLICT (no such decision), NOT_FOUND (the order's person is forgotten), MALFORMED (empty). */
enum status store_decision_explain(struct store *store, const struct store_decision *decision,
                                   const char *reason, struct failure *failure);

/* Why it was decided stands at the end of the buffer; nothing when nothing was said.
 * Returns: NOT_FOUND (no such decision, or the order's person is forgotten), MALFORMED (damaged). */
enum status store_decision_reason(struct store *store, const struct store_decision *decision, struct buf *out,
                                  struct failure *failure);

/* The signer stands under the decision; with the n-th it is pending, effective undo_s seconds from now.
 * Returns: CONFLICT when this person signed already, BAD_STATE when it is not collecting, NOT_FOUND. */
enum status store_decision_sign(struct store *store, const char *id,
                                const struct store_decision_signer *signer, struct failure *failure);

/* The decision has no effect.
 * Returns: CONFLICT when it is applied already or withdrawn, NOT_FOUND. */
enum status store_decision_withdraw(struct store *store, const char *id, const char *name,
                                    struct failure *failure);

/* The decision is applied; call it between store_begin and store_end with what it means.
 * Returns: BUSY before its time, CONFLICT when it is applied or withdrawn, BAD_STATE while collecting,
 * NOT_FOUND. */
enum status store_decision_apply(struct store *store, const char *id, struct failure *failure);

/* The decision with this id.
 * Returns: NOT_FOUND. */
enum status store_decision_load(struct store *store, const char *id, struct store_decision *out,
                                struct failure *failure);

/* Pending decisions whose time has come, oldest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_decision_list_due(struct store *store, struct store_decision *out, size_t capacity,
                                    size_t *count, struct failure *failure);

/* The decision by which this version of the order is on hold: the newest applied "hold" that no "take-up"
 * followed. Returns: NOT_FOUND when it is not on hold. */
enum status store_decision_load_hold(struct store *store, const char *order_id, int64_t order_version,
                                     struct store_decision *out, struct failure *failure);

/* The decision about an order that collects signers or waits for the end of its undo time; there is one at
 * most. Returns: NOT_FOUND when there is none. */
enum status store_decision_load_open(struct store *store, const char *order_id, struct store_decision *out,
                                     struct failure *failure);
/* The newest decision about an order with this action that was applied. Returns: NOT_FOUND. */
enum status store_decision_load_applied(struct store *store, const char *order_id, const char *action,
                                        struct store_decision *out, struct failure *failure);
/* How many decisions about an order were applied. Returns: as the store. */
enum status store_decision_count_applied(struct store *store, const char *order_id, int64_t *count,
                                         struct failure *failure);
/* The newest decisions about an order, as many as there is room for, oldest of them first.
 * Returns: as above. */
enum status store_decision_list_order(struct store *store, const char *order_id, struct store_decision *out,
                                      size_t capacity, size_t *count, struct failure *failure);

/* Who signed, in order.
 * Returns: as above. */
enum status store_decision_signers(struct store *store, const char *id, struct store_decision_signer *out,
                                   size_t capacity, size_t *count, struct failure *failure);

#endif
