/* Form values, one sealed row each. */
#include "kiosk/store/store_field.h"

#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

static enum status delete_value(struct store *store, const char *order_id, const char *field,
                                struct failure *failure)
{
    return db_exec(store->db, "DELETE FROM field WHERE order_id = ?1 AND name = ?2",
                   DB_PARAMS(db_text(order_id), db_text(field)), NULL, failure);
}

static enum status write_value(struct store *store, const struct store_seal *seal, const char *field,
                               const char *value, struct failure *failure)
{
    size_t length = strlen(value);
    if (length > LIMIT_FIELD_BYTES || strlen(field) >= FORM_ID_BYTES)
        return failure_set(failure, STATUS_FULL, "field", (long)length, "value or name too long");
    if (length == 0)
        return delete_value(store, seal->order_id, field, failure);
    struct buf sealed;
    buf_init(&sealed, LIMIT_FIELD_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status =
        store_seal_value(store, seal, "field", field, "sealed", value, length, &sealed, failure);
    if (status == STATUS_OK)
        status =
            db_exec(store->db,
                    "INSERT INTO field (order_id, name, sealed, updated_utc_s) VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (order_id, name) DO UPDATE SET sealed = ?3, updated_utc_s = ?4",
                    DB_PARAMS(db_text(seal->order_id), db_text(field), db_bytes(sealed.data, sealed.length),
                              db_integer(clock_utc_s(store->clock))),
                    NULL, failure);
    buf_release(&sealed);
    return status;
}

enum status store_field_put(struct store *store, const char *order_id, const char *field, const char *value,
                            struct failure *failure)
{
    struct store_seal seal = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = write_value(store, &seal, field, value, failure);
    store_seal_wipe(&seal);
    return store_end(store, status, failure);
}

enum status store_field_get(struct store *store, const char *order_id, const char *field, struct buf *out,
                            struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_query(store->db, "SELECT sealed FROM field WHERE order_id = ?1 AND name = ?2",
                          DB_PARAMS(db_text(order_id), db_text(field)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        size_t length = 0;
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = store_seal_plain(&seal, "field", field, "sealed", sealed, length, out, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}

/* What was sealed is text again: NUL-terminated by the buffer, valid UTF-8, no NUL inside. */
static enum status read_value(const struct store_seal *seal, const struct db_rows *rows,
                              struct form_values *out, struct failure *failure)
{
    struct buf plain;
    buf_init(&plain, LIMIT_FIELD_BYTES);
    size_t length = 0;
    const char *name = db_column_text(rows, 0);
    const uint8_t *sealed = db_column_bytes(rows, 1, &length);
    enum status status = store_seal_plain(seal, "field", name, "sealed", sealed, length, &plain, failure);
    if (status == STATUS_OK && (plain.length == 0 || memchr(plain.data, '\0', plain.length)))
        status = failure_set(failure, STATUS_MALFORMED, "field", 0, "empty, or a NUL inside");
    if (status == STATUS_OK) {
        status = form_values_set(out, name, (const char *)plain.data);
        if (status != STATUS_OK)
            status = failure_set(failure, status, "field", 0, "form_values_set");
    }
    buf_wipe(&plain);
    return status;
}

enum status store_field_load(struct store *store, const char *order_id, struct form_values *out,
                             struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    form_values_init(out);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_query(store->db, "SELECT name, sealed FROM field WHERE order_id = ?1 ORDER BY name",
                          DB_PARAMS(db_text(order_id)), &rows, failure);
    while (status == STATUS_OK) {
        status = db_rows_next(rows, failure);
        if (status == STATUS_OK)
            status = read_value(&seal, rows, out, failure);
    }
    if (status == STATUS_NOT_FOUND && rows)
        status = STATUS_OK;
    db_rows_end(rows);
    store_seal_wipe(&seal);
    if (status != STATUS_OK)
        form_values_wipe(out);
    return status;
}

enum status store_field_replace(struct store *store, const char *order_id, const struct form_values *values,
                                struct failure *failure)
{
    struct store_seal seal = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM field WHERE order_id = ?1", DB_PARAMS(db_text(order_id)),
                         NULL, failure);
    for (size_t i = 0; status == STATUS_OK && i < values->count; i++)
        status = write_value(store, &seal, values->value[i].id, values->value[i].text, failure);
    store_seal_wipe(&seal);
    return store_end(store, status, failure);
}
