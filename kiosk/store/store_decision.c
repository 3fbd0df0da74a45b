/* Decisions: signers are collected, an undo time passes, the effect comes once. */
#include "kiosk/store/store_decision.h"

#include <string.h>

#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS                                                                                              \
    "id, order_id, action, displayed_hash, order_version, required, out_of, undo_s, state,"                  \
    " effective_at_utc_s, created_utc_s"

static const char *const state_names[STORE_DECISION_COUNT_] = {
    [STORE_DECISION_COLLECTING] = "collecting",
    [STORE_DECISION_PENDING] = "pending",
    [STORE_DECISION_APPLIED] = "applied",
    [STORE_DECISION_WITHDRAWN] = "withdrawn",
};

const char *store_decision_state_name(enum store_decision_state state)
{
    return (unsigned)state < STORE_DECISION_COUNT_ ? state_names[state] : "invalid";
}

static enum status read_decision(const struct db_rows *rows, void *out)
{
    struct store_decision *decision = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, decision->id, sizeof(decision->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, decision->order_id, sizeof(decision->order_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, decision->action, sizeof(decision->action));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 3, decision->displayed_hash, sizeof(decision->displayed_hash));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 8, state_names, STORE_DECISION_COUNT_, &state);
    decision->order_version = db_column_integer(rows, 4);
    decision->required = db_column_integer(rows, 5);
    decision->of = db_column_integer(rows, 6);
    decision->undo_s = db_column_integer(rows, 7);
    decision->state = (enum store_decision_state)state;
    decision->effective_at_utc_s = db_column_integer(rows, 9);
    decision->created_utc_s = db_column_integer(rows, 10);
    return status;
}

static enum status read_signer(const struct db_rows *rows, void *out)
{
    struct store_decision_signer *signer = out;
    size_t length = 0;
    const uint8_t *signature = db_column_bytes(rows, 3, &length);
    enum status status = store_inner_text(rows, 0, signer->name, sizeof(signer->name));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, signer->method, sizeof(signer->method));
    if (status != STATUS_OK || length > sizeof(signer->signature))
        return STATUS_MALFORMED;
    signer->at_utc_s = db_column_integer(rows, 2);
    if (length > 0)
        memcpy(signer->signature, signature, length);
    signer->signature_length = length;
    return STATUS_OK;
}

enum status store_decision_load(struct store *store, const char *id, struct store_decision *out,
                                struct failure *failure)
{
    struct store_decision decision;
    enum status status = store_inner_read_one(store, read_decision, &decision, sizeof(decision),
                                              "SELECT " COLUMNS " FROM decision WHERE id = ?1",
                                              DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        *out = decision;
    return status;
}

/* An undo time that ends later than it ever could belongs to a clock that was set back: it is over. */
enum { CLOCK_SLACK_S = 60 };

enum status store_decision_list_due(struct store *store, struct store_decision *out, size_t capacity,
                                    size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_decision, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM decision WHERE state = 'pending'"
        " AND (effective_at_utc_s <= ?1 OR effective_at_utc_s > ?1 + undo_s + ?3) ORDER BY number LIMIT ?2",
        DB_PARAMS(db_integer(clock_utc_s(store->clock)), db_integer((int64_t)capacity),
                  db_integer(CLOCK_SLACK_S)),
        failure);
}

enum status store_decision_load_hold(struct store *store, const char *order_id, int64_t order_version,
                                     struct store_decision *out, struct failure *failure)
{
    struct store_decision last;
    enum status status =
        store_inner_read_one(store, read_decision, &last, sizeof(last),
                             "SELECT " COLUMNS " FROM decision WHERE order_id = ?1 AND order_version = ?2"
                             " AND state = 'applied' AND action IN ('hold', 'take-up')"
                             " ORDER BY number DESC LIMIT 1",
                             DB_PARAMS(db_text(order_id), db_integer(order_version)), failure);
    if (status == STATUS_OK && strcmp(last.action, "hold") != 0)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out = last;
    return status;
}

enum status store_decision_load_open(struct store *store, const char *order_id, struct store_decision *out,
                                     struct failure *failure)
{
    return store_inner_read_one(store, read_decision, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM decision WHERE order_id = ?1"
                                " AND state IN ('collecting', 'pending')",
                                DB_PARAMS(db_text(order_id)), failure);
}

enum status store_decision_load_applied(struct store *store, const char *order_id, const char *action,
                                        struct store_decision *out, struct failure *failure)
{
    return store_inner_read_one(store, read_decision, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM decision WHERE order_id = ?1 AND action = ?2"
                                " AND state = 'applied' ORDER BY number DESC LIMIT 1",
                                DB_PARAMS(db_text(order_id), db_text(action)), failure);
}

enum status store_decision_count_applied(struct store *store, const char *order_id, int64_t *count,
                                         struct failure *failure)
{
    return store_inner_integer(store, count,
                               "SELECT count(*) FROM decision WHERE order_id = ?1 AND state = 'applied'",
                               DB_PARAMS(db_text(order_id)), failure);
}

