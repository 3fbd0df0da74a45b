/* Clerks: who may sign in at a desk, and with what right.
 *
 * Passwords are kept as salted hashes (crypto.h); wrong tries are counted and lock the account for a while.
 * There is no built-in account and no built-in password.
 * Pitfall: signing in hashes a password, about 100 ms: never on the screen's thread.
 */
#ifndef KIOSK_STORE_STORE_CLERK_H
#define KIOSK_STORE_STORE_CLERK_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store.h"

enum { STORE_CLERK_PASSWORD_MIN = 8 };

/* How patient a sign-in is. */
struct store_clerk_limits {
    int tries;  /* wrong ones before the lock, at least 1 */
    int lock_s; /* how long the account is locked after them */
};

enum store_clerk_role { STORE_CLERK_REVIEWER, STORE_CLERK_SUPERVISOR, STORE_CLERK_ROLE_COUNT_ };

struct store_clerk {
    char name[STORE_NAME_BYTES]; /* sign-in name */
    enum store_clerk_role role;
    bool disabled;
    int64_t failed_tries;       /* since the last success */
    int64_t locked_until_utc_s; /* 0 when not locked */
    int64_t created_utc_s;
};

/* The stable name of a role.
 * Returns: a static text, "invalid" outside the list. */
const char *store_clerk_role_name(enum store_clerk_role role);
/* The role with this stable name.
 * Returns: STORE_CLERK_ROLE_COUNT_ when there is none. */
enum store_clerk_role store_clerk_role_from_name(const char *name);

/* The clerk can sign in. `actor` is who acted, for the audit, here and below: a clerk's name or "uid:1000".
 * Returns: CONFLICT when the name exists, MALFORMED (a name that is not one word of letters, digits, ".", "_"
 * and "-", or begins with "." or "-"; a password shorter than
 * STORE_CLERK_PASSWORD_MIN).
 * Time: hashes the password. */
enum status store_clerk_add(struct store *store, const char *name, enum store_clerk_role role,
                            const struct secret *password, const char *actor, struct failure *failure);

/* The clerk has a new password, and wrong tries are forgotten.
 * Returns: NOT_FOUND, MALFORMED.
 * Time: as above. */
enum status store_clerk_set_password(struct store *store, const char *name, const struct secret *password,
                                     const char *actor, struct failure *failure);

/* The clerk can, or can no longer, sign in.
 * Returns: NOT_FOUND. */
enum status store_clerk_set_disabled(struct store *store, const char *name, bool disabled, const char *actor,
                                     struct failure *failure);

/* The password was right and the account open.
 * Returns: REFUSED (unknown name or wrong password, not told apart), BAD_STATE (locked or disabled; load
 * says which).
 * Time: hashes the password, also for an unknown name.
 * After failure: *out is unchanged; a wrong try is counted. */
enum status store_clerk_sign_in(struct store *store, const char *name, const struct secret *password,
                                const struct store_clerk_limits *limits, struct store_clerk *out,
                                struct failure *failure);

/* The clerk with this name.
 * Returns: NOT_FOUND. */
enum status store_clerk_load(struct store *store, const char *name, struct store_clerk *out,
                             struct failure *failure);

/* All clerks by name.
 * Returns: OK with *count 0 when there is none. */
enum status store_clerk_list(struct store *store, struct store_clerk *out, size_t capacity, size_t *count,
                             struct failure *failure);

#endif
