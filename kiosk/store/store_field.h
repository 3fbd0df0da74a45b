/* Form values of an order, each sealed under the order's data key.
 *
 * The form knows what a field is and whether a value is right; here it is text of at most
 * LIMIT_FIELD_BYTES. The place of a value (table, row, column) is sealed in, so that swapped rows do not
 * open.
 * Pitfall: values handed out are personal data: wipe what you copy.
 */
#ifndef KIOSK_STORE_STORE_FIELD_H
#define KIOSK_STORE_STORE_FIELD_H

#include "kiosk/form/form.h"
#include "kiosk/store/store.h"

/* The field has this value. An empty value erases it.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another), FULL (longer than LIMIT_FIELD_BYTES). */
enum status store_field_put(struct store *store, const char *order_id, const char *field, const char *value,
                            struct failure *failure);

/* The value stands at the end of the buffer.
 * Returns: NOT_FOUND.
 * Owns: the caller wipes the buffer. */
enum status store_field_get(struct store *store, const char *order_id, const char *field, struct buf *out,
                            struct failure *failure);

/* All stored values of the order.
 * Returns: FULL past LIMIT_FORM_FIELDS.
 * Owns: the caller wipes *out with form_values_wipe; it holds no values before.
 * After failure: *out is empty. */
enum status store_field_load(struct store *store, const char *order_id, struct form_values *out,
                             struct failure *failure);

/* Exactly these values are stored, in one change; values missing here are erased.
 * Returns: as store_field_put.
 * After failure: the earlier values are still there. */
enum status store_field_replace(struct store *store, const char *order_id, const struct form_values *values,
                                struct failure *failure);

#endif
