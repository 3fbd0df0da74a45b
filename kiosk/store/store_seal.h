/* Seal: personal values under the order's data key, which is wrapped by the hall key.
 *
 * The place of a value (table, row, column) is its associated data, so that a value moved to another row,
 * column or order does not open. Inside the store only.
 * Pitfall: wipe the data key after use; it is never kept in the handle.
 */
#ifndef KIOSK_STORE_STORE_SEAL_H
#define KIOSK_STORE_STORE_SEAL_H

#include "kiosk/store/store_inner.h"

struct store_seal {
    uint8_t key[CRYPTO_KEY_BYTES];
    char order_id[STORE_ID_BYTES];
};

/* A fresh data key of the order is stored, wrapped.
 * Returns: CONFLICT when it has one, NOT_FOUND. */
enum status store_seal_create(struct store *store, const char *order_id, struct failure *failure);

/* The order's data key is ready.
 * Returns: NOT_FOUND (no such order, or its person is forgotten), UNSUPPORTED (wrapped by another hall
 * key).
 * Owns: the caller wipes it with store_seal_wipe. */
enum status store_seal_open(struct store *store, const char *order_id, struct store_seal *out,
                            struct failure *failure);

/* The key is zeros. */
void store_seal_wipe(struct store_seal *seal);

/* The sealed value stands at the end of the buffer.
 * Returns: FULL past the ceiling of the buffer. */
enum status store_seal_value(struct store *store, const struct store_seal *seal, const char *table,
                             const char *row, const char *column, const void *plain, size_t length,
                             struct buf *out, struct failure *failure);

/* The plain value stands at the end of the buffer.
 * Returns: MALFORMED when place, key or bytes do not match. */
enum status store_seal_plain(const struct store_seal *seal, const char *table, const char *row,
                             const char *column, const void *sealed, size_t length, struct buf *out,
                             struct failure *failure);

#endif
