#include "kiosk/store/store_source.h"

#include "kiosk/store/store_inner.h"

enum status store_source_put(struct store *store, const char *order_id, const char *source_id,
                             int64_t filled_utc_s, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO order_source (order_id, source_id, filled_utc_s, confirmed_utc_s)"
                         " VALUES (?1, ?2, ?3, 0)",
                         DB_PARAMS(db_text(order_id), db_text(source_id), db_integer(filled_utc_s)), NULL,
                         failure);
    return store_end(store, status, failure);
}

static enum status read_source(const struct db_rows *rows, void *result)
{
    struct store_source *out = result;
    out->filled_utc_s = db_column_integer(rows, 1);
    out->confirmed_utc_s = db_column_integer(rows, 2);
    return store_inner_text(rows, 0, out->source_id, sizeof(out->source_id));
}

enum status store_source_load(struct store *store, const char *order_id, struct store_source *out,
                              struct failure *failure)
{
    return store_inner_read_one(
        store, read_source, out, sizeof(*out),
        "SELECT source_id, filled_utc_s, confirmed_utc_s FROM order_source WHERE order_id = ?1",
        DB_PARAMS(db_text(order_id)), failure);
}

static enum status settle(struct store *store, const char *order_id, bool holds, struct failure *failure)
{
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK && holds)
        status = store_inner_change_row(
            store, "UPDATE order_source SET confirmed_utc_s = ?2 WHERE order_id = ?1",
            DB_PARAMS(db_text(order_id), db_integer(clock_utc_s(store->clock))), failure);
    else if (status == STATUS_OK)
        status = store_inner_change_row(store, "DELETE FROM order_source WHERE order_id = ?1",
                                        DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_CONFLICT)
        status = failure_set(failure, STATUS_NOT_FOUND, "source", 0, "the order has none");
    return status == STATUS_OK ? store_inner_record(store,
                                                    &(struct store_inner_event){
                                                        .kind = STORE_CHANGE_ORDER,
                                                        .order_id = order_id,
                                                        .subject = order_id,
                                                        .event = holds ? "known-holds" : "known-dropped"},
                                                    failure)
                               : status;
}

enum status store_source_settle(struct store *store, const char *order_id, bool holds,
                                struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, settle(store, order_id, holds, failure), failure) : status;
}
