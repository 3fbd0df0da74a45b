/* Presence: one row per terminal or desk, overwritten in place. */
#include "kiosk/store/store_presence.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

#define COLUMNS                                                                                              \
    "owner, kind, step, field, devices, order_id, call_since_utc_s, call_answered_by, started_utc_s,"        \
    " heartbeat_utc_s, visit, machine, place, step_since_utc_s, logged_in"

static enum status read_presence(const struct db_rows *rows, void *out)
{
    struct store_presence *presence = out;
    enum status status = store_inner_text(rows, 0, presence->owner, sizeof(presence->owner));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, presence->kind, sizeof(presence->kind));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, presence->step, sizeof(presence->step));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, presence->field, sizeof(presence->field));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, presence->devices, sizeof(presence->devices));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, presence->order_id, sizeof(presence->order_id));
    presence->call_since_utc_s = db_column_integer(rows, 6);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 7, presence->call_answered_by, sizeof(presence->call_answered_by));
    presence->started_utc_s = db_column_integer(rows, 8);
    presence->heartbeat_utc_s = db_column_integer(rows, 9);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 10, presence->visit, sizeof(presence->visit));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 11, presence->machine, sizeof(presence->machine));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 12, presence->place, sizeof(presence->place));
    presence->step_since_utc_s = db_column_integer(rows, 13);
    presence->is_logged_in = db_column_integer(rows, 14) != 0;
    return status;
}

enum status store_presence_put(struct store *store, const struct store_presence *presence,
                               struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO presence (" COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        " ON CONFLICT (owner) DO UPDATE SET kind = ?2, step = ?3, field = ?4, devices = ?5, order_id = ?6,"
        " call_answered_by = CASE WHEN presence.call_since_utc_s = ?7 THEN presence.call_answered_by"
        " ELSE '' END, call_since_utc_s = ?7, started_utc_s = ?8, heartbeat_utc_s = ?9, visit = ?10,"
        " machine = ?11, place = ?12, step_since_utc_s = ?13, logged_in = ?14",
        DB_PARAMS(db_text(store->owner), db_text(presence->kind), db_text(presence->step),
                  db_text(presence->field), db_text(presence->devices), db_text(presence->order_id),
                  db_integer(presence->call_since_utc_s), db_integer(presence->started_utc_s),
                  db_integer(clock_utc_s(store->clock)), db_text(presence->visit), db_text(presence->machine),
                  db_text(presence->place), db_integer(presence->step_since_utc_s),
                  db_integer(presence->is_logged_in ? 1 : 0)),
        NULL, failure);
}

enum status store_presence_answer(struct store *store, const char *owner, const char *clerk,
                                  struct failure *failure)
{
    if (strlen(clerk) >= STORE_NAME_BYTES)
        return failure_set(failure, STATUS_FULL, "presence", 0, "name too long");
    enum status status = store_inner_change_row(
        store, "UPDATE presence SET call_answered_by = ?2 WHERE owner = ?1 AND call_since_utc_s <> 0",
        DB_PARAMS(db_text(owner), db_text(clerk)), failure);
    return status == STATUS_CONFLICT
               ? failure_set(failure, STATUS_NOT_FOUND, "presence", 0, "it does not call")
               : status;
}

enum status store_presence_load(struct store *store, const char *owner, struct store_presence *out,
                                struct failure *failure)
{
    struct store_presence presence;
    enum status status = store_inner_read_one(store, read_presence, &presence, sizeof(presence),
                                              "SELECT " COLUMNS " FROM presence WHERE owner = ?1",
                                              DB_PARAMS(db_text(owner)), failure);
    if (status == STATUS_OK)
        *out = presence;
    return status;
}

enum status store_presence_list(struct store *store, struct store_presence *out, size_t capacity,
                                size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_presence, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM presence ORDER BY owner LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}
