/* Region: provinces and the places directly below them, as two lists to choose an address from.
 *
 * The lists come from outside (kiosk/catalogue/region_table.h); here is what a chosen value looks like:
 * "湖南省 长沙市", or the province alone where nothing is listed below it.
 * Pitfall: a place is written with its code before it, "430100 长沙市"; people see region_place_name.
 */
#ifndef KIOSK_FORM_REGION_H
#define KIOSK_FORM_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/buf.h"

enum { REGION_CODE_CHARACTERS = 6 }; /* GB/T 2260 */

struct region_province {
    const char *code;
    const char *name;
    const char *const *places; /* code, a blank, name */
    size_t place_count;
};

/* Owns: borrowed from the table. */
struct region_list {
    const struct region_province *provinces;
    size_t count;
};

/* The name behind the code. Owns: borrowed from the place. */
const char *region_place_name(const char *place);
/* What a choice is written as stands at the end of the buffer; `place` is NULL for the province alone.
 * Returns: as buf_append. */
enum status region_write(const struct region_province *province, const char *place, struct buf *out);
/* Whether the value is a province and a place of it, or a province that has none. */
bool region_is_listed(const struct region_list *list, const char *value);

#endif
