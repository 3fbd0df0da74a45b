/* Pickup codes: the 授权码 that, with the acceptance number, leads to an order whose key is made later.
 *
 * Only a keyed hash is kept, bound to the order's number. A fresh code replaces the one before. The code is
 * not used up by a right try: a program killed behind it asks again, and the order's state says when it is
 * worth nothing.
 * Pitfall: wrong tries are counted per number typed, there or not, so that nobody learns which numbers are.
 */
#ifndef KIOSK_STORE_STORE_PICKUP_H
#define KIOSK_STORE_STORE_PICKUP_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store.h"

enum { STORE_PICKUP_CODE_BYTES = 20 }; /* 16 characters in groups of 4 with - between, with the NUL */

struct store_pickup {
    int64_t number; /* of the code, from 1: how often one was printed */
    int64_t expires_utc_s;
    int64_t created_utc_s;
};

struct store_pickup_limits {
    int tries;  /* wrong tries before the lock */
    int lock_s; /* how long the number is locked after them */
};

enum store_pickup_outcome {
    STORE_PICKUP_RIGHT,
    STORE_PICKUP_WRONG,   /* tries_left says how many remain */
    STORE_PICKUP_EXPIRED, /* right, but too old */
    STORE_PICKUP_LOCKED   /* until_utc_s */
};

struct store_pickup_verdict {
    enum store_pickup_outcome outcome;
    int tries_left;
    int64_t until_utc_s;
    char order_id[STORE_ID_BYTES]; /* with RIGHT */
};

/* The order has this code for life_s seconds and no other; journal and audit say who had it made, as
 * "new" or "again".
 * Returns: NOT_FOUND (no such order). Owns: the caller wipes the code. */
enum status store_pickup_new(struct store *store, const char *order_id, int64_t life_s, const char *actor,
                             char code[STORE_PICKUP_CODE_BYTES], struct failure *failure);

/* The order's code.
 * Returns: NOT_FOUND when none was made. */
enum status store_pickup_load(struct store *store, const char *order_id, struct store_pickup *out,
                              struct failure *failure);

/* The verdict on a typed number and code; small letters, blanks and - are as nothing. A wrong try is counted,
 * a right one ends the counting.
 * Returns: OK also when the verdict is a refusal. */
enum status store_pickup_check(struct store *store, const char *acceptance, const struct secret *code,
                               const struct store_pickup_limits *limits, struct store_pickup_verdict *verdict,
                               struct failure *failure);

#endif
