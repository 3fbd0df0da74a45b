#include "kiosk/store/store_member.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/store/store_private.h"
#include "kiosk/store/store_unit.h"

#define COLUMNS                                                                                              \
    "id, unit_id, name_sealed, phone_sealed, role, state, coalesce(order_id, ''), created_utc_s, "           \
    "updated_utc_s"

static const char *const role_names[STORE_MEMBER_ROLE_COUNT_] = {
    [STORE_MEMBER_MANAGER] = "manager", [STORE_MEMBER_STAFF] = "staff"};
static const char *const state_names[STORE_MEMBER_STATE_COUNT_] = {
#define STORE_MEMBER_STATE(code, name) [STORE_MEMBER_##code] = name,
#define STORE_MEMBER_STEP(from, to)
#include "kiosk/store/store_member_states.def"
#undef STORE_MEMBER_STATE
#undef STORE_MEMBER_STEP
};

const char *store_member_role_name(enum store_member_role role)
{
    return (unsigned)role < STORE_MEMBER_ROLE_COUNT_ ? role_names[role] : "invalid";
}

const char *store_member_state_name(enum store_member_state state)
{
    return (unsigned)state < STORE_MEMBER_STATE_COUNT_ ? state_names[state] : "invalid";
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_member(struct store *store, const struct db_rows *rows, void *result)
{
    struct store_member *out = result;
    int role = 0;
    int state = 0;
    *out = (struct store_member){.created_utc_s = db_column_integer(rows, 7),
                                 .updated_utc_s = db_column_integer(rows, 8)};
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->unit_id, sizeof(out->unit_id));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "name", rows, 2, out->name, sizeof(out->name));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "phone", rows, 3, out->phone, sizeof(out->phone));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 4, role_names, STORE_MEMBER_ROLE_COUNT_, &role);
    if (status == STATUS_OK)
        status = store_inner_name(rows, 5, state_names, STORE_MEMBER_STATE_COUNT_, &state);
    out->role = (enum store_member_role)role;
    out->state = (enum store_member_state)state;
    return status == STATUS_OK ? store_inner_text(rows, 6, out->order_id, sizeof(out->order_id)) : status;
}

enum status store_member_load(struct store *store, const char *id, struct store_member *out,
                              struct failure *failure)
{
    return store_private_read_one(store, read_member, out, sizeof(*out),
                                  "SELECT " COLUMNS " FROM unit_member WHERE id = ?1", DB_PARAMS(db_text(id)),
                                  failure);
}

enum status store_member_load_order(struct store *store, const char *order_id, struct store_member *out,
                                    struct failure *failure)
{
    return store_private_read_one(store, read_member, out, sizeof(*out),
                                  "SELECT " COLUMNS
                                  " FROM unit_member WHERE order_id = ?1 ORDER BY number DESC LIMIT 1",
                                  DB_PARAMS(db_text(order_id)), failure);
}

enum status store_member_list(struct store *store, const char *unit_id, struct store_member *out,
                              size_t capacity, size_t *count, struct failure *failure)
{
    return store_private_read_all(store, read_member, out, sizeof(*out), capacity, count,
                                  "SELECT " COLUMNS
                                  " FROM unit_member WHERE unit_id = ?1 AND state IN ('asked',"
                                  " 'member') ORDER BY role, number LIMIT ?2",
                                  DB_PARAMS(db_text(unit_id), db_integer((int64_t)capacity)), failure);
}

static void hash_phone(const struct store *store, const char *phone, uint8_t out[CRYPTO_SHA256_BYTES])
{
    store_inner_hash(store, "member-phone", phone, strlen(phone), out);
}

enum status store_member_list_phone(struct store *store, const char *phone, struct store_member *out,
                                    size_t capacity, size_t *count, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    hash_phone(store, phone, hash);
    return store_private_read_all(
        store, read_member, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM unit_member WHERE phone_hash = ?1 AND state IN ('asked',"
        " 'member') ORDER BY number DESC LIMIT ?2",
        DB_PARAMS(db_bytes(hash, sizeof(hash)), db_integer((int64_t)capacity)), failure);
}

static enum status move_one(struct store *store, const char *id, const char *phone, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct buf sealed;
    store_private_init(&sealed);
    hash_phone(store, phone, hash);
    enum status status = store_private_seal(store, id, "phone", phone, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db, "UPDATE unit_member SET phone_hash = ?2, phone_sealed = ?3 WHERE id = ?1",
            DB_PARAMS(db_text(id), db_bytes(hash, sizeof(hash)), db_bytes(sealed.data, sealed.length)), NULL,
            failure);
    buf_release(&sealed);
    return status;
}

enum status store_member_move_phone(struct store *store, const char *from, const char *to,
                                    struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct store_member member;
    enum status status = strcmp(from, to) == 0 ? STATUS_NOT_FOUND : STATUS_OK;
    hash_phone(store, from, hash);
    while (status == STATUS_OK) {
        status = store_private_read_one(store, read_member, &member, sizeof(member),
                                        "SELECT " COLUMNS " FROM unit_member WHERE phone_hash = ?1 LIMIT 1",
                                        DB_PARAMS(db_bytes(hash, sizeof(hash))), failure);
        if (status == STATUS_OK)
            status = move_one(store, member.id, to, failure);
    }
    secret_wipe_bytes(&member, sizeof(member));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status record(struct store *store, const struct store_member *member, const char *what,
                          const char *actor, struct failure *failure)
{
    char event[STORE_NAME_BYTES];
    (void)snprintf(event, sizeof(event), "member-%s", what);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_UNIT,
                                                          .order_id = member->order_id,
                                                          .subject = member->unit_id,
                                                          .event = event,
                                                          .actor = actor,
                                                          .note = member->id},
                              failure);
}

