/* Old locks: the lock of another authority that is handed in for an order's new one.
 *
 * What was read of it without a PIN: who made its certificate, the certificate's serial number and the lock's
 * own. Nothing of ours is withdrawn for it. Pitfall: a lock that could not be read has a row all the same,
 * with empty texts; a clerk sees it before anything is made.
 */
#ifndef KIOSK_STORE_STORE_OLD_LOCK_H
#define KIOSK_STORE_STORE_OLD_LOCK_H

#include "kiosk/store/store.h"

enum { STORE_OLD_LOCK_BYTES = 256 };

struct store_old_lock {
    char issuer[STORE_OLD_LOCK_BYTES];
    char serial[STORE_NAME_BYTES];     /* of its certificate */
    char key_serial[STORE_NAME_BYTES]; /* of the lock itself */
    bool is_known;                     /* by its issuer; else a clerk judges it */
};

/* The order's old lock stands with its journal row.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another). */
enum status store_old_lock_put(struct store *store, const char *order_id, const struct store_old_lock *lock,
                               struct failure *failure);
/* The order's old lock. Returns: NOT_FOUND when none was shown. */
enum status store_old_lock_load(struct store *store, const char *order_id, struct store_old_lock *out,
                                struct failure *failure);

#endif
