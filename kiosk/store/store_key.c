/* Keys: tokens we formatted, by mark. */
#include "kiosk/store/store_key.h"

#include <string.h>

#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_stock.h"

enum { SUM_ROWS_MAX = 64, DAY_S = 86400 };

#define COLUMNS                                                                                              \
    "mark, serial, model, label, so_salt, transport_salt, order_id, state, created_utc_s, updated_utc_s"

static const char *const state_names[] = {
#define STORE_KEY_STATE(code, name) name,
#define STORE_KEY_STEP(from, to)
#include "kiosk/store/store_key_states.def"
#undef STORE_KEY_STATE
#undef STORE_KEY_STEP
};

static const struct {
    enum store_key_state from;
    enum store_key_state to;
} steps[] = {
#define STORE_KEY_STATE(code, name)
#define STORE_KEY_STEP(from, to) {STORE_KEY_##from, STORE_KEY_##to},
#include "kiosk/store/store_key_states.def"
#undef STORE_KEY_STATE
#undef STORE_KEY_STEP
};

const char *store_key_state_name(enum store_key_state state)
{
    return (unsigned)state < STORE_KEY_COUNT_ ? state_names[state] : "invalid";
}

static bool is_step(enum store_key_state from, enum store_key_state to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (steps[i].from == from && steps[i].to == to)
            return true;
    return false;
}

static enum status read_key(const struct db_rows *rows, void *out)
{
    struct store_key *key = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, key->mark, sizeof(key->mark));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, key->serial, sizeof(key->serial));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, key->model, sizeof(key->model));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, key->label, sizeof(key->label));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 4, key->so_salt, sizeof(key->so_salt));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 5, key->transport_salt, sizeof(key->transport_salt));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, key->order_id, sizeof(key->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 7, state_names, STORE_KEY_COUNT_, &state);
    key->state = (enum store_key_state)state;
    key->created_utc_s = db_column_integer(rows, 8);
    key->updated_utc_s = db_column_integer(rows, 9);
    return status;
}

static enum status record(struct store *store, const char *order_id, const char *mark, const char *from,
                          const char *to, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_KEY,
                                                          .order_id = order_id,
                                                          .subject = mark,
                                                          .event = to,
                                                          .from = from,
                                                          .to = to},
                              failure);
}

/* A key of the hall's stock goes where this one went; a holder's own from elsewhere is none. */
static enum status follow(struct store *store, const struct store_key *key, enum store_key_state state,
                          struct failure *failure)
{
    return key->serial[0] != 0 && strstr(key->label, key->mark) != NULL
               ? store_stock_follow(store, key->serial, state, failure)
               : STATUS_OK;
}

enum status store_key_insert(struct store *store, const struct store_key *key, struct failure *failure)
{
    if (key->mark[0] == '\0')
        return failure_set(failure, STATUS_MALFORMED, "key", 0, "no mark");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status =
        db_exec(store->db,
                "INSERT INTO token_key (number, " COLUMNS ")"
                " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM token_key), ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                " ?8, ?9, ?9)",
                DB_PARAMS(db_text(key->mark), db_text(key->serial), db_text(key->model), db_text(key->label),
                          db_bytes(key->so_salt, sizeof(key->so_salt)),
                          db_bytes(key->transport_salt, sizeof(key->transport_salt)),
                          store_inner_optional(key->order_id), db_text(store_key_state_name(key->state)),
                          db_integer(clock_utc_s(store->clock))),
                NULL, failure);
    if (status == STATUS_OK)
        status = record(store, key->order_id, key->mark, "", store_key_state_name(key->state), failure);
    if (status == STATUS_OK)
        status = follow(store, key, key->state, failure);
    return store_end(store, status, failure);
}

enum status store_key_load(struct store *store, const char *mark, struct store_key *out,
                           struct failure *failure)
{
    struct store_key key;
    enum status status = store_inner_read_one(store, read_key, &key, sizeof(key),
                                              "SELECT " COLUMNS " FROM token_key WHERE mark = ?1",
                                              DB_PARAMS(db_text(mark)), failure);
    if (status == STATUS_OK)
        *out = key;
    return status;
}

enum status store_key_list_by_serial(struct store *store, const char *serial, const char *model,
                                     struct store_key *out, size_t capacity, size_t *count,
                                     struct failure *failure)
{
    return store_inner_read_all(
        store, read_key, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM token_key WHERE serial = ?1 AND model = ?2 ORDER BY number DESC LIMIT ?3",
        DB_PARAMS(db_text(serial), db_text(model), db_integer((int64_t)capacity)), failure);
}

