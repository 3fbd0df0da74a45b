/* Product side: the two sides of a paper that is asked for from front and back, `both_sides`.
 *
 * The front goes by the paper's own id, the back by one made of it: "agent_id.back". product_find_paper leads
 * from both to the paper.
 * Pitfall: only papers with `both_sides` have a back; the id of one can be made of any.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_SIDE_H
#define KIOSK_CATALOGUE_PRODUCT_SIDE_H

#include "kiosk/catalogue/product.h"

/* The id of this paper's back. */
void product_side_back_id(const char *paper_id, char out[ORDER_NAME_BYTES]);
/* Whether this is the id of a back. */
bool product_side_is_back(const char *id);

#endif
