/* Subjects: the certificate an order is about when it is about one that exists already, and why.
 *
 * New certificates of an order are in store_certificate.h; here is the one that is renewed, unlocked,
 * revoked. Pitfall: nothing here says that the certificate is still good; load its row.
 */
#ifndef KIOSK_STORE_STORE_SUBJECT_H
#define KIOSK_STORE_STORE_SUBJECT_H

#include "kiosk/store/store.h"

struct store_subject {
    char request_id[STORE_ID_BYTES]; /* of the certificate, "" while it is not known */
    char key_mark[STORE_ID_BYTES];   /* of the token it is on, "" likewise */
    char reason[STORE_NAME_BYTES];   /* an id of the product's list, "" for none */
};

/* The order is about this certificate ("" for not known yet), for this reason; what was said before is
 * replaced. Returns: NOT_FOUND (no such order or certificate), CONFLICT (claimed by another). */
enum status store_subject_put(struct store *store, const char *order_id, const char *request_id,
                              const char *reason, struct failure *failure);

/* What the order is about.
 * Returns: NOT_FOUND when nothing was ever said. */
enum status store_subject_load(struct store *store, const char *order_id, struct store_subject *out,
                               struct failure *failure);

/* Whether a later order about this certificate has one of its own in its place: proven, confirmed, not
 * revoked. Returns: as the store. */
enum status store_subject_is_replaced(struct store *store, const char *request_id, bool *out,
                                      struct failure *failure);

struct store_subject_order {
    char id[STORE_ID_BYTES];
};

/* The newest orders about a certificate of this key that ended without one of their own.
 * Returns: OK with *count 0 when there is none. */
enum status store_subject_ended(struct store *store, const char *key_mark, struct store_subject_order *out,
                                size_t capacity, size_t *count, struct failure *failure);

/* The one live certificate of this product's orders that names exactly this subject.
 * Returns: NOT_FOUND, CONFLICT when there are several. */
enum status store_subject_find(struct store *store, const char *product, const char *subject,
                               char request_id[STORE_ID_BYTES], struct failure *failure);

#endif
