/* Store: keeping everything that must outlive a kill: one handle is one connection to the hall's store.
 *
 * What is kept stands in store_<noun>.h. Every write of theirs is a transaction of its own, or part of the
 * change opened with store_begin, so that "state, journal row, audit row, result" land together or not at
 * all. It decides nothing: which event is allowed is the order's business, when to ask is the services'.
 *
 * Every call may return BUSY (locked for all of the busy time), FULL (disk), MALFORMED (damaged file, or a
 * sealed value that does not open), NO_MEMORY or IO; the headers name only what else may come.
 * Out-parameters are unchanged on failure. Every call may wait for the lock (busy_ms) and for the disk.
 * Thread: a handle is used only by the thread that opened it; each worker and each process opens its own.
 * Pitfall: ids are made by the caller (store_new_id), so that they are known before they are stored.
 */
#ifndef KIOSK_STORE_STORE_H
#define KIOSK_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/random.h"
#include "kiosk/store/hall_key.h"

enum {
    STORE_ID_BYTES = 33,         /* 32 lower-case hexadecimal digits with the NUL, as ORDER_ID_BYTES */
    STORE_NAME_BYTES = 64,       /* owner, clerk, field, paper, product and such, with the NUL */
    STORE_LEASE_LONGEST_S = 600, /* a lease further ahead is the mark of a clock that jumped: expired */
    STORE_BUSY_MS = 5000
};

struct store;

struct store_settings {
    const char *path;                /* the store file; its directory exists */
    const struct hall_key *hall_key; /* borrowed while the store is open */
    const struct clock *clock;       /* borrowed while the store is open */
    const struct random *random;     /* borrowed while the store is open */
    const char *owner;               /* terminal or desk id: writer of journal and audit, holder of leases */
    int busy_ms;         /* how long a lock is waited for; 0 means STORE_BUSY_MS, negative not at all */
    int64_t limit_bytes; /* largest size of the file; 0 leaves it to the disk */
    int password_log_n;  /* what new passwords cost (crypto.h); 0 means CRYPTO_PASSWORD_LOG_N */
    bool only_existing;  /* NOT_FOUND instead of making a new store: for certctl */
};

/* The store is open and its tables are those of this program; a new file is made and older tables are
 * migrated.
 * Returns: NOT_FOUND with only_existing; CONFIG when the store belongs to another hall key, UNSUPPORTED
 * when it is newer than this program.
 * Owns: the caller closes *out with store_close. */
enum status store_open(const struct store_settings *settings, struct store **out, struct failure *failure);

/* The store is closed, an open change rolled back, keys in memory wiped; NULL is allowed. */
void store_close(struct store *store);

/* The time of the store's clock.
 * Units: seconds UTC. */
int64_t store_now_utc_s(const struct store *store);

/* A fresh random id for an order, intention, certificate or decision. */
void store_new_id(struct store *store, char id[STORE_ID_BYTES]);

/* A change is open: what is written until store_end lands together. Changes nest; the outermost counts.
 * Returns: as above.
 * After failure: no change is open, store_end must not be called. */
enum status store_begin(struct store *store, struct failure *failure);

/* The change ends: committed when every status in it, this one included, was OK; else rolled back whole.
 * Write `return store_end(store, status, failure)`.
 * Returns: the first status that was not OK, inside or in committing.
 * After failure: nothing of the outermost change is stored. */
enum status store_end(struct store *store, enum status status, struct failure *failure);

/* rang says whether another connection has written since the last call; then ask store_change_list. Own
 * writes do not ring it, except on the first call.
 * Returns: OK and whether it rang.
 * Time: no lock is waited for; cheap enough for every frame of a worker. */
enum status store_bell(struct store *store, bool *rang, struct failure *failure);

#endif
