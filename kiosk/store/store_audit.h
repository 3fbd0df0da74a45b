/* Audit: who did what when, in rows that can be added and never changed.
 *
 * Each writer (terminal, desk, certctl) has a chain: a row holds the hash of the one before over canonical
 * bytes, and the end of each chain is authenticated under the hall key, so that cutting rows off shows too.
 * Database rules refuse change and removal. Personal values enter only as keyed hashes.
 * Pitfall: `detail` is stored in plain: codes and ids only.
 */
#ifndef KIOSK_STORE_STORE_AUDIT_H
#define KIOSK_STORE_STORE_AUDIT_H

#include "kiosk/store/store.h"

struct db_rows;

enum { STORE_AUDIT_TEXT_BYTES = 160, STORE_AUDIT_SUBJECT_BYTES = 65 };

struct store_audit {
    char writer[STORE_NAME_BYTES];
    int64_t number; /* from 1 per writer, without gaps */
    int64_t at_utc_ms;
    char action[STORE_NAME_BYTES]; /* "order.submit", "clerk.sign-in", "value.reveal" .. */
    char actor[STORE_NAME_BYTES];  /* clerk's name, "" for the program itself */
    char subject[STORE_AUDIT_SUBJECT_BYTES];
    char detail[STORE_AUDIT_TEXT_BYTES];
    bool has_value;
    uint8_t value_hash[32]; /* keyed hash of a personal value */
    uint8_t prev_hash[32];
    uint8_t hash[32];
};

/* What to write; NULL texts count as "". */
struct store_audit_entry {
    const char *action;
    const char *actor;
    const char *subject;
    const char *detail;
    const void *value; /* personal value the row is about, stored as keyed hash; NULL for none */
    size_t value_length;
};

/* The row stands at the end of our chain.
 * Returns: FULL when a text is too long. */
enum status store_audit_append(struct store *store, const struct store_audit_entry *entry,
                               struct failure *failure);

/* Rows of all writers from the newest back, `offset` passed over.
 * Returns: OK with *count 0 when there is none. */
enum status store_audit_list(struct store *store, size_t offset, struct store_audit *out, size_t capacity,
                             size_t *count, struct failure *failure);

struct store_audit_report {
    int64_t rows; /* rows found right before the first broken one, over all writers */
    int64_t writers;
    char broken_writer[STORE_NAME_BYTES]; /* "" when all is well */
    int64_t broken_number;
    const char *reason; /* static: "gap", "content changed", "chain broken", "end cut off" */
};

/* Every chain is whole.
 * Returns: MALFORMED with the first broken row in *report, which is filled in both cases.
 * Time: reads every row. */
enum status store_audit_verify(struct store *store, struct store_audit_report *report,
                               struct failure *failure);

/* One row with those before and behind it in its chain. */
struct store_audit_links {
    struct store_audit own, next;
    bool has_next;
    bool holds; /* the three hang together; the last row of a chain hangs on its seal */
};

/* The row with this number in this writer's chain, as it stands between its neighbours.
 * Returns: NOT_FOUND. */
enum status store_audit_links_load(struct store *store, const char *writer, int64_t number,
                                   struct store_audit_links *out, struct failure *failure);

/* A row of the table's columns, in the order of the table, is read into a store_audit; for lists of rows.
 * Returns: MALFORMED. */
enum status store_audit_read(const struct db_rows *rows, void *out);

#endif
