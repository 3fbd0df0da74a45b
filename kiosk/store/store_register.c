#include "kiosk/store/store_register.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS "id, kind, columns, entries, digest, created_utc_s"

enum { PLACE_BYTES = STORE_ID_BYTES + 2 * CRYPTO_SHA256_BYTES + 16 };

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_register(const struct db_rows *rows, void *result)
{
    struct store_register *out = result;
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->kind, sizeof(out->kind));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, out->columns, sizeof(out->columns));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, out->digest, sizeof(out->digest));
    out->entries = db_column_integer(rows, 3);
    out->imported_utc_s = db_column_integer(rows, 5);
    return status;
}

enum status store_register_load(struct store *store, const char *kind, struct store_register *out,
                                struct failure *failure)
{
    struct store_register found;
    enum status status =
        store_inner_read_one(store, read_register, &found, sizeof(found),
                             "SELECT " COLUMNS " FROM register WHERE kind = ?1 AND state = 'live'",
                             DB_PARAMS(db_text(kind)), failure);
    if (status == STATUS_OK)
        *out = found;
    return status;
}

enum status store_register_list(struct store *store, struct store_register *out, size_t capacity,
                                size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_register, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS
                                " FROM register WHERE state = 'live' ORDER BY kind LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

static void hash_key(const struct store *store, const char *key, uint8_t out[CRYPTO_SHA256_BYTES])
{
    store_inner_hash(store, "register-key", key, strlen(key), out);
}

/* A row opens in its own import under its own key only. */
static size_t name_place(const char *id, const uint8_t hash[CRYPTO_SHA256_BYTES], char out[PLACE_BYTES])
{
    char digits[2 * CRYPTO_SHA256_BYTES + 1];
    encode_hex(digits, hash, CRYPTO_SHA256_BYTES);
    return (size_t)snprintf(out, PLACE_BYTES, "register/%s/%s", id, digits);
}

void store_register_name_key(const struct store *store, const char *key, char out[STORE_REGISTER_KEY_BYTES])
{
    enum { SHOWN_BYTES = 4, LONG_BYTES = 12, NAMED_BYTES = 8 };
    uint8_t hash[CRYPTO_SHA256_BYTES];
    char digits[2 * NAMED_BYTES + 1];
    size_t length = strlen(key);
    bool is_ascii = true;
    for (size_t i = 0; i < length; i++)
        is_ascii = is_ascii && key[i] > ' ' && key[i] < 0x7f;
    bool is_shown = is_ascii && length >= LONG_BYTES;
    hash_key(store, key, hash);
    encode_hex(digits, hash, NAMED_BYTES);
    (void)snprintf(out, STORE_REGISTER_KEY_BYTES, "%s%s%s%s", is_shown ? ".." : "",
                   is_shown ? key + length - SHOWN_BYTES : "", is_shown ? " " : "", digits);
}

static enum status open_row(struct store *store, const char *id, const uint8_t hash[CRYPTO_SHA256_BYTES],
                            struct buf *out, struct failure *failure)
{
    struct db_rows *rows = NULL;
    char place[PLACE_BYTES];
    size_t length = 0, named = name_place(id, hash, place);
    enum status status =
        db_query(store->db, "SELECT sealed FROM register_entry WHERE register_id = ?1 AND key_hash = ?2",
                 DB_PARAMS(db_text(id), db_bytes(hash, CRYPTO_SHA256_BYTES)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = hall_key_unwrap(store->hall_key, place, named, sealed, length, out, failure);
    }
    db_rows_end(rows);
    return status;
}

enum status store_register_find(struct store *store, const char *kind, const char *key, struct buf *out,
                                char id[STORE_ID_BYTES], struct failure *failure)
{
    struct store_register found;
    uint8_t hash[CRYPTO_SHA256_BYTES];
    enum status status = store_register_load(store, kind, &found, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_BAD_STATE : status;
    memcpy(id, found.id, STORE_ID_BYTES);
    hash_key(store, key, hash);
    return open_row(store, found.id, hash, out, failure);
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status record(struct store *store, const char *kind, const char *event, const char *actor,
                          const char *note, struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_REGISTER, .subject = kind, .event = event, .actor = actor, .note = note},
        failure);
}

/* Imports of this kind in this state are gone with their rows. */
static enum status drop(struct store *store, const char *kind, const char *state, struct failure *failure)
{
    enum status status =
        db_exec(store->db,
                "DELETE FROM register_entry WHERE register_id IN (SELECT id FROM register WHERE kind = ?1"
                " AND state = ?2)",
                DB_PARAMS(db_text(kind), db_text(state)), NULL, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM register WHERE kind = ?1 AND state = ?2",
                         DB_PARAMS(db_text(kind), db_text(state)), NULL, failure);
    return status;
}

enum status store_register_begin(struct store *store, const char *kind, const char *columns,
                                 char id[STORE_ID_BYTES], struct failure *failure)
{
    char fresh[STORE_ID_BYTES];
    if (strlen(columns) >= STORE_REGISTER_COLUMNS_BYTES || strlen(kind) >= STORE_NAME_BYTES)
        return failure_set(failure, STATUS_FULL, "register", 0, "kind or headings too long");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    store_new_id(store, fresh);
    status = drop(store, kind, "loading", failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO register (number, id, kind, state, columns, entries, digest,"
            " created_utc_s) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM register), ?1,"
            " ?2, 'loading', ?3, 0, '', ?4)",
            DB_PARAMS(db_text(fresh), db_text(kind), db_text(columns), db_integer(clock_utc_s(store->clock))),
            NULL, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        memcpy(id, fresh, STORE_ID_BYTES);
    return status;
}

static enum status insert_entry(struct store *store, const char *id, const uint8_t hash[CRYPTO_SHA256_BYTES],
                                const struct buf *sealed, struct failure *failure)
{
    enum status status = store_inner_change_row(
        store, "UPDATE register SET entries = entries + 1 WHERE id = ?1 AND state = 'loading'",
        DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_CONFLICT)
        return failure_set(failure, STATUS_NOT_FOUND, "register", 0, "the import is gone");
    return status == STATUS_OK
               ? db_exec(store->db,
                         "INSERT INTO register_entry (register_id, key_hash, sealed) VALUES (?1, ?2, ?3)",
                         DB_PARAMS(db_text(id), db_bytes(hash, CRYPTO_SHA256_BYTES),
                                   db_bytes(sealed->data, sealed->length)),
                         NULL, failure)
               : status;
}

enum status store_register_add(struct store *store, const char *id, const char *key, const void *row,
                               size_t length, struct failure *failure)
{
    struct buf sealed;
    char place[PLACE_BYTES];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    if (length > STORE_REGISTER_ROW_BYTES)
        return failure_set(failure, STATUS_FULL, "register", (long)length, "the row is too long");
    hash_key(store, key, hash);
    size_t named = name_place(id, hash, place);
    buf_init(&sealed, STORE_REGISTER_ROW_BYTES + HALL_KEY_ID_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_begin(store, failure);
    if (status == STATUS_OK) {
        status = hall_key_wrap(store->hall_key, place, named, row, length, &sealed, failure);
        if (status == STATUS_OK)
            status = insert_entry(store, id, hash, &sealed, failure);
        status = store_end(store, status, failure);
    }
    buf_release(&sealed);
    return status;
}

static enum status go_live(struct store *store, const char *id, const char *digest, const char *actor,
                           struct failure *failure)
{
    struct store_register loading;
    char note[STORE_REGISTER_DIGEST_BYTES + 40];
    enum status status =
        store_inner_read_one(store, read_register, &loading, sizeof(loading),
                             "SELECT " COLUMNS " FROM register WHERE id = ?1 AND state = 'loading'",
                             DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        status = drop(store, loading.kind, "live", failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, "UPDATE register SET state = 'live', digest = ?2, created_utc_s = ?3 WHERE id = ?1",
            DB_PARAMS(db_text(id), db_text(digest), db_integer(clock_utc_s(store->clock))), failure);
    (void)snprintf(note, sizeof(note), "rows=%lld sha256=%s", (long long)loading.entries, digest);
    return status == STATUS_OK ? record(store, loading.kind, "import", actor, note, failure) : status;
}

enum status store_register_finish(struct store *store, const char *id, const char *digest, const char *actor,
                                  struct failure *failure)
{
    if (strlen(digest) >= STORE_REGISTER_DIGEST_BYTES)
        return failure_set(failure, STATUS_FULL, "register", 0, "the digest is too long");
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, go_live(store, id, digest, actor, failure), failure)
                               : status;
}

enum status store_register_remove(struct store *store, const char *kind, const char *actor,
                                  struct failure *failure)
{
    int64_t known = 0;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_integer(store, &known, "SELECT count(*) FROM register WHERE kind = ?1",
                                 DB_PARAMS(db_text(kind)), failure);
    if (status == STATUS_OK && known == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = drop(store, kind, "live", failure);
    if (status == STATUS_OK) /* of an import that was broken off */
        status = drop(store, kind, "loading", failure);
    if (status == STATUS_OK)
        status = record(store, kind, "remove", actor, NULL, failure);
    return store_end(store, status, failure);
}
