/* Intentions: stored before the act, finished with its result, taken over when the owner is gone. */
#include "kiosk/store/store_intention.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS                                                                                              \
    "id, order_id, kind, state, arguments, result, owner, lease_until_utc_s, created_utc_s, finished_utc_s," \
    " takeovers"

enum { ADOPTED_AT_ONCE = 64 };

static const char *const kind_names[] = {
#define STORE_INTENTION_KIND(code, name) name,
#include "kiosk/store/store_intention_kinds.def"
#undef STORE_INTENTION_KIND
};

static const char *const state_names[] = {
    [STORE_INTENTION_OPEN] = "open", [STORE_INTENTION_DONE] = "done", [STORE_INTENTION_FAILED] = "failed"};

const char *store_intention_kind_name(enum store_intention_kind kind)
{
    return (unsigned)kind < STORE_INTENTION_COUNT_ ? kind_names[kind] : "invalid";
}

static enum status read_intention(const struct db_rows *rows, void *out)
{
    struct store_intention *intention = out;
    int kind = 0;
    int state = 0;
    enum status status = store_inner_text(rows, 0, intention->id, sizeof(intention->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, intention->order_id, sizeof(intention->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 2, kind_names, STORE_INTENTION_COUNT_, &kind);
    if (status == STATUS_OK)
        status = store_inner_name(rows, 3, state_names, sizeof(state_names) / sizeof(state_names[0]), &state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, intention->arguments, sizeof(intention->arguments));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, intention->result, sizeof(intention->result));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, intention->owner, sizeof(intention->owner));
    intention->kind = (enum store_intention_kind)kind;
    intention->state = (enum store_intention_state)state;
    intention->lease_until_utc_s = db_column_integer(rows, 7);
    intention->created_utc_s = db_column_integer(rows, 8);
    intention->finished_utc_s = db_column_integer(rows, 9);
    intention->takeovers = db_column_integer(rows, 10);
    return status;
}

/* Arguments and results are small JSON objects. */
static enum status check_json(const char *text, struct failure *failure)
{
    size_t length = strlen(text);
    if (length >= STORE_INTENTION_JSON_BYTES)
        return failure_set(failure, STATUS_FULL, "intention", (long)length, "JSON text too long");
    struct json *json = NULL;
    enum status status = text[0] == '{' ? json_parse(text, length, &json) : STATUS_MALFORMED;
    json_free(json);
    if (status != STATUS_OK)
        return failure_set(failure, STATUS_MALFORMED, "intention", 0, "not a JSON object");
    return STATUS_OK;
}

static enum status record(struct store *store, const struct store_intention *intention, const char *from,
                          const char *to, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_INTENTION,
                                                          .order_id = intention->order_id,
                                                          .subject = intention->id,
                                                          .event = store_intention_kind_name(intention->kind),
                                                          .from = from,
                                                          .to = to},
                              failure);
}

enum status store_intention_load(struct store *store, const char *id, struct store_intention *out,
                                 struct failure *failure)
{
    struct store_intention intention;
    enum status status = store_inner_read_one(store, read_intention, &intention, sizeof(intention),
                                              "SELECT " COLUMNS " FROM intention WHERE id = ?1",
                                              DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        *out = intention;
    return status;
}

static enum status insert(struct store *store, const char *id, enum store_intention_kind kind,
                          const char *order_id, const char *arguments, int lease_s, struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    return db_exec(
        store->db,
        "INSERT INTO intention (number, " COLUMNS ")"
        " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM intention), ?1, ?2, ?3, 'open', ?4, '', ?5,"
        " ?6, ?7, 0, 0)",
        DB_PARAMS(db_text(id), store_inner_optional(order_id), db_text(store_intention_kind_name(kind)),
                  db_text(arguments), db_text(store->owner), db_integer(now + lease_s), db_integer(now)),
        NULL, failure);
}

enum status store_intention_begin(struct store *store, const char *id, enum store_intention_kind kind,
                                  const char *order_id, const char *arguments, int lease_s,
                                  struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    enum status status = check_json(arguments, failure);
    if (status != STATUS_OK)
        return status;
    status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_intention stored;
    status = insert(store, id, kind, order_id, arguments, lease_s, failure);
    if (status == STATUS_OK)
        status = store_intention_load(store, id, &stored, failure);
    if (status == STATUS_OK)
        status = record(store, &stored, "", "open", failure);
    return store_end(store, status, failure);
}

enum status store_intention_renew(struct store *store, const char *id, int lease_s, struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    return store_inner_change_row(
        store, "UPDATE intention SET lease_until_utc_s = ?1 WHERE id = ?2 AND state = 'open' AND owner = ?3",
        DB_PARAMS(db_integer(clock_utc_s(store->clock) + lease_s), db_text(id), db_text(store->owner)),
        failure);
}

static enum status finish(struct store *store, const char *id, enum store_intention_state state,
                          const char *result, struct failure *failure)
{
    struct store_intention stored;
    enum status status = store_intention_load(store, id, &stored, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(store,
                                        "UPDATE intention SET state = ?1, result = ?2, finished_utc_s = ?3"
                                        " WHERE id = ?4 AND state = 'open' AND owner = ?5",
                                        DB_PARAMS(db_text(state_names[state]), db_text(result),
                                                  db_integer(clock_utc_s(store->clock)), db_text(id),
                                                  db_text(store->owner)),
                                        failure);
    if (status == STATUS_OK)
        status = record(store, &stored, "open", state_names[state], failure);
    return status;
}

enum status store_intention_finish(struct store *store, const char *id, enum store_intention_state state,
                                   const char *result, struct failure *failure)
{
    check(state == STORE_INTENTION_DONE || state == STORE_INTENTION_FAILED);
    enum status status = check_json(result, failure);
    if (status != STATUS_OK)
        return status;
    status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, finish(store, id, state, result, failure), failure);
}

enum status store_intention_list_mine(struct store *store, struct store_intention *out, size_t capacity,
                                      size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_intention, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM intention WHERE state = 'open' AND owner = ?1 ORDER BY number LIMIT ?2",
        DB_PARAMS(db_text(store->owner), db_integer((int64_t)capacity)), failure);
}

