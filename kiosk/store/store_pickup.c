/* Pickup codes: 80 random bits in Crockford's base 32, of which only a bound hash is kept. */
#include "kiosk/store/store_pickup.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

enum { CHARACTERS = 16, GROUP = 4, BITS = 5, HASH_BYTES = CRYPTO_SHA256_BYTES };
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* no I, L, O, U */

/* --- the code ---------------------------------------------------------------------------------------- */

static void draw(const struct store *store, char plain[CHARACTERS + 1], char code[STORE_PICKUP_CODE_BYTES])
{
    uint8_t raw[CHARACTERS];
    size_t length = 0;
    random_fill(store->random, raw, sizeof(raw));
    for (size_t i = 0; i < CHARACTERS; i++) {
        plain[i] = alphabet[raw[i] % (1U << BITS)];
        if (i > 0 && i % GROUP == 0)
            code[length++] = '-';
        code[length++] = plain[i];
    }
    plain[CHARACTERS] = code[length] = '\0';
    secret_wipe_bytes(raw, sizeof(raw));
}

/* What people mix up is the same: O is 0, I and L are 1. */
static char read_character(char typed)
{
    char upper = (char)toupper((unsigned char)typed);
    if (upper == 'O')
        return '0';
    return upper == 'I' || upper == 'L' ? '1' : upper;
}

static bool read_code(const struct secret *code, char plain[CHARACTERS + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < code->length; i++) {
        char c = read_character((char)code->bytes[i]);
        if (c == '-' || c == ' ')
            continue;
        if (length == CHARACTERS || strchr(alphabet, c) == NULL)
            return false;
        plain[length++] = c;
    }
    plain[length] = '\0';
    return length == CHARACTERS;
}

/* Bound to the order, so that one order's code says nothing about another's. */
static void hash_code(const struct store *store, const char *order_id, const char plain[CHARACTERS + 1],
                      uint8_t out[HASH_BYTES])
{
    char bound[STORE_ID_BYTES + CHARACTERS + 1];
    (void)snprintf(bound, sizeof(bound), "%s%s", order_id, plain);
    store_inner_hash(store, "pickup-code", bound, strlen(bound), out);
    secret_wipe_bytes(bound, sizeof(bound));
}

static enum status record(struct store *store, const char *order_id, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_PICKUP,
                                                          .order_id = order_id,
                                                          .subject = order_id,
                                                          .event = event,
                                                          .actor = actor},
                              failure);
}

/* --- making ------------------------------------------------------------------------------------------ */

static enum status read_pickup(const struct db_rows *rows, void *out)
{
    *(struct store_pickup *)out = (struct store_pickup){.number = db_column_integer(rows, 0),
                                                        .expires_utc_s = db_column_integer(rows, 1),
                                                        .created_utc_s = db_column_integer(rows, 2)};
    return STATUS_OK;
}

enum status store_pickup_load(struct store *store, const char *order_id, struct store_pickup *out,
                              struct failure *failure)
{
    return store_inner_read_one(
        store, read_pickup, out, sizeof(*out),
        "SELECT number, expires_utc_s, created_utc_s FROM pickup_code WHERE order_id = ?1",
        DB_PARAMS(db_text(order_id)), failure);
}

static enum status put(struct store *store, const char *order_id, int64_t life_s, const char *actor,
                       const uint8_t hash[HASH_BYTES], struct failure *failure)
{
    struct store_pickup before = {0};
    int64_t now = clock_utc_s(store->clock);
    enum status status = store_pickup_load(store, order_id, &before, NULL);
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO pickup_code (order_id, number, hash, expires_utc_s, created_utc_s) VALUES (?1, ?2,"
            " ?3, ?4, ?5) ON CONFLICT (order_id) DO UPDATE SET number = ?2, hash = ?3, expires_utc_s = ?4,"
            " created_utc_s = ?5",
            DB_PARAMS(db_text(order_id), db_integer(before.number + 1), db_bytes(hash, HASH_BYTES),
                      db_integer(now + life_s), db_integer(now)),
            NULL, failure);
    return status == STATUS_OK ? record(store, order_id, before.number == 0 ? "new" : "again", actor, failure)
                               : status;
}

enum status store_pickup_new(struct store *store, const char *order_id, int64_t life_s, const char *actor,
                             char code[STORE_PICKUP_CODE_BYTES], struct failure *failure)
{
    char plain[CHARACTERS + 1];
    char drawn[STORE_PICKUP_CODE_BYTES];
    uint8_t hash[HASH_BYTES];
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    draw(store, plain, drawn);
    hash_code(store, order_id, plain, hash);
    status = store_end(store, put(store, order_id, life_s, actor, hash, failure), failure);
    if (status == STATUS_OK)
        memcpy(code, drawn, sizeof(drawn));
    secret_wipe_bytes(plain, sizeof(plain));
    secret_wipe_bytes(drawn, sizeof(drawn));
    return status;
}

/* --- checking ---------------------------------------------------------------------------------------- */

