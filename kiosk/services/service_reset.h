/* Service reset: what a clerk lets somebody at a terminal set anew, after seeing the ID card.
 *
 * Inside kiosk/services only. The terminal asks, the desk grants or refuses, the desk's code is typed at the
 * terminal, the terminal uses it once. Whose card it is, the desk's worker finds out by the number the clerk
 * typed from it: the clerk is not shown one. Pitfall: who is nobody is compared like anybody and never fits.
 */
#ifndef KIOSK_SERVICES_SERVICE_RESET_H
#define KIOSK_SERVICES_SERVICE_RESET_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_reset.h"

/* The reset of the job's visit is used up and was for this kind; *out is it. Returns: REFUSED with the job's
 * reason RESET_OVER; else as the store. */
enum status service_reset_take(struct service_context *context, struct service_job *job,
                               enum store_reset_kind kind, struct store_reset *out);
/* The job's patch says that nothing is asked for any more. */
void service_reset_end(struct service_job *job);
/* The desk's lines of what waits for a clerk. Returns: as the store. */
enum status service_reset_list(struct service_context *context, struct service_desk *out,
                               struct failure *failure);

#endif
