#include "kiosk/store/store_opening.h"

#include "kiosk/store/store_inner.h"

static enum status put(struct store *store, const char *order_id, int64_t counts_utc_s,
                       struct failure *failure)
{
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "INSERT INTO order_opening (order_id, counts_utc_s) VALUES (?1, ?2)",
                         DB_PARAMS(db_text(order_id), db_integer(counts_utc_s)), NULL, failure);
    return status == STATUS_OK ? store_inner_record(store,
                                                    &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                                                .order_id = order_id,
                                                                                .subject = order_id,
                                                                                .event = "outside-hours"},
                                                    failure)
                               : status;
}

enum status store_opening_put(struct store *store, const char *order_id, int64_t counts_utc_s,
                              struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, put(store, order_id, counts_utc_s, failure), failure)
                               : status;
}

static enum status read_opening(const struct db_rows *rows, void *result)
{
    int64_t *out = result;
    *out = db_column_integer(rows, 0);
    return STATUS_OK;
}

enum status store_opening_load(struct store *store, const char *order_id, int64_t *counts_utc_s,
                               struct failure *failure)
{
    return store_inner_read_one(store, read_opening, counts_utc_s, sizeof(*counts_utc_s),
                                "SELECT counts_utc_s FROM order_opening WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}
