#include "kiosk/store/store_wish.h"

#include "kiosk/store/store_inner.h"

enum status store_wish_insert(struct store *store, const char *order_id, const struct store_wish *wish,
                              struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO order_wish (order_id, years, quantity, seal, agent, sub_kinds,"
                         " created_utc_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                         DB_PARAMS(db_text(order_id), db_integer(wish->years), db_integer(wish->quantity),
                                   db_integer(wish->seal), db_integer(wish->agent), db_text(wish->sub_kinds),
                                   db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    return store_end(store, status, failure);
}

enum status store_wish_add_seal(struct store *store, const char *order_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "UPDATE order_wish SET seal = 1 WHERE order_id = ?1",
                         DB_PARAMS(db_text(order_id)), NULL, failure);
    return store_end(store, status, failure);
}

static enum status read_wish(const struct db_rows *rows, void *out)
{
    enum { MOST = 1000 };
    struct store_wish *wish = out;
    int64_t years = db_column_integer(rows, 0);
    int64_t quantity = db_column_integer(rows, 1);
    if (years < 0 || years > MOST || quantity < 0 || quantity > MOST)
        return STATUS_MALFORMED;
    wish->years = (unsigned)years;
    wish->quantity = (unsigned)quantity;
    wish->seal = db_column_integer(rows, 2) != 0;
    wish->agent = db_column_integer(rows, 3) != 0;
    return store_inner_text(rows, 4, wish->sub_kinds, sizeof(wish->sub_kinds));
}

enum status store_wish_load(struct store *store, const char *order_id, struct store_wish *out,
                            struct failure *failure)
{
    return store_inner_read_one(store, read_wish, out, sizeof(*out),
                                "SELECT years, quantity, seal, agent, sub_kinds FROM order_wish"
                                " WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}
