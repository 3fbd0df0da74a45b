/* Payment attempts: one row each, moved along a list of steps. */
#include "kiosk/store/store_payment.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS                                                                                              \
    "out_trade_no, order_id, channel, attempt, amount_fen, state, qr, trade_no, refund_no, expires_utc_s,"   \
    " paid_utc_s, created_utc_s, updated_utc_s"

enum { NUMBER_SHORTEST = 12, NUMBER_LONGEST = 32 };

static const struct {
    const char *name;
    bool is_final;
} states[] = {
#define STORE_PAYMENT_STATE(code, name, final) {name, final},
#define STORE_PAYMENT_STEP(from, to)
#include "kiosk/store/store_payment_states.def"
#undef STORE_PAYMENT_STATE
#undef STORE_PAYMENT_STEP
};

static const struct {
    enum store_payment_state from;
    enum store_payment_state to;
} steps[] = {
#define STORE_PAYMENT_STATE(code, name, final)
#define STORE_PAYMENT_STEP(from, to) {STORE_PAYMENT_##from, STORE_PAYMENT_##to},
#include "kiosk/store/store_payment_states.def"
#undef STORE_PAYMENT_STATE
#undef STORE_PAYMENT_STEP
};

const char *store_payment_state_name(enum store_payment_state state)
{
    return (unsigned)state < STORE_PAYMENT_COUNT_ ? states[state].name : "invalid";
}

bool store_payment_is_final(enum store_payment_state state)
{
    return (unsigned)state < STORE_PAYMENT_COUNT_ && states[state].is_final;
}

static bool is_step(enum store_payment_state from, enum store_payment_state to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (steps[i].from == from && steps[i].to == to)
            return true;
    return false;
}

static enum status read_state(const struct db_rows *rows, int column, enum store_payment_state *out)
{
    for (int i = 0; i < STORE_PAYMENT_COUNT_; i++) {
        if (strcmp(states[i].name, db_column_text(rows, column)) != 0)
            continue;
        *out = (enum store_payment_state)i;
        return STATUS_OK;
    }
    return STATUS_MALFORMED;
}

static enum status read_payment(const struct db_rows *rows, void *out)
{
    struct store_payment *payment = out;
    enum status status = store_inner_text(rows, 0, payment->out_trade_no, sizeof(payment->out_trade_no));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, payment->order_id, sizeof(payment->order_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, payment->channel, sizeof(payment->channel));
    payment->attempt = db_column_integer(rows, 3);
    payment->amount_fen = db_column_integer(rows, 4);
    if (status == STATUS_OK)
        status = read_state(rows, 5, &payment->state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, payment->qr, sizeof(payment->qr));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 7, payment->trade_no, sizeof(payment->trade_no));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 8, payment->refund_no, sizeof(payment->refund_no));
    payment->expires_utc_s = db_column_integer(rows, 9);
    payment->paid_utc_s = db_column_integer(rows, 10);
    payment->created_utc_s = db_column_integer(rows, 11);
    payment->updated_utc_s = db_column_integer(rows, 12);
    return status;
}

/* The alphabet every channel takes. */
static bool is_number(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    return text[length] == '\0' && length >= NUMBER_SHORTEST && length <= NUMBER_LONGEST;
}

static enum status record(struct store *store, const char *order_id, const char *out_trade_no,
                          const char *from, const char *to, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_PAYMENT,
                                                          .order_id = order_id,
                                                          .subject = out_trade_no,
                                                          .event = to,
                                                          .from = from,
                                                          .to = to},
                              failure);
}

static enum status insert(struct store *store, const struct store_payment *payment, int64_t attempt,
                          struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    enum status status =
        db_exec(store->db,
                "INSERT INTO payment (" COLUMNS ")"
                " VALUES (?1, ?2, ?3, ?4, ?5, 'created', ?6, '', '', ?7, 0, ?8, ?8)",
                DB_PARAMS(db_text(payment->out_trade_no), db_text(payment->order_id),
                          db_text(payment->channel), db_integer(attempt), db_integer(payment->amount_fen),
                          db_text(payment->qr), db_integer(payment->expires_utc_s), db_integer(now)),
                NULL, failure);
    if (status == STATUS_OK)
        status = record(store, payment->order_id, payment->out_trade_no, "",
                        store_payment_state_name(STORE_PAYMENT_CREATED), failure);
    return status;
}

enum status store_payment_insert(struct store *store, const struct store_payment *payment, int64_t *attempt,
                                 struct failure *failure)
{
    if (!is_number(payment->out_trade_no) || payment->amount_fen <= 0)
        return failure_set(failure, STATUS_MALFORMED, "payment", 0, "number or amount");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    int64_t next = 0;
    status = store_inner_integer(store, &next,
                                 "SELECT coalesce(max(attempt), 0) + 1 FROM payment WHERE order_id = ?1",
                                 DB_PARAMS(db_text(payment->order_id)), failure);
    if (status == STATUS_OK)
        status = insert(store, payment, next, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK && attempt)
        *attempt = next;
    return status;
}

