/* Supervision: acts move open, taken, done; each move by compare and set. */
#include "kiosk/store/store_supervision.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS                                                                                              \
    "id, terminal, visit, order_id, kind, field, reason, sealed, clerk, state, outcome, created_utc_s,"      \
    " updated_utc_s"

static const struct {
    const char *name;
    bool of_visit, with_reason;
} kinds[STORE_SUPERVISION_KIND_COUNT_] = {
#define STORE_SUPERVISION_KIND(code, name, of_visit, with_reason) {name, of_visit, with_reason},
#include "kiosk/store/store_supervision_kinds.def"
#undef STORE_SUPERVISION_KIND
};
static const char *const state_names[] = {[STORE_SUPERVISION_OPEN] = "open",
                                          [STORE_SUPERVISION_TAKEN] = "taken",
                                          [STORE_SUPERVISION_DONE] = "done"};
static const char *const outcome_names[] = {[STORE_SUPERVISION_PENDING] = "",
                                            [STORE_SUPERVISION_EFFECT] = "effect",
                                            [STORE_SUPERVISION_GONE] = "gone"};

const char *store_supervision_kind_name(enum store_supervision_kind kind)
{
    return (unsigned)kind < STORE_SUPERVISION_KIND_COUNT_ ? kinds[kind].name : "invalid";
}

bool store_supervision_is_of_visit(enum store_supervision_kind kind)
{
    return (unsigned)kind < STORE_SUPERVISION_KIND_COUNT_ && kinds[kind].of_visit;
}

bool store_supervision_needs_reason(enum store_supervision_kind kind)
{
    return (unsigned)kind < STORE_SUPERVISION_KIND_COUNT_ && kinds[kind].with_reason;
}

/* --- a sentence under the hall key ------------------------------------------------------------------- */

/* The id is the associated data: words moved to another act do not open. */
static enum status seal_words(struct store *store, const struct store_supervision *act, struct buf *out,
                              struct failure *failure)
{
    if (act->words[0] == '\0')
        return STATUS_OK;
    return hall_key_wrap(store->hall_key, act->id, strlen(act->id), act->words, strlen(act->words), out,
                         failure);
}

/* An act with its words still sealed. */
struct sealed_act {
    struct store_supervision act;
    uint8_t sealed[STORE_SUPERVISION_WORDS_BYTES + 64];
    size_t length;
};

