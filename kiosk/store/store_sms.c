/* One-time codes: keyed hashes, counted sends and tries. */
#include "kiosk/store/store_sms.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S, HASH_BYTES = CRYPTO_SHA256_BYTES };

/* One call: whose number, what for, and the limits with their usual values filled in. */
struct call {
    uint8_t phone[HASH_BYTES];
    const char *purpose;
    uint8_t code[HASH_BYTES];
    struct store_sms_limits limits;
    int64_t now;
};

static int or_usual(int value, int usual)
{
    return value > 0 ? value : usual;
}

/* The code is hashed together with number and purpose, so that one hash says nothing about another. */
static void make_call(const struct store *store, const char *phone, const char *purpose,
                      const struct secret *code, const struct store_sms_limits *limits, struct call *out)
{
    static const struct store_sms_limits none = {0};
    const struct store_sms_limits *given = limits ? limits : &none;
    *out = (struct call){.purpose = purpose, .now = clock_utc_s(store->clock)};
    out->limits = (struct store_sms_limits){.life_s = or_usual(given->life_s, 300),
                                            .tries = or_usual(given->tries, 5),
                                            .lock_s = or_usual(given->lock_s, 900),
                                            .gap_s = or_usual(given->gap_s, 60),
                                            .per_hour = or_usual(given->per_hour, 5),
                                            .per_day = or_usual(given->per_day, 10)};
    store_inner_hash(store, "sms-phone", phone, strlen(phone), out->phone);
    uint8_t bound[HASH_BYTES + STORE_NAME_BYTES + SECRET_BYTES + 1] = {0};
    size_t purpose_length = strnlen(purpose, STORE_NAME_BYTES);
    memcpy(bound, out->phone, HASH_BYTES);
    memcpy(bound + HASH_BYTES, purpose, purpose_length);
    memcpy(bound + HASH_BYTES + STORE_NAME_BYTES, code->bytes, code->length);
    store_inner_hash(store, "sms-code", bound, sizeof(bound), out->code);
    secret_wipe_bytes(bound, sizeof(bound));
}

struct wrong {
    int64_t tries;
    int64_t locked_until_utc_s;
};

static enum status read_wrong(const struct db_rows *rows, void *out)
{
    *(struct wrong *)out =
        (struct wrong){.tries = db_column_integer(rows, 0), .locked_until_utc_s = db_column_integer(rows, 1)};
    return STATUS_OK;
}

static enum status load_wrong(struct store *store, const struct call *call, struct wrong *out,
                              struct failure *failure)
{
    enum status status =
        store_inner_read_one(store, read_wrong, out, sizeof(*out),
                             "SELECT tries, locked_until_utc_s FROM sms_wrong WHERE phone_hash = ?1",
                             DB_PARAMS(db_bytes(call->phone, HASH_BYTES)), failure);
    if (status == STATUS_NOT_FOUND)
        *out = (struct wrong){0};
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

struct sends {
    int64_t count;
    int64_t oldest_utc_s;
    int64_t newest_utc_s;
};

static enum status read_sends(const struct db_rows *rows, void *out)
{
    *(struct sends *)out = (struct sends){.count = db_column_integer(rows, 0),
                                          .oldest_utc_s = db_column_integer(rows, 1),
                                          .newest_utc_s = db_column_integer(rows, 2)};
    return STATUS_OK;
}

/* A send in the future was counted by a clock that has since been set back; it counts as one just now. */
static enum status load_sends(struct store *store, const struct call *call, int64_t window_s,
                              struct sends *out, struct failure *failure)
{
    return store_inner_read_one(
        store, read_sends, out, sizeof(*out),
        "SELECT count(*), coalesce(min(at_utc_s), 0), coalesce(max(at_utc_s), 0)"
        " FROM sms_send WHERE phone_hash = ?1 AND at_utc_s > ?2",
        DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_integer(call->now - window_s)), failure);
}

static int64_t not_after(int64_t value, int64_t ceiling)
{
    return value < ceiling ? value : ceiling;
}

/* Whether a send is allowed now; the verdict says why not. */
static enum status judge_send(struct store *store, const struct call *call, struct store_sms_verdict *verdict,
                              struct failure *failure)
{
    struct wrong wrong = {0};
    struct sends hour = {0};
    struct sends day = {0};
    enum status status = load_wrong(store, call, &wrong, failure);
    if (status == STATUS_OK)
        status = load_sends(store, call, HOUR_S, &hour, failure);
    if (status == STATUS_OK)
        status = load_sends(store, call, DAY_S, &day, failure);
    if (status != STATUS_OK)
        return status;
    int64_t last = not_after(day.newest_utc_s, call->now);
    if (wrong.locked_until_utc_s > call->now)
        *verdict = (struct store_sms_verdict){STORE_SMS_LOCKED, 0, wrong.locked_until_utc_s};
    else if (day.count >= call->limits.per_day)
        *verdict =
            (struct store_sms_verdict){STORE_SMS_TOO_MANY, 0, not_after(day.oldest_utc_s, call->now) + DAY_S};
    else if (hour.count >= call->limits.per_hour)
        *verdict = (struct store_sms_verdict){STORE_SMS_TOO_MANY, 0,
                                              not_after(hour.oldest_utc_s, call->now) + HOUR_S};
    else if (day.count > 0 && last + call->limits.gap_s > call->now)
        *verdict = (struct store_sms_verdict){STORE_SMS_TOO_SOON, 0, last + call->limits.gap_s};
    else
        *verdict =
            (struct store_sms_verdict){STORE_SMS_OK, call->limits.tries, call->now + call->limits.life_s};
    return STATUS_OK;
}

