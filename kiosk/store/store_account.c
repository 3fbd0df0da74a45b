#include "kiosk/store/store_account.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_password.h"
#include "kiosk/store/store_private.h"

enum { HASH_BYTES = CRYPTO_SHA256_BYTES, MARK_BYTES = 16, DAY_S = 86400 };

static const char *const kind_names[STORE_ACCOUNT_ALIAS_COUNT_] = {
#define STORE_ACCOUNT_ALIAS(code, name) [STORE_ACCOUNT_##code] = name,
#include "kiosk/store/store_account_aliases.def"
#undef STORE_ACCOUNT_ALIAS
};

/* --- hashes ------------------------------------------------------------------------------------------ */

static void hash_alias(const struct store *store, const char *alias, uint8_t out[HASH_BYTES])
{
    char folded[STORE_ACCOUNT_ALIAS_BYTES];
    while (*alias == ' ')
        alias++;
    size_t length = strnlen(alias, sizeof(folded) - 1);
    while (length > 0 && alias[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)((unsigned char)alias[i] < 0x80 ? tolower((unsigned char)alias[i]) : alias[i]);
    store_inner_hash(store, "account-alias", folded, length, out);
    secret_wipe_bytes(folded, sizeof(folded));
}

static void hash_person(const struct store *store, const char *id_number, uint8_t out[HASH_BYTES])
{
    store_inner_hash(store, "account-person", id_number, strlen(id_number), out);
}

static enum status record(struct store *store, const char *subject, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_ACCOUNT, .subject = subject, .event = event, .actor = actor},
        failure);
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_id(const struct db_rows *rows, void *out)
{
    return store_inner_text(rows, 0, out, STORE_ID_BYTES);
}

static enum status find_hash(struct store *store, const uint8_t hash[HASH_BYTES], char id[STORE_ID_BYTES],
                             struct failure *failure)
{
    return store_inner_read_one(store, read_id, id, STORE_ID_BYTES,
                                "SELECT account_id FROM account_alias JOIN account ON id = account_id"
                                " WHERE hash = ?1 AND password_hash <> ''",
                                DB_PARAMS(db_bytes(hash, HASH_BYTES)), failure);
}

enum status store_account_find(struct store *store, const char *alias, char id[STORE_ID_BYTES],
                               struct failure *failure)
{
    uint8_t hash[HASH_BYTES];
    hash_alias(store, alias, hash);
    return find_hash(store, hash, id, failure);
}

struct alias_row {
    enum store_account_alias kind;
    char text[STORE_ACCOUNT_ALIAS_BYTES];
};

static enum status read_alias(struct store *store, const struct db_rows *rows, void *result)
{
    struct alias_row *out = result;
    char id[STORE_ID_BYTES];
    int kind = 0;
    enum status status = store_inner_name(rows, 1, kind_names, STORE_ACCOUNT_ALIAS_COUNT_, &kind);
    out->kind = (enum store_account_alias)kind;
    if (status == STATUS_OK)
        status = store_inner_text(rows, 0, id, sizeof(id));
    return status == STATUS_OK
               ? store_private_open(store, id, kind_names[kind], rows, 2, out->text, sizeof(out->text))
               : status;
}

