#include "kiosk/store/store_holding.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_private.h"

#define COLUMNS "id, unit_id, kind, sealed, until_utc_s, created_utc_s, ended_utc_s"

enum { HELD_MAX = 64 };

static const struct {
    const char *name;
    bool ends;
} kinds[STORE_HOLDING_KIND_COUNT_] = {
#define STORE_HOLDING_KIND(code, name, ends) [STORE_HOLDING_##code] = {name, ends},
#include "kiosk/store/store_holding_kinds.def"
#undef STORE_HOLDING_KIND
};

const char *store_holding_kind_name(enum store_holding_kind kind)
{
    return (unsigned)kind < STORE_HOLDING_KIND_COUNT_ ? kinds[kind].name : "invalid";
}

bool store_holding_is_live(const struct store_holding *holding, int64_t now_utc_s)
{
    return holding->ended_utc_s == 0 && (holding->until_utc_s == 0 || holding->until_utc_s > now_utc_s);
}

static enum status read_holding(struct store *store, const struct db_rows *rows, void *result)
{
    struct store_holding *out = result;
    int kind = 0;
    *out = (struct store_holding){.until_utc_s = db_column_integer(rows, 4),
                                  .created_utc_s = db_column_integer(rows, 5),
                                  .ended_utc_s = db_column_integer(rows, 6)};
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->unit_id, sizeof(out->unit_id));
    while (kind < STORE_HOLDING_KIND_COUNT_ && strcmp(kinds[kind].name, db_column_text(rows, 2)) != 0)
        kind++;
    if (status == STATUS_OK && kind == STORE_HOLDING_KIND_COUNT_)
        status = STATUS_MALFORMED;
    out->kind = (enum store_holding_kind)kind;
    return status == STATUS_OK
               ? store_private_open(store, out->id, "text", rows, 3, out->text, sizeof(out->text))
               : status;
}

enum status store_holding_list(struct store *store, const char *unit_id, bool history,
                               struct store_holding *out, size_t capacity, size_t *count,
                               struct failure *failure)
{
    return store_private_read_all(
        store, read_holding, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM unit_holding WHERE unit_id = ?1 AND (ended_utc_s = 0 OR ?2 = 1)"
        " ORDER BY kind, number LIMIT ?3",
        DB_PARAMS(db_text(unit_id), db_integer(history ? 1 : 0), db_integer((int64_t)capacity)), failure);
}

static enum status record(struct store *store, const struct store_holding *holding, const char *what,
                          const char *actor, struct failure *failure)
{
    char event[STORE_NAME_BYTES];
    (void)snprintf(event, sizeof(event), "%s-%s", kinds[holding->kind].name, what);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_UNIT,
                                                          .subject = holding->unit_id,
                                                          .event = event,
                                                          .actor = actor,
                                                          .note = holding->id},
                              failure);
}

/* Texts are sealed, so equal ones are found by opening them. */
static enum status is_there(struct store *store, const struct store_holding *wanted, bool *there,
                            struct failure *failure)
{
    struct store_holding held[HELD_MAX];
    size_t count = 0;
    enum status status = store_holding_list(store, wanted->unit_id, false, held, HELD_MAX, &count, failure);
    if (status == STATUS_OK && count == HELD_MAX)
        status = failure_set(failure, STATUS_FULL, "holding", HELD_MAX, "the unit holds too much");
    *there = false;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        *there = *there || (held[i].kind == wanted->kind && strcmp(held[i].text, wanted->text) == 0);
    return status;
}

static enum status insert(struct store *store, const struct store_holding *holding, struct failure *failure)
{
    struct buf sealed;
    store_private_init(&sealed);
    enum status status = store_private_seal(store, holding->id, "text", holding->text, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO unit_holding (number, " COLUMNS ") VALUES"
                         " ((SELECT coalesce(max(number), 0) + 1 FROM unit_holding), ?1, ?2, ?3, ?4, ?5, ?6,"
                         " 0)",
                         DB_PARAMS(db_text(holding->id), db_text(holding->unit_id),
                                   db_text(kinds[holding->kind].name), db_bytes(sealed.data, sealed.length),
                                   db_integer(holding->until_utc_s), db_integer(holding->created_utc_s)),
                         NULL, failure);
    buf_release(&sealed);
    return status;
}

static bool is_whole(const struct store_holding *holding)
{
    return (unsigned)holding->kind < STORE_HOLDING_KIND_COUNT_ && holding->text[0] != '\0' &&
           (holding->until_utc_s == 0 || kinds[holding->kind].ends);
}

enum status store_holding_add(struct store *store, struct store_holding *holding, const char *actor,
                              struct failure *failure)
{
    struct store_holding row = *holding;
    bool there = false;
    if (!is_whole(holding))
        return failure_set(failure, STATUS_MALFORMED, "holding", 0, "text or end date");
    store_new_id(store, row.id);
    row.created_utc_s = clock_utc_s(store->clock);
    row.ended_utc_s = 0;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = is_there(store, &row, &there, failure);
    if (status == STATUS_OK && there)
        status = failure_set(failure, STATUS_CONFLICT, "holding", 0, "it has it already");
    if (status == STATUS_OK)
        status = insert(store, &row, failure);
    if (status == STATUS_OK)
        status = record(store, &row, "begin", actor, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *holding = row;
    return status;
}

enum status store_holding_end(struct store *store, const char *id, const char *actor, struct failure *failure)
{
    struct store_holding holding;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_private_read_one(store, read_holding, &holding, sizeof(holding),
                                    "SELECT " COLUMNS " FROM unit_holding WHERE id = ?1",
                                    DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, "UPDATE unit_holding SET ended_utc_s = ?2 WHERE id = ?1 AND ended_utc_s = 0",
            DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status = record(store, &holding, "end", actor, failure);
    return store_end(store, status, failure);
}
