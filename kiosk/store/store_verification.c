#include "kiosk/store/store_verification.h"

#include <ctype.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_seal.h"

enum { ANSWER_BYTES = SECRET_BYTES };

static enum status record(struct store *store, const char *order_id, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_VERIFICATION,
                                                          .order_id = order_id,
                                                          .subject = order_id,
                                                          .event = event,
                                                          .actor = actor},
                              failure);
}

/* What people write differently each time is the same; an answer longer than a secret is its digest. */
static enum status fold(const char *answer, struct secret *out)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char folded[ANSWER_BYTES + 1];
    while (*answer == ' ')
        answer++;
    size_t length = strlen(answer);
    while (length > 0 && answer[length - 1] == ' ')
        length--;
    if (length == 0)
        return STATUS_MALFORMED;
    if (length > ANSWER_BYTES) {
        crypto_sha256(answer, length, digest);
        return secret_set(out, digest, sizeof(digest));
    }
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)((unsigned char)answer[i] < 0x80 ? tolower((unsigned char)answer[i]) : answer[i]);
    enum status status = secret_set(out, folded, length);
    secret_wipe_bytes(folded, sizeof(folded));
    return status;
}

/* --- keeping ----------------------------------------------------------------------------------------- */

static enum status write_row(struct store *store, const char *order_id, const char *question,
                             const char *hash, struct failure *failure)
{
    struct store_seal seal = {0};
    struct buf sealed;
    buf_init(&sealed, STORE_VERIFICATION_QUESTION_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "verification", "question", "question_sealed", question,
                                  strlen(question), &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO verification (order_id, question_sealed, answer_hash, tries,"
                         " locked_until_utc_s, updated_utc_s) VALUES (?1, ?2, ?3, 0, 0, ?4)"
                         " ON CONFLICT (order_id) DO UPDATE SET question_sealed = ?2, answer_hash = ?3,"
                         " tries = 0, locked_until_utc_s = 0, updated_utc_s = ?4",
                         DB_PARAMS(db_text(order_id), db_bytes(sealed.data, sealed.length), db_text(hash),
                                   db_integer(clock_utc_s(store->clock))),
                         NULL, failure);
    buf_release(&sealed);
    store_seal_wipe(&seal);
    return status;
}

enum status store_verification_hash(struct store *store, const char *answer,
                                    char hash[STORE_PASSWORD_HASH_BYTES], struct failure *failure)
{
    struct secret folded = {0};
    enum status status = fold(answer, &folded);
    if (status != STATUS_OK)
        return failure_set(failure, status, "verification", 0, "no answer");
    status = store_password_hash(store, &folded, 1, hash, failure);
    secret_wipe(&folded);
    return status;
}

enum status store_verification_put_hash(struct store *store, const char *order_id, const char *question,
                                        const char *hash, const char *actor, struct failure *failure)
{
    if (strlen(question) >= STORE_VERIFICATION_QUESTION_BYTES)
        return failure_set(failure, STATUS_FULL, "verification", 0, "too long a question");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = write_row(store, order_id, question, hash, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, actor == NULL ? "set" : "reset", actor, failure);
    return store_end(store, status, failure);
}

enum status store_verification_put(struct store *store, const char *order_id, const char *question,
                                   const char *answer, const char *actor, struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    enum status status = store_verification_hash(store, answer, hash, failure);
    return status == STATUS_OK ? store_verification_put_hash(store, order_id, question, hash, actor, failure)
                               : status;
}

/* --- reading ----------------------------------------------------------------------------------------- */

struct row {
    uint8_t sealed[STORE_VERIFICATION_QUESTION_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES];
    size_t length;
    char hash[STORE_PASSWORD_HASH_BYTES];
    int64_t wrong, locked_until_utc_s;
};

static enum status read_row(const struct db_rows *rows, void *out)
{
    struct row *row = out;
    const uint8_t *sealed = db_column_bytes(rows, 0, &row->length);
    if (row->length > sizeof(row->sealed))
        return STATUS_MALFORMED;
    memcpy(row->sealed, sealed, row->length);
    row->wrong = db_column_integer(rows, 2);
    row->locked_until_utc_s = db_column_integer(rows, 3);
    return store_inner_text(rows, 1, row->hash, sizeof(row->hash));
}

static enum status load_row(struct store *store, const char *order_id, struct row *out,
                            struct failure *failure)
{
    return store_inner_read_one(store, read_row, out, sizeof(*out),
                                "SELECT question_sealed, answer_hash, tries, locked_until_utc_s"
                                " FROM verification WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}

static enum status open_question(struct store *store, const char *order_id, const struct row *row,
                                 char question[STORE_VERIFICATION_QUESTION_BYTES], struct failure *failure)
{
    struct store_seal seal = {0};
    struct buf plain;
    buf_init(&plain, STORE_VERIFICATION_QUESTION_BYTES);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_plain(&seal, "verification", "question", "question_sealed", row->sealed,
                                  row->length, &plain, failure);
    if (status == STATUS_OK &&
        !text_copy(question, STORE_VERIFICATION_QUESTION_BYTES, plain.length > 0 ? (char *)plain.data : ""))
        status = STATUS_MALFORMED;
    buf_wipe(&plain);
    store_seal_wipe(&seal);
    return status;
}

enum status store_verification_load(struct store *store, const char *order_id, struct store_verification *out,
                                    struct failure *failure)
{
    struct row row;
    struct store_verification loaded = {0};
    enum status status = load_row(store, order_id, &row, failure);
    if (status == STATUS_OK)
        status = open_question(store, order_id, &row, loaded.question, failure);
    if (status != STATUS_OK)
        return status;
    loaded.wrong = row.wrong;
    loaded.locked_until_utc_s = row.locked_until_utc_s;
    *out = loaded;
    return STATUS_OK;
}

/* --- answering --------------------------------------------------------------------------------------- */

static enum status write_tries(struct store *store, const char *order_id, int64_t wrong, int64_t until_utc_s,
                               struct failure *failure)
{
    return store_inner_change_row(
        store, "UPDATE verification SET tries = ?2, locked_until_utc_s = ?3 WHERE order_id = ?1",
        DB_PARAMS(db_text(order_id), db_integer(wrong), db_integer(until_utc_s)), failure);
}

/* Counted before it is looked at: a kill gives no free tries. */
static enum status count_try(struct store *store, const char *order_id,
                             const struct store_verification_limits *limits, struct row *row, bool *locked,
                             struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = load_row(store, order_id, row, failure);
    *locked = status == STATUS_OK && row->locked_until_utc_s > now;
    if (status == STATUS_OK && !*locked) {
        bool is_last = ++row->wrong >= limits->tries;
        row->locked_until_utc_s = is_last ? now + limits->lock_s : 0;
        status = write_tries(store, order_id, is_last ? 0 : row->wrong, row->locked_until_utc_s, failure);
    }
    return store_end(store, status, failure);
}

static enum status note(struct store *store, const char *order_id, bool right, bool locks,
                        struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    if (right)
        status = write_tries(store, order_id, 0, 0, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, right ? "right" : locks ? "lock" : "wrong", NULL, failure);
    return store_end(store, status, failure);
}

enum status store_verification_check(struct store *store, const char *order_id, const char *answer,
                                     const struct store_verification_limits *limits,
                                     struct store_verification_verdict *verdict, struct failure *failure)
{
    struct row row;
    struct secret folded = {0};
    struct store_verification_verdict judged = {.outcome = STORE_VERIFICATION_LOCKED};
    bool locked = false;
    enum status status = count_try(store, order_id, limits, &row, &locked, failure);
    if (status != STATUS_OK)
        return status;
    bool right =
        !locked && fold(answer, &folded) == STATUS_OK && store_password_matches(store, row.hash, &folded);
    secret_wipe(&folded);
    if (right)
        judged.outcome = STORE_VERIFICATION_RIGHT;
    else if (!locked && row.wrong < limits->tries)
        judged = (struct store_verification_verdict){.outcome = STORE_VERIFICATION_WRONG,
                                                     .tries_left = limits->tries - (int)row.wrong};
    else
        judged.until_utc_s = row.locked_until_utc_s;
    if (!locked)
        status = note(store, order_id, right, judged.outcome == STORE_VERIFICATION_LOCKED, failure);
    if (status == STATUS_OK)
        *verdict = judged;
    return status;
}

/* --- passing ----------------------------------------------------------------------------------------- */

/* Sealed anew: each order's question opens with its own key. */
static enum status hand_on(struct store *store, const char *order_id, const char *about_id,
                           struct failure *failure)
{
    struct row row;
    char question[STORE_VERIFICATION_QUESTION_BYTES] = "";
    enum status status = load_row(store, order_id, &row, failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = load_row(store, about_id, &row, failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = open_question(store, about_id, &row, question, failure);
    if (status == STATUS_OK)
        status = write_row(store, order_id, question, row.hash, failure);
    secret_wipe_bytes(question, sizeof(question));
    return status;
}

enum status store_verification_pass(struct store *store, const char *order_id, const char *about_id,
                                    const char *way, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(
        store->db,
        "INSERT INTO verification_pass (order_id, about_id, way, created_utc_s)"
        " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (order_id) DO UPDATE SET about_id = ?2, way = ?3,"
        " created_utc_s = ?4",
        DB_PARAMS(db_text(order_id), db_text(about_id), db_text(way), db_integer(clock_utc_s(store->clock))),
        NULL, failure);
    if (status == STATUS_OK)
        status = hand_on(store, order_id, about_id, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, strcmp(way, "desk") == 0 ? "pass-desk" : "pass", NULL, failure);
    return store_end(store, status, failure);
}

enum status store_verification_is_passed(struct store *store, const char *order_id, const char *about_id,
                                         bool *out, struct failure *failure)
{
    int64_t count = 0;
    enum status status = store_inner_integer(
        store, &count, "SELECT count(*) FROM verification_pass WHERE order_id = ?1 AND about_id = ?2",
        DB_PARAMS(db_text(order_id), db_text(about_id)), failure);
    if (status == STATUS_OK)
        *out = count > 0;
    return status;
}
