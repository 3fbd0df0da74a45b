/* Clerks: accounts with salted password hashes, counted tries and a lock. */
#include "kiosk/store/store_clerk.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_password.h"

#define COLUMNS "name, role, disabled, failed_tries, locked_until_utc_s, created_utc_s"

static const char *const role_names[STORE_CLERK_ROLE_COUNT_] = {
    [STORE_CLERK_REVIEWER] = "reviewer", [STORE_CLERK_SUPERVISOR] = "supervisor"};

struct account {
    struct store_clerk clerk;
    char password_hash[STORE_PASSWORD_HASH_BYTES];
};

const char *store_clerk_role_name(enum store_clerk_role role)
{
    return (unsigned)role < STORE_CLERK_ROLE_COUNT_ ? role_names[role] : "invalid";
}

enum store_clerk_role store_clerk_role_from_name(const char *name)
{
    int role = 0;
    while (role < STORE_CLERK_ROLE_COUNT_ && strcmp(role_names[role], name) != 0)
        role++;
    return (enum store_clerk_role)role;
}

static enum status read_clerk(const struct db_rows *rows, void *out)
{
    struct store_clerk *clerk = out;
    int role = 0;
    enum status status = store_inner_text(rows, 0, clerk->name, sizeof(clerk->name));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 1, role_names, STORE_CLERK_ROLE_COUNT_, &role);
    clerk->role = (enum store_clerk_role)role;
    clerk->disabled = db_column_integer(rows, 2) != 0;
    clerk->failed_tries = db_column_integer(rows, 3);
    clerk->locked_until_utc_s = db_column_integer(rows, 4);
    clerk->created_utc_s = db_column_integer(rows, 5);
    return status;
}

static enum status read_account(const struct db_rows *rows, void *out)
{
    struct account *account = out;
    enum status status = read_clerk(rows, &account->clerk);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, account->password_hash, sizeof(account->password_hash));
    return status;
}

static enum status record(struct store *store, const char *name, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_CLERK, .subject = name, .event = event, .actor = actor},
        failure);
}

/* A sign-in name is one word: it stands in lists, files and lines of the log. */
static bool is_name(const char *name)
{
    bool is_word = name[0] != '\0' && strchr(".-", name[0]) == NULL && strlen(name) < STORE_NAME_BYTES &&
                   text_is_printable(name);
    while (is_word && *name != '\0') {
        uint32_t c = text_next(&name);
        bool is_ascii_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             c == '.' || c == '_' || c == '-';
        bool is_blank = c == 0xA0 || (c >= 0x2000 && c <= 0x206F) || c == 0x3000;
        is_word = c < 0x80 ? is_ascii_word : !is_blank;
    }
    return is_word;
}

enum status store_clerk_add(struct store *store, const char *name, enum store_clerk_role role,
                            const struct secret *password, const char *actor, struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    if (!is_name(name) || (unsigned)role >= STORE_CLERK_ROLE_COUNT_)
        return failure_set(failure, STATUS_MALFORMED, "clerk", 0, "name or role");
    enum status status = store_password_hash(store, password, STORE_CLERK_PASSWORD_MIN, hash,
                                             failure); /* slow: before the lock is taken */
    if (status != STATUS_OK)
        return status;
    status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status =
        db_exec(store->db, "INSERT INTO clerk (" COLUMNS ", password_hash) VALUES (?1, ?2, 0, 0, 0, ?3, ?4)",
                DB_PARAMS(db_text(name), db_text(role_names[role]), db_integer(clock_utc_s(store->clock)),
                          db_text(hash)),
                NULL, failure);
    if (status == STATUS_OK)
        status = record(store, name, "add", actor, failure);
    return store_end(store, status, failure);
}

/* One row of the table is changed and the event recorded. Returns: NOT_FOUND for an unknown name. */
static enum status change(struct store *store, const char *name, const char *event, const char *actor,
                          const char *sql, const struct db_value *params, size_t count,
                          struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(store, sql, params, count, failure);
    if (status == STATUS_CONFLICT)
        status = failure_set(failure, STATUS_NOT_FOUND, "clerk", 0, "no such clerk");
    if (status == STATUS_OK)
        status = record(store, name, event, actor, failure);
    return store_end(store, status, failure);
}

