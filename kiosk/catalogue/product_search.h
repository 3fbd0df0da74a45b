/* Product search: whether a product is meant by what somebody types: characters of its name or area, pinyin,
 * or the letters pinyin begins with.
 *
 * Pure. How a name is spoken stands in the definition (`search`), because characters have several readings.
 * Pitfall: an empty text means every product.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_SEARCH_H
#define KIOSK_CATALOGUE_PRODUCT_SEARCH_H

#include "kiosk/catalogue/product.h"

/* Every part of the text between blanks stands somewhere in the product's name, path, authority, scope,
 * classes or search words, capital or small. Thread: any. */
bool product_search_finds(const struct product *product, const char *text);
/* The same for letters that are still being put together by the keyboard, which parts syllables: of pinyin
 * only, whatever stands between the letters. Thread: any. */
bool product_search_spells(const struct product *product, const char *letters);

#endif