static enum status open_words(struct store *store, struct sealed_act *sealed)
{
    struct buf plain;
    if (sealed->length == 0)
        return STATUS_OK;
    buf_init(&plain, STORE_SUPERVISION_WORDS_BYTES - 1);
    enum status status = hall_key_unwrap(store->hall_key, sealed->act.id, strlen(sealed->act.id),
                                         sealed->sealed, sealed->length, &plain, NULL);
    if (status == STATUS_OK)
        memcpy(sealed->act.words, plain.data, plain.length); /* the rest is zeros */
    buf_wipe(&plain);
    return status;
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_kind(const struct db_rows *rows, int column, enum store_supervision_kind *out)
{
    for (int i = 0; i < STORE_SUPERVISION_KIND_COUNT_; i++) {
        if (strcmp(kinds[i].name, db_column_text(rows, column)) != 0)
            continue;
        *out = (enum store_supervision_kind)i;
        return STATUS_OK;
    }
    return STATUS_MALFORMED;
}

static enum status read_names(const struct db_rows *rows, struct store_supervision *act)
{
    const struct {
        int column;
        char *out;
        size_t size;
    } texts[] = {{0, act->id, sizeof(act->id)},       {1, act->terminal, sizeof(act->terminal)},
                 {2, act->visit, sizeof(act->visit)}, {3, act->order_id, sizeof(act->order_id)},
                 {5, act->field, sizeof(act->field)}, {6, act->reason, sizeof(act->reason)},
                 {8, act->clerk, sizeof(act->clerk)}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && status == STATUS_OK; i++)
        status = store_inner_text(rows, texts[i].column, texts[i].out, texts[i].size);
    return status;
}

static enum status read_act(const struct db_rows *rows, void *out)
{
    struct sealed_act *sealed = out;
    struct store_supervision *act = &sealed->act;
    int state = 0;
    int outcome = 0;
    enum status status = read_names(rows, act);
    if (status == STATUS_OK)
        status = read_kind(rows, 4, &act->kind);
    if (status == STATUS_OK)
        status = store_inner_name(rows, 9, state_names, STORE_SUPERVISION_STATE_COUNT_, &state);
    if (status == STATUS_OK)
        status = store_inner_name(rows, 10, outcome_names, STORE_SUPERVISION_OUTCOME_COUNT_, &outcome);
    act->state = (enum store_supervision_state)state;
    act->outcome = (enum store_supervision_outcome)outcome;
    act->created_utc_s = db_column_integer(rows, 11);
    act->updated_utc_s = db_column_integer(rows, 12);
    const uint8_t *bytes = db_column_bytes(rows, 7, &sealed->length);
    if (status != STATUS_OK || sealed->length > sizeof(sealed->sealed))
        return STATUS_MALFORMED;
    if (sealed->length > 0)
        memcpy(sealed->sealed, bytes, sealed->length);
    return STATUS_OK;
}

enum { AT_ONCE = 16 };

static enum status read_acts(struct store *store, struct store_supervision *out, size_t capacity,
                             size_t *count, const char *sql, const char *terminal, struct failure *failure)
{
    struct sealed_act rows[AT_ONCE];
    size_t found = 0;
    capacity = capacity < AT_ONCE ? capacity : AT_ONCE;
    enum status status =
        store_inner_read_all(store, read_act, rows, sizeof(rows[0]), capacity, &found, sql,
                             DB_PARAMS(db_text(terminal), db_integer((int64_t)capacity)), failure);
    for (size_t i = 0; i < found && status == STATUS_OK; i++)
        status = open_words(store, &rows[i]);
    for (size_t i = 0; i < found && status == STATUS_OK; i++)
        out[i] = rows[i].act;
    if (status == STATUS_OK)
        *count = found;
    explicit_bzero(rows, sizeof(rows));
    return status;
}

enum status store_supervision_list_open(struct store *store, const char *terminal,
                                        struct store_supervision *out, size_t capacity, size_t *count,
                                        struct failure *failure)
{
    return read_acts(store, out, capacity, count,
                     "SELECT " COLUMNS " FROM supervision WHERE terminal = ?1 AND state <> 'done'"
                     " ORDER BY number LIMIT ?2",
                     terminal, failure);
}

enum status store_supervision_list(struct store *store, const char *terminal, struct store_supervision *out,
                                   size_t capacity, size_t *count, struct failure *failure)
{
    return read_acts(store, out, capacity, count,
                     "SELECT " COLUMNS " FROM supervision WHERE terminal = ?1 ORDER BY number DESC LIMIT ?2",
                     terminal, failure);
}

enum status store_supervision_closed(struct store *store, const char *terminal, struct store_supervision *out,
                                     struct failure *failure)
{
    struct store_supervision last;
    size_t count = 0;
    enum status status = read_acts(store, &last, 1, &count,
                                   "SELECT " COLUMNS " FROM supervision WHERE terminal = ?1"
                                   " AND kind IN ('close', 'reopen') ORDER BY number DESC LIMIT ?2",
                                   terminal, failure);
    if (status == STATUS_OK && (count == 0 || last.kind != STORE_SUPERVISION_CLOSE))
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out = last;
    return status;
}

/* --- moving ------------------------------------------------------------------------------------------ */

static enum status load(struct store *store, const char *id, struct store_supervision *out,
                        struct failure *failure)
{
    struct sealed_act row;
    enum status status = store_inner_read_one(store, read_act, &row, sizeof(row),
                                              "SELECT " COLUMNS " FROM supervision WHERE id = ?1",
                                              DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        *out = row.act;
    return status;
}

/* Terminal and reason are what the audit is for; both are codes. */
static enum status record(struct store *store, const struct store_supervision *act, const char *from,
                          const char *to, struct failure *failure)
{
    char note[STORE_NAME_BYTES * 2];
    snprintf(note, sizeof(note), "%s%s%s", act->terminal, act->reason[0] == '\0' ? "" : " ", act->reason);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_SUPERVISION,
                                                          .order_id = act->order_id,
                                                          .subject = act->id,
                                                          .event = kinds[act->kind].name,
                                                          .from = from,
                                                          .to = to,
                                                          .actor = act->clerk,
                                                          .note = note},
                              failure);
}

