/* Keys: the tokens we formatted, recognised by the random mark written at formatting.
 *
 * Serial numbers repeat, so mark, serial, model and label together name a key. PINs are not here: SO PIN
 * and transport PIN are derived from the hall key and the salts of this row (hall_key_derive).
 * Pitfall: store the row before formatting, or a kill leaves a key whose SO PIN nobody can derive.
 */
#ifndef KIOSK_STORE_STORE_KEY_H
#define KIOSK_STORE_STORE_KEY_H

#include "kiosk/store/store.h"

enum store_key_state {
#define STORE_KEY_STATE(code, name) STORE_KEY_##code,
#define STORE_KEY_STEP(from, to)
#include "kiosk/store/store_key_states.def"
#undef STORE_KEY_STATE
#undef STORE_KEY_STEP
    STORE_KEY_COUNT_
};

enum { STORE_KEY_SALT_BYTES = 16 };

struct store_key {
    char mark[STORE_ID_BYTES];
    char serial[STORE_NAME_BYTES];
    char model[STORE_NAME_BYTES];
    char label[STORE_NAME_BYTES];
    uint8_t so_salt[STORE_KEY_SALT_BYTES];
    uint8_t transport_salt[STORE_KEY_SALT_BYTES];
    char order_id[STORE_ID_BYTES]; /* "" while it belongs to no order */
    enum store_key_state state;
    int64_t created_utc_s; /* set by the store */
    int64_t updated_utc_s; /* set by the store */
};

/* The stable name of a state.
 * Returns: a static text, "invalid" outside the list. */
const char *store_key_state_name(enum store_key_state state);

/* The key is stored in the state given.
 * Returns: CONFLICT when the mark exists, NOT_FOUND (no such order). */
enum status store_key_insert(struct store *store, const struct store_key *key, struct failure *failure);

/* The key with this mark.
 * Returns: NOT_FOUND. */
enum status store_key_load(struct store *store, const char *mark, struct store_key *out,
                           struct failure *failure);

/* Keys with this serial and model, newest first: candidates whose mark is still to be compared.
 * Returns: OK with *count 0 when there is none. */
enum status store_key_list_by_serial(struct store *store, const char *serial, const char *model,
                                     struct store_key *out, size_t capacity, size_t *count,
                                     struct failure *failure);

/* Keys of an order, newest first.
 * Returns: as above. */
enum status store_key_list_order(struct store *store, const char *order_id, struct store_key *out,
                                 size_t capacity, size_t *count, struct failure *failure);

/* How many keys of a model stand in each state. */
struct store_key_sum {
    char model[STORE_NAME_BYTES];
    int64_t count[STORE_KEY_COUNT_];
};

/* The sums by model; a model past the capacity is left out.
 * Returns: OK with *count 0 when no key was ever met. */
enum status store_key_sums(struct store *store, struct store_key_sum *out, size_t capacity, size_t *count,
                           struct failure *failure);

/* How many keys were handed over on each of the last days, the oldest first and today last.
 * Units: `day_utc_s` is the beginning of today in the hall. Returns: as the store. */
enum status store_key_delivered(struct store *store, int64_t day_utc_s, int64_t *out, size_t days,
                                struct failure *failure);

/* The key went from one state to the next and belongs to this order (NULL leaves it), with its journal row.
 * Returns: CONFLICT when it is not in `from` or belongs to another order, BAD_STATE, NOT_FOUND. */
enum status store_key_step(struct store *store, const char *mark, enum store_key_state from,
                           enum store_key_state to, const char *order_id, struct failure *failure);

#endif