enum status store_payment_load(struct store *store, const char *out_trade_no, struct store_payment *out,
                               struct failure *failure)
{
    struct store_payment payment;
    enum status status = store_inner_read_one(store, read_payment, &payment, sizeof(payment),
                                              "SELECT " COLUMNS " FROM payment WHERE out_trade_no = ?1",
                                              DB_PARAMS(db_text(out_trade_no)), failure);
    if (status == STATUS_OK)
        *out = payment;
    return status;
}

enum status store_payment_list(struct store *store, const char *order_id, struct store_payment *out,
                               size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_payment, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS
                                " FROM payment WHERE order_id = ?1 ORDER BY attempt LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

/* One parameter per state that is not final; final ones take NULL, which no state equals. */
enum status store_payment_list_open(struct store *store, struct store_payment *out, size_t capacity,
                                    size_t *count, struct failure *failure)
{
    struct db_value params[STORE_PAYMENT_COUNT_ + 1];
    for (int i = 0; i < STORE_PAYMENT_COUNT_; i++)
        params[i] = states[i].is_final ? db_null() : db_text(states[i].name);
    params[STORE_PAYMENT_COUNT_] = db_integer((int64_t)capacity);
    _Static_assert(STORE_PAYMENT_COUNT_ == 10, "one ?n per state below");
    return store_inner_read_all(store, read_payment, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM payment WHERE state IN"
                                " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                                " ORDER BY created_utc_s, out_trade_no LIMIT ?11",
                                params, STORE_PAYMENT_COUNT_ + 1, failure);
}

/* A refund has one number for all its retries. */
static bool keeps_refund_no(const struct store_payment *stored, const struct store_payment_facts *facts)
{
    return !facts->refund_no || stored->refund_no[0] == '\0' ||
           strcmp(stored->refund_no, facts->refund_no) == 0;
}

static enum status move(struct store *store, const struct store_payment *stored, enum store_payment_state to,
                        const struct store_payment_facts *facts, struct failure *failure)
{
    enum status status = store_inner_change_row(
        store,
        "UPDATE payment SET state = ?1, qr = coalesce(?2, qr), trade_no = coalesce(?3, trade_no),"
        " refund_no = coalesce(?4, refund_no),"
        " expires_utc_s = CASE WHEN ?5 = 0 THEN expires_utc_s ELSE ?5 END,"
        " paid_utc_s = CASE WHEN ?6 = 0 THEN paid_utc_s ELSE ?6 END, updated_utc_s = ?7"
        " WHERE out_trade_no = ?8 AND state = ?9",
        DB_PARAMS(db_text(store_payment_state_name(to)), db_text(facts->qr), db_text(facts->trade_no),
                  db_text(facts->refund_no), db_integer(facts->expires_utc_s), db_integer(facts->paid_utc_s),
                  db_integer(clock_utc_s(store->clock)), db_text(stored->out_trade_no),
                  db_text(store_payment_state_name(stored->state))),
        failure);
    if (status == STATUS_OK)
        status = record(store, stored->order_id, stored->out_trade_no,
                        store_payment_state_name(stored->state), store_payment_state_name(to), failure);
    return status;
}

static bool facts_fit(const struct store_payment_facts *facts)
{
    return (!facts->qr || strlen(facts->qr) < STORE_PAYMENT_QR_BYTES) &&
           (!facts->trade_no || strlen(facts->trade_no) < STORE_PAYMENT_NUMBER_BYTES) &&
           (!facts->refund_no || strlen(facts->refund_no) < STORE_PAYMENT_NUMBER_BYTES);
}

enum status store_payment_step(struct store *store, const char *out_trade_no, enum store_payment_state from,
                               enum store_payment_state to, const struct store_payment_facts *facts,
                               struct failure *failure)
{
    static const struct store_payment_facts none = {0};
    if (!facts)
        facts = &none;
    if (!is_step(from, to))
        return failure_set(failure, STATUS_BAD_STATE, "payment", 0, "no step from %s to %s",
                           store_payment_state_name(from), store_payment_state_name(to));
    if (!facts_fit(facts))
        return failure_set(failure, STATUS_FULL, "payment", 0, "a fact is too long");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_payment stored;
    status = store_payment_load(store, out_trade_no, &stored, failure);
    if (status == STATUS_OK && (stored.state != from || !keeps_refund_no(&stored, facts)))
        status = failure_set(failure, STATUS_CONFLICT, "payment", 0, "it is %s",
                             store_payment_state_name(stored.state));
    if (status == STATUS_OK)
        status = move(store, &stored, to, facts, failure);
    return store_end(store, status, failure);
}
