#include "kiosk/store/store_subject.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

enum status store_subject_put(struct store *store, const char *order_id, const char *request_id,
                              const char *reason, struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO order_subject (order_id, request_id, reason, created_utc_s,"
            " updated_utc_s) VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (order_id) DO UPDATE SET"
            " request_id = excluded.request_id, reason = excluded.reason,"
            " updated_utc_s = excluded.updated_utc_s",
            DB_PARAMS(db_text(order_id), store_inner_optional(request_id), db_text(reason), db_integer(now)),
            NULL, failure);
    return store_end(store, status, failure);
}

static enum status read_subject(const struct db_rows *rows, void *out)
{
    struct store_subject *subject = out;
    enum status status = store_inner_text(rows, 0, subject->request_id, sizeof(subject->request_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, subject->key_mark, sizeof(subject->key_mark));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, subject->reason, sizeof(subject->reason));
    return status;
}

enum status store_subject_load(struct store *store, const char *order_id, struct store_subject *out,
                               struct failure *failure)
{
    return store_inner_read_one(store, read_subject, out, sizeof(*out),
                                "SELECT COALESCE(c.request_id, ''), COALESCE(c.key_mark, ''), s.reason"
                                " FROM order_subject s LEFT JOIN certificate c"
                                " ON c.request_id = s.request_id WHERE s.order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}

struct request_id {
    char id[STORE_ID_BYTES];
};

static enum status read_request_id(const struct db_rows *rows, void *out)
{
    struct request_id *found = out;
    return store_inner_text(rows, 0, found->id, sizeof(found->id));
}

enum status store_subject_find(struct store *store, const char *product, const char *subject,
                               char request_id[STORE_ID_BYTES], struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct request_id found[2];
    size_t count = 0;
    store_inner_hash(store, "subject", subject, strlen(subject), hash);
    enum status status =
        store_inner_read_all(store, read_request_id, found, sizeof(found[0]), 2, &count,
                             "SELECT c.request_id FROM certificate c JOIN orders o ON o.id = c.order_id"
                             " WHERE o.product = ?1 AND c.subject_hash = ?2 AND c.state IN ('confirmed', "
                             "'held') ORDER BY c.number",
                             DB_PARAMS(db_text(product), db_bytes(hash, sizeof(hash))), failure);
    if (status != STATUS_OK)
        return status;
    if (count != 1)
        return count == 0 ? STATUS_NOT_FOUND : STATUS_CONFLICT;
    memcpy(request_id, found[0].id, STORE_ID_BYTES);
    return STATUS_OK;
}

struct amount {
    int64_t number;
};

static enum status read_amount(const struct db_rows *rows, void *out)
{
    struct amount *amount = out;
    amount->number = db_column_integer(rows, 0);
    return STATUS_OK;
}

enum status store_subject_is_replaced(struct store *store, const char *request_id, bool *out,
                                      struct failure *failure)
{
    struct amount amount;
    enum status status = store_inner_read_one(
        store, read_amount, &amount, sizeof(amount),
        "SELECT COUNT(*) FROM order_subject s JOIN certificate c ON c.order_id = s.order_id"
        " WHERE s.request_id = ?1 AND c.state IN ('confirmed', 'held')",
        DB_PARAMS(db_text(request_id)), failure);
    if (status == STATUS_OK)
        *out = amount.number > 0;
    return status;
}

static enum status read_order(const struct db_rows *rows, void *out)
{
    struct store_subject_order *order = out;
    return store_inner_text(rows, 0, order->id, sizeof(order->id));
}

enum status store_subject_ended(struct store *store, const char *key_mark, struct store_subject_order *out,
                                size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_order, out, sizeof(*out), capacity, count,
        "SELECT o.id FROM order_subject s JOIN certificate c ON c.request_id = s.request_id"
        " JOIN orders o ON o.id = s.order_id WHERE c.key_mark = ?1 AND o.state IN"
        " ('refunding', 'refunded', 'cancelled', 'closed') ORDER BY o.created_utc_s DESC",
        DB_PARAMS(db_text(key_mark)), failure);
}
