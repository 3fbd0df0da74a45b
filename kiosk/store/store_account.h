/* Account: a holder who comes again with a password: the mobile number, and beside it an e-mail address and a
 * company's full name to log in by.
 *
 * An account opens what its mobile number opens, and nothing else. Passwords are salted hashes
 * (store_password.h), names are sealed and found by keyed hashes, the ID number is a keyed hash alone, for a
 * clerk to compare a card with. Wrong tries are counted by the name that was typed, whether anybody has it or
 * not, before the password is looked at: neither a kill nor a stranger's name gives free tries.
 * Pitfall: setting and comparing a password hashes it, about 100 ms: never inside a change.
 */
#ifndef KIOSK_STORE_STORE_ACCOUNT_H
#define KIOSK_STORE_STORE_ACCOUNT_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store.h"

enum store_account_alias {
#define STORE_ACCOUNT_ALIAS(code, name) STORE_ACCOUNT_##code,
#include "kiosk/store/store_account_aliases.def"
#undef STORE_ACCOUNT_ALIAS
    STORE_ACCOUNT_ALIAS_COUNT_
};

enum { STORE_ACCOUNT_ALIAS_BYTES = 256 };

struct store_account {
    char id[STORE_ID_BYTES];
    char alias[STORE_ACCOUNT_ALIAS_COUNT_][STORE_ACCOUNT_ALIAS_BYTES]; /* "" for none */
    int64_t created_utc_s;
};

/* What a new account is opened with. `least` is the shortest password. Units: bytes. */
struct store_account_wish {
    const char *phone, *id_number;
    const struct secret *password;
    size_t least;
};

/* The number has an account.
 * Returns: CONFLICT when it has one already, MALFORMED (password too short). Time: hashes the password. */
enum status store_account_open(struct store *store, const struct store_account_wish *wish,
                               char id[STORE_ID_BYTES], struct failure *failure);

/* The account. Returns: NOT_FOUND. Owns: the caller wipes it. */
enum status store_account_load(struct store *store, const char *id, struct store_account *out,
                               struct failure *failure);
/* Whose name this is, as people write it: blanks around it and the case of Latin letters do not matter.
 * Returns: NOT_FOUND. */
enum status store_account_find(struct store *store, const char *alias, char id[STORE_ID_BYTES],
                               struct failure *failure);
/* The mobile number an order is now reached at, when an account has taken it over from the one in its form.
 * Returns: NOT_FOUND where no account has it. */
enum status store_account_phone_of(struct store *store, const char *order_id, char *out, size_t size,
                                   struct failure *failure);

/* The account has this password from now on. The actor is the clerk who let it be set, NULL for the holder.
 * Returns: NOT_FOUND, MALFORMED. Time: hashes the password. */
enum status store_account_set_password(struct store *store, const char *id, const struct secret *password,
                                       size_t least, const char *actor, struct failure *failure);
/* The account has this name of the kind, or with "" none any more; PHONE is changed by store_account_move.
 * Returns: CONFLICT when it is somebody else's. */
enum status store_account_set_alias(struct store *store, const char *id, enum store_account_alias kind,
                                    const char *text, struct failure *failure);
/* The account and all that its mobile number led to belong to the new number.
 * Returns: CONFLICT when that has an account, or a place in the same unit; NOT_FOUND. */
enum status store_account_move(struct store *store, const char *id, const char *phone, const char *actor,
                               struct failure *failure);
/* Nobody logs in by its names any more, and its password, its other names and its ID number are gone. Its
 * orders stay with its mobile number, which may open an account anew. Returns: NOT_FOUND. */
enum status store_account_close(struct store *store, const char *id, struct failure *failure);
/* Whether the ID number is the one the account was opened with. Returns: NOT_FOUND. */
enum status store_account_is_person(struct store *store, const char *id, const char *id_number, bool *out,
                                    struct failure *failure);

/* How patient a log-in is. */
struct store_account_limits {
    int tries;  /* wrong ones before the lock, at least 1 */
    int lock_s; /* how long the name is locked after them */
};
enum store_account_outcome { STORE_ACCOUNT_RIGHT, STORE_ACCOUNT_WRONG, STORE_ACCOUNT_LOCKED };
struct store_account_verdict {
    enum store_account_outcome outcome;
    int tries_left;          /* with WRONG */
    int64_t until_utc_s;     /* with LOCKED */
    char id[STORE_ID_BYTES]; /* with RIGHT */
};
/* The verdict on a typed name and password, the same for a name nobody has.
 * Returns: OK also when the verdict is a refusal. Time: hashes the password unless the name is locked. */
enum status store_account_log_in(struct store *store, const char *alias, const struct secret *password,
                                 const struct store_account_limits *limits,
                                 struct store_account_verdict *verdict, struct failure *failure);

#endif
