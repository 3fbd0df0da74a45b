#include "kiosk/store/store_unit.h"

#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/store/store_private.h"

#define COLUMNS "id, name_sealed, code_sealed, heir_id, created_utc_s, updated_utc_s"

/* A row before its texts are opened, which needs the store. */
static enum status read_unit(struct store *store, const struct db_rows *rows, void *result)
{
    struct store_unit *out = result;
    *out = (struct store_unit){.created_utc_s = db_column_integer(rows, 4),
                               .updated_utc_s = db_column_integer(rows, 5)};
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "name", rows, 1, out->name, sizeof(out->name));
    if (status == STATUS_OK)
        status =
            store_private_open(store, out->id, "code", rows, 2, out->credit_code, sizeof(out->credit_code));
    return status == STATUS_OK ? store_inner_text(rows, 3, out->heir_id, sizeof(out->heir_id)) : status;
}

enum status store_unit_load(struct store *store, const char *id, struct store_unit *out,
                            struct failure *failure)
{
    return store_private_read_one(store, read_unit, out, sizeof(*out),
                                  "SELECT " COLUMNS " FROM unit WHERE id = ?1", DB_PARAMS(db_text(id)),
                                  failure);
}

static void hash_code(const struct store *store, const char *credit_code, uint8_t out[CRYPTO_SHA256_BYTES])
{
    store_inner_hash(store, "unit-code", credit_code, strlen(credit_code), out);
}

enum status store_unit_find(struct store *store, const char *credit_code, struct store_unit *out,
                            struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    hash_code(store, credit_code, hash);
    return store_private_read_one(store, read_unit, out, sizeof(*out),
                                  "SELECT " COLUMNS " FROM unit WHERE code_hash = ?1",
                                  DB_PARAMS(db_bytes(hash, sizeof(hash))), failure);
}

enum status store_unit_list(struct store *store, size_t offset, struct store_unit *out, size_t capacity,
                            size_t *count, struct failure *failure)
{
    return store_private_read_all(store, read_unit, out, sizeof(*out), capacity, count,
                                  "SELECT " COLUMNS " FROM unit ORDER BY number DESC LIMIT ?1 OFFSET ?2",
                                  DB_PARAMS(db_integer((int64_t)capacity), db_integer((int64_t)offset)),
                                  failure);
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status record(struct store *store, const char *id, const char *event, const char *actor,
                          const char *note, struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_UNIT, .subject = id, .event = event, .actor = actor, .note = note},
        failure);
}

static enum status insert(struct store *store, const struct store_unit *unit, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct buf name, code;
    store_private_init(&name);
    store_private_init(&code);
    hash_code(store, unit->credit_code, hash);
    enum status status = store_private_seal(store, unit->id, "name", unit->name, &name, failure);
    if (status == STATUS_OK)
        status = store_private_seal(store, unit->id, "code", unit->credit_code, &code, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO unit (number, code_hash, " COLUMNS ") VALUES"
                         " ((SELECT coalesce(max(number), 0) + 1 FROM unit), ?1, ?2, ?3, ?4, '', ?5, ?5)",
                         DB_PARAMS(db_bytes(hash, sizeof(hash)), db_text(unit->id),
                                   db_bytes(name.data, name.length), db_bytes(code.data, code.length),
                                   db_integer(unit->created_utc_s)),
                         NULL, failure);
    buf_release(&name);
    buf_release(&code);
    return status;
}

static enum status make(struct store *store, const char *credit_code, const char *name, const char *actor,
                        struct store_unit *out, struct failure *failure)
{
    *out = (struct store_unit){.created_utc_s = clock_utc_s(store->clock)};
    out->updated_utc_s = out->created_utc_s;
    if (strlen(name) >= sizeof(out->name) || strlen(credit_code) >= sizeof(out->credit_code))
        return failure_set(failure, STATUS_FULL, "unit", 0, "name or credit code too long");
    store_new_id(store, out->id);
    memcpy(out->name, name, strlen(name) + 1);
    memcpy(out->credit_code, credit_code, strlen(credit_code) + 1);
    enum status status = insert(store, out, failure);
    return status == STATUS_OK ? record(store, out->id, "new", actor, NULL, failure) : status;
}

static enum status rename_unit(struct store *store, struct store_unit *unit, const char *name,
                               const char *actor, struct failure *failure)
{
    struct buf sealed;
    if (strlen(name) >= sizeof(unit->name))
        return failure_set(failure, STATUS_FULL, "unit", 0, "name too long");
    store_private_init(&sealed);
    enum status status = store_private_seal(store, unit->id, "name", name, &sealed, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(store,
                                        "UPDATE unit SET name_sealed = ?2, updated_utc_s = ?3 WHERE id = ?1",
                                        DB_PARAMS(db_text(unit->id), db_bytes(sealed.data, sealed.length),
                                                  db_integer(clock_utc_s(store->clock))),
                                        failure);
    if (status == STATUS_OK)
        status = record(store, unit->id, "rename", actor, NULL, failure);
    if (status == STATUS_OK)
        memcpy(unit->name, name, strlen(name) + 1);
    buf_release(&sealed);
    return status;
}

enum status store_unit_keep(struct store *store, const char *credit_code, const char *name, const char *actor,
                            struct store_unit *out, struct failure *failure)
{
    struct store_unit unit;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_unit_find(store, credit_code, &unit, failure);
    if (status == STATUS_NOT_FOUND)
        status = make(store, credit_code, name, actor, &unit, failure);
    else if (status == STATUS_OK && strcmp(unit.name, name) != 0)
        status = rename_unit(store, &unit, name, actor, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *out = unit;
    secret_wipe_bytes(&unit, sizeof(unit));
    return status;
}

enum status store_unit_set_heir(struct store *store, const char *id, const char *member_id, const char *actor,
                                struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store, "UPDATE unit SET heir_id = ?2, updated_utc_s = ?3 WHERE id = ?1",
        DB_PARAMS(db_text(id), db_text(member_id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_CONFLICT)
        status = failure_set(failure, STATUS_NOT_FOUND, "unit", 0, "no such unit");
    if (status == STATUS_OK)
        status = record(store, id, member_id[0] == '\0' ? "heir-dropped" : "heir", actor,
                        member_id[0] == '\0' ? NULL : member_id, failure);
    return store_end(store, status, failure);
}
