/* Key models: the pictures of the keys an authority gives out, side by side, for who must tell which one is
 * theirs. The one that was put in is found by itself and marked.
 *
 * Pitfall: a product without pictures has no row; then the area is as before.
 */
#ifndef KIOSK_SCREENS_KEY_MODELS_H
#define KIOSK_SCREENS_KEY_MODELS_H

#include "kiosk/screens/screen.h"

/* Cards "model.<id>" stand at the top of the area, or at its right, and it is then what is left. Units: base
 * px.
 */
void key_models_draw(struct ui *ui, struct rect *area, const struct product *product);
/* What the key's page says of the key that was read: the authority's name for its model, else the maker's.
 * Returns: "" for not told. Owns: as long as the visit and the catalogue stand. */
const char *key_models_name(const struct service_holder *holder);

#endif
