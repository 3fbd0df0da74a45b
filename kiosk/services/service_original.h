/* Service original: the papers of a case that must lie there on paper before it is approved.
 *
 * Inside kiosk/services only, on the desk worker. Which papers, how many copies and how far back they may
 * have come is the product's. Pitfall: an optional paper that was not scanned is not asked for on paper.
 */
#ifndef KIOSK_SERVICES_SERVICE_ORIGINAL_H
#define KIOSK_SERVICES_SERVICE_ORIGINAL_H

#include "kiosk/services/service_context.h"

/* The case knows which originals are asked for and which are there. Returns: as the store. */
enum status service_original_fill(struct service_context *context, const struct service_visit *visit,
                                  struct service_case *out, struct failure *failure);
/* Everything that is asked for is there. Returns: REFUSED (ORIGINALS, with how many are not); else as the
 * store. */
enum status service_original_check(struct service_context *context, struct service_job *job);

#endif
