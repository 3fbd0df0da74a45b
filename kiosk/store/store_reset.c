#include "kiosk/store/store_reset.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS "id, kind, state, subject, code, terminal, clerk, wrong, until_utc_s, created_utc_s, proof"

static const char *const kind_names[STORE_RESET_KIND_COUNT_] = {
#define STORE_RESET_KIND(code, name) [STORE_RESET_##code] = name,
#include "kiosk/store/store_reset_kinds.def"
#undef STORE_RESET_KIND
};
static const char *const state_names[STORE_RESET_STATE_COUNT_] = {
#define STORE_RESET_STATE(code, name) [STORE_RESET_##code] = name,
#include "kiosk/store/store_reset_states.def"
#undef STORE_RESET_STATE
};

const char *store_reset_kind_name(enum store_reset_kind kind)
{
    return (unsigned)kind < STORE_RESET_KIND_COUNT_ ? kind_names[kind] : "invalid";
}

static enum status read_reset(const struct db_rows *rows, void *result)
{
    struct store_reset *out = result;
    int kind = 0, state = 0;
    struct {
        int column;
        char *out;
        size_t size;
    } texts[] = {{0, out->id, sizeof(out->id)},       {3, out->subject, sizeof(out->subject)},
                 {4, out->code, sizeof(out->code)},   {5, out->terminal, sizeof(out->terminal)},
                 {6, out->clerk, sizeof(out->clerk)}, {10, out->proof, sizeof(out->proof)}};
    enum status status = store_inner_name(rows, 1, kind_names, STORE_RESET_KIND_COUNT_, &kind);
    if (status == STATUS_OK)
        status = store_inner_name(rows, 2, state_names, STORE_RESET_STATE_COUNT_, &state);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && status == STATUS_OK; i++)
        status = store_inner_text(rows, texts[i].column, texts[i].out, texts[i].size);
    out->kind = (enum store_reset_kind)kind;
    out->state = (enum store_reset_state)state;
    out->wrong = db_column_integer(rows, 7);
    out->until_utc_s = db_column_integer(rows, 8);
    out->created_utc_s = db_column_integer(rows, 9);
    return status;
}

enum status store_reset_load(struct store *store, const char *id, struct store_reset *out,
                             struct failure *failure)
{
    return store_inner_read_one(store, read_reset, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM reset WHERE id = ?1", DB_PARAMS(db_text(id)),
                                failure);
}

enum status store_reset_list(struct store *store, struct store_reset *out, size_t capacity, size_t *count,
                             struct failure *failure)
{
    return store_inner_read_all(
        store, read_reset, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM reset WHERE state IN ('asked', 'granted') AND until_utc_s > ?1"
        " ORDER BY number LIMIT ?2",
        DB_PARAMS(db_integer(clock_utc_s(store->clock)), db_integer((int64_t)capacity)), failure);
}

/* The name of what it is about is an id, never a person's. */
static enum status record(struct store *store, const char *id, const char *event, const char *actor,
                          struct failure *failure)
{
    struct store_reset reset = {0};
    char words[STORE_NAME_BYTES];
    enum status status = store_reset_load(store, id, &reset, failure);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(words, sizeof(words), "%s-%s", kind_names[reset.kind], event);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_RESET,
                                                          .subject = id,
                                                          .event = words,
                                                          .to = state_names[reset.state],
                                                          .actor = actor,
                                                          .note = reset.subject},
                              failure);
}

static enum status drop(struct store *store, struct failure *failure)
{
    return db_exec(
        store->db,
        "UPDATE reset SET state = 'dropped', proof = '', updated_utc_s = ?2 WHERE terminal = ?1 AND"
        " state IN ('asked', 'granted', 'proven')",
        DB_PARAMS(db_text(store->owner), db_integer(clock_utc_s(store->clock))), NULL, failure);
}

enum status store_reset_drop(struct store *store, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, drop(store, failure), failure) : status;
}

static enum status insert(struct store *store, const struct store_reset *row, struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO reset (number, id, kind, subject, code, terminal, state, wrong, clerk,"
                   " until_utc_s, created_utc_s, updated_utc_s, proof) VALUES"
                   " ((SELECT coalesce(max(number), 0) + 1 FROM reset), ?1, ?2, ?3, ?4, ?5, 'asked', 0, '',"
                   " ?6, ?7, ?7, '')",
                   DB_PARAMS(db_text(row->id), db_text(kind_names[row->kind]), db_text(row->subject),
                             db_text(row->code), db_text(row->terminal), db_integer(row->until_utc_s),
                             db_integer(row->created_utc_s)),
                   NULL, failure);
}

