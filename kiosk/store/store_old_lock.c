#include "kiosk/store/store_old_lock.h"

#include "kiosk/store/store_inner.h"

static enum status put(struct store *store, const char *order_id, const struct store_old_lock *lock,
                       struct failure *failure)
{
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO old_lock (order_id, issuer, serial, key_serial, known, shown_utc_s)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                         " ON CONFLICT (order_id) DO UPDATE SET issuer = excluded.issuer,"
                         " serial = excluded.serial, key_serial = excluded.key_serial,"
                         " known = excluded.known, shown_utc_s = excluded.shown_utc_s",
                         DB_PARAMS(db_text(order_id), db_text(lock->issuer), db_text(lock->serial),
                                   db_text(lock->key_serial), db_integer(lock->is_known),
                                   db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    return status == STATUS_OK ? store_inner_record(store,
                                                    &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                                                .order_id = order_id,
                                                                                .subject = order_id,
                                                                                .event = "old-lock",
                                                                                .note = lock->serial},
                                                    failure)
                               : status;
}

enum status store_old_lock_put(struct store *store, const char *order_id, const struct store_old_lock *lock,
                               struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, put(store, order_id, lock, failure), failure) : status;
}

static enum status read_lock(const struct db_rows *rows, void *result)
{
    struct store_old_lock *out = result;
    enum status status = store_inner_text(rows, 0, out->issuer, sizeof(out->issuer));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->serial, sizeof(out->serial));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, out->key_serial, sizeof(out->key_serial));
    out->is_known = db_column_integer(rows, 3) != 0;
    return status;
}

enum status store_old_lock_load(struct store *store, const char *order_id, struct store_old_lock *out,
                                struct failure *failure)
{
    return store_inner_read_one(store, read_lock, out, sizeof(*out),
                                "SELECT issuer, serial, key_serial, known FROM old_lock WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}
