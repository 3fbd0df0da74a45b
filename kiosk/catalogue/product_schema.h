/* Product schema: the table that says which keys a product definition has, of which type and range.
 *
 * For product*.c only. What a table cannot say (references, steps, templates) is product_check.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_SCHEMA_H
#define KIOSK_CATALOGUE_PRODUCT_SCHEMA_H

#include "kiosk/catalogue/product.h"

/* The table of a whole definition file, which fills a struct product. */
extern const struct yaml_schema product_schema;

/* References, steps, templates, tariff and PIN rule are right; what is not is told in *errors.
 * Returns: true when nothing was told. */
bool product_check(const struct product *product, struct yaml_errors *errors);

#endif