enum status store_decision_list_order(struct store *store, const char *order_id, struct store_decision *out,
                                      size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_decision, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM (SELECT number, " COLUMNS
                                " FROM decision WHERE order_id = ?1 ORDER BY number DESC LIMIT ?2)"
                                " ORDER BY number",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

enum status store_decision_signers(struct store *store, const char *id, struct store_decision_signer *out,
                                   size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_signer, out, sizeof(*out), capacity, count,
                                "SELECT name, method, at_utc_s, signature FROM decision_signer"
                                " WHERE decision_id = ?1 ORDER BY number LIMIT ?2",
                                DB_PARAMS(db_text(id), db_integer((int64_t)capacity)), failure);
}

static enum status record(struct store *store, const struct store_decision *decision, const char *event,
                          enum store_decision_state to, const char *actor, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_DECISION,
                                                          .order_id = decision->order_id,
                                                          .subject = decision->id,
                                                          .event = event,
                                                          .from = state_names[decision->state],
                                                          .to = state_names[to],
                                                          .version = decision->order_version,
                                                          .actor = actor},
                              failure);
}

static enum status check_alone(struct store *store, const char *order_id, struct failure *failure)
{
    int64_t open = 0;
    enum status status = store_inner_integer(store, &open,
                                             "SELECT count(*) FROM decision WHERE order_id = ?1"
                                             " AND state IN ('collecting', 'pending')",
                                             DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK && open > 0)
        status = failure_set(failure, STATUS_CONFLICT, "decision", 0, "another one is open");
    return status;
}

static enum status insert(struct store *store, const struct store_decision *decision, struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO decision (number, " COLUMNS ")"
        " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM decision), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        " 'collecting', 0, ?9)",
        DB_PARAMS(db_text(decision->id), db_text(decision->order_id), db_text(decision->action),
                  db_bytes(decision->displayed_hash, sizeof(decision->displayed_hash)),
                  db_integer(decision->order_version), db_integer(decision->required),
                  db_integer(decision->of), db_integer(decision->undo_s),
                  db_integer(clock_utc_s(store->clock))),
        NULL, failure);
}

enum status store_decision_insert(struct store *store, const struct store_decision *decision,
                                  struct failure *failure)
{
    if (decision->required < 1 || decision->of < decision->required || decision->undo_s < 0 ||
        decision->action[0] == '\0')
        return failure_set(failure, STATUS_MALFORMED, "decision", 0, "n of m, undo time or action");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_decision fresh = *decision;
    fresh.state = STORE_DECISION_COLLECTING;
    status = check_alone(store, decision->order_id, failure);
    if (status == STATUS_OK)
        status = insert(store, decision, failure);
    if (status == STATUS_OK)
        status = record(store, &fresh, decision->action, STORE_DECISION_COLLECTING, NULL, failure);
    return store_end(store, status, failure);
}

/* --- why ---------------------------------------------------------------------------------------------- */

enum { REASON_BYTES = 1024 };