static enum status insert(struct store *store, const struct store_member *member, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct buf name, phone;
    store_private_init(&name);
    store_private_init(&phone);
    hash_phone(store, member->phone, hash);
    enum status status = store_private_seal(store, member->id, "name", member->name, &name, failure);
    if (status == STATUS_OK)
        status = store_private_seal(store, member->id, "phone", member->phone, &phone, failure);
    if (status == STATUS_OK)
        status =
            db_exec(store->db,
                    "INSERT INTO unit_member (number, id, unit_id, phone_hash, name_sealed,"
                    " phone_sealed, role, state, order_id, created_utc_s, updated_utc_s) VALUES"
                    " ((SELECT coalesce(max(number), 0) + 1 FROM unit_member), ?1, ?2, ?3, ?4, ?5, ?6,"
                    " ?7, ?8, ?9, ?9)",
                    DB_PARAMS(db_text(member->id), db_text(member->unit_id), db_bytes(hash, sizeof(hash)),
                              db_bytes(name.data, name.length), db_bytes(phone.data, phone.length),
                              db_text(role_names[member->role]), db_text(state_names[member->state]),
                              store_inner_optional(member->order_id), db_integer(member->created_utc_s)),
                    NULL, failure);
    buf_release(&name);
    buf_release(&phone);
    return status;
}

enum status store_member_add(struct store *store, struct store_member *member, const char *actor,
                             struct failure *failure)
{
    struct store_member row = *member;
    store_new_id(store, row.id);
    row.created_utc_s = row.updated_utc_s = clock_utc_s(store->clock);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = insert(store, &row, failure);
    if (status == STATUS_OK)
        status = record(store, &row, state_names[row.state], actor, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *member = row;
    secret_wipe_bytes(&row, sizeof(row));
    return status;
}

static bool is_step(enum store_member_state from, enum store_member_state to)
{
    static const enum store_member_state steps[][2] = {
#define STORE_MEMBER_STATE(code, name)
#define STORE_MEMBER_STEP(from, to) {STORE_MEMBER_##from, STORE_MEMBER_##to},
#include "kiosk/store/store_member_states.def"
#undef STORE_MEMBER_STATE
#undef STORE_MEMBER_STEP
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (steps[i][0] == from && steps[i][1] == to)
            return true;
    return false;
}

static enum status change(struct store *store, const char *id, const char *from, const char *to,
                          const char *role, struct failure *failure)
{
    return store_inner_change_row(
        store,
        "UPDATE unit_member SET state = ?3, role = ?4, updated_utc_s = ?5 WHERE id = ?1 AND state = ?2",
        DB_PARAMS(db_text(id), db_text(from), db_text(to), db_text(role),
                  db_integer(clock_utc_s(store->clock))),
        failure);
}

enum status store_member_step(struct store *store, const char *id, enum store_member_state from,
                              enum store_member_state to, const char *actor, struct failure *failure)
{
    struct store_member member;
    if (!is_step(from, to))
        return failure_set(failure, STATUS_BAD_STATE, "member", 0, "no such step");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_member_load(store, id, &member, failure);
    if (status == STATUS_OK)
        status = change(store, id, state_names[from], state_names[to], role_names[member.role], failure);
    if (status == STATUS_OK)
        status = record(store, &member, state_names[to], actor, failure);
    secret_wipe_bytes(&member, sizeof(member));
    return store_end(store, status, failure);
}

/* The administrator steps down first: a unit never has two, not even inside the change. */
static enum status swap(struct store *store, const char *unit_id, const struct store_member *heir,
                        const char *actor, struct failure *failure)
{
    struct store_member manager;
    enum status status =
        store_private_read_one(store, read_member, &manager, sizeof(manager),
                               "SELECT " COLUMNS " FROM unit_member WHERE unit_id = ?1 AND state = 'member'"
                               " AND role = 'manager'",
                               DB_PARAMS(db_text(unit_id)), failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && strcmp(manager.id, heir->id) == 0))
        return failure_set(failure, STATUS_BAD_STATE, "member", 0, "nobody steps down");
    if (status == STATUS_OK)
        status = change(store, manager.id, "member", "member", "staff", failure);
    if (status == STATUS_OK)
        status = change(store, heir->id, "member", "member", "manager", failure);
    if (status == STATUS_OK)
        status = record(store, heir, "manager", actor, failure);
    secret_wipe_bytes(&manager, sizeof(manager));
    return status;
}

enum status store_member_transfer(struct store *store, const char *unit_id, const char *heir_id,
                                  const char *actor, struct failure *failure)
{
    struct store_member heir;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_member_load(store, heir_id, &heir, failure);
    if (status == STATUS_NOT_FOUND ||
        (status == STATUS_OK && (strcmp(heir.unit_id, unit_id) != 0 || heir.state != STORE_MEMBER_MEMBER)))
        status = failure_set(failure, STATUS_BAD_STATE, "member", 0, "the heir is no member");
    if (status == STATUS_OK)
        status = swap(store, unit_id, &heir, actor, failure);
    if (status == STATUS_OK)
        status = store_unit_set_heir(store, unit_id, "", actor, failure);
    secret_wipe_bytes(&heir, sizeof(heir));
    return store_end(store, status, failure);
}
