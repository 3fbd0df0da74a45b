#include "kiosk/store/store_lock.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_order.h"

static const char *const role_names[] = {
#define STORE_LOCK_ROLE(code, name) name,
#include "kiosk/store/store_lock_roles.def"
#undef STORE_LOCK_ROLE
};

const char *store_lock_role_name(enum store_lock_role role)
{
    return (unsigned)role < STORE_LOCK_COUNT_ ? role_names[role] : "invalid";
}

/* --- deciding ---------------------------------------------------------------------------------------- */

static enum status put(struct store *store, const char *order_id, const struct store_lock *lock,
                       struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO order_lock (order_id, role, earlier, seal, clerk, decided_utc_s, holder)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (order_id) DO UPDATE SET role = ?2,"
                   " earlier = ?3, seal = ?4, clerk = ?5, decided_utc_s = ?6, holder = ?7",
                   DB_PARAMS(db_text(order_id), db_text(store_lock_role_name(lock->role)),
                             db_integer(lock->earlier), db_integer(lock->seal), db_text(lock->clerk),
                             db_integer(clock_utc_s(store->clock)),
                             db_bytes(lock->holder, sizeof(lock->holder))),
                   NULL, failure);
}

static enum status record(struct store *store, const char *order_id, const struct store_lock *lock,
                          const struct store_lock_effect *effect, struct failure *failure)
{
    char note[64];
    (void)snprintf(note, sizeof(note), "earlier %lld, %lld fen", (long long)lock->earlier,
                   (long long)effect->amount_fen);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                          .order_id = order_id,
                                                          .subject = order_id,
                                                          .event = "lock",
                                                          .to = store_lock_role_name(lock->role),
                                                          .actor = effect->actor,
                                                          .note = note},
                              failure);
}

enum status store_lock_put(struct store *store, const char *order_id, const struct store_lock *lock,
                           const struct store_lock_effect *effect, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = put(store, order_id, lock, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "UPDATE order_wish SET seal = ?2 WHERE order_id = ?1",
                         DB_PARAMS(db_text(order_id), db_integer(effect->with_seal)), NULL, failure);
    if (status == STATUS_OK)
        status = store_order_reprice(store, order_id, effect->amount_fen, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, lock, effect, failure);
    return store_end(store, status, failure);
}

/* --- reading ----------------------------------------------------------------------------------------- */

/* Rows from before it was stored have none. */
static enum status read_holder(const struct db_rows *rows, uint8_t out[CRYPTO_SHA256_BYTES])
{
    size_t length = 0;
    (void)db_column_bytes(rows, 4, &length);
    return length == 0 ? STATUS_OK : store_inner_bytes(rows, 4, out, CRYPTO_SHA256_BYTES);
}

static enum status read_lock(const struct db_rows *rows, void *out)
{
    struct store_lock *lock = out;
    int role = 0;
    enum status status = store_inner_name(rows, 0, role_names, STORE_LOCK_COUNT_, &role);
    lock->role = (enum store_lock_role)role;
    lock->earlier = db_column_integer(rows, 1);
    lock->seal = db_column_integer(rows, 2) != 0;
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, lock->clerk, sizeof(lock->clerk));
    return status == STATUS_OK ? read_holder(rows, lock->holder) : status;
}

enum status store_lock_load(struct store *store, const char *order_id, struct store_lock *out,
                            struct failure *failure)
{
    return store_inner_read_one(
        store, read_lock, out, sizeof(*out),
        "SELECT role, earlier, seal, clerk, holder FROM order_lock WHERE order_id = ?1",
        DB_PARAMS(db_text(order_id)), failure);
}

static void hash_holder(const struct store *store, const struct store_lock_holder *holder,
                        uint8_t code[CRYPTO_SHA256_BYTES], uint8_t subject[CRYPTO_SHA256_BYTES])
{
    store_inner_hash(store, "credit-code", holder->credit_code, strlen(holder->credit_code), code);
    store_inner_hash(store, "subject", holder->subject, strlen(holder->subject), subject);
}

void store_lock_mark(const struct store *store, const struct store_lock_holder *holder,
                     uint8_t out[CRYPTO_SHA256_BYTES])
{
    uint8_t both[2 * CRYPTO_SHA256_BYTES];
    hash_holder(store, holder, both, both + CRYPTO_SHA256_BYTES);
    store_inner_hash(store, "lock-holder", both, sizeof(both), out);
}

/* Several keys of one order are one main lock and its further ones, so orders are counted. */
enum status store_lock_count(struct store *store, const struct store_lock_holder *holder, int64_t *out,
                             struct failure *failure)
{
    uint8_t code[CRYPTO_SHA256_BYTES];
    uint8_t subject[CRYPTO_SHA256_BYTES];
    hash_holder(store, holder, code, subject);
    return store_inner_integer(
        store, out,
        "SELECT count(DISTINCT o.id) FROM orders o LEFT JOIN order_lock l ON l.order_id = o.id"
        " LEFT JOIN certificate c ON c.order_id = o.id AND c.state IN ('confirmed', 'held')"
        " AND c.not_after_utc_s >= ?5 LEFT JOIN token_key k ON k.mark = c.key_mark AND k.state = 'delivered'"
        " WHERE o.product = ?1 AND o.id <> ?2 AND coalesce(l.role, 'main') = 'main'"
        " AND (o.id IN (SELECT order_id FROM order_lookup WHERE kind = 'credit-code' AND hash = ?3)"
        " OR (c.request_id IS NOT NULL AND c.subject_hash = ?4))"
        " AND (k.mark IS NOT NULL OR (l.role = 'main'"
        " AND o.state IN ('paying', 'issuing', 'pin', 'collecting')))",
        DB_PARAMS(db_text(holder->product), db_text(holder->order_id), db_bytes(code, sizeof(code)),
                  db_bytes(subject, sizeof(subject)), db_integer(clock_utc_s(store->clock))),
        failure);
}
