/* Locks: whether an order makes its holder's main lock or a further one, and what that does to its price.
 *
 * The holder's other keys of the product decide (store_lock_count), a clerk may decide otherwise until money
 * was taken. An approved order counts like a key, or two orders of one holder would both be the first.
 * Pitfall: an order from before there were locks has none; its key counts as a main one.
 */
#ifndef KIOSK_STORE_STORE_LOCK_H
#define KIOSK_STORE_STORE_LOCK_H

#include "kiosk/base/crypto.h"
#include "kiosk/store/store.h"

enum store_lock_role {
#define STORE_LOCK_ROLE(code, name) STORE_LOCK_##code,
#include "kiosk/store/store_lock_roles.def"
#undef STORE_LOCK_ROLE
    STORE_LOCK_COUNT_
};

struct store_lock {
    enum store_lock_role role;
    int64_t earlier;                     /* main locks the holder had */
    bool seal;                           /* asked for with the order, whether it gets one or not */
    char clerk[STORE_NAME_BYTES];        /* who decided against the rule, "" for the rule */
    uint8_t holder[CRYPTO_SHA256_BYTES]; /* whose key it is, by store_lock_mark; zeros for nobody's */
};

/* What goes along with it. */
struct store_lock_effect {
    bool with_seal;
    int64_t amount_fen;
    const char *actor; /* the clerk whose act it is, NULL for the applicant's */
};

/* The stable name of a role.
 * Returns: a static text, "invalid" outside the list. */
const char *store_lock_role_name(enum store_lock_role role);

/* What the order's key is stands with it: the seal it is made with and what it costs go along, with journal
 * row and audit row. Returns: CONFLICT (paid for already, or claimed by another), NOT_FOUND. */
enum status store_lock_put(struct store *store, const char *order_id, const struct store_lock *lock,
                           const struct store_lock_effect *effect, struct failure *failure);

/* What was decided of the order.
 * Returns: NOT_FOUND when nothing was. */
enum status store_lock_load(struct store *store, const char *order_id, struct store_lock *out,
                            struct failure *failure);

/* Whose keys are counted; a text that is "" counts nothing. */
struct store_lock_holder {
    const char *order_id; /* not this order's own */
    const char *product;
    const char *credit_code;
    const char *subject; /* as the certificate names the holder */
};

/* The holder as a keyed hash, the same for the same code and subject. */
void store_lock_mark(const struct store *store, const struct store_lock_holder *holder,
                     uint8_t out[CRYPTO_SHA256_BYTES]);
/* How many main locks of the product the holder has: live certificates on keys that were handed over, and
 * approved orders whose key is to be paid or is being made. Returns: OK with 0 when there is none. */
enum status store_lock_count(struct store *store, const struct store_lock_holder *holder, int64_t *out,
                             struct failure *failure);

#endif