static bool is_whole(const struct store_supervision *act)
{
    if ((unsigned)act->kind >= STORE_SUPERVISION_KIND_COUNT_ || act->id[0] == '\0')
        return false;
    bool has_reason = act->reason[0] != '\0' || !kinds[act->kind].with_reason;
    bool has_visit = (act->visit[0] != '\0') == kinds[act->kind].of_visit;
    return act->terminal[0] != '\0' && act->clerk[0] != '\0' && has_reason && has_visit;
}

static enum status insert(struct store *store, const struct store_supervision *act, struct failure *failure)
{
    struct buf sealed;
    int64_t now_utc_s = clock_utc_s(store->clock);
    buf_init(&sealed, sizeof(((struct sealed_act *)NULL)->sealed));
    enum status status = seal_words(store, act, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO supervision (number, " COLUMNS ")"
            " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM supervision), ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
            " ?8, ?9, 'open', '', ?10, ?10)",
            DB_PARAMS(db_text(act->id), db_text(act->terminal), db_text(act->visit), db_text(act->order_id),
                      db_text(kinds[act->kind].name), db_text(act->field), db_text(act->reason),
                      db_bytes(sealed.data, sealed.length), db_text(act->clerk), db_integer(now_utc_s)),
            NULL, failure);
    if (status == STATUS_OK)
        status = record(store, act, "", state_names[STORE_SUPERVISION_OPEN], failure);
    buf_wipe(&sealed);
    return status;
}

enum status store_supervision_insert(struct store *store, const struct store_supervision *act,
                                     struct failure *failure)
{
    if (!is_whole(act))
        return failure_set(failure, STATUS_MALFORMED, "supervision", 0, "clerk, terminal, visit or reason");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, insert(store, act, failure), failure);
}

static enum status take(struct store *store, const char *id, struct failure *failure)
{
    struct store_supervision act;
    enum status status = load(store, id, &act, failure);
    if (status == STATUS_OK)
        status =
            store_inner_change_row(store,
                                   "UPDATE supervision SET state = 'taken', updated_utc_s = ?2"
                                   " WHERE id = ?1 AND state = 'open'",
                                   DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status = record(store, &act, "open", "taken", failure);
    return status;
}

enum status store_supervision_take(struct store *store, const char *id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, take(store, id, failure), failure);
}

static enum status finish(struct store *store, const char *id, enum store_supervision_outcome outcome,
                          struct failure *failure)
{
    struct store_supervision act;
    enum status status = load(store, id, &act, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE supervision SET state = 'done', outcome = ?2, sealed = ?3, updated_utc_s = ?4"
            " WHERE id = ?1 AND state <> 'done'",
            DB_PARAMS(db_text(id), db_text(outcome_names[outcome]), db_bytes("", 0),
                      db_integer(clock_utc_s(store->clock))),
            failure);
    if (status == STATUS_OK)
        status = record(store, &act, state_names[act.state], outcome_names[outcome], failure);
    return status;
}

enum status store_supervision_finish(struct store *store, const char *id,
                                     enum store_supervision_outcome outcome, struct failure *failure)
{
    if (outcome != STORE_SUPERVISION_EFFECT && outcome != STORE_SUPERVISION_GONE)
        return failure_set(failure, STATUS_MALFORMED, "supervision", 0, "outcome");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, finish(store, id, outcome, failure), failure);
}
