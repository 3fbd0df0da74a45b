/* Stock: what is there and what happens to it. */
#include "kiosk/store/store_stock.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

enum { WEEK_BEFORE_S = 6 * 86400, NOTE_BYTES = 112 };

static const char *const state_names[STORE_STOCK_STATE_COUNT_] = {[STORE_STOCK_BLANK] = "blank",
                                                                  [STORE_STOCK_IN_WORK] = "in_work",
                                                                  [STORE_STOCK_ISSUED] = "issued",
                                                                  [STORE_STOCK_FAILED] = "failed",
                                                                  [STORE_STOCK_SCRAPPED] = "scrapped"};

const char *store_stock_state_name(enum store_stock_state state)
{
    return (unsigned)state < STORE_STOCK_STATE_COUNT_ ? state_names[state] : "invalid";
}

/* --- reading ------------------------------------------------------------------------------------------ */

static void raise_case(const char *serial, char out[STORE_NAME_BYTES])
{
    (void)text_copy(out, STORE_NAME_BYTES, serial);
    for (char *at = out; *at != 0; at++)
        *at = (char)toupper((unsigned char)*at);
}

static enum status read_key(const struct db_rows *rows, void *out)
{
    struct store_stock_key *key = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, key->serial, sizeof(key->serial));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, key->batch, sizeof(key->batch));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, key->model, sizeof(key->model));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, key->place, sizeof(key->place));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 4, state_names, STORE_STOCK_STATE_COUNT_, &state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, key->reason, sizeof(key->reason));
    key->state = (enum store_stock_state)state;
    key->received_utc_s = db_column_integer(rows, 6);
    key->issued_utc_s = db_column_integer(rows, 7);
    key->scrapped_utc_s = db_column_integer(rows, 8);
    return status;
}

enum status store_stock_load(struct store *store, const char *serial, struct store_stock_key *out,
                             struct failure *failure)
{
    char upper[STORE_NAME_BYTES];
    raise_case(serial, upper);
    return store_inner_read_one(store, read_key, out, sizeof(*out),
                                "SELECT k.serial, k.batch, b.model, k.place, k.state, k.reason,"
                                " k.received_utc_s, k.issued_utc_s, k.scrapped_utc_s FROM stock_key k"
                                " JOIN stock_batch b ON b.id = k.batch WHERE k.serial = ?1",
                                DB_PARAMS(db_text(upper)), failure);
}

static enum status read_batch(const struct db_rows *rows, void *out)
{
    struct store_stock_batch *batch = out;
    enum status status = store_inner_text(rows, 0, batch->id, sizeof(batch->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, batch->model, sizeof(batch->model));
    batch->opening = db_column_integer(rows, 2);
    batch->received = db_column_integer(rows, 3);
    batch->issued = db_column_integer(rows, 4);
    batch->scrapped = db_column_integer(rows, 5);
    batch->left = db_column_integer(rows, 6);
    batch->issued_in_week = db_column_integer(rows, 7);
    return status;
}

/* ?1 is the beginning of the day, ?2 that of the week. */
static const char batches_sql[] =
    "SELECT b.id, b.model,"
    " sum(CASE WHEN k.received_utc_s < ?1 AND (k.issued_utc_s = 0 OR k.issued_utc_s >= ?1)"
    " AND (k.scrapped_utc_s = 0 OR k.scrapped_utc_s >= ?1) THEN 1 ELSE 0 END),"
    " sum(CASE WHEN k.received_utc_s >= ?1 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN k.issued_utc_s >= ?1 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN k.scrapped_utc_s >= ?1 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN k.state NOT IN ('issued', 'scrapped') THEN 1 ELSE 0 END),"
    " sum(CASE WHEN k.issued_utc_s >= ?2 THEN 1 ELSE 0 END)"
    " FROM stock_batch b JOIN stock_key k ON k.batch = b.id GROUP BY b.id, b.model, b.number"
    " HAVING sum(CASE WHEN k.state NOT IN ('issued', 'scrapped') OR k.issued_utc_s >= ?1"
    " OR k.scrapped_utc_s >= ?1 THEN 1 ELSE 0 END) > 0 ORDER BY b.number LIMIT ?3";

enum status store_stock_batches(struct store *store, int64_t day_utc_s, struct store_stock_batch *out,
                                size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_batch, out, sizeof(*out), capacity, count, batches_sql,
                                DB_PARAMS(db_integer(day_utc_s), db_integer(day_utc_s - WEEK_BEFORE_S),
                                          db_integer((int64_t)capacity)),
                                failure);
}

