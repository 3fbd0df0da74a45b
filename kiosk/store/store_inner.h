/* Store, inside: what the store_<noun>.c files share and nobody else includes.
 *
 * Here are the handle, reading rows into structs, keyed hashes, and the one door to journal and audit.
 * Pitfall: a write belongs between store_begin and store_end, journal row included.
 */
#ifndef KIOSK_STORE_STORE_INNER_H
#define KIOSK_STORE_STORE_INNER_H

#include "kiosk/base/crypto.h"
#include "kiosk/store/db.h"
#include "kiosk/store/store.h"
#include "kiosk/store/store_change.h"

struct store {
    struct db *db;
    const struct hall_key *hall_key;
    const struct clock *clock;
    const struct random *random;
    char owner[STORE_NAME_BYTES];
    int password_log_n;
    uint8_t lookup_key[CRYPTO_KEY_BYTES]; /* derived from the hall key */
    uint8_t audit_key[CRYPTO_KEY_BYTES];  /* derived from the hall key */
    int depth;                            /* of nested changes */
    enum status broken;                   /* first failure inside the open change */
    int64_t bell;
    bool bell_is_known;
};

/* The current row is made into *out, which is zeroed before.
 * Returns: MALFORMED when the row makes no sense. */
typedef enum status store_inner_read(const struct db_rows *rows, void *out);

/* The first row of a query, read into *out of `size` bytes.
 * Returns: NOT_FOUND. */
enum status store_inner_read_one(struct store *store, store_inner_read *read, void *out, size_t size,
                                 const char *sql, const struct db_value *params, size_t count,
                                 struct failure *failure);

/* Up to `capacity` rows of a query, read into an array of elements of `size` bytes.
 * Returns: OK with *found 0 when there is none; MALFORMED for a row that makes no sense. */
enum status store_inner_read_all(struct store *store, store_inner_read *read, void *out, size_t size,
                                 size_t capacity, size_t *found, const char *sql,
                                 const struct db_value *params, size_t count, struct failure *failure);

/* The first column of the first row as a number.
 * Returns: NOT_FOUND. */
enum status store_inner_integer(struct store *store, int64_t *out, const char *sql,
                                const struct db_value *params, size_t count, struct failure *failure);

/* The column is copied as text.
 * Returns: MALFORMED when it does not fit. */
enum status store_inner_text(const struct db_rows *rows, int column, char *out, size_t size);
/* The column is copied as exactly `length` bytes.
 * Returns: MALFORMED. */
enum status store_inner_bytes(const struct db_rows *rows, int column, uint8_t *out, size_t length);
/* The column is looked up in a list of names.
 * Returns: MALFORMED. */
enum status store_inner_name(const struct db_rows *rows, int column, const char *const names[], size_t count,
                             int *index);

/* One statement of which at least one row must be changed.
 * Returns: CONFLICT when none was; else as db_exec. */
enum status store_inner_change_row(struct store *store, const char *sql, const struct db_value *params,
                                   size_t count, struct failure *failure);

/* A text parameter, NULL for "" : an optional reference. */
struct db_value store_inner_optional(const char *text);

/* The keyed hash of a personal value; the label keeps uses apart. */
void store_inner_hash(const struct store *store, const char *label, const void *value, size_t length,
                      uint8_t out[CRYPTO_SHA256_BYTES]);

/* What happened, for journal and audit. NULL texts count as "". */
struct store_inner_event {
    enum store_change_kind kind;
    const char *order_id;
    const char *subject;
    const char *event;
    const char *from;
    const char *to;
    int64_t version;
    const char *actor; /* clerk's name, for the audit row */
    const char *note;  /* codes behind the states in the audit row */
};

/* The journal row and, except for claims, the audit row are written. Inside a change only.
 * Returns: FULL when a text is too long for the audit. */
enum status store_inner_record(struct store *store, const struct store_inner_event *event,
                               struct failure *failure);

/* The order exists and nobody else holds it. Inside a change only.
 * Returns: NOT_FOUND, CONFLICT. */
enum status store_inner_guard(struct store *store, const char *order_id, struct failure *failure);

/* Whether a lease still holds at this time; one too far ahead was given by a clock that has jumped. */
bool store_inner_lease_holds(int64_t lease_until_utc_s, int64_t now_utc_s);

#endif
