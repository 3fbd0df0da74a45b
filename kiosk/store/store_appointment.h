/* Appointments that were used: a partner's reference begins one order and no other.
 *
 * Pitfall: put it into the change that inserts the order, so that neither stands without the other.
 */
#ifndef KIOSK_STORE_STORE_APPOINTMENT_H
#define KIOSK_STORE_STORE_APPOINTMENT_H

#include "kiosk/store/store.h"

/* The order was begun by it.
 * Returns: CONFLICT when another one was, NOT_FOUND (no such order). */
enum status store_appointment_use(struct store *store, const char *partner, const char *reference,
                                  const char *order_id, struct failure *failure);
/* Whether an order was. Returns: as the store. */
enum status store_appointment_is_used(struct store *store, const char *partner, const char *reference,
                                      bool *out, struct failure *failure);

#endif
