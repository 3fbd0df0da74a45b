#include "kiosk/store/store_revocation.h"

#include "kiosk/store/store_inner.h"

#define COLUMNS                                                                                              \
    "request_id, order_id, decision_id, ground, coalesce(evidence_order_id, ''), created_utc_s, done_utc_s"

static enum status read_revocation(const struct db_rows *rows, void *out)
{
    struct store_revocation *revocation = out;
    const struct {
        char *text;
        size_t size;
    } columns[] = {{revocation->request_id, sizeof(revocation->request_id)},
                   {revocation->order_id, sizeof(revocation->order_id)},
                   {revocation->decision_id, sizeof(revocation->decision_id)},
                   {revocation->ground, sizeof(revocation->ground)},
                   {revocation->evidence_order_id, sizeof(revocation->evidence_order_id)}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]) && status == STATUS_OK; i++)
        status = store_inner_text(rows, (int)i, columns[i].text, columns[i].size);
    revocation->created_utc_s = db_column_integer(rows, 5);
    revocation->done_utc_s = db_column_integer(rows, 6);
    return status;
}

static enum status record(struct store *store, const struct store_revocation *revocation, const char *event,
                          const char *from, const char *to, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_REVOCATION,
                                                          .order_id = revocation->order_id,
                                                          .subject = revocation->request_id,
                                                          .event = event,
                                                          .from = from,
                                                          .to = to,
                                                          .note = revocation->ground},
                              failure);
}

static enum status insert(struct store *store, const struct store_revocation *revocation,
                          struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO revocation (number, request_id, order_id, decision_id, ground,"
        " evidence_order_id, created_utc_s, done_utc_s)"
        " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM revocation), ?1, ?2, ?3, ?4, ?5, ?6, 0)",
        DB_PARAMS(db_text(revocation->request_id), db_text(revocation->order_id),
                  db_text(revocation->decision_id), db_text(revocation->ground),
                  store_inner_optional(revocation->evidence_order_id), db_integer(clock_utc_s(store->clock))),
        NULL, failure);
}

enum status store_revocation_put(struct store *store, const struct store_revocation *revocation,
                                 struct failure *failure)
{
    struct store_revocation there;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_revocation_load(store, revocation->request_id, &there, failure);
    if (status == STATUS_OK)
        status = failure_set(failure, STATUS_CONFLICT, "revocation", 0, "it was begun already");
    else if (status == STATUS_NOT_FOUND)
        status = insert(store, revocation, failure);
    if (status == STATUS_OK)
        status = record(store, revocation, "begin", "", "begun", failure);
    return store_end(store, status, failure);
}

enum status store_revocation_end(struct store *store, const char *request_id, struct failure *failure)
{
    struct store_revocation there;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store, "UPDATE revocation SET done_utc_s = ?2 WHERE request_id = ?1 AND done_utc_s = 0",
        DB_PARAMS(db_text(request_id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status = store_revocation_load(store, request_id, &there, failure);
    if (status == STATUS_OK)
        status = record(store, &there, "end", "begun", "done", failure);
    return store_end(store, status, failure);
}

enum status store_revocation_load(struct store *store, const char *request_id, struct store_revocation *out,
                                  struct failure *failure)
{
    return store_inner_read_one(store, read_revocation, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM revocation WHERE request_id = ?1",
                                DB_PARAMS(db_text(request_id)), failure);
}

enum status store_revocation_list(struct store *store, const char *order_id, struct store_revocation *out,
                                  size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_revocation, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM revocation"
                                " WHERE order_id = ?1 OR (?1 = '' AND done_utc_s = 0)"
                                " ORDER BY number LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}
