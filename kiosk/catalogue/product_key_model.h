/* Product key model: which of an authority's models a key is, by its looks on a drawing or by what the key
 * itself tells.
 *
 * Pure. Pitfall: a token's texts are its maker's, cut off at the end by some, so only their beginnings are
 * compared; the first model in the definition's order that fits is the one.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_KEY_MODEL_H
#define KIOSK_CATALOGUE_PRODUCT_KEY_MODEL_H

#include "kiosk/catalogue/product.h"

/* The model whose beginnings fit what a token says of its model or maker; empty texts fit nothing.
 * Returns: NULL for none. */
const struct product_key_model *product_key_model_of(const struct product *product, const char *token_model,
                                                     const char *maker);
/* How many of the models have a picture. */
size_t product_key_model_pictures(const struct product *product);

#endif
