/* Form values of an order, each sealed under the order's data key.
 *
 * The form knows what a field is and whether a value is right; here it is text of at most LIMIT_FIELD_BYTES.
 * The place of a value (table, row, column) is sealed in, so that swapped rows do not open.
 * Pitfall: values handed out are personal data: wipe what you copy.
 */
#ifndef KIOSK_STORE_STORE_FIELD_H
#define KIOSK_STORE_STORE_FIELD_H

#include "kiosk/store/store.h"

/* Called once per value; a status other than OK ends the listing. Owns: both texts are borrowed for the call.
 */
typedef enum status store_field_visit(void *context, const char *field, const char *value);

/* The field has this value. An empty value erases it.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another), FULL (longer than LIMIT_FIELD_BYTES). */
enum status store_field_put(struct store *store, const uint8_t order_id[STORE_ID_BYTES], const char *field,
                            const char *value, struct failure *failure);

/* The value stands at the end of the buffer. Returns: NOT_FOUND. Owns: the caller wipes the buffer. */
enum status store_field_get(struct store *store, const uint8_t order_id[STORE_ID_BYTES], const char *field,
                            struct buf *out, struct failure *failure);

/* Every stored value is visited, by field name. Returns: what the visitor returned. */
enum status store_field_list(struct store *store, const uint8_t order_id[STORE_ID_BYTES],
                             store_field_visit *visit, void *context, struct failure *failure);

#endif
