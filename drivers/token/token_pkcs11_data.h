/* Token PKCS#11 data: data objects of ours on a key, one of each name, readable by everybody.
 *
 * For token_pkcs11.c only. They are CKO_DATA objects of the application "certkiosk"; the name is their label.
 * Pitfall: a pull between making the new object and deleting the old one leaves two; the next write ends
 * that.
 */
#ifndef DRIVERS_TOKEN_TOKEN_PKCS11_DATA_H
#define DRIVERS_TOKEN_TOKEN_PKCS11_DATA_H

#include "drivers/token/token_pkcs11_raw.h"

/* The only object of this name has these bytes. Logged in as user. Returns: FULL, LOST, IO. */
enum status token_pkcs11_data_write(struct token_pkcs11_raw *raw, unsigned long session, const char *name,
                                    const void *data, size_t length, struct failure *failure);
/* The bytes of the object of this name stand at the end of the buffer. Returns: NOT_FOUND, FULL (too long),
 * LOST, IO.
 */
enum status token_pkcs11_data_read(struct token_pkcs11_raw *raw, unsigned long session, const char *name,
                                   struct buf *out, struct failure *failure);

#endif
