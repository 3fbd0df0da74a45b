#include "kiosk/store/store_private.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { PLACE_BYTES = STORE_ID_BYTES + STORE_NAME_BYTES };

void store_private_init(struct buf *sealed)
{
    buf_init(sealed, STORE_PRIVATE_BYTES + HALL_KEY_ID_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
}

enum status store_private_seal(struct store *store, const char *id, const char *column, const char *text,
                               struct buf *out, struct failure *failure)
{
    char place[PLACE_BYTES];
    if (strlen(text) >= STORE_PRIVATE_BYTES)
        return failure_set(failure, STATUS_FULL, "private", (long)strlen(text), "%s is too long", column);
    (void)snprintf(place, sizeof(place), "%s/%s", id, column);
    return hall_key_wrap(store->hall_key, place, strlen(place), text, strlen(text), out, failure);
}

enum status store_private_open(struct store *store, const char *id, const char *column,
                               const struct db_rows *rows, int index, char *out, size_t size)
{
    char place[PLACE_BYTES];
    struct buf plain;
    size_t length = 0;
    const uint8_t *sealed = db_column_bytes(rows, index, &length);
    buf_init(&plain, STORE_PRIVATE_BYTES);
    (void)snprintf(place, sizeof(place), "%s/%s", id, column);
    enum status status = hall_key_unwrap(store->hall_key, place, strlen(place), sealed, length, &plain, NULL);
    if (status == STATUS_OK && plain.length == 0)
        *out = '\0';
    else if (status == STATUS_OK && !text_copy(out, size, (const char *)plain.data))
        status = STATUS_MALFORMED;
    buf_wipe(&plain);
    return status;
}

enum status store_private_read_all(struct store *store, store_private_read *read, void *out, size_t size,
                                   size_t capacity, size_t *found, const char *sql,
                                   const struct db_value *params, size_t count, struct failure *failure)
{
    struct db_rows *rows = NULL;
    size_t filled = 0;
    enum status status = db_query(store->db, sql, params, count, &rows, failure);
    while (status == STATUS_OK && filled < capacity) {
        status = db_rows_next(rows, failure);
        if (status != STATUS_OK)
            break;
        status = read(store, rows, (uint8_t *)out + filled * size);
        if (status == STATUS_OK)
            filled++;
        else
            status = failure_set(failure, status, "row", 0, "a stored row makes no sense");
    }
    db_rows_end(rows);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    *found = filled;
    return STATUS_OK;
}

enum status store_private_read_one(struct store *store, store_private_read *read, void *out, size_t size,
                                   const char *sql, const struct db_value *params, size_t count,
                                   struct failure *failure)
{
    size_t found = 0;
    enum status status =
        store_private_read_all(store, read, out, size, 1, &found, sql, params, count, failure);
    return status == STATUS_OK && found == 0 ? STATUS_NOT_FOUND : status;
}
