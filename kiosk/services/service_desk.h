/* Service desk: what the clerk's requests share: who is signed in, and how a decision is stored.
 *
 * Inside kiosk/services only, on the desk worker.
 * Pitfall: who signs is the clerk that signed in here, never one named by a request.
 */
#ifndef KIOSK_SERVICES_SERVICE_DESK_H
#define KIOSK_SERVICES_SERVICE_DESK_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_decision.h"

/* Whether a clerk is signed in here. */
bool service_desk_has_clerk(struct service_context *context);
/* The case of the request's order is open at this desk and on its way to the screen, pages seen in the same
 * version stay seen. Returns: as the store. */
enum status service_desk_load_case(struct service_context *context, struct service_job *job);
/* The decision stands in the store, or the one a colleague began on the same display, with this clerk's
 * signature. Call inside a change. Returns: CONFLICT (another one is open); else as the store. */
enum status service_desk_decide(struct service_context *context, struct service_job *job,
                                struct store_decision *decision);

#endif
