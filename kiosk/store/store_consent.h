/* Consent: what the holder said of the certificate that was made: it is right, or why it is not.
 *
 * A row for each order of which something was said, once; that nothing was said is no row. The objection is a
 * code, never words. Pitfall: silence becomes consent by the product's limit, which the store does not know.
 */
#ifndef KIOSK_STORE_STORE_CONSENT_H
#define KIOSK_STORE_STORE_CONSENT_H

#include "kiosk/store/store.h"

struct store_consent {
    char objection[STORE_NAME_BYTES]; /* "" for consent */
    int64_t said_utc_s;               /* set by the store */
};

/* It was said, "" for consent. Writes a journal row.
 * Returns: CONFLICT (something was said already, or the order is claimed by another), NOT_FOUND. */
enum status store_consent_put(struct store *store, const char *order_id, const char *objection,
                              struct failure *failure);

/* What was said. Returns: NOT_FOUND when nothing was. */
enum status store_consent_load(struct store *store, const char *order_id, struct store_consent *out,
                               struct failure *failure);

#endif
