/* Service decision: what clerks decided takes effect when its undo time is over, by whoever looks first.
 *
 * Inside kiosk/services only. Decision, transition and journal land in one transaction.
 * Pitfall: a decision was made on one version of the order; when that has moved on, it has no effect.
 */
#ifndef KIOSK_SERVICES_SERVICE_DECISION_H
#define KIOSK_SERVICES_SERVICE_DECISION_H

#include "kiosk/services/service_context.h"

/* Every due decision has taken effect or is withdrawn as overtaken. Thread: any worker's own. */
void service_decision_apply_due(struct service_context *context);
/* Whether the case was put aside, by whom and why. Returns: as the store. */
enum status service_decision_fill_hold(struct service_context *context, struct service_case *out,
                                       struct failure *failure);

#endif
