/* Sealing values under the order's data key. */
#include "kiosk/store/store_seal.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { PLACE_BYTES = 512, WRAPPED_BYTES = 1024 };

/* Separated by a character no id holds, so that two places never read the same. */
static enum status write_place(char out[PLACE_BYTES], const char *table, const char *order_id,
                               const char *row, const char *column, size_t *length)
{
    int written = snprintf(out, PLACE_BYTES, "%s\x1f%s\x1f%s\x1f%s", table, order_id, row, column);
    if (written < 0 || written >= PLACE_BYTES)
        return STATUS_FULL;
    *length = (size_t)written;
    return STATUS_OK;
}

enum status store_seal_create(struct store *store, const char *order_id, struct failure *failure)
{
    uint8_t key[CRYPTO_KEY_BYTES];
    char place[PLACE_BYTES];
    size_t place_length = 0;
    struct buf wrapped;
    buf_init(&wrapped, WRAPPED_BYTES);
    random_fill(store->random, key, sizeof(key));
    enum status status = write_place(place, "order_key", order_id, "", "wrapped", &place_length);
    if (status == STATUS_OK)
        status = hall_key_wrap(store->hall_key, place, place_length, key, sizeof(key), &wrapped, failure);
    if (status == STATUS_OK)
        status =
            db_exec(store->db, "INSERT INTO order_key (order_id, hall_key_id, wrapped) VALUES (?1, ?2, ?3)",
                    DB_PARAMS(db_text(order_id), db_text(hall_key_id(store->hall_key)),
                              db_bytes(wrapped.data, wrapped.length)),
                    NULL, failure);
    secret_wipe_bytes(key, sizeof(key));
    buf_release(&wrapped);
    return status;
}

struct wrapped_row {
    char hall_key_id[HALL_KEY_ID_BYTES];
    uint8_t wrapped[WRAPPED_BYTES];
    size_t length;
};

static enum status read_wrapped(const struct db_rows *rows, void *out)
{
    struct wrapped_row *row = out;
    enum status status = store_inner_text(rows, 0, row->hall_key_id, sizeof(row->hall_key_id));
    const uint8_t *bytes = db_column_bytes(rows, 1, &row->length);
    if (status != STATUS_OK || row->length == 0 || row->length > sizeof(row->wrapped))
        return STATUS_MALFORMED;
    memcpy(row->wrapped, bytes, row->length);
    return STATUS_OK;
}

static enum status unwrap(struct store *store, const char *order_id, const struct wrapped_row *row,
                          struct store_seal *out, struct failure *failure)
{
    char place[PLACE_BYTES];
    size_t place_length = 0;
    struct buf plain;
    buf_init(&plain, CRYPTO_KEY_BYTES);
    enum status status = write_place(place, "order_key", order_id, "", "wrapped", &place_length);
    if (status == STATUS_OK)
        status =
            hall_key_unwrap(store->hall_key, place, place_length, row->wrapped, row->length, &plain, failure);
    if (status == STATUS_OK && plain.length != CRYPTO_KEY_BYTES)
        status = failure_set(failure, STATUS_MALFORMED, "data key", 0, "wrong length");
    if (status == STATUS_OK) {
        memcpy(out->key, plain.data, CRYPTO_KEY_BYTES);
        if (!text_copy(out->order_id, sizeof(out->order_id), order_id))
            status = STATUS_MALFORMED;
    }
    buf_wipe(&plain);
    return status;
}

enum status store_seal_open(struct store *store, const char *order_id, struct store_seal *out,
                            struct failure *failure)
{
    struct wrapped_row row;
    enum status status =
        store_inner_read_one(store, read_wrapped, &row, sizeof(row),
                             "SELECT hall_key_id, wrapped FROM order_key WHERE order_id = ?1",
                             DB_PARAMS(db_text(order_id)), failure);
    if (status != STATUS_OK)
        return status;
    if (strcmp(row.hall_key_id, hall_key_id(store->hall_key)) != 0)
        return failure_set(failure, STATUS_UNSUPPORTED, "data key", 0, "wrapped by hall key %s",
                           row.hall_key_id);
    return unwrap(store, order_id, &row, out, failure);
}

void store_seal_wipe(struct store_seal *seal)
{
    secret_wipe_bytes(seal, sizeof(*seal));
}

enum status store_seal_value(struct store *store, const struct store_seal *seal, const char *table,
                             const char *row, const char *column, const void *plain, size_t length,
                             struct buf *out, struct failure *failure)
{
    char place[PLACE_BYTES];
    size_t place_length = 0;
    enum status status = write_place(place, table, seal->order_id, row, column, &place_length);
    if (status == STATUS_OK)
        status = crypto_seal(seal->key, store->random, place, place_length, plain, length, out);
    return status == STATUS_OK ? STATUS_OK : failure_set(failure, status, "seal", 0, "%s.%s", table, column);
}

enum status store_seal_plain(const struct store_seal *seal, const char *table, const char *row,
                             const char *column, const void *sealed, size_t length, struct buf *out,
                             struct failure *failure)
{
    char place[PLACE_BYTES];
    size_t place_length = 0;
    enum status status = write_place(place, table, seal->order_id, row, column, &place_length);
    if (status == STATUS_OK)
        status = crypto_open(seal->key, place, place_length, sealed, length, out);
    return status == STATUS_OK ? STATUS_OK : failure_set(failure, status, "open", 0, "%s.%s", table, column);
}
