#include "kiosk/store/store_proof.h"

#include <string.h>

#include "kiosk/store/store_private.h"

#define COLUMNS "id, order_id, sealed, amount_fen, wrong, state, created_utc_s, updated_utc_s"

static const char *const state_names[STORE_PROOF_STATE_COUNT_] = {
    [STORE_PROOF_OPEN] = "open", [STORE_PROOF_PROVEN] = "proven", [STORE_PROOF_FAILED] = "failed"};

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_proof(struct store *store, const struct db_rows *rows, void *result)
{
    struct store_proof *out = result;
    int state = 0;
    *out = (struct store_proof){.amount_fen = db_column_integer(rows, 3),
                                .wrong = db_column_integer(rows, 4),
                                .created_utc_s = db_column_integer(rows, 6),
                                .updated_utc_s = db_column_integer(rows, 7)};
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->order_id, sizeof(out->order_id));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "account", rows, 2, out->account_end,
                                    sizeof(out->account_end));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 5, state_names, STORE_PROOF_STATE_COUNT_, &state);
    out->state = (enum store_proof_state)state;
    return status;
}

enum status store_proof_load_order(struct store *store, const char *order_id, struct store_proof *out,
                                   struct failure *failure)
{
    return store_private_read_one(store, read_proof, out, sizeof(*out),
                                  "SELECT " COLUMNS
                                  " FROM unit_proof WHERE order_id = ?1 ORDER BY number DESC LIMIT 1",
                                  DB_PARAMS(db_text(order_id)), failure);
}

enum status store_proof_load(struct store *store, const char *id, struct store_proof *out,
                             struct failure *failure)
{
    return store_private_read_one(store, read_proof, out, sizeof(*out),
                                  "SELECT " COLUMNS " FROM unit_proof WHERE id = ?1", DB_PARAMS(db_text(id)),
                                  failure);
}

enum status store_proof_list_open(struct store *store, struct store_proof *out, size_t capacity,
                                  size_t *count, struct failure *failure)
{
    return store_private_read_all(store, read_proof, out, sizeof(*out), capacity, count,
                                  "SELECT " COLUMNS
                                  " FROM unit_proof WHERE state = 'open' ORDER BY number LIMIT ?1",
                                  DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status record(struct store *store, const struct store_proof *proof, const char *event,
                          const char *actor, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_UNIT,
                                                          .order_id = proof->order_id,
                                                          .subject = proof->order_id,
                                                          .event = event,
                                                          .actor = actor,
                                                          .note = proof->id},
                              failure);
}

static enum status insert(struct store *store, struct store_proof *proof, struct failure *failure)
{
    struct buf sealed;
    store_private_init(&sealed);
    store_new_id(store, proof->id);
    proof->created_utc_s = proof->updated_utc_s = clock_utc_s(store->clock);
    enum status status =
        store_private_seal(store, proof->id, "account", proof->account_end, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO unit_proof (number, " COLUMNS ") VALUES ((SELECT coalesce(max(number), 0) + 1 FROM"
            " unit_proof), ?1, ?2, ?3, ?4, 0, 'open', ?5, ?5)",
            DB_PARAMS(db_text(proof->id), db_text(proof->order_id), db_bytes(sealed.data, sealed.length),
                      db_integer(proof->amount_fen), db_integer(proof->created_utc_s)),
            NULL, failure);
    buf_release(&sealed);
    return status == STATUS_OK ? record(store, proof, "proof-open", NULL, failure) : status;
}

enum status store_proof_begin(struct store *store, const char *order_id, const char *account_end,
                              int64_t amount_fen, struct store_proof *out, struct failure *failure)
{
    struct store_proof proof = {0};
    if (strspn(account_end, "0123456789") != STORE_PROOF_ACCOUNT_BYTES - 1 ||
        strlen(account_end) != STORE_PROOF_ACCOUNT_BYTES - 1 || amount_fen <= 0)
        return failure_set(failure, STATUS_MALFORMED, "proof", 0, "account or amount");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_proof_load_order(store, order_id, &proof, failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && proof.state == STORE_PROOF_FAILED)) {
        proof = (struct store_proof){.amount_fen = amount_fen};
        (void)memcpy(proof.account_end, account_end, sizeof(proof.account_end));
        (void)memcpy(proof.order_id, order_id, sizeof(proof.order_id));
        status = insert(store, &proof, failure);
    }
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *out = proof;
    return status;
}

static enum status tell(struct store *store, struct store_proof *proof, bool is_right, int tries,
                        const char *actor, struct failure *failure)
{
    proof->wrong += is_right ? 0 : 1;
    if (is_right)
        proof->state = STORE_PROOF_PROVEN;
    else if (proof->wrong >= tries)
        proof->state = STORE_PROOF_FAILED;
    proof->updated_utc_s = clock_utc_s(store->clock);
    enum status status = store_inner_change_row(
        store,
        "UPDATE unit_proof SET wrong = ?2, state = ?3, updated_utc_s = ?4 WHERE id = ?1 AND state = 'open'",
        DB_PARAMS(db_text(proof->id), db_integer(proof->wrong), db_text(state_names[proof->state]),
                  db_integer(proof->updated_utc_s)),
        failure);
    const char *event = is_right                             ? "proof-proven"
                        : proof->state == STORE_PROOF_FAILED ? "proof-failed"
                                                             : "proof-wrong";
    return status == STATUS_OK ? record(store, proof, event, actor, failure) : status;
}

enum status store_proof_tell(struct store *store, const char *id, const char *account_end, int64_t amount_fen,
                             int tries, const char *actor, struct store_proof *out, struct failure *failure)
{
    struct store_proof proof;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_proof_load(store, id, &proof, failure);
    if (status == STATUS_OK)
        status =
            tell(store, &proof, amount_fen == proof.amount_fen && strcmp(account_end, proof.account_end) == 0,
                 tries, actor, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *out = proof;
    return status;
}
