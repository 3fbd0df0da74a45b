/* Places: where things stand on the application form as it was printed, in parts of the page.
 *
 * For pointing only, at the terminal and at the desk; a form whose places are unknown can be read without.
 * Pitfall: the places are the printed page's; a scanned page lies the same way only once it was straightened.
 */
#ifndef KIOSK_SERVICES_SERVICE_PLACES_H
#define KIOSK_SERVICES_SERVICE_PLACES_H

#include "kiosk/services/service_context.h"
#include "kiosk/services/service_sheet.h"

/* The place with this name on the sheet; none when there is no such place. */
struct service_place service_place_of(const struct paper_zones *zones, const char *name);
/* The case names the form's page and where each field's value stands on its first page. */
void service_places_load(struct service_context *context, const struct service_visit *visit,
                         struct service_case *out);

#endif