struct
try {
    uint8_t number[HASH_BYTES];
    const struct store_pickup_limits *limits;
    int64_t now;
    int64_t wrong; /* so far */
    int64_t locked_until_utc_s;
};

static enum status read_wrong(const struct db_rows *rows, void *out)
{
    struct try *try = out;
    try->wrong = db_column_integer(rows, 0);
    try->locked_until_utc_s = db_column_integer(rows, 1);
    return STATUS_OK;
}

static enum status load_wrong(struct store *store, struct try *try, struct failure *failure)
{
    struct try found = {0};
    enum status status =
        store_inner_read_one(store, read_wrong, &found, sizeof(found),
                             "SELECT tries, locked_until_utc_s FROM pickup_wrong WHERE number_hash = ?1",
                             DB_PARAMS(db_bytes(try->number, HASH_BYTES)), failure);
    try->wrong = found.wrong;
    try->locked_until_utc_s = found.locked_until_utc_s;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status write_wrong(struct store *store, const struct try *try, int64_t tries, int64_t until,
                               struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO pickup_wrong (number_hash, tries, locked_until_utc_s) VALUES (?1, ?2, ?3)"
                   " ON CONFLICT (number_hash) DO UPDATE SET tries = ?2, locked_until_utc_s = ?3",
                   DB_PARAMS(db_bytes(try->number, HASH_BYTES), db_integer(tries), db_integer(until)), NULL,
                   failure);
}

struct code_row {
    char order_id[STORE_ID_BYTES];
    uint8_t hash[HASH_BYTES];
    int64_t expires_utc_s;
};

static enum status read_code_row(const struct db_rows *rows, void *out)
{
    struct code_row *row = out;
    enum status status = store_inner_text(rows, 0, row->order_id, sizeof(row->order_id));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 1, row->hash, sizeof(row->hash));
    row->expires_utc_s = db_column_integer(rows, 2);
    return status;
}

static enum status count_wrong(struct store *store, const struct try *try, const char *order_id,
                               struct store_pickup_verdict *verdict, struct failure *failure)
{
    int64_t tries = try->wrong + 1;
    bool locks = tries >= try->limits->tries;
    *verdict = (struct store_pickup_verdict){.outcome = locks ? STORE_PICKUP_LOCKED : STORE_PICKUP_WRONG,
                                             .tries_left = locks ? 0 : (int)(try->limits->tries - tries),
                                             .until_utc_s = locks ? try->now + try->limits->lock_s : 0};
    enum status status = write_wrong(store, try, locks ? 0 : tries, verdict->until_utc_s, failure);
    if (status == STATUS_OK && order_id[0] != '\0')
        status = record(store, order_id, locks ? "lock" : "wrong", NULL, failure);
    return status;
}

static enum status judge(struct store *store, const struct try *try, const char *acceptance,
                         const struct secret *code, struct store_pickup_verdict *verdict,
                         struct failure *failure)
{
    struct code_row row = {0};
    char plain[CHARACTERS + 1] = "";
    uint8_t hash[HASH_BYTES];
    bool is_code = read_code(code, plain);
    enum status status =
        store_inner_read_one(store, read_code_row, &row, sizeof(row),
                             "SELECT p.order_id, p.hash, p.expires_utc_s FROM pickup_code p JOIN orders o"
                             " ON o.id = p.order_id WHERE o.acceptance = ?1",
                             DB_PARAMS(db_text(acceptance)), NULL);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    hash_code(store, row.order_id, plain, hash);
    secret_wipe_bytes(plain, sizeof(plain));
    if (!secret_is_equal(row.hash, HASH_BYTES, hash, HASH_BYTES) || !is_code || status != STATUS_OK)
        return count_wrong(store, try, row.order_id, verdict, failure);
    *verdict = (struct store_pickup_verdict){.outcome = STORE_PICKUP_RIGHT};
    memcpy(verdict->order_id, row.order_id, sizeof(row.order_id));
    if (row.expires_utc_s <= try->now)
        verdict->outcome = STORE_PICKUP_EXPIRED;
    status = write_wrong(store, try, 0, 0, failure);
    return status == STATUS_OK
               ? record(store, row.order_id, verdict->outcome == STORE_PICKUP_RIGHT ? "right" : "late", NULL,
                        failure)
               : status;
}

enum status store_pickup_check(struct store *store, const char *acceptance, const struct secret *code,
                               const struct store_pickup_limits *limits, struct store_pickup_verdict *verdict,
                               struct failure *failure)
{
    struct store_pickup_verdict judged = {0};
    struct try try = {.limits = limits, .now = clock_utc_s(store->clock)};
    store_inner_hash(store, "pickup-number", acceptance, strlen(acceptance), try.number);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = load_wrong(store, &try, failure);
    if (status == STATUS_OK && try.locked_until_utc_s > try.now)
        judged = (struct store_pickup_verdict){.outcome = STORE_PICKUP_LOCKED,
                                               .until_utc_s = try.locked_until_utc_s};
    else if (status == STATUS_OK)
        status = judge(store, &try, acceptance, code, &judged, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        *verdict = judged;
    return status;
}
