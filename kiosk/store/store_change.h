/* Changes: what happened in the store, in order, as the journal has it.
 *
 * Every change of an order, payment, certificate, key, intention or decision wrote its row in the same
 * transaction. Rows hold states and ids, never personal data. Presence is not journalled.
 * Pitfall: remember the last sequence you have handled, not the time.
 */
#ifndef KIOSK_STORE_STORE_CHANGE_H
#define KIOSK_STORE_STORE_CHANGE_H

#include "kiosk/store/store.h"

enum store_change_kind {
#define STORE_CHANGE_KIND(code, name) STORE_CHANGE_##code,
#include "kiosk/store/store_change_kinds.def"
#undef STORE_CHANGE_KIND
    STORE_CHANGE_COUNT_
};

enum { STORE_SUBJECT_BYTES = 65, STORE_EVENT_BYTES = 48 };

struct store_change {
    int64_t sequence; /* grows by one with every row */
    int64_t at_utc_ms;
    enum store_change_kind kind;
    char owner[STORE_NAME_BYTES];      /* who wrote it */
    char order_id[STORE_ID_BYTES];     /* "" when no order is concerned */
    char subject[STORE_SUBJECT_BYTES]; /* id of the row that changed: hexadecimal, out_trade_no, paper/page..
                                        */
    char event[STORE_EVENT_BYTES];
    char from[STORE_EVENT_BYTES]; /* state before, "" for a new row */
    char to[STORE_EVENT_BYTES];
    int64_t version; /* of the order, 0 for other kinds */
};

/* The stable name of a kind.
 * Returns: a static text, "invalid" outside the list. */
const char *store_change_kind_name(enum store_change_kind kind);

/* The rows after `sequence`, oldest first, at most `capacity`.
 * Returns: OK with *count 0 when there is none. */
enum status store_change_list(struct store *store, int64_t sequence, struct store_change *out,
                              size_t capacity, size_t *count, struct failure *failure);

/* The rows of one order, oldest first, from the `offset`-th on: its history.
 * Returns: as store_change_list. */
enum status store_change_list_order(struct store *store, const char *order_id, size_t offset,
                                    struct store_change *out, size_t capacity, size_t *count,
                                    struct failure *failure);

/* The rows of these two kinds from the newest back: what a hall is doing.
 * Returns: as store_change_list. */
enum status store_change_list_newest(struct store *store, enum store_change_kind one,
                                     enum store_change_kind other, struct store_change *out, size_t capacity,
                                     size_t *count, struct failure *failure);

/* The newest sequence, 0 in an empty journal.
 * Returns: OK and 0 for an empty journal. */
enum status store_change_last(struct store *store, int64_t *sequence, struct failure *failure);

#endif
