/* Stock: blank keys counted one by one by serial number, in batches, in the hall or in a terminal.
 *
 * Received, moved and scrapped by two people; a terminal that makes a key moves it by itself
 * (store_stock_follow). Serial numbers are kept in upper case, whatever case they come in. Pitfall: a key
 * that was never received is no mistake here: it is issued all the same and listed as unknown until it is
 * received.
 */
#ifndef KIOSK_STORE_STORE_STOCK_H
#define KIOSK_STORE_STORE_STOCK_H

#include "kiosk/store/store.h"
#include "kiosk/store/store_key.h"

enum store_stock_state {
    STORE_STOCK_BLANK,
    STORE_STOCK_IN_WORK,
    STORE_STOCK_ISSUED,
    STORE_STOCK_FAILED, /* could not be made; still here until it is scrapped */
    STORE_STOCK_SCRAPPED,
    STORE_STOCK_STATE_COUNT_
};

enum { STORE_STOCK_REASON_BYTES = 48, STORE_STOCK_SERIALS_MAX = 200 };

struct store_stock_key {
    char serial[STORE_NAME_BYTES];
    char batch[STORE_NAME_BYTES];
    char model[STORE_NAME_BYTES];
    char place[STORE_NAME_BYTES]; /* "": the hall's stock */
    enum store_stock_state state;
    char reason[STORE_STOCK_REASON_BYTES]; /* why it was scrapped */
    int64_t received_utc_s, issued_utc_s, scrapped_utc_s;
};

/* A batch over a period: opening + received - issued - scrapped = left. */
struct store_stock_batch {
    char id[STORE_NAME_BYTES];
    char model[STORE_NAME_BYTES];
    int64_t opening, received, issued, scrapped, left;
    int64_t issued_in_week;
};

struct store_stock_place {
    char place[STORE_NAME_BYTES];
    int64_t blank;
};

struct store_stock_request {
    char model[STORE_NAME_BYTES];
    int64_t amount;
    char clerk[STORE_NAME_BYTES];
    int64_t at_utc_s;
};

/* Keys an act is about, and the two who sign it. All of them are moved or none. */
struct store_stock_act {
    const char (*serials)[STORE_NAME_BYTES];
    size_t count;
    const char *clerk;
    const char *second; /* "" for an administrator's file */
};

/* The stable name of a state. Returns: a static text, "invalid" outside the list. */
const char *store_stock_state_name(enum store_stock_state state);

/* The keys stand in the batch, in the hall's stock; one that was made here before is where it got to
 * meanwhile, and what was asked for of the model has come. Returns: CONFLICT (one is registered already, or
 * the batch is of another model), MALFORMED (an empty name). */
enum status store_stock_receive(struct store *store, const struct store_stock_act *act, const char *batch,
                                const char *model, struct failure *failure);
/* Blank keys of the hall's stock are in this terminal; with "" those of terminals are back in the hall.
 * Returns: NOT_FOUND (one is not registered), CONFLICT (not blank, or not where it is taken from). */
enum status store_stock_move(struct store *store, const struct store_stock_act *act, const char *place,
                             struct failure *failure);
/* Keys that were blank or could not be made are scrapped for this reason.
 * Returns: NOT_FOUND, CONFLICT (issued, in work or scrapped already), MALFORMED (no reason). */
enum status store_stock_scrap(struct store *store, const struct store_stock_act *act, const char *reason,
                              struct failure *failure);
/* So many keys of the model are asked for. Returns: CONFLICT when they are already. */
enum status store_stock_ask(struct store *store, const char *model, int64_t amount, const char *clerk,
                            struct failure *failure);

/* A token's row says this now; its key in the stock follows. Inside a change only. Returns: OK also for a key
 * that is not registered. */
enum status store_stock_follow(struct store *store, const char *serial, enum store_key_state state,
                               struct failure *failure);

/* The key with this serial. Returns: NOT_FOUND. */
enum status store_stock_load(struct store *store, const char *serial, struct store_stock_key *out,
                             struct failure *failure);
/* Batches that have keys, or were moved since this day began, newest last.
 * Returns: OK with *count 0 when there is none. */
enum status store_stock_batches(struct store *store, int64_t day_utc_s, struct store_stock_batch *out,
                                size_t capacity, size_t *count, struct failure *failure);
/* Blank keys by terminal. Returns: as above. */
enum status store_stock_places(struct store *store, struct store_stock_place *out, size_t capacity,
                               size_t *count, struct failure *failure);
/* Keys made here that were never received, newest first; none before the first batch. Returns: as above. */
enum status store_stock_unknown(struct store *store, char (*out)[STORE_NAME_BYTES], size_t capacity,
                                size_t *count, struct failure *failure);
/* What was asked for and has not come. Returns: as above. */
enum status store_stock_requests(struct store *store, struct store_stock_request *out, size_t capacity,
                                 size_t *count, struct failure *failure);

#endif
