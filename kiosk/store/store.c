/* The handle: connection, derived keys, nested changes and the bell. */
#include "kiosk/store/store.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_migrations.h"

static enum status read_text(const struct db_rows *rows, void *out)
{
    return store_inner_text(rows, 0, out, HALL_KEY_ID_BYTES);
}

/* A store and its hall key belong together from the first opening on. */
static enum status bind_hall_key(struct store *store, struct failure *failure)
{
    const char *id = hall_key_id(store->hall_key);
    char stored[HALL_KEY_ID_BYTES];
    enum status status =
        store_inner_read_one(store, read_text, stored, sizeof(stored),
                             "SELECT value FROM meta WHERE name = 'hall_key_id'", DB_NONE, failure);
    if (status == STATUS_NOT_FOUND) {
        status = db_exec(store->db,
                         "INSERT INTO meta (name, value) VALUES ('hall_key_id', ?1) ON CONFLICT DO NOTHING",
                         DB_PARAMS(db_text(id)), NULL, failure);
        return status == STATUS_OK ? bind_hall_key(store, failure) : status;
    }
    if (status == STATUS_OK && strcmp(stored, id) != 0)
        return failure_set(failure, STATUS_CONFIG, "hall key", 0, "the store belongs to hall key %s, not %s",
                           stored, id);
    return status;
}

static enum status derive_keys(struct store *store, struct failure *failure)
{
    enum status status = hall_key_derive(store->hall_key, "lookup", "store", 5, store->lookup_key,
                                         sizeof(store->lookup_key), failure);
    if (status == STATUS_OK)
        status = hall_key_derive(store->hall_key, "audit", "store", 5, store->audit_key,
                                 sizeof(store->audit_key), failure);
    return status;
}

static int busy_of(const struct store_settings *settings)
{
    if (settings->busy_ms == 0)
        return STORE_BUSY_MS;
    return settings->busy_ms < 0 ? 0 : settings->busy_ms;
}

enum status store_open(const struct store_settings *settings, struct store **out, struct failure *failure)
{
    struct store *store = calloc(1, sizeof(*store));
    if (!store)
        return failure_set(failure, STATUS_NO_MEMORY, "store", 0, "handle");
    store->hall_key = settings->hall_key;
    store->clock = settings->clock;
    store->random = settings->random;
    store->password_log_n = settings->password_log_n == 0 ? CRYPTO_PASSWORD_LOG_N : settings->password_log_n;
    enum status status = STATUS_OK;
    if (!text_copy(store->owner, sizeof(store->owner), settings->owner) || store->owner[0] == '\0')
        status = failure_set(failure, STATUS_CONFIG, "store", 0, "owner is empty or too long");
    struct db_settings db = {.path = settings->path,
                             .busy_ms = busy_of(settings),
                             .limit_bytes = settings->limit_bytes,
                             .only_existing = settings->only_existing};
    if (status == STATUS_OK)
        status = db_open(&db, &store->db, failure);
    if (status == STATUS_OK)
        status = store_migrations_run(store->db, store->clock, failure);
    if (status == STATUS_OK)
        status = bind_hall_key(store, failure);
    if (status == STATUS_OK)
        status = derive_keys(store, failure);
    if (status != STATUS_OK) {
        store_close(store);
        return status;
    }
    *out = store;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    db_close(store->db);
    secret_wipe_bytes(store, sizeof(*store));
    free(store);
}

int64_t store_now_utc_s(const struct store *store)
{
    return clock_utc_s(store->clock);
}

void store_new_id(struct store *store, char id[STORE_ID_BYTES])
{
    uint8_t bytes[(STORE_ID_BYTES - 1) / 2];
    random_fill(store->random, bytes, sizeof(bytes));
    encode_hex(id, bytes, sizeof(bytes));
}

enum status store_begin(struct store *store, struct failure *failure)
{
    if (store->depth == 0) {
        enum status status = db_begin(store->db, failure);
        if (status != STATUS_OK)
            return status;
        store->broken = STATUS_OK;
    }
    store->depth++;
    return STATUS_OK;
}

enum status store_end(struct store *store, enum status status, struct failure *failure)
{
    check(store->depth > 0);
    if (store->broken == STATUS_OK)
        store->broken = status;
    store->depth--;
    if (store->depth > 0)
        return store->broken;
    if (store->broken == STATUS_OK)
        store->broken = db_commit(store->db, failure);
    if (store->broken != STATUS_OK)
        db_rollback(store->db);
    return store->broken;
}

enum status store_bell(struct store *store, bool *rang, struct failure *failure)
{
    int64_t bell = 0;
    enum status status = db_bell(store->db, &bell, failure);
    if (status != STATUS_OK)
        return status;
    *rang = !store->bell_is_known || bell != store->bell;
    store->bell = bell;
    store->bell_is_known = true;
    return STATUS_OK;
}
