/* Product old lock: the lock of another authority that an operation takes in for a new one (免费换发).
 *
 * Known by the issuer its certificate names; any other one is left to a clerk. Pure. Pitfall: nothing of ours
 * is such a lock, and nothing here is known of its certificate's end.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_OLD_LOCK_H
#define KIOSK_CATALOGUE_PRODUCT_OLD_LOCK_H

#include <stdbool.h>
#include <stddef.h>

struct product_operation;

struct product_old_lock {
    const char *const *issuers;
    size_t issuer_count; /* 0: none is taken in */
};

/* Whether another authority's lock is handed in for the new one. */
bool product_operation_takes_old_lock(const struct product_operation *operation);
/* Whether the lock is known by who made its certificate. */
bool product_operation_knows_issuer(const struct product_operation *operation, const char *issuer);

#endif
