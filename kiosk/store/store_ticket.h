/* Tickets: the random text in a printed code that leads back to an order.
 *
 * Only a hash is kept: who reads the store cannot print a ticket.
 * Pitfall: whoever holds the paper holds the order up to the login code; ask for that too.
 */
#ifndef KIOSK_STORE_STORE_TICKET_H
#define KIOSK_STORE_STORE_TICKET_H

#include "kiosk/store/store.h"

enum { STORE_TICKET_BYTES = 33 }; /* 128 random bits in hexadecimal, with the NUL */

/* A fresh ticket leads to the order for life_s seconds.
 * Returns: NOT_FOUND. */
enum status store_ticket_new(struct store *store, const char *order_id, int64_t life_s,
                             char out[STORE_TICKET_BYTES], struct failure *failure);

/* The order a ticket leads to.
 * Returns: NOT_FOUND (unknown or malformed), TIMED_OUT (too old). */
enum status store_ticket_find(struct store *store, const char *ticket, char order_id[STORE_ID_BYTES],
                              struct failure *failure);

#endif