static enum status read_place(const struct db_rows *rows, void *out)
{
    struct store_stock_place *place = out;
    place->blank = db_column_integer(rows, 1);
    return store_inner_text(rows, 0, place->place, sizeof(place->place));
}

enum status store_stock_places(struct store *store, struct store_stock_place *out, size_t capacity,
                               size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_place, out, sizeof(*out), capacity, count,
                                "SELECT place, sum(CASE WHEN state = 'blank' THEN 1 ELSE 0 END)"
                                " FROM stock_key WHERE place <> '' GROUP BY place ORDER BY place LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

static enum status read_serial(const struct db_rows *rows, void *out)
{
    return store_inner_text(rows, 0, out, STORE_NAME_BYTES);
}

/* Only those that carry our mark as ours: holders' own keys from elsewhere are none of the hall's. */
enum status store_stock_unknown(struct store *store, char (*out)[STORE_NAME_BYTES], size_t capacity,
                                size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_serial, out, STORE_NAME_BYTES, capacity, count,
        "SELECT upper(serial) FROM token_key WHERE serial <> '' AND instr(label, mark) > 0"
        " AND created_utc_s >= (SELECT min(created_utc_s) FROM stock_batch)"
        " AND NOT EXISTS (SELECT 1 FROM stock_key k WHERE k.serial = upper(token_key.serial))"
        " GROUP BY upper(serial) ORDER BY max(number) DESC LIMIT ?1",
        DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

static enum status read_request(const struct db_rows *rows, void *out)
{
    struct store_stock_request *request = out;
    enum status status = store_inner_text(rows, 0, request->model, sizeof(request->model));
    request->amount = db_column_integer(rows, 1);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, request->clerk, sizeof(request->clerk));
    request->at_utc_s = db_column_integer(rows, 3);
    return status;
}

enum status store_stock_requests(struct store *store, struct store_stock_request *out, size_t capacity,
                                 size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_request, out, sizeof(*out), capacity, count,
        "SELECT model, amount, clerk, at_utc_s FROM stock_request ORDER BY model LIMIT ?1",
        DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

/* --- acts of two people ------------------------------------------------------------------------------- */

struct step {
    const char *event;
    const char *from, *to;
    const char *clerk, *second;
    const char *detail; /* batch, place or nothing */
};

static enum status record(struct store *store, const char *serial, const struct step *step,
                          struct failure *failure)
{
    char note[NOTE_BYTES];
    (void)snprintf(note, sizeof(note), "%.40s%s%.60s", step->second, step->detail[0] != 0 ? " " : "",
                   step->detail);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_STOCK,
                                                          .subject = serial,
                                                          .event = step->event,
                                                          .from = step->from,
                                                          .to = step->to,
                                                          .actor = step->clerk,
                                                          .note = note},
                              failure);
}

static enum status insert_batch(struct store *store, const char *batch, const char *model,
                                struct failure *failure)
{
    enum status status = db_exec(
        store->db,
        "INSERT INTO stock_batch (id, number, model, created_utc_s) VALUES (?1, (SELECT "
        "coalesce(max(number), 0)"
        " + 1 FROM stock_batch), ?2, ?3) ON CONFLICT (id) DO NOTHING",
        DB_PARAMS(db_text(batch), db_text(model), db_integer(clock_utc_s(store->clock))), NULL, failure);
    int64_t same = 0;
    if (status == STATUS_OK)
        status =
            store_inner_integer(store, &same, "SELECT count(*) FROM stock_batch WHERE id = ?1 AND model = ?2",
                                DB_PARAMS(db_text(batch), db_text(model)), failure);
    if (status == STATUS_OK && same == 0)
        status = failure_set(failure, STATUS_CONFLICT, "stock", 0, "batch %s is of another model", batch);
    return status;
}

