/* Catalogue: all products a hall offers, read from config/catalogue/<authority>/<product>.yaml.
 *
 * It is whole or not there: one mistake in one file and there is no catalogue, but all mistakes of all files
 * are told together. Nothing is read later. Pitfall: products are borrowed; the catalogue lives as long as
 * the program.
 */
#ifndef KIOSK_CATALOGUE_CATALOGUE_H
#define KIOSK_CATALOGUE_CATALOGUE_H

#include "kiosk/catalogue/calendar.h"
#include "kiosk/catalogue/product.h"
#include "kiosk/catalogue/region_table.h"

enum { CATALOGUE_PRODUCTS_MAX = 512 };

struct catalogue {
    struct product **products; /* by rank, then by id; see catalogue_prefer_region */
    size_t count;
    struct calendar *calendar; /* of working days, from calendar.yaml beside the folders; NULL without one */
    struct region_table *regions; /* to choose addresses from, from regions.yaml; NULL without one */
};

/* Every *.yaml of every authority's folder is read, in the order of names.
 * Returns: CONFIG with all mistakes told in *errors (a directory without products, a file under another
 * authority's folder, an id used twice are mistakes, too), NO_MEMORY.
 * Owns: the caller frees *out with catalogue_free. After failure: *out is unchanged. */
enum status catalogue_open(const char *directory, struct yaml_errors *errors, struct catalogue **out);
/* The same, and each product is judged by `judge`, too, in the same pass; NULL for none.
 * Returns and Owns: as catalogue_open. */
enum status catalogue_open_judged(const char *directory, product_judge *judge, const void *context,
                                  struct yaml_errors *errors, struct catalogue **out);
/* What lies in the directory and is not read is told: another ending than .yaml, a folder too deep, a file
 * too high. A mistake to whoever checks a catalogue; a program that starts does not mind somebody's copy.
 * Names that begin with a dot are nobody's business. */
void catalogue_examine_names(const char *directory, struct yaml_errors *errors);
/* The catalogue and its products are gone; NULL is allowed. */
void catalogue_free(struct catalogue *catalogue);
/* The product with this id, NULL when there is none. Owns: borrowed. */
const struct product *catalogue_find(const struct catalogue *catalogue, const char *id);
/* The products of this region stand before all others; among themselves either part keeps its order.
 * Returns: how many there are of the region. */
size_t catalogue_prefer_region(struct catalogue *catalogue, const char *region);
/* The last second in which an order that came at this time is reviewed in, as its product promises.
 * Units: seconds UTC. Returns: 0 when the product promises no number of days. */
int64_t catalogue_review_due(const struct catalogue *catalogue, const struct product *product,
                             int64_t since_utc_s);

#endif
