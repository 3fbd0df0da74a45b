/* Presence: what each terminal and desk is doing now, for the clerk's wall of tiles.
 *
 * Overwritten in place and not journalled; no personal data, no field values.
 * Pitfall: a row with an old heartbeat is a machine that died, not one that is idle.
 */
#ifndef KIOSK_STORE_STORE_PRESENCE_H
#define KIOSK_STORE_STORE_PRESENCE_H

#include "kiosk/store/store.h"

enum { STORE_PRESENCE_DEVICES_BYTES = 512 };

struct store_presence {
    char owner[STORE_NAME_BYTES];               /* set by the store */
    char kind[STORE_NAME_BYTES];                /* "terminal" or "desk" */
    char step[STORE_NAME_BYTES];                /* screen name */
    char field[STORE_NAME_BYTES];               /* id of the field in focus, "" for none */
    char devices[STORE_PRESENCE_DEVICES_BYTES]; /* JSON object: kind to state name */
    char order_id[STORE_ID_BYTES];              /* "" when there is no visit */
    int64_t call_since_utc_s;                   /* a clerk was called; 0 when not */
    char call_answered_by[STORE_NAME_BYTES];
    int64_t started_utc_s;          /* of the visit, 0 when there is none */
    int64_t heartbeat_utc_s;        /* set by the store */
    char visit[STORE_ID_BYTES];     /* the visit's mark, made by the terminal; "" when there is none */
    char machine[STORE_NAME_BYTES]; /* the number people read: "03" */
    char place[STORE_NAME_BYTES];   /* where in the hall, "" unknown */
    int64_t step_since_utc_s;
    bool is_logged_in; /* whoever is there */
};

/* Our row says this, as of now. The answer to a call is kept while call_since_utc_s is the same.
 * Returns: OK; else as store.h. */
enum status store_presence_put(struct store *store, const struct store_presence *presence,
                               struct failure *failure);

/* The call of this terminal is answered by this clerk.
 * Returns: NOT_FOUND when it does not call. */
enum status store_presence_answer(struct store *store, const char *owner, const char *clerk,
                                  struct failure *failure);

/* The row of one terminal or desk.
 * Returns: NOT_FOUND. */
enum status store_presence_load(struct store *store, const char *owner, struct store_presence *out,
                                struct failure *failure);

/* All rows by owner.
 * Returns: OK with *count 0 when there is none. */
enum status store_presence_list(struct store *store, struct store_presence *out, size_t capacity,
                                size_t *count, struct failure *failure);

#endif
