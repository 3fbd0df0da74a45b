/* Service signers: how many clerks a decision takes, and who of them has signed.
 *
 * Inside kiosk/services only, on the desk worker. The number is the operation's, else the product's. Pitfall:
 * a colleague's signature counts only for what was displayed to both (service_desk_decide compares it).
 */
#ifndef KIOSK_SERVICES_SERVICE_SIGNERS_H
#define KIOSK_SERVICES_SERVICE_SIGNERS_H

#include "kiosk/services/service_context.h"

/* The signatures that this action about the job's order takes. Returns: as the store. */
enum status service_signers_required(struct service_context *context, struct service_job *job,
                                     const char *action, int64_t *out);
/* The case knows how many clerks an approval takes, and who approved already. Returns: as the store. */
enum status service_signers_fill(struct service_context *context, const struct service_visit *visit,
                                 struct service_case *out, struct failure *failure);
/* Whether the decision still lacks a signature. */
bool service_signers_is_collecting(struct service_context *context, const char *decision_id);

#endif
