/* Service supervision: a clerk's acts on their way to this terminal's screen, on the orders worker.
 *
 * Inside kiosk/services only. Open acts are taken and reported; acts of a visit that is over are finished
 * without effect, those left by a program that was killed too. The screen says when an act had its effect
 * (service_act_done).
 * Pitfall: a report may be dropped with the visit it belongs to; so what is known is told anew after every
 * change of the visit's mark.
 */
#ifndef KIOSK_SERVICES_SERVICE_SUPERVISION_H
#define KIOSK_SERVICES_SERVICE_SUPERVISION_H

#include "kiosk/services/service_context.h"

/* What the worker knows between two looks. */
struct service_supervision_watch {
    bool has_looked;
    char mark[SERVICE_MARK_BYTES]; /* of the visit told last */
    uint64_t visit;                /* its number */
    struct service_supervision told;
};

/* Whether a look is due although the bell did not ring: the first one, or of another visit. */
bool service_supervision_is_due(const struct service_supervision_watch *watch, const char *mark);
/* Acts are taken or ended, and the screen is told when something changed. Units: *answered: the call was
 * answered. Returns: as the store. */
enum status service_supervision_look(struct service_context *context, struct service_supervision_watch *watch,
                                     const char *mark, bool *answered, struct failure *failure);

#endif
