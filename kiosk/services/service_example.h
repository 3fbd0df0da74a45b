/* Example: how a paper looks when it is right, drawn from the product's own templates with fictitious values.
 *
 * Forms and sheets printed here are filled as an applicant would fill them; what is brought along is a drawn
 * placeholder (assets/forms/example-*.yaml) that the definition names. Every page has a mark across it.
 * Pitfall: a paper of which nobody made a example has none; certctl catalogue check lists those.
 */
#ifndef KIOSK_SERVICES_SERVICE_EXAMPLE_H
#define KIOSK_SERVICES_SERVICE_EXAMPLE_H

#include "kiosk/services/service_sheet.h"

/* The template the paper's example is drawn from. Returns: "" when there is none. Owns: borrowed. */
const char *service_example_template(const struct product_operation *operation,
                                     const struct product_paper *paper);
/* The example is ready to be drawn: template, values of assets/forms/examples.txt, mark.
 * Returns: NOT_FOUND (no example, or no values), CONFIG; else as service_sheet_open. Owns: the caller
 * releases *out, also after failure. Time: reads files; not on the screen's thread. */
enum status service_example_open(struct service_sheet *out, const char *assets, const struct product *product,
                                 const struct product_operation *operation, const struct product_paper *paper,
                                 int64_t utc_s, struct failure *failure);

#endif
