#include "kiosk/store/store_shipment.h"

#include "kiosk/store/store_inner.h"

#define COLUMNS "order_id, state, carrier, tracking, must_change, created_utc_s, updated_utc_s"

static const char *const state_names[STORE_SHIPMENT_STATE_COUNT_] = {
    [STORE_SHIPMENT_WISHED] = "wished", [STORE_SHIPMENT_MADE] = "made", [STORE_SHIPMENT_SENT] = "sent"};

const char *store_shipment_state_name(enum store_shipment_state state)
{
    return (unsigned)state < STORE_SHIPMENT_STATE_COUNT_ ? state_names[state] : "invalid";
}

static enum status read_shipment(const struct db_rows *rows, void *out)
{
    struct store_shipment *shipment = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, shipment->order_id, sizeof(shipment->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 1, state_names, STORE_SHIPMENT_STATE_COUNT_, &state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, shipment->carrier, sizeof(shipment->carrier));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, shipment->tracking, sizeof(shipment->tracking));
    shipment->state = (enum store_shipment_state)state;
    shipment->must_change = db_column_integer(rows, 4) != 0;
    shipment->created_utc_s = db_column_integer(rows, 5);
    shipment->updated_utc_s = db_column_integer(rows, 6);
    return status;
}

enum status store_shipment_load(struct store *store, const char *order_id, struct store_shipment *out,
                                struct failure *failure)
{
    return store_inner_read_one(store, read_shipment, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM shipment WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}

enum status store_shipment_list(struct store *store, struct store_shipment *out, size_t capacity,
                                size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_shipment, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM shipment ORDER BY state = 'sent',"
                                " CASE WHEN state = 'sent' THEN -updated_utc_s ELSE number END LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

static enum status record(struct store *store, const char *order_id, const char *event, const char *from,
                          const char *to, const char *clerk, const char *note, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_SHIPMENT,
                                                          .order_id = order_id,
                                                          .subject = order_id,
                                                          .event = event,
                                                          .from = from,
                                                          .to = to,
                                                          .actor = clerk,
                                                          .note = note},
                              failure);
}

static enum status insert(struct store *store, const char *order_id, struct failure *failure)
{
    enum status status = db_exec(
        store->db,
        "INSERT INTO shipment (order_id, number, state, carrier, tracking, must_change, created_utc_s,"
        " updated_utc_s) VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM shipment), 'wished', '', '', "
        "0,"
        " ?2, ?2)",
        DB_PARAMS(db_text(order_id), db_integer(clock_utc_s(store->clock))), NULL, failure);
    return status == STATUS_OK ? record(store, order_id, "wish", "", "wished", NULL, NULL, failure) : status;
}

enum status store_shipment_wish(struct store *store, const char *order_id, struct failure *failure)
{
    struct store_shipment there;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_shipment_load(store, order_id, &there, failure);
    if (status == STATUS_NOT_FOUND)
        status = insert(store, order_id, failure);
    return store_end(store, status, failure);
}

enum status store_shipment_forget(struct store *store, const char *order_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status =
            store_inner_change_row(store, "DELETE FROM shipment WHERE order_id = ?1 AND state = 'wished'",
                                   DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "unwish", "wished", "", NULL, NULL, failure);
    return store_end(store, status, failure);
}

enum status store_shipment_make(struct store *store, const char *order_id, bool must_change,
                                const char *clerk, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store,
        "UPDATE shipment SET state = 'made', must_change = ?2, updated_utc_s = ?3"
        " WHERE order_id = ?1 AND state = 'wished'",
        DB_PARAMS(db_text(order_id), db_integer(must_change), db_integer(clock_utc_s(store->clock))),
        failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "make", "wished", "made", clerk, NULL, failure);
    return store_end(store, status, failure);
}

enum status store_shipment_send(struct store *store, const char *order_id, const char *carrier,
                                const char *tracking, const char *clerk, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(store,
                                    "UPDATE shipment SET state = 'sent', carrier = ?2, tracking = ?3,"
                                    " updated_utc_s = ?4 WHERE order_id = ?1 AND state = 'made'",
                                    DB_PARAMS(db_text(order_id), db_text(carrier), db_text(tracking),
                                              db_integer(clock_utc_s(store->clock))),
                                    failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "send", "made", "sent", clerk, tracking, failure);
    return store_end(store, status, failure);
}

enum status store_shipment_changed(struct store *store, const char *order_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store, "UPDATE shipment SET must_change = 0 WHERE order_id = ?1 AND must_change = 1",
        DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "pin-changed", "", "", NULL, NULL, failure);
    return store_end(store, status, failure);
}