enum status store_key_list_order(struct store *store, const char *order_id, struct store_key *out,
                                 size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_key, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS
                                " FROM token_key WHERE order_id = ?1 ORDER BY number DESC LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

static enum status move(struct store *store, const struct store_key *stored, enum store_key_state to,
                        const char *order_id, struct failure *failure)
{
    enum status status =
        store_inner_change_row(store,
                               "UPDATE token_key SET state = ?1, order_id = ?2, updated_utc_s = ?3"
                               " WHERE mark = ?4 AND state = ?5",
                               DB_PARAMS(db_text(store_key_state_name(to)), store_inner_optional(order_id),
                                         db_integer(clock_utc_s(store->clock)), db_text(stored->mark),
                                         db_text(store_key_state_name(stored->state))),
                               failure);
    if (status == STATUS_OK)
        status = record(store, order_id, stored->mark, store_key_state_name(stored->state),
                        store_key_state_name(to), failure);
    return status == STATUS_OK ? follow(store, stored, to, failure) : status;
}

/* A blank key belongs to nobody; in every other state the order it has is the only one it may have. */
static bool may_belong(const struct store_key *stored, const char *order_id)
{
    return stored->state == STORE_KEY_BLANK || stored->order_id[0] == '\0' ||
           strcmp(stored->order_id, order_id) == 0;
}

enum status store_key_step(struct store *store, const char *mark, enum store_key_state from,
                           enum store_key_state to, const char *order_id, struct failure *failure)
{
    if (!is_step(from, to))
        return failure_set(failure, STATUS_BAD_STATE, "key", 0, "no step from %s to %s",
                           store_key_state_name(from), store_key_state_name(to));
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_key stored;
    status = store_key_load(store, mark, &stored, failure);
    if (status == STATUS_OK && (stored.state != from || (order_id && !may_belong(&stored, order_id))))
        status =
            failure_set(failure, STATUS_CONFLICT, "key", 0, "it is %s", store_key_state_name(stored.state));
    if (status == STATUS_OK) {
        const char *owner = order_id ? order_id : stored.order_id;
        status = move(store, &stored, to, to == STORE_KEY_BLANK ? "" : owner, failure);
    }
    return store_end(store, status, failure);
}

/* --- sums ----------------------------------------------------------------------------------------------- */

struct sum_row {
    char model[STORE_NAME_BYTES];
    int state;
    int64_t count;
};

static enum status read_sum(const struct db_rows *rows, void *out)
{
    struct sum_row *row = out;
    enum status status = store_inner_text(rows, 0, row->model, sizeof(row->model));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 1, state_names, STORE_KEY_COUNT_, &row->state);
    row->count = db_column_integer(rows, 2);
    return status;
}

enum status store_key_sums(struct store *store, struct store_key_sum *out, size_t capacity, size_t *count,
                           struct failure *failure)
{
    struct sum_row rows[SUM_ROWS_MAX];
    size_t found = 0;
    enum status status = store_inner_read_all(
        store, read_sum, rows, sizeof(rows[0]), SUM_ROWS_MAX, &found,
        "SELECT model, state, count(*) FROM token_key WHERE instr(label, mark) > 0" /* as below */
        " GROUP BY model, state ORDER BY model",
        NULL, 0, failure);
    size_t models = 0;
    for (size_t i = 0; i < found && status == STATUS_OK; i++) {
        if (models == 0 || strcmp(out[models - 1].model, rows[i].model) != 0) {
            if (models == capacity)
                break;
            out[models] = (struct store_key_sum){0};
            memcpy(out[models++].model, rows[i].model, sizeof(rows[i].model));
        }
        out[models - 1].count[rows[i].state] = rows[i].count;
    }
    if (status == STATUS_OK)
        *count = models;
    return status;
}

enum status store_key_delivered(struct store *store, int64_t day_utc_s, int64_t *out, size_t days,
                                struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < days && status == STATUS_OK; i++) {
        int64_t from_utc_s = day_utc_s - (int64_t)(days - 1 - i) * DAY_S;
        status =
            store_inner_integer(store, &out[i],
                                "SELECT count(*) FROM token_key WHERE state = 'delivered'"
                                " AND instr(label, mark) > 0" /* not the holders' own, from elsewhere */
                                " AND updated_utc_s >= ?1 AND updated_utc_s < ?2",
                                DB_PARAMS(db_integer(from_utc_s), db_integer(from_utc_s + DAY_S)), failure);
    }
    return status;
}
