/* Ctl product notes: what a product says around its orders, as members of certctl catalogue show.
 *
 * Only what the definition has is shown; what it leaves to the program is absent. Pitfall: texts are copied
 * into the JSON, so the product may go first.
 */
#ifndef KIOSK_CTL_CTL_PRODUCT_NOTES_H
#define KIOSK_CTL_CTL_PRODUCT_NOTES_H

#include "kiosk/base/json.h"
#include "kiosk/catalogue/product.h"

/* The object has the product's key models, PIN, payment, channels, buttons, messages, ways and notes, too. */
void ctl_product_notes_set(struct json *object, const struct product *product);

#endif
