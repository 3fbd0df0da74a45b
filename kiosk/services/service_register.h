/* Service register: the rows of a register on their way into the store, and one of them back.
 *
 * Used by certctl, which imports, and by what compares forms with them. Pitfall: a row is the texts of its
 * columns by their headings; a heading that changes in a product needs the register imported anew.
 */
#ifndef KIOSK_SERVICES_SERVICE_REGISTER_H
#define KIOSK_SERVICES_SERVICE_REGISTER_H

#include "kiosk/base/json.h"
#include "kiosk/catalogue/register_file.h"
#include "kiosk/store/store_register.h"

/* The file's rows are the register of their kind, in place of the earlier one, in one step at the end.
 * Units: digest of the file in hexadecimal. Returns: as the store. After failure: the earlier one stands. */
enum status service_register_put(struct store *store, const struct register_shape *shape,
                                 const struct register_file *file, const char *digest, const char *actor,
                                 struct failure *failure);
/* The row with this key: its texts by headings. Returns: NOT_FOUND (no such row), BAD_STATE (no register of
 * this kind). Owns: the caller frees *out with json_free. */
enum status service_register_find(struct store *store, const char *kind, const char *key, struct json **out,
                                  char register_id[STORE_ID_BYTES], struct failure *failure);

#endif
