/* Product check: what the files that judge a definition share: the product under the lens and how a mistake
 * is told.
 *
 * For product_check*.c only. Pitfall: a product with mistakes is judged, too, so that one reading tells
 * everything; nothing may be taken for granted but that no text is NULL.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_CHECK_H
#define KIOSK_CATALOGUE_PRODUCT_CHECK_H

#include "kiosk/catalogue/product.h"

struct product_examiner {
    const struct product *product;
    struct yaml_errors *errors;
};

#define TELL(examiner, text, ...)                                                                            \
    yaml_complain((examiner)->product->yaml, (examiner)->errors, (text), __VA_ARGS__)

/* At the value of a key of the product: "pin.max". */
#define TELL_KEY(examiner, key, ...)                                                                         \
    yaml_complain_key((examiner)->product->yaml, (examiner)->errors, (key), __VA_ARGS__)

/* The tariff charges each thing once, its bundles can be taken and save money, and papers are asked for by
 * what may be chosen; what is not so is told. */
void product_check_tariff(const struct product_examiner *examiner);
/* What stands around the orders is right: buttons, messages, account, verification, fallbacks, sheets, key
 * numbers; what is not is told. */
void product_check_notes(const struct product_examiner *examiner);

#endif
