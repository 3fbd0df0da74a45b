#include "kiosk/store/store_phone.h"

#include "kiosk/base/limits.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

/* A certificate that is neither revoked nor refused was made with what is there. */
static enum status check_free(struct store *store, const char *order_id, struct failure *failure)
{
    int64_t made = 0;
    enum status status = store_inner_integer(
        store, &made,
        "SELECT count(*) FROM certificate WHERE order_id = ?1 AND state NOT IN ('revoked', 'refused')",
        DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK && made > 0)
        status = failure_set(failure, STATUS_BAD_STATE, "phone", 0, "the certificate was made");
    return status;
}

static enum status put(struct store *store, const char *order_id, const void *request, size_t length,
                       struct failure *failure)
{
    struct store_seal seal = {0};
    struct buf sealed;
    buf_init(&sealed, LIMIT_CERTIFICATE_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "phone_request", order_id, "sealed", request, length, &sealed,
                                  failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO phone_request (order_id, sealed, created_utc_s) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (order_id) DO UPDATE SET sealed = ?2, created_utc_s = ?3",
                         DB_PARAMS(db_text(order_id), db_bytes(sealed.data, sealed.length),
                                   db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    store_seal_wipe(&seal);
    buf_release(&sealed);
    return status;
}

static enum status record(struct store *store, const char *order_id, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_UNIT,
                                                          .order_id = order_id,
                                                          .subject = order_id,
                                                          .event = event,
                                                          .actor = actor},
                              failure);
}

enum status store_phone_put(struct store *store, const char *order_id, const void *request, size_t length,
                            const char *actor, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = check_free(store, order_id, failure);
    if (status == STATUS_OK)
        status = put(store, order_id, request, length, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "phone-request", actor, failure);
    return store_end(store, status, failure);
}

enum status store_phone_drop(struct store *store, const char *order_id, struct failure *failure)
{
    int64_t dropped = 0;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(store->db, "DELETE FROM phone_request WHERE order_id = ?1", DB_PARAMS(db_text(order_id)),
                     &dropped, failure);
    if (status == STATUS_OK && dropped > 0)
        status = record(store, order_id, "phone-refused", NULL, failure);
    return store_end(store, status, failure);
}

enum status store_phone_load(struct store *store, const char *order_id, struct buf *out,
                             struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    size_t length = 0;
    enum status status = db_query(store->db, "SELECT sealed FROM phone_request WHERE order_id = ?1",
                                  DB_PARAMS(db_text(order_id)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK) {
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = store_seal_plain(&seal, "phone_request", order_id, "sealed", sealed, length, out, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}