enum status store_intention_list_order(struct store *store, const char *order_id, bool only_open,
                                       struct store_intention *out, size_t capacity, size_t *count,
                                       struct failure *failure)
{
    return store_inner_read_all(
        store, read_intention, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM intention WHERE order_id = ?1"
        " AND (?2 = 0 OR state = 'open') ORDER BY number LIMIT ?3",
        DB_PARAMS(db_text(order_id), db_integer(only_open), db_integer((int64_t)capacity)), failure);
}

static enum status take_one(struct store *store, struct store_intention *intention, int64_t lease_until_utc_s,
                            struct failure *failure)
{
    enum status status = store_inner_change_row(
        store,
        "UPDATE intention SET owner = ?1, lease_until_utc_s = ?2, takeovers = takeovers + 1 WHERE id = ?3",
        DB_PARAMS(db_text(store->owner), db_integer(lease_until_utc_s), db_text(intention->id)), failure);
    if (status != STATUS_OK)
        return status;
    memcpy(intention->owner, store->owner, sizeof(intention->owner));
    intention->lease_until_utc_s = lease_until_utc_s;
    intention->takeovers++;
    return record(store, intention, "open", "taken-over", failure);
}

static enum status adopt(struct store *store, const char *order_id, int lease_s, struct failure *failure)
{
    struct store_intention *others = calloc(ADOPTED_AT_ONCE, sizeof(*others));
    size_t count = 0;
    int64_t until = clock_utc_s(store->clock) + lease_s;
    check(others != NULL);
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_inner_read_all(
            store, read_intention, others, sizeof(*others), ADOPTED_AT_ONCE, &count,
            "SELECT " COLUMNS " FROM intention WHERE order_id = ?1"
            " AND state = 'open' AND owner <> ?2 ORDER BY number LIMIT ?3",
            DB_PARAMS(db_text(order_id), db_text(store->owner), db_integer(ADOPTED_AT_ONCE)), failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = take_one(store, &others[i], until, failure);
    free(others);
    return status;
}

enum status store_intention_adopt(struct store *store, const char *order_id, int lease_s,
                                  struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, adopt(store, order_id, lease_s, failure), failure);
}

/* The write lock is held from the first look on, so that two takers cannot see the same row expired. */
enum status store_intention_take_over(struct store *store, int lease_s, struct store_intention *out,
                                      size_t capacity, size_t *count, struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    int64_t now = clock_utc_s(store->clock);
    size_t found = 0;
    status = store_inner_read_all(
        store, read_intention, out, sizeof(*out), capacity, &found,
        "SELECT " COLUMNS " FROM intention WHERE state = 'open'"
        " AND (lease_until_utc_s <= ?1 OR lease_until_utc_s > ?2)"
        " AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.order_id = intention.order_id"
        " AND claim.owner <> ?4 AND claim.lease_until_utc_s > ?1 AND claim.lease_until_utc_s <= ?2)"
        " ORDER BY number LIMIT ?3",
        DB_PARAMS(db_integer(now), db_integer(now + STORE_LEASE_LONGEST_S), db_integer((int64_t)capacity),
                  db_text(store->owner)),
        failure);
    for (size_t i = 0; status == STATUS_OK && i < found; i++)
        status = take_one(store, &out[i], now + lease_s, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *count = found;
    return status;
}