static enum status write_code(struct store *store, const struct call *call, int64_t expires_utc_s,
                              struct failure *failure)
{
    enum status status = db_exec(store->db, "DELETE FROM sms_send WHERE at_utc_s <= ?1",
                                 DB_PARAMS(db_integer(call->now - DAY_S)), NULL, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "INSERT INTO sms_send (phone_hash, at_utc_s) VALUES (?1, ?2)",
                         DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_integer(call->now)), NULL, failure);
    if (status == STATUS_OK)
        status =
            db_exec(store->db,
                    "INSERT INTO sms_code (phone_hash, purpose, code_hash, expires_utc_s)"
                    " VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (phone_hash, purpose) DO UPDATE SET code_hash = ?3, expires_utc_s = ?4",
                    DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_text(call->purpose),
                              db_bytes(call->code, HASH_BYTES), db_integer(expires_utc_s)),
                    NULL, failure);
    return status;
}

enum status store_sms_put(struct store *store, const char *phone, const char *purpose,
                          const struct secret *code, const struct store_sms_limits *limits,
                          struct store_sms_verdict *verdict, struct failure *failure)
{
    struct call call;
    struct store_sms_verdict judged = {0};
    make_call(store, phone, purpose, code, limits, &call);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = judge_send(store, &call, &judged, failure);
    if (status == STATUS_OK && judged.outcome == STORE_SMS_OK)
        status = write_code(store, &call, judged.until_utc_s, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *verdict = judged;
    return status;
}

struct code_row {
    uint8_t hash[HASH_BYTES];
    int64_t expires_utc_s;
};

static enum status read_code(const struct db_rows *rows, void *out)
{
    struct code_row *row = out;
    row->expires_utc_s = db_column_integer(rows, 1);
    return store_inner_bytes(rows, 0, row->hash, HASH_BYTES);
}

static enum status delete_code(struct store *store, const struct call *call, struct failure *failure)
{
    return db_exec(store->db, "DELETE FROM sms_code WHERE phone_hash = ?1 AND purpose = ?2",
                   DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_text(call->purpose)), NULL, failure);
}

static enum status write_wrong(struct store *store, const struct call *call, int64_t tries,
                               int64_t locked_until_utc_s, struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO sms_wrong (phone_hash, tries, locked_until_utc_s) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (phone_hash) DO UPDATE SET tries = ?2, locked_until_utc_s = ?3",
        DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_integer(tries), db_integer(locked_until_utc_s)), NULL,
        failure);
}

/* Tries are counted per number, not per code, so that asking for a new code gives no new tries. */
static enum status count_wrong(struct store *store, const struct call *call, const struct wrong *before,
                               struct store_sms_verdict *verdict, struct failure *failure)
{
    int64_t tries = before->tries + 1;
    if (tries < call->limits.tries) {
        *verdict = (struct store_sms_verdict){STORE_SMS_WRONG, (int)(call->limits.tries - tries), 0};
        return write_wrong(store, call, tries, 0, failure);
    }
    *verdict = (struct store_sms_verdict){STORE_SMS_LOCKED, 0, call->now + call->limits.lock_s};
    enum status status = delete_code(store, call, failure);
    if (status == STATUS_OK)
        status = write_wrong(store, call, 0, verdict->until_utc_s, failure);
    return status;
}

/* A code longer alive than one can be was stored by a clock that has since been set back. */
static bool is_expired(const struct code_row *row, const struct call *call)
{
    return row->expires_utc_s <= call->now || row->expires_utc_s > call->now + call->limits.life_s;
}

static enum status judge_code(struct store *store, const struct call *call, const struct wrong *wrong,
                              struct store_sms_verdict *verdict, struct failure *failure)
{
    struct code_row row;
    enum status status =
        store_inner_read_one(store, read_code, &row, sizeof(row),
                             "SELECT code_hash, expires_utc_s FROM sms_code"
                             " WHERE phone_hash = ?1 AND purpose = ?2",
                             DB_PARAMS(db_bytes(call->phone, HASH_BYTES), db_text(call->purpose)), failure);
    if (status == STATUS_NOT_FOUND) {
        *verdict = (struct store_sms_verdict){STORE_SMS_NONE, 0, 0};
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (is_expired(&row, call)) {
        *verdict = (struct store_sms_verdict){STORE_SMS_EXPIRED, 0, 0};
        return delete_code(store, call, failure);
    }
    if (!secret_is_equal(row.hash, HASH_BYTES, call->code, HASH_BYTES))
        return count_wrong(store, call, wrong, verdict, failure);
    *verdict = (struct store_sms_verdict){STORE_SMS_OK, 0, 0};
    status = delete_code(store, call, failure);
    return status == STATUS_OK ? write_wrong(store, call, 0, 0, failure) : status;
}

enum status store_sms_check(struct store *store, const char *phone, const char *purpose,
                            const struct secret *code, const struct store_sms_limits *limits,
                            struct store_sms_verdict *verdict, struct failure *failure)
{
    struct call call;
    struct wrong wrong = {0};
    struct store_sms_verdict judged = {0};
    make_call(store, phone, purpose, code, limits, &call);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = load_wrong(store, &call, &wrong, failure);
    if (status == STATUS_OK && wrong.locked_until_utc_s > call.now)
        judged = (struct store_sms_verdict){STORE_SMS_LOCKED, 0, wrong.locked_until_utc_s};
    else if (status == STATUS_OK)
        status = judge_code(store, &call, &wrong, &judged, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *verdict = judged;
    return status;
}
