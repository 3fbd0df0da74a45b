/* Service comparison: what a form says beside what is known elsewhere: registers that were imported, and
 * values other orders have.
 *
 * Inside kiosk/services only. Findings are made whenever values are stored and when the form is complete;
 * they hold nobody up but for a value that must be unique. A register that cannot be read counts as none.
 * Pitfall: what was found differing is no mistake of the applicant's; a clerk judges it with the papers.
 */
#ifndef KIOSK_SERVICES_SERVICE_COMPARISON_H
#define KIOSK_SERVICES_SERVICE_COMPARISON_H

#include "kiosk/services/service_context.h"

/* The order's findings are those of these values. Inside the change that stores them. Returns: as the store.
 */
enum status service_comparison_settle(struct service_context *context, const struct order *order,
                                      const struct form_values *values, struct failure *failure);
/* The values that must be unique are the order's. Inside the change that completes its form. Reasons:
 * VALUE_TAKEN. Returns: REFUSED, else as the store. */
enum status service_comparison_take(struct service_context *context, struct service_job *job,
                                    const struct service_visit *visit, const struct form_values *values);
/* What was found about the visit's order stands in it, and while its form is open which values others have.
 * Returns: as the store. */
enum status service_comparison_load(struct service_context *context, struct service_visit *visit,
                                    struct failure *failure);

#endif
