/* Serial list: serial numbers as a clerk scans or types them, or as they lie in a file: one by one, or a
 * range "A0001..A0100" whose ends differ in their last digits only.
 *
 * Between two of them stand blanks, commas or line ends. Pitfall: a hyphen belongs to the number.
 */
#ifndef KIOSK_FORM_SERIAL_LIST_H
#define KIOSK_FORM_SERIAL_LIST_H

#include <stddef.h>

#include "kiosk/base/status.h"

enum { SERIAL_LIST_BYTES = 64 };

/* Every serial number of the text, in upper case and in its order.
 * Returns: MALFORMED (none at all, or something that is none), CONFLICT (one twice), FULL (more than
 * capacity). After failure: *count is unchanged. */
enum status serial_list_parse(const char *text, char (*out)[SERIAL_LIST_BYTES], size_t capacity,
                              size_t *count);

#endif
