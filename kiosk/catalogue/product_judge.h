/* Product judge: what else a definition is judged by, beyond its own file: a hall's templates and drawings.
 *
 * It is asked for each product that could be parsed, so that one reading tells everything. Pitfall: that is
 * also a product with mistakes, whose texts and lists may be empty.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_JUDGE_H
#define KIOSK_CATALOGUE_PRODUCT_JUDGE_H

struct product;
struct yaml_errors;

/* What it finds is told in *errors. */
typedef void product_judge(const void *context, const struct product *product, struct yaml_errors *errors);

#endif
