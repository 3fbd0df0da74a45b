#include "kiosk/store/store_soft.h"

#include <stdio.h>

#include "kiosk/base/limits.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define TABLE "soft_certificate"
#define COLUMNS "request_id, order_id, clerk, second, file, length(sealed) > 0, created_utc_s, written_utc_s"

static enum status read_soft(const struct db_rows *rows, void *out)
{
    struct store_soft *soft = out;
    enum status status = store_inner_text(rows, 0, soft->request_id, sizeof(soft->request_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, soft->order_id, sizeof(soft->order_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, soft->clerk, sizeof(soft->clerk));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, soft->second, sizeof(soft->second));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, soft->file, sizeof(soft->file));
    soft->has_key = db_column_integer(rows, 5) != 0;
    soft->created_utc_s = db_column_integer(rows, 6);
    soft->written_utc_s = db_column_integer(rows, 7);
    return status;
}

static enum status load(struct store *store, const char *sql, const char *value, struct store_soft *out,
                        struct failure *failure)
{
    struct store_soft soft;
    enum status status =
        store_inner_read_one(store, read_soft, &soft, sizeof(soft), sql, DB_PARAMS(db_text(value)), failure);
    if (status == STATUS_OK)
        *out = soft;
    return status;
}

enum status store_soft_load(struct store *store, const char *request_id, struct store_soft *out,
                            struct failure *failure)
{
    return load(store, "SELECT " COLUMNS " FROM " TABLE " WHERE request_id = ?1", request_id, out, failure);
}

enum status store_soft_load_order(struct store *store, const char *order_id, struct store_soft *out,
                                  struct failure *failure)
{
    return load(store,
                "SELECT " COLUMNS " FROM " TABLE " WHERE order_id = ?1"
                " ORDER BY (SELECT number FROM certificate c WHERE c.request_id = " TABLE ".request_id) DESC"
                " LIMIT 1",
                order_id, out, failure);
}

/* --- written ------------------------------------------------------------------------------------------- */

static enum status seal(struct store *store, const struct store_soft *row, struct bytes private_key,
                        struct buf *sealed, struct failure *failure)
{
    struct store_seal seal = {0};
    enum status status = store_seal_open(store, row->order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, TABLE, row->request_id, "sealed", private_key.data,
                                  private_key.length, sealed, failure);
    store_seal_wipe(&seal);
    return status;
}

static enum status record(struct store *store, const struct store_soft *row, const char *event,
                          struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_CERTIFICATE,
                                                          .order_id = row->order_id,
                                                          .subject = row->request_id,
                                                          .event = event,
                                                          .actor = row->clerk,
                                                          .note = row->second},
                              failure);
}

enum status store_soft_insert(struct store *store, const struct store_soft *row, struct bytes private_key,
                              struct failure *failure)
{
    struct buf sealed;
    buf_init(&sealed, LIMIT_CERTIFICATE_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = seal(store, row, private_key, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO " TABLE " (request_id, order_id, sealed, clerk, second, file,"
                         " created_utc_s, written_utc_s) VALUES (?1, ?2, ?3, ?4, ?5, '', ?6, 0)",
                         DB_PARAMS(db_text(row->request_id), db_text(row->order_id),
                                   db_bytes(sealed.data, sealed.length), db_text(row->clerk),
                                   db_text(row->second), db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    if (status == STATUS_OK)
        status = record(store, row, "soft", failure);
    buf_release(&sealed);
    return status;
}

/* Who, which certificate, into which file; the order is the row's subject. */
static enum status audit(struct store *store, const struct store_soft *row, const char *serial,
                         struct failure *failure)
{
    char detail[STORE_AUDIT_TEXT_BYTES];
    (void)snprintf(detail, sizeof(detail), "%s %s %s", row->file, serial, row->second);
    return store_audit_append(store,
                              &(struct store_audit_entry){.action = "certificate.exported",
                                                          .actor = row->clerk,
                                                          .subject = row->order_id,
                                                          .detail = detail},
                              failure);
}

enum status store_soft_write(struct store *store, const struct store_soft *row, const char *serial,
                             struct failure *failure)
{
    enum status status = store_inner_change_row(
        store,
        "UPDATE " TABLE " SET sealed = '', clerk = ?1, second = ?2, file = ?3, written_utc_s = ?4"
        " WHERE request_id = ?5 AND length(sealed) > 0",
        DB_PARAMS(db_text(row->clerk), db_text(row->second), db_text(row->file),
                  db_integer(clock_utc_s(store->clock)), db_text(row->request_id)),
        failure);
    return status == STATUS_OK ? audit(store, row, serial, failure) : status;
}

enum status store_soft_drop(struct store *store, const char *request_id, struct failure *failure)
{
    int64_t dropped = 0;
    struct store_soft row;
    enum status status = store_soft_load(store, request_id, &row, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "UPDATE " TABLE " SET sealed = '' WHERE request_id = ?1 AND length(sealed) > 0",
                         DB_PARAMS(db_text(request_id)), &dropped, failure);
    if (status == STATUS_OK && dropped > 0)
        status = record(store, &row, "soft-dropped", failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* --- read ---------------------------------------------------------------------------------------------- */

enum status store_soft_key(struct store *store, const struct store_soft *row, struct buf *out,
                           struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    size_t length = 0;
    enum status status =
        db_query(store->db, "SELECT sealed FROM " TABLE " WHERE request_id = ?1 AND length(sealed) > 0",
                 DB_PARAMS(db_text(row->request_id)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, row->order_id, &seal, failure);
    if (status == STATUS_OK) {
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = store_seal_plain(&seal, TABLE, row->request_id, "sealed", sealed, length, out, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}