enum status store_clerk_set_password(struct store *store, const char *name, const struct secret *password,
                                     const char *actor, struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    enum status status = store_password_hash(store, password, STORE_CLERK_PASSWORD_MIN, hash, failure);
    if (status != STATUS_OK)
        return status;
    return change(
        store, name, "set-password", actor,
        "UPDATE clerk SET password_hash = ?2, failed_tries = 0, locked_until_utc_s = 0 WHERE name = ?1",
        DB_PARAMS(db_text(name), db_text(hash)), failure);
}

enum status store_clerk_set_disabled(struct store *store, const char *name, bool disabled, const char *actor,
                                     struct failure *failure)
{
    return change(store, name, disabled ? "disable" : "enable", actor,
                  "UPDATE clerk SET disabled = ?2 WHERE name = ?1",
                  DB_PARAMS(db_text(name), db_integer(disabled)), failure);
}

enum status store_clerk_load(struct store *store, const char *name, struct store_clerk *out,
                             struct failure *failure)
{
    struct store_clerk clerk;
    enum status status = store_inner_read_one(store, read_clerk, &clerk, sizeof(clerk),
                                              "SELECT " COLUMNS " FROM clerk WHERE name = ?1",
                                              DB_PARAMS(db_text(name)), failure);
    if (status == STATUS_OK)
        *out = clerk;
    return status;
}

enum status store_clerk_list(struct store *store, struct store_clerk *out, size_t capacity, size_t *count,
                             struct failure *failure)
{
    return store_inner_read_all(store, read_clerk, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM clerk ORDER BY name LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

/* The lock begins with the last allowed wrong try; counting starts anew behind it. */
static enum status count_wrong_try(struct store *store, const char *name,
                                   const struct store_clerk_limits *limits, struct failure *failure)
{
    int64_t until = clock_utc_s(store->clock) + limits->lock_s;
    return change(
        store, name, "wrong-password", name,
        "UPDATE clerk SET"
        " locked_until_utc_s = CASE WHEN failed_tries + 1 >= ?2 THEN ?3 ELSE locked_until_utc_s END,"
        " failed_tries = CASE WHEN failed_tries + 1 >= ?2 THEN 0 ELSE failed_tries + 1 END"
        " WHERE name = ?1",
        DB_PARAMS(db_text(name), db_integer(limits->tries), db_integer(until)), failure);
}

enum status store_clerk_sign_in(struct store *store, const char *name, const struct secret *password,
                                const struct store_clerk_limits *limits, struct store_clerk *out,
                                struct failure *failure)
{
    struct account account;
    enum status status = store_inner_read_one(store, read_account, &account, sizeof(account),
                                              "SELECT " COLUMNS ", password_hash FROM clerk WHERE name = ?1",
                                              DB_PARAMS(db_text(name)), failure);
    if (status == STATUS_NOT_FOUND) { /* takes as long as a wrong password */
        (void)store_password_matches(store, "", password);
        return failure_set(failure, STATUS_REFUSED, "clerk", 0, "name or password is wrong");
    }
    if (status != STATUS_OK)
        return status;
    if (account.clerk.disabled || account.clerk.locked_until_utc_s > clock_utc_s(store->clock))
        return failure_set(failure, STATUS_BAD_STATE, "clerk", 0, "the account is closed or locked");
    if (!store_password_matches(store, account.password_hash, password)) {
        status = count_wrong_try(store, name, limits, failure);
        return status == STATUS_OK
                   ? failure_set(failure, STATUS_REFUSED, "clerk", 0, "name or password is wrong")
                   : status;
    }
    status = change(store, name, "sign-in", name,
                    "UPDATE clerk SET failed_tries = 0, locked_until_utc_s = 0 WHERE name = ?1",
                    DB_PARAMS(db_text(name)), failure);
    if (status != STATUS_OK)
        return status;
    account.clerk.failed_tries = 0;
    account.clerk.locked_until_utc_s = 0;
    *out = account.clerk;
    return STATUS_OK;
}
