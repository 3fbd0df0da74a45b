/* Ctl papers: a paper of a product as one JSON object, for the verbs that list papers.
 *
 * It says what is asked of the paper, not whether an order needs it (product_wish.h). Pitfall: the keys are
 * documented in README; a renamed one breaks somebody's script.
 */
#ifndef KIOSK_CTL_CTL_PAPERS_H
#define KIOSK_CTL_CTL_PAPERS_H

#include "kiosk/base/json.h"
#include "kiosk/catalogue/product.h"

/* What is asked of the paper. Owns: the caller frees it. */
struct json *ctl_papers_json(const struct product_paper *paper);

#endif
