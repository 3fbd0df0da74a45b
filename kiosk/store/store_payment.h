/* Payment attempts: one row per out_trade_no, never columns of an order.
 *
 * States and the steps between them are one list (store_payment_states.def); a step not on it is BAD_STATE,
 * a row that has moved on meanwhile is CONFLICT. Each step writes its journal row in the same transaction.
 * No payer is kept: a channel's trade number and time of payment are enough for a receipt.
 * Pitfall: a late or second "paid" is a step like any other (LATE_PAID); it is refunded by rule, not
 * ignored.
 */
#ifndef KIOSK_STORE_STORE_PAYMENT_H
#define KIOSK_STORE_STORE_PAYMENT_H

#include "kiosk/store/store.h"

enum store_payment_state {
#define STORE_PAYMENT_STATE(code, name, final) STORE_PAYMENT_##code,
#define STORE_PAYMENT_STEP(from, to)
#include "kiosk/store/store_payment_states.def"
#undef STORE_PAYMENT_STATE
#undef STORE_PAYMENT_STEP
    STORE_PAYMENT_COUNT_
};

enum { STORE_PAYMENT_NUMBER_BYTES = 65, STORE_PAYMENT_QR_BYTES = 513 };

struct store_payment {
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES]; /* 12 to 32 of A-Z a-z 0-9 _, made by us */
    char order_id[STORE_ID_BYTES];
    char channel[STORE_NAME_BYTES]; /* "alipay", "desk", "transfer" .. */
    int64_t attempt;                /* from 1 per order; set by the store */
    int64_t amount_fen;
    enum store_payment_state state;
    char qr[STORE_PAYMENT_QR_BYTES];            /* text to draw, "" when unknown */
    char trade_no[STORE_PAYMENT_NUMBER_BYTES];  /* the channel's number, "" until paid */
    char refund_no[STORE_PAYMENT_NUMBER_BYTES]; /* made by us, the same on every retry, "" until refunding */
    int64_t expires_utc_s;                      /* end of the code, 0 when unknown */
    int64_t paid_utc_s;                         /* 0 until paid */
    int64_t created_utc_s;                      /* set by the store */
    int64_t updated_utc_s;                      /* set by the store */
};

/* The stable name of a state.
 * Returns: a static text, "invalid" outside the list. */
const char *store_payment_state_name(enum store_payment_state state);
/* Whether nothing is left to ask the channel about. */
bool store_payment_is_final(enum store_payment_state state);

/* The attempt is stored as CREATED, with the next attempt number in *attempt (may be NULL).
 * Returns: CONFLICT when out_trade_no exists, NOT_FOUND (no such order), MALFORMED (number or amount). */
enum status store_payment_insert(struct store *store, const struct store_payment *payment, int64_t *attempt,
                                 struct failure *failure);

/* The attempt with this number.
 * Returns: NOT_FOUND. */
enum status store_payment_load(struct store *store, const char *out_trade_no, struct store_payment *out,
                               struct failure *failure);

/* All attempts of an order, oldest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_payment_list(struct store *store, const char *order_id, struct store_payment *out,
                               size_t capacity, size_t *count, struct failure *failure);

/* Attempts of all orders that are in no final state, oldest first: what is queried at start.
 * Returns: as above. */
enum status store_payment_list_open(struct store *store, struct store_payment *out, size_t capacity,
                                    size_t *count, struct failure *failure);

/* What comes with a step; NULL and 0 leave what is stored. */
struct store_payment_facts {
    const char *qr;
    const char *trade_no;
    const char *refund_no;
    int64_t expires_utc_s;
    int64_t paid_utc_s;
};

/* The attempt went from one state to the next, with its facts and journal row.
 * Returns: CONFLICT when it is not in `from` any more or has another refund number, BAD_STATE for a step
 * not on the list, NOT_FOUND. */
enum status store_payment_step(struct store *store, const char *out_trade_no, enum store_payment_state from,
                               enum store_payment_state to, const struct store_payment_facts *facts,
                               struct failure *failure);

#endif