static enum status count_serial(struct store *store, const char *serial, int64_t *count,
                                struct failure *failure)
{
    return store_inner_integer(store, count, "SELECT count(*) FROM stock_key WHERE serial = ?1",
                               DB_PARAMS(db_text(serial)), failure);
}

/* What the hall's terminals did to the key before it was received. */
static enum status catch_up(struct store *store, const char *serial, struct failure *failure)
{
    int64_t in_work = 0, delivered = 0, failed = 0;
    const char *sql = "SELECT count(*) FROM token_key WHERE upper(serial) = ?1 AND instr(label, mark) > 0"
                      " AND state = ?2";
    enum status status = store_inner_integer(
        store, &delivered, sql,
        DB_PARAMS(db_text(serial), db_text(store_key_state_name(STORE_KEY_DELIVERED))), failure);
    if (status == STATUS_OK)
        status = store_inner_integer(
            store, &in_work, sql,
            DB_PARAMS(db_text(serial), db_text(store_key_state_name(STORE_KEY_IN_WORK))), failure);
    if (status == STATUS_OK)
        status = store_inner_integer(
            store, &failed, sql, DB_PARAMS(db_text(serial), db_text(store_key_state_name(STORE_KEY_FAILED))),
            failure);
    if (status != STATUS_OK || delivered + in_work + failed == 0)
        return status;
    status = store_stock_follow(store, serial, STORE_KEY_IN_WORK, failure);
    if (status == STATUS_OK && delivered > 0)
        return store_stock_follow(store, serial, STORE_KEY_DELIVERED, failure);
    return status == STATUS_OK && in_work == 0 ? store_stock_follow(store, serial, STORE_KEY_FAILED, failure)
                                               : status;
}

static enum status receive_one(struct store *store, const char *serial, const char *batch,
                               const struct step *step, struct failure *failure)
{
    int64_t there = 0;
    enum status status = serial[0] == 0 ? STATUS_MALFORMED : count_serial(store, serial, &there, failure);
    if (status == STATUS_OK && there > 0)
        status = failure_set(failure, STATUS_CONFLICT, "stock", 0, "%s is registered already", serial);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO stock_key (serial, batch, place, state, reason, received_utc_s,"
                         " issued_utc_s, scrapped_utc_s) VALUES (?1, ?2, '', 'blank', '', ?3, 0, 0)",
                         DB_PARAMS(db_text(serial), db_text(batch), db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    if (status == STATUS_OK)
        status = record(store, serial, step, failure);
    return status == STATUS_OK ? catch_up(store, serial, failure) : status;
}

enum status store_stock_receive(struct store *store, const struct store_stock_act *act, const char *batch,
                                const char *model, struct failure *failure)
{
    const struct step step = {"receive", "", "blank", act->clerk, act->second, batch};
    char upper[STORE_NAME_BYTES];
    if (batch[0] == 0 || model[0] == 0 || act->count == 0)
        return failure_set(failure, STATUS_MALFORMED, "stock", 0, "no batch, model or key");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = insert_batch(store, batch, model, failure);
    for (size_t i = 0; i < act->count && status == STATUS_OK; i++) {
        raise_case(act->serials[i], upper);
        status = receive_one(store, upper, batch, &step, failure);
    }
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM stock_request WHERE model = ?1", DB_PARAMS(db_text(model)),
                         NULL, failure);
    return store_end(store, status, failure);
}

/* Where the statement changes nothing the key is not registered, or not in the state it would have to be in.
 */
static enum status change_one(struct store *store, const char *sql, const char *serial, const char *value,
                              const struct step *step, struct failure *failure)
{
    int64_t there = 0;
    enum status status = count_serial(store, serial, &there, failure);
    if (status == STATUS_OK && there == 0)
        return failure_set(failure, STATUS_NOT_FOUND, "stock", 0, "%s is not registered", serial);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, sql, DB_PARAMS(db_text(serial), db_text(value), db_integer(clock_utc_s(store->clock))),
            failure);
    if (status == STATUS_CONFLICT)
        return failure_set(failure, STATUS_CONFLICT, "stock", 0, "%s is not where it would have to be",
                           serial);
    return status == STATUS_OK ? record(store, serial, step, failure) : status;
}