enum status store_account_load(struct store *store, const char *id, struct store_account *out,
                               struct failure *failure)
{
    struct alias_row rows[STORE_ACCOUNT_ALIAS_COUNT_];
    size_t count = 0;
    struct store_account account = {0};
    enum status status =
        store_inner_integer(store, &account.created_utc_s, "SELECT created_utc_s FROM account WHERE id = ?1",
                            DB_PARAMS(db_text(id)), failure);
    if (status == STATUS_OK)
        status = store_private_read_all(store, read_alias, rows, sizeof(rows[0]), STORE_ACCOUNT_ALIAS_COUNT_,
                                        &count,
                                        "SELECT account_id, kind, sealed FROM account_alias"
                                        " WHERE account_id = ?1",
                                        DB_PARAMS(db_text(id)), failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        (void)text_copy(account.alias[rows[i].kind], STORE_ACCOUNT_ALIAS_BYTES, rows[i].text);
    (void)text_copy(account.id, sizeof(account.id), id);
    if (status == STATUS_OK)
        *out = account;
    secret_wipe_bytes(rows, sizeof(rows));
    secret_wipe_bytes(&account, sizeof(account));
    return status;
}

enum status store_account_phone_of(struct store *store, const char *order_id, char *out, size_t size,
                                   struct failure *failure)
{
    struct alias_row row;
    enum status status =
        store_private_read_one(store, read_alias, &row, sizeof(row),
                               "SELECT a.account_id, a.kind, a.sealed FROM account_alias a"
                               " JOIN account ON account.id = a.account_id"
                               " JOIN order_lookup l ON l.hash = account.order_hash"
                               " WHERE l.order_id = ?1 AND l.kind = 'phone' AND a.kind = 'phone'",
                               DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK && !text_copy(out, size, row.text))
        status = STATUS_FULL;
    secret_wipe_bytes(&row, sizeof(row));
    return status;
}

static enum status read_hash(const struct db_rows *rows, void *out)
{
    return store_inner_bytes(rows, 0, out, HASH_BYTES);
}

enum status store_account_is_person(struct store *store, const char *id, const char *id_number, bool *out,
                                    struct failure *failure)
{
    uint8_t stored[HASH_BYTES], given[HASH_BYTES];
    enum status status = store_inner_read_one(store, read_hash, stored, sizeof(stored),
                                              "SELECT person_hash FROM account WHERE id = ?1",
                                              DB_PARAMS(db_text(id)), failure);
    hash_person(store, id_number, given);
    if (status == STATUS_OK)
        *out = secret_is_equal(stored, sizeof(stored), given, sizeof(given));
    return status;
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status put_alias(struct store *store, const char *id, enum store_account_alias kind,
                             const char *text, struct failure *failure)
{
    uint8_t hash[HASH_BYTES];
    struct buf sealed;
    store_private_init(&sealed);
    hash_alias(store, text, hash);
    enum status status = db_exec(store->db, "DELETE FROM account_alias WHERE account_id = ?1 AND kind = ?2",
                                 DB_PARAMS(db_text(id), db_text(kind_names[kind])), NULL, failure);
    if (status == STATUS_OK && text[0] != '\0')
        status = store_private_seal(store, id, kind_names[kind], text, &sealed, failure);
    if (status == STATUS_OK && text[0] != '\0')
        status = db_exec(store->db,
                         "INSERT INTO account_alias (hash, account_id, kind, sealed) VALUES (?1, ?2, ?3, ?4)",
                         DB_PARAMS(db_bytes(hash, HASH_BYTES), db_text(id), db_text(kind_names[kind]),
                                   db_bytes(sealed.data, sealed.length)),
                         NULL, failure);
    buf_release(&sealed);
    return status;
}

/* A closed account of the number makes room for the one that has it now. */
static enum status forget_closed(struct store *store, const uint8_t order_hash[HASH_BYTES],
                                 struct failure *failure)
{
    enum status status = db_exec(store->db,
                                 "DELETE FROM account_alias WHERE account_id IN"
                                 " (SELECT id FROM account WHERE order_hash = ?1 AND password_hash = '')",
                                 DB_PARAMS(db_bytes(order_hash, HASH_BYTES)), NULL, failure);
    return status == STATUS_OK
               ? db_exec(store->db, "DELETE FROM account WHERE order_hash = ?1 AND password_hash = ''",
                         DB_PARAMS(db_bytes(order_hash, HASH_BYTES)), NULL, failure)
               : status;
}

static enum status insert(struct store *store, const struct store_account_wish *wish, const char *id,
                          const char *password_hash, struct failure *failure)
{
    uint8_t order_hash[HASH_BYTES], person_hash[HASH_BYTES];
    int64_t now = clock_utc_s(store->clock);
    store_order_hash_phone(store, wish->phone, order_hash);
    hash_person(store, wish->id_number, person_hash);
    enum status status = forget_closed(store, order_hash, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(
        store->db,
        "INSERT INTO account (number, id, order_hash, person_hash, password_hash, created_utc_s,"
        " updated_utc_s) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM account), ?1, ?2, ?3, ?4, ?5, ?5)",
        DB_PARAMS(db_text(id), db_bytes(order_hash, HASH_BYTES), db_bytes(person_hash, HASH_BYTES),
                  db_text(password_hash), db_integer(now)),
        NULL, failure);
    return status == STATUS_OK ? put_alias(store, id, STORE_ACCOUNT_PHONE, wish->phone, failure) : status;
}

enum status store_account_open(struct store *store, const struct store_account_wish *wish,
                               char id[STORE_ID_BYTES], struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    char drawn[STORE_ID_BYTES];
    enum status status = store_password_hash(store, wish->password, wish->least, hash, failure);
    if (status == STATUS_OK)
        status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    store_new_id(store, drawn);
    status = insert(store, wish, drawn, hash, failure);
    if (status == STATUS_OK)
        status = record(store, drawn, "open", NULL, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        memcpy(id, drawn, sizeof(drawn));
    return status;
}

/* One account's row is changed. Returns: NOT_FOUND. */
static enum status change(struct store *store, const char *sql, const struct db_value *params, size_t count,
                          struct failure *failure)
{
    enum status status = store_inner_change_row(store, sql, params, count, failure);
    return status == STATUS_CONFLICT ? failure_set(failure, STATUS_NOT_FOUND, "account", 0, "no such account")
                                     : status;
}

enum status store_account_set_password(struct store *store, const char *id, const struct secret *password,
                                       size_t least, const char *actor, struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    enum status status = store_password_hash(store, password, least, hash, failure);
    if (status == STATUS_OK)
        status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = change(store, "UPDATE account SET password_hash = ?2, updated_utc_s = ?3 WHERE id = ?1",
                    DB_PARAMS(db_text(id), db_text(hash), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK) /* tries made with the forgotten one are forgotten, too */
        status = db_exec(store->db,
                         "DELETE FROM account_wrong WHERE hash IN"
                         " (SELECT hash FROM account_alias WHERE account_id = ?1)",
                         DB_PARAMS(db_text(id)), NULL, failure);
    if (status == STATUS_OK)
        status = record(store, id, "password", actor, failure);
    return store_end(store, status, failure);
}

enum status store_account_set_alias(struct store *store, const char *id, enum store_account_alias kind,
                                    const char *text, struct failure *failure)
{
    char event[STORE_NAME_BYTES];
    if (kind == STORE_ACCOUNT_PHONE || strlen(text) >= STORE_ACCOUNT_ALIAS_BYTES)
        return failure_set(failure, STATUS_MALFORMED, "account", 0, "no such name");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(event, sizeof(event), "%s%s", kind_names[kind], text[0] == '\0' ? "-gone" : "");
    status = put_alias(store, id, kind, text, failure);
    if (status == STATUS_OK)
        status = record(store, id, event, NULL, failure);
    return store_end(store, status, failure);
}

static enum status move(struct store *store, const struct store_account *account, const char *phone,
                        struct failure *failure)
{
    uint8_t hash[HASH_BYTES];
    const char *before = account->alias[STORE_ACCOUNT_PHONE];
    store_order_hash_phone(store, phone, hash);
    enum status status = forget_closed(store, hash, failure);
    if (status == STATUS_OK)
        status = put_alias(store, account->id, STORE_ACCOUNT_PHONE, phone, failure);
    if (status == STATUS_OK)
        status = change(store, "UPDATE account SET order_hash = ?2, updated_utc_s = ?3 WHERE id = ?1",
                        DB_PARAMS(db_text(account->id), db_bytes(hash, HASH_BYTES),
                                  db_integer(clock_utc_s(store->clock))),
                        failure);
    if (status == STATUS_OK)
        status = store_order_move_phone(store, before, phone, failure);
    return status == STATUS_OK ? store_member_move_phone(store, before, phone, failure) : status;
}

enum status store_account_move(struct store *store, const char *id, const char *phone, const char *actor,
                               struct failure *failure)
{
    struct store_account account = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_account_load(store, id, &account, failure);
    if (status == STATUS_OK)
        status = move(store, &account, phone, failure);
    if (status == STATUS_OK)
        status = record(store, id, "phone", actor, failure);
    secret_wipe_bytes(&account, sizeof(account));
    return store_end(store, status, failure);
}

/* The number stays, sealed, without a way in: orders that were moved to it are still reached there. */
enum status store_account_close(struct store *store, const char *id, struct failure *failure)
{
    static const uint8_t nobody[HASH_BYTES] = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = change(
        store,
        "UPDATE account SET password_hash = '', person_hash = ?2, updated_utc_s = ?3"
        " WHERE id = ?1 AND password_hash <> ''",
        DB_PARAMS(db_text(id), db_bytes(nobody, HASH_BYTES), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM account_alias WHERE account_id = ?1 AND kind <> 'phone'",
                         DB_PARAMS(db_text(id)), NULL, failure);
    if (status == STATUS_OK)
        status = record(store, id, "close", NULL, failure);
    return store_end(store, status, failure);
}

/* --- logging in -------------------------------------------------------------------------------------- */

struct
try {
    uint8_t hash[HASH_BYTES];
    int64_t now;
    int64_t wrong; /* so far, this one counted */
    int64_t locked_until_utc_s;
};

static enum status read_try(const struct db_rows *rows, void *out)
{
    struct try *try = out;
    try->wrong = db_column_integer(rows, 0);
    try->locked_until_utc_s = db_column_integer(rows, 1);
    return STATUS_OK;
}

static enum status load_try(struct store *store, struct try *try, struct failure *failure)
{
    struct try found = {0};
    enum status status = store_inner_read_one(
        store, read_try, &found, sizeof(found),
        "SELECT tries, locked_until_utc_s FROM account_wrong WHERE hash = ?1 AND updated_utc_s > ?2",
        DB_PARAMS(db_bytes(try->hash, HASH_BYTES), db_integer(try->now - DAY_S)), failure);
    try->wrong = found.wrong;
    try->locked_until_utc_s = found.locked_until_utc_s;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What nobody has tried for a day is forgotten, so that typed names do not pile up. */
static enum status write_try(struct store *store, const struct try *try, struct failure *failure)
{
    enum status status = db_exec(store->db, "DELETE FROM account_wrong WHERE updated_utc_s <= ?1",
                                 DB_PARAMS(db_integer(try->now - DAY_S)), NULL, failure);
    return status != STATUS_OK
               ? status
               : db_exec(store->db,
                         "INSERT INTO account_wrong (hash, tries, locked_until_utc_s, updated_utc_s)"
                         " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO UPDATE SET tries = ?2,"
                         " locked_until_utc_s = ?3, updated_utc_s = ?4",
                         DB_PARAMS(db_bytes(try->hash, HASH_BYTES), db_integer(try->wrong),
                                   db_integer(try->locked_until_utc_s), db_integer(try->now)),
                         NULL, failure);
}

/* The try is counted, and locks if it is the last one, before anybody knows whether it is right. */
static enum status count_try(struct store *store, struct try *try, const struct store_account_limits *limits,
                             bool *locked, struct failure *failure)
{
    char mark[2 * MARK_BYTES + 1];
    encode_hex(mark, try->hash, MARK_BYTES);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = load_try(store, try, failure);
    *locked = status == STATUS_OK && try->locked_until_utc_s > try->now;
    if (status == STATUS_OK && !*locked) {
        bool is_last = try->wrong + 1 >= limits->tries;
        try->locked_until_utc_s = is_last ? try->now + limits->lock_s : 0;
        struct try counted = *try;
        counted.wrong = is_last ? 0 : try->wrong + 1;
        try->wrong++;
        status = write_try(store, &counted, failure);
        if (status == STATUS_OK)
            status = record(store, mark, is_last ? "last-try" : "try", NULL, failure);
    }
    return store_end(store, status, failure);
}

static enum status read_password(const struct db_rows *rows, void *out)
{
    return store_inner_text(rows, 0, out, STORE_PASSWORD_HASH_BYTES);
}

/* "" for a name nobody has. */
static enum status load_password(struct store *store, const struct try *try, char id[STORE_ID_BYTES],
                                 char hash[STORE_PASSWORD_HASH_BYTES], struct failure *failure)
{
    id[0] = hash[0] = '\0';
    enum status status = find_hash(store, try->hash, id, NULL);
    if (status == STATUS_OK)
        status = store_inner_read_one(store, read_password, hash, STORE_PASSWORD_HASH_BYTES,
                                      "SELECT password_hash FROM account WHERE id = ?1",
                                      DB_PARAMS(db_text(id)), failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status forgive(struct store *store, const struct try *try, const char *id,
                           struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(store->db, "DELETE FROM account_wrong WHERE hash = ?1",
                     DB_PARAMS(db_bytes(try->hash, HASH_BYTES)), NULL, failure);
    if (status == STATUS_OK)
        status = record(store, id, "log-in", NULL, failure);
    return store_end(store, status, failure);
}

enum status store_account_log_in(struct store *store, const char *alias, const struct secret *password,
                                 const struct store_account_limits *limits,
                                 struct store_account_verdict *verdict, struct failure *failure)
{
    char id[STORE_ID_BYTES], hash[STORE_PASSWORD_HASH_BYTES];
    struct try try = {.now = clock_utc_s(store->clock)};
    struct store_account_verdict judged = {.outcome = STORE_ACCOUNT_LOCKED};
    bool locked = false;
    hash_alias(store, alias, try.hash);
    enum status status = count_try(store, &try, limits, &locked, failure);
    judged.until_utc_s = try.locked_until_utc_s;
    if (status == STATUS_OK && !locked)
        status = load_password(store, &try, id, hash, failure);
    if (status == STATUS_OK && !locked && store_password_matches(store, hash, password)) {
        judged.outcome = STORE_ACCOUNT_RIGHT;
        memcpy(judged.id, id, sizeof(id));
        status = forgive(store, &try, id, failure);
    } else if (status == STATUS_OK && !locked && try.wrong < limits->tries) {
        judged.outcome = STORE_ACCOUNT_WRONG;
        judged.tries_left = limits->tries - (int)try.wrong;
    }
    if (status == STATUS_OK)
        *verdict = judged;
    return status;
}
