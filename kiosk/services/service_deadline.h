/* Service deadline: what has to be done within hours of its approval, for the desk.
 *
 * Inside kiosk/services only. The hours are the operation's (done_hours); they run from the time the approval
 * took effect, for what the authority began from the second signature. Pitfall: nothing here carries anything
 * out; open intentions do (service_change.h, service_revocation.h).
 */
#ifndef KIOSK_SERVICES_SERVICE_DEADLINE_H
#define KIOSK_SERVICES_SERVICE_DEADLINE_H

#include "kiosk/services/service_context.h"

/* Everything that is not done yet stands in the list, what is due first before the others, what has no
 * hours behind them. Units: *count at
 * most SERVICE_CERTIFICATE_DEADLINES_MAX. Returns: as the store. */
enum status service_deadline_list(struct service_context *context, struct service_certificate_deadline *out,
                                  size_t *count, struct failure *failure);

#endif
