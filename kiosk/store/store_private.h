/* Private: a personal text of no order, sealed under the hall key and bound to its row's id and column.
 *
 * What belongs to an order is sealed under the order's data key (store_seal.h). Inside the store only.
 * Pitfall: a text of one column does not open in another; name the column the same both times.
 */
#ifndef KIOSK_STORE_STORE_PRIVATE_H
#define KIOSK_STORE_STORE_PRIVATE_H

#include "kiosk/store/store_inner.h"

enum { STORE_PRIVATE_BYTES = 256 }; /* of a text, with its NUL */

/* The sealed text stands at the end of the buffer.
 * Returns: FULL (longer than STORE_PRIVATE_BYTES). */
enum status store_private_seal(struct store *store, const char *id, const char *column, const char *text,
                               struct buf *out, struct failure *failure);
/* The text of a row's column stands in *out.
 * Returns: MALFORMED. After failure: *out may be partly filled. */
enum status store_private_open(struct store *store, const char *id, const char *column,
                               const struct db_rows *rows, int index, char *out, size_t size);
/* The current row with its sealed texts is made into *out. Returns: MALFORMED when it makes no sense. */
typedef enum status store_private_read(struct store *store, const struct db_rows *rows, void *out);
/* Up to `capacity` rows of a query, read into an array of elements of `size` bytes.
 * Returns: OK with *found 0 when there is none; MALFORMED. */
enum status store_private_read_all(struct store *store, store_private_read *read, void *out, size_t size,
                                   size_t capacity, size_t *found, const char *sql,
                                   const struct db_value *params, size_t count, struct failure *failure);
/* The first row of a query. Returns: NOT_FOUND. After failure: *out may be partly filled. */
enum status store_private_read_one(struct store *store, store_private_read *read, void *out, size_t size,
                                   const char *sql, const struct db_value *params, size_t count,
                                   struct failure *failure);
/* A buffer for one sealed text. */
void store_private_init(struct buf *sealed);

#endif
