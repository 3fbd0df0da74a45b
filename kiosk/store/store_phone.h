/* Phones: certificates whose key is a phone's; what the phone asks with is brought here by its service.
 *
 * A phone stands among the keys as one of a model of its own, so that one rule holds for all certificates; it
 * is no stock of the hall. Pitfall: a request is the order's until a certificate was made with it; before
 * that another one takes its place.
 */
#ifndef KIOSK_STORE_STORE_PHONE_H
#define KIOSK_STORE_STORE_PHONE_H

#include "kiosk/base/buf.h"
#include "kiosk/store/store.h"

/* The model of a phone among the keys. */
#define STORE_PHONE_MODEL "phone"

/* The order's phone asks with this request, DER; an earlier one is replaced.
 * Returns: NOT_FOUND (no such order), BAD_STATE (a certificate was made with the earlier one), FULL. */
enum status store_phone_put(struct store *store, const char *order_id, const void *request, size_t length,
                            const char *actor, struct failure *failure);
/* The request was for somebody else, or the authority will have none of it: the phone asks anew.
 * Returns: as the store, OK also when there was none. */
enum status store_phone_drop(struct store *store, const char *order_id, struct failure *failure);
/* The request stands at the end of the buffer. Returns: NOT_FOUND. */
enum status store_phone_load(struct store *store, const char *order_id, struct buf *out,
                             struct failure *failure);

#endif