static enum status write_reason(struct store *store, const struct store_seal *seal,
                                const struct store_decision *decision, const char *reason,
                                struct failure *failure)
{
    struct buf sealed;
    buf_init(&sealed, REASON_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_value(store, seal, "decision", decision->id, "sealed_reason", reason,
                                          strlen(reason), &sealed, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, "UPDATE decision SET sealed_reason = ?1 WHERE id = ?2",
            DB_PARAMS(db_bytes(sealed.data, sealed.length), db_text(decision->id)), failure);
    buf_wipe(&sealed);
    return status;
}

enum status store_decision_explain(struct store *store, const struct store_decision *decision,
                                   const char *reason, struct failure *failure)
{
    struct store_seal seal = {0};
    if (reason[0] == '\0')
        return failure_set(failure, STATUS_MALFORMED, "decision", 0, "no reason");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_seal_open(store, decision->order_id, &seal, failure);
    if (status == STATUS_OK)
        status = write_reason(store, &seal, decision, reason, failure);
    store_seal_wipe(&seal);
    return store_end(store, status, failure);
}

static enum status open_reason(struct store *store, const struct store_decision *decision,
                               const struct db_rows *rows, struct buf *out, struct failure *failure)
{
    size_t length = 0;
    struct store_seal seal = {0};
    const uint8_t *sealed = db_column_bytes(rows, 0, &length);
    if (length == 0)
        return STATUS_OK;
    enum status status = store_seal_open(store, decision->order_id, &seal, failure);
    if (status == STATUS_OK)
        status =
            store_seal_plain(&seal, "decision", decision->id, "sealed_reason", sealed, length, out, failure);
    store_seal_wipe(&seal);
    return status;
}

enum status store_decision_reason(struct store *store, const struct store_decision *decision, struct buf *out,
                                  struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(store->db, "SELECT sealed_reason FROM decision WHERE id = ?1",
                                  DB_PARAMS(db_text(decision->id)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = open_reason(store, decision, rows, out, failure);
    db_rows_end(rows);
    return status;
}

/* --- signing ------------------------------------------------------------------------------------------ */

static enum status set_state(struct store *store, const struct store_decision *decision, const char *event,
                             enum store_decision_state to, int64_t effective_at_utc_s, const char *actor,
                             struct failure *failure)
{
    enum status status = store_inner_change_row(
        store, "UPDATE decision SET state = ?1, effective_at_utc_s = ?2 WHERE id = ?3 AND state = ?4",
        DB_PARAMS(db_text(state_names[to]), db_integer(effective_at_utc_s), db_text(decision->id),
                  db_text(state_names[decision->state])),
        failure);
    if (status == STATUS_OK)
        status = record(store, decision, event, to, actor, failure);
    return status;
}

static enum status add_signer(struct store *store, const char *id, const struct store_decision_signer *signer,
                              struct failure *failure)
{
    if (signer->name[0] == '\0' || signer->signature_length > sizeof(signer->signature))
        return failure_set(failure, STATUS_MALFORMED, "decision", 0, "signer");
    return db_exec(
        store->db,
        "INSERT INTO decision_signer (decision_id, number, name, method, at_utc_s, signature) VALUES"
        " (?1, (SELECT coalesce(max(number), 0) + 1 FROM decision_signer WHERE decision_id = ?1), ?2, ?3,"
        " ?4, ?5)",
        DB_PARAMS(db_text(id), db_text(signer->name), db_text(signer->method),
                  db_integer(clock_utc_s(store->clock)),
                  db_bytes(signer->signature, signer->signature_length)),
        NULL, failure);
}

static enum status sign(struct store *store, const char *id, const struct store_decision_signer *signer,
                        struct failure *failure)
{
    struct store_decision decision;
    int64_t signers = 0;
    enum status status = store_decision_load(store, id, &decision, failure);
    if (status == STATUS_OK && decision.state != STORE_DECISION_COLLECTING)
        status =
            failure_set(failure, STATUS_BAD_STATE, "decision", 0, "it is %s", state_names[decision.state]);
    if (status == STATUS_OK)
        status = add_signer(store, id, signer, failure);
    if (status == STATUS_OK)
        status = store_inner_integer(store, &signers,
                                     "SELECT count(*) FROM decision_signer WHERE decision_id = ?1",
                                     DB_PARAMS(db_text(id)), failure);
    if (status != STATUS_OK)
        return status;
    if (signers < decision.required)
        return record(store, &decision, "sign", STORE_DECISION_COLLECTING, signer->name, failure);
    return set_state(store, &decision, "sign", STORE_DECISION_PENDING,
                     clock_utc_s(store->clock) + decision.undo_s, signer->name, failure);
}

enum status store_decision_sign(struct store *store, const char *id,
                                const struct store_decision_signer *signer, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, sign(store, id, signer, failure), failure);
}

static enum status withdraw(struct store *store, const char *id, const char *name, struct failure *failure)
{
    struct store_decision decision;
    enum status status = store_decision_load(store, id, &decision, failure);
    if (status != STATUS_OK)
        return status;
    if (decision.state != STORE_DECISION_COLLECTING && decision.state != STORE_DECISION_PENDING)
        return failure_set(failure, STATUS_CONFLICT, "decision", 0, "it is %s", state_names[decision.state]);
    return set_state(store, &decision, "withdraw", STORE_DECISION_WITHDRAWN, decision.effective_at_utc_s,
                     name, failure);
}

enum status store_decision_withdraw(struct store *store, const char *id, const char *name,
                                    struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, withdraw(store, id, name, failure), failure);
}

static enum status apply(struct store *store, const char *id, struct failure *failure)
{
    struct store_decision decision;
    enum status status = store_decision_load(store, id, &decision, failure);
    if (status != STATUS_OK)
        return status;
    if (decision.state == STORE_DECISION_COLLECTING)
        return failure_set(failure, STATUS_BAD_STATE, "decision", 0, "signers are missing");
    if (decision.state != STORE_DECISION_PENDING)
        return failure_set(failure, STATUS_CONFLICT, "decision", 0, "it is %s", state_names[decision.state]);
    int64_t left_s = decision.effective_at_utc_s - clock_utc_s(store->clock);
    if (left_s > 0 && left_s <= decision.undo_s + CLOCK_SLACK_S)
        return failure_set(failure, STATUS_BUSY, "decision", 0, "it can still be withdrawn");
    return set_state(store, &decision, "apply", STORE_DECISION_APPLIED, decision.effective_at_utc_s, NULL,
                     failure);
}

enum status store_decision_apply(struct store *store, const char *id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, apply(store, id, failure), failure);
}