static enum status change_all(struct store *store, const struct store_stock_act *act, const char *sql,
                              const char *value, const struct step *step, struct failure *failure)
{
    char upper[STORE_NAME_BYTES];
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < act->count && status == STATUS_OK; i++) {
        raise_case(act->serials[i], upper);
        status = change_one(store, sql, upper, value, step, failure);
    }
    return store_end(store, status, failure);
}

enum status store_stock_move(struct store *store, const struct store_stock_act *act, const char *place,
                             struct failure *failure)
{
    const struct step step = {"move",     "blank",     "blank",
                              act->clerk, act->second, place[0] != 0 ? place : "hall"};
    return change_all(store, act,
                      place[0] != 0 ? "UPDATE stock_key SET place = ?2 WHERE serial = ?1 AND state = 'blank'"
                                      " AND place = '' AND received_utc_s <= ?3"
                                    : "UPDATE stock_key SET place = ?2 WHERE serial = ?1 AND state = 'blank'"
                                      " AND place <> '' AND received_utc_s <= ?3",
                      place, &step, failure);
}

enum status store_stock_scrap(struct store *store, const struct store_stock_act *act, const char *reason,
                              struct failure *failure)
{
    const struct step step = {"scrap", "", "scrapped", act->clerk, act->second, reason};
    if (reason[0] == 0 || strlen(reason) >= STORE_STOCK_REASON_BYTES)
        return failure_set(failure, STATUS_MALFORMED, "stock", 0, "no reason, or a long one");
    return change_all(store, act,
                      "UPDATE stock_key SET state = 'scrapped', reason = ?2, scrapped_utc_s = ?3"
                      " WHERE serial = ?1 AND state IN ('blank', 'failed')",
                      reason, &step, failure);
}

enum status store_stock_ask(struct store *store, const char *model, int64_t amount, const char *clerk,
                            struct failure *failure)
{
    char number[24];
    (void)snprintf(number, sizeof(number), "%lld", (long long)amount);
    const struct step step = {"ask", "", "asked", clerk, "", number};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store,
        "INSERT INTO stock_request (model, amount, clerk, at_utc_s)"
        " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (model) DO NOTHING",
        DB_PARAMS(db_text(model), db_integer(amount), db_text(clerk), db_integer(clock_utc_s(store->clock))),
        failure);
    if (status == STATUS_OK)
        status = record(store, model, &step, failure);
    return store_end(store, status, failure);
}

/* --- acts of a terminal ------------------------------------------------------------------------------- */

enum status store_stock_follow(struct store *store, const char *serial, enum store_key_state state,
                               struct failure *failure)
{
    char upper[STORE_NAME_BYTES];
    const char *sql = NULL;
    raise_case(serial, upper);
    if (state == STORE_KEY_IN_WORK)
        sql = "UPDATE stock_key SET state = 'in_work', place = ?2"
              " WHERE serial = ?1 AND state IN ('blank', 'failed') AND received_utc_s <= ?3";
    else if (state == STORE_KEY_DELIVERED)
        sql = "UPDATE stock_key SET state = 'issued', place = ?2, issued_utc_s = ?3"
              " WHERE serial = ?1 AND state = 'in_work'";
    else if (state == STORE_KEY_BLANK)
        sql = "UPDATE stock_key SET state = 'blank', place = ?2"
              " WHERE serial = ?1 AND state = 'in_work' AND received_utc_s <= ?3";
    else if (state == STORE_KEY_FAILED)
        sql = "UPDATE stock_key SET state = 'failed', place = ?2"
              " WHERE serial = ?1 AND state = 'in_work' AND received_utc_s <= ?3";
    else
        return STATUS_OK;
    return db_exec(store->db, sql,
                   DB_PARAMS(db_text(upper), db_text(store->owner), db_integer(clock_utc_s(store->clock))),
                   NULL, failure);
}
