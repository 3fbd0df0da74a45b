/* Rejections: items of a decision with sealed reasons. */
#include "kiosk/store/store_rejection.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

enum { PLACE_BYTES = STORE_ID_BYTES + 16 };

static const char *kind_name(enum order_item_kind kind)
{
    return kind == ORDER_ITEM_FIELD ? "field" : "paper";
}

static void write_place(char out[PLACE_BYTES], const char *decision_id, int64_t number)
{
    snprintf(out, PLACE_BYTES, "%s/%lld", decision_id, (long long)number);
}

static enum status insert(struct store *store, const struct store_seal *seal, const char *decision_id,
                          int64_t number, const struct order_rejection *item, struct failure *failure)
{
    char place[PLACE_BYTES];
    write_place(place, decision_id, number);
    struct buf sealed;
    buf_init(&sealed, ORDER_REASON_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_value(store, seal, "rejection", place, "sealed", item->reason,
                                          strlen(item->reason), &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO rejection (decision_id, number, order_id, kind, item, sealed, settled)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                         DB_PARAMS(db_text(decision_id), db_integer(number), db_text(seal->order_id),
                                   db_text(kind_name(item->kind)), db_text(item->item),
                                   db_bytes(sealed.data, sealed.length)),
                         NULL, failure);
    buf_release(&sealed);
    return status;
}

enum status store_rejection_put(struct store *store, const char *decision_id,
                                const struct order_rejections *rejections, struct failure *failure)
{
    if (rejections->count == 0 || rejections->count > ORDER_REJECTIONS_MAX)
        return failure_set(failure, STATUS_MALFORMED, "rejection", (long)rejections->count,
                           "number of items");
    struct store_decision decision;
    struct store_seal seal = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_decision_load(store, decision_id, &decision, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, decision.order_id, &seal, failure);
    for (size_t i = 0; status == STATUS_OK && i < rejections->count; i++)
        status = insert(store, &seal, decision_id, (int64_t)i + 1, &rejections->item[i], failure);
    store_seal_wipe(&seal);
    return store_end(store, status, failure);
}

static enum status read_item(const struct store_seal *seal, const char *decision_id,
                             const struct db_rows *rows, struct order_rejections *out,
                             struct failure *failure)
{
    if (out->count == ORDER_REJECTIONS_MAX)
        return failure_set(failure, STATUS_MALFORMED, "rejection", 0, "too many items");
    struct order_rejection *item = &out->item[out->count];
    char place[PLACE_BYTES];
    struct buf plain;
    size_t length = 0;
    buf_init(&plain, ORDER_REASON_BYTES - 1);
    const uint8_t *sealed = db_column_bytes(rows, 3, &length);
    write_place(place, decision_id, db_column_integer(rows, 0));
    item->kind = strcmp(db_column_text(rows, 1), "field") == 0 ? ORDER_ITEM_FIELD : ORDER_ITEM_PAPER;
    enum status status = store_inner_text(rows, 2, item->item, sizeof(item->item));
    if (status == STATUS_OK)
        status = store_seal_plain(seal, "rejection", place, "sealed", sealed, length, &plain, failure);
    if (status == STATUS_OK) {
        if (plain.length > 0)
            memcpy(item->reason, plain.data, plain.length);
        out->count++;
    }
    buf_wipe(&plain);
    return status;
}

static enum status read_items(struct store *store, const struct store_seal *seal, const char *decision_id,
                              bool only_open, struct order_rejections *out, struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(store->db,
                                  "SELECT number, kind, item, sealed FROM rejection WHERE decision_id = ?1"
                                  " AND (?2 = 0 OR settled = 0) ORDER BY number",
                                  DB_PARAMS(db_text(decision_id), db_integer(only_open)), &rows, failure);
    while (status == STATUS_OK) {
        status = db_rows_next(rows, failure);
        if (status == STATUS_OK)
            status = read_item(seal, decision_id, rows, out, failure);
    }
    db_rows_end(rows);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status load(struct store *store, const struct store_decision *decision, bool only_open,
                        struct order_rejections *out, struct failure *failure)
{
    struct order_rejections found = {0};
    struct store_seal seal = {0};
    enum status status = store_seal_open(store, decision->order_id, &seal, failure);
    if (status == STATUS_OK)
        status = read_items(store, &seal, decision->id, only_open, &found, failure);
    else if (status == STATUS_NOT_FOUND)
        status = STATUS_OK; /* the person is forgotten, and the words with it */
    store_seal_wipe(&seal);
    if (status == STATUS_OK)
        *out = found;
    return status;
}

enum status store_rejection_load(struct store *store, const char *decision_id, struct order_rejections *out,
                                 struct failure *failure)
{
    struct store_decision decision;
    enum status status = store_decision_load(store, decision_id, &decision, failure);
    if (status == STATUS_OK)
        return load(store, &decision, false, out, failure);
    if (status == STATUS_NOT_FOUND) {
        *out = (struct order_rejections){0};
        return STATUS_OK;
    }
    return status;
}

struct decision_id {
    char id[STORE_ID_BYTES];
};

static enum status read_decision_id(const struct db_rows *rows, void *out)
{
    struct decision_id *id = out;
    return store_inner_text(rows, 0, id->id, sizeof(id->id));
}

enum status store_rejection_load_order(struct store *store, const char *order_id, bool only_open,
                                       struct order_rejections *out, struct failure *failure)
{
    struct decision_id last;
    struct store_decision decision;
    enum status status =
        store_inner_read_one(store, read_decision_id, &last, sizeof(last),
                             "SELECT id FROM decision WHERE order_id = ?1 AND state = 'applied'"
                             " ORDER BY number DESC LIMIT 1",
                             DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_NOT_FOUND) {
        *out = (struct order_rejections){0};
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = store_decision_load(store, last.id, &decision, failure);
    return status == STATUS_OK ? load(store, &decision, only_open, out, failure) : status;
}

enum status store_rejection_settle(struct store *store, const char *order_id, enum order_item_kind kind,
                                   const char *item, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db, "UPDATE rejection SET settled = 1 WHERE order_id = ?1 AND kind = ?2 AND item = ?3",
            DB_PARAMS(db_text(order_id), db_text(kind_name(kind)), db_text(item)), NULL, failure);
    return store_end(store, status, failure);
}