enum status store_reset_ask(struct store *store, enum store_reset_kind kind, const char *subject,
                            int64_t life_s, struct store_reset *out, struct failure *failure)
{
    struct store_reset row = {.kind = kind, .state = STORE_RESET_ASKED};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    store_new_id(store, row.id);
    row.created_utc_s = clock_utc_s(store->clock);
    row.until_utc_s = row.created_utc_s + life_s;
    (void)text_copy(row.subject, sizeof(row.subject), subject);
    (void)text_copy(row.terminal, sizeof(row.terminal), store->owner);
    (void)snprintf(row.code, sizeof(row.code), "%04u", (unsigned)random_below(store->random, 10000));
    status = drop(store, failure);
    if (status == STATUS_OK)
        status = insert(store, &row, failure);
    if (status == STATUS_OK)
        status = record(store, row.id, "ask", NULL, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *out = row;
    return status;
}

enum status store_reset_decide(struct store *store, const char *id, bool granted, const char *clerk,
                               int64_t life_s, struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    char proof[STORE_RESET_PROOF_BYTES] = "";
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    if (granted)
        (void)snprintf(proof, sizeof(proof), "%06u", (unsigned)random_below(store->random, 1000000));
    status = store_inner_change_row(
        store,
        "UPDATE reset SET state = ?2, clerk = ?3, until_utc_s = ?4, updated_utc_s = ?5, proof = ?6,"
        " wrong = CASE WHEN ?6 = '' THEN wrong ELSE 0 END"
        " WHERE id = ?1 AND state = 'asked' AND until_utc_s > ?5",
        DB_PARAMS(db_text(id), db_text(state_names[granted ? STORE_RESET_GRANTED : STORE_RESET_REFUSED]),
                  db_text(clerk), db_integer(now + life_s), db_integer(now), db_text(proof)),
        failure);
    if (status == STATUS_OK)
        status = record(store, id, granted ? "grant" : "refuse", clerk, failure);
    return store_end(store, status, failure);
}

/* --- tries ------------------------------------------------------------------------------------------- */

/* One more was wrong; at `most` it is over. Actor NULL: whoever is at the terminal. */
static enum status count_wrong(struct store *store, const char *id, enum store_reset_state state,
                               int64_t most, const char *actor, struct failure *failure)
{
    enum status status =
        store_inner_change_row(store,
                               "UPDATE reset SET wrong = wrong + 1, updated_utc_s = ?3,"
                               " proof = CASE WHEN wrong + 1 >= ?2 THEN '' ELSE proof END,"
                               " state = CASE WHEN wrong + 1 >= ?2 THEN 'refused' ELSE state END"
                               " WHERE id = ?1 AND state = ?4 AND until_utc_s > ?3",
                               DB_PARAMS(db_text(id), db_integer(most), db_integer(clock_utc_s(store->clock)),
                                         db_text(state_names[state])),
                               failure);
    return status == STATUS_OK
               ? record(store, id, state == STORE_RESET_ASKED ? "wrong" : "unproven", actor, failure)
               : status;
}

enum status store_reset_count_wrong(struct store *store, const char *id, int64_t most, const char *clerk,
                                    int64_t *left, struct failure *failure)
{
    struct store_reset reset = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = count_wrong(store, id, STORE_RESET_ASKED, most, clerk, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "UPDATE reset SET clerk = ?2 WHERE id = ?1",
                         DB_PARAMS(db_text(id), db_text(clerk)), NULL, failure);
    if (status == STATUS_OK)
        status = store_reset_load(store, id, &reset, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *left = most - reset.wrong;
    return status;
}

static enum status prove(struct store *store, const char *id, struct failure *failure)
{
    enum status status = store_inner_change_row(
        store, "UPDATE reset SET state = 'proven', proof = '', updated_utc_s = ?2 WHERE id = ?1",
        DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock))), failure);
    return status == STATUS_OK ? record(store, id, "prove", NULL, failure) : status;
}

static bool is_granted_here(const struct store *store, const struct store_reset *reset)
{
    return reset->state == STORE_RESET_GRANTED && reset->proof[0] != 0 &&
           strcmp(reset->terminal, store->owner) == 0 && reset->until_utc_s > clock_utc_s(store->clock);
}

/* The wrong one is counted in the same change that compares, so that no two tries count as one. */
enum status store_reset_prove(struct store *store, const char *id, const char *proof, int64_t most,
                              int64_t *left, struct failure *failure)
{
    struct store_reset reset = {0};
    bool fits = false;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_reset_load(store, id, &reset, failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !is_granted_here(store, &reset)))
        status = STATUS_CONFLICT;
    if (status == STATUS_OK) {
        fits = strcmp(reset.proof, proof) == 0;
        status = fits ? prove(store, id, failure)
                      : count_wrong(store, id, STORE_RESET_GRANTED, most, NULL, failure);
    }
    status = store_end(store, status, failure);
    if (status != STATUS_OK || fits)
        return status;
    *left = most - reset.wrong - 1;
    return STATUS_REFUSED;
}

/* --- using ------------------------------------------------------------------------------------------- */

enum status store_reset_use(struct store *store, const char *id, enum store_reset_kind kind,
                            struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store,
        "UPDATE reset SET state = 'used', updated_utc_s = ?4 WHERE id = ?1 AND"
        " terminal = ?2 AND kind = ?3 AND state = 'proven' AND until_utc_s > ?4",
        DB_PARAMS(db_text(id), db_text(store->owner), db_text(kind_names[kind]), db_integer(now)), failure);
    if (status == STATUS_OK)
        status = record(store, id, "use", NULL, failure);
    return store_end(store, status, failure);
}
