/* Product term: until when a certificate holds, by its operation and by the one it is about.
 *
 * A change, a replacement, an exchange, an upgrade and a recovered key keep the old end, a renewal adds to
 * it, anything else begins anew; a product may say otherwise. Pure: days are handed in. Pitfall: an old end
 * that is not known is 0, and then so is the new one where it depends on it.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_TERM_H
#define KIOSK_CATALOGUE_PRODUCT_TERM_H

#include <stdbool.h>
#include <stdint.h>

/* As the profiles of the embedded CA allow: five years bought, and what is left of the old term. */
enum { PRODUCT_TERM_DAYS_MOST = 2192 };

struct product;
struct product_operation;

enum product_start {
#define PRODUCT_START(code, name) PRODUCT_START_##code,
#include "kiosk/catalogue/product_starts.def"
#undef PRODUCT_START
    PRODUCT_START_COUNT_
};

enum product_term {
#define PRODUCT_TERM(code, name) PRODUCT_TERM_##code,
#include "kiosk/catalogue/product_terms.def"
#undef PRODUCT_TERM
    PRODUCT_TERM_COUNT_
};

/* What the operation does with the old end, never USUAL. Thread: any. */
enum product_term product_operation_term(const struct product_operation *operation);
/* Whether years are bought with it: it makes a certificate that does not merely keep the old end. */
bool product_operation_has_years(const struct product_operation *operation);

/* How long the certificate of such an operation lasts with this term. Units: days; years 0 for the shortest.
 */
unsigned product_term_days(const struct product *product, const struct product_operation *operation,
                           unsigned years);

/* The longest term that any operation sells. Units: days. */
unsigned product_term_longest_days(const struct product *product);

/* The new end by an old one. Units: seconds UTC; the day validity counts from is where nothing is kept.
 * Returns: 0 where it depends on an old end that is not known; a day from now where the old end is past. */
int64_t product_term_end_utc_s(const struct product *product, const struct product_operation *operation,
                               unsigned years, int64_t start_utc_s, int64_t old_end_utc_s);

/* How long a renewed certificate may hold from its application. Units: days. */
unsigned product_term_days_most(const struct product *product);

/* From when a renewal for so many years is allowed: within the product's window, and not so far ahead that
 * the certificate would hold longer than renewal.days_most. Units: seconds UTC. Returns: 0 for any time. */
int64_t product_term_opens_utc_s(const struct product *product, const struct product_operation *operation,
                                 unsigned years, int64_t old_end_utc_s);

/* Stable names, "invalid" outside the list. Thread: any. */
const char *product_start_name(enum product_start start);
const char *product_term_name(enum product_term term);

#endif
