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
/* The case knows how many clerks an approval takes, who approved already, which stage comes next and whether
 * the clerk here may sign it. Returns: as the store. */
enum status service_signers_fill(struct service_context *context, const struct service_visit *visit,
                                 struct service_case *out, struct failure *failure);
/* The clerk here may give the next signature: of the role its stage names, and not given one yet. Returns:
 * REFUSED (STAGE_OTHER); else as the store. */
enum status service_signers_check(struct service_context *context, struct service_job *job);
/* An approval that lacks signatures is over: the order is sent back. Inside a change. Returns: as the store.
 */
enum status service_signers_drop(struct service_context *context, struct service_job *job);
/* Whether the decision still lacks a signature. */
bool service_signers_is_collecting(struct service_context *context, const char *decision_id);

#endif
