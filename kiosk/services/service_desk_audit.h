/* Service desk audit: what is looked for in the audit, as the store takes it.
 *
 * Inside kiosk/services only. Pitfall: words are the desk's; the store knows stable names.
 */
#ifndef KIOSK_SERVICES_SERVICE_DESK_AUDIT_H
#define KIOSK_SERVICES_SERVICE_DESK_AUDIT_H

#include "kiosk/services/service_views.h"
#include "kiosk/store/store_audit_filter.h"

/* The same filter for the store, without its page. */
struct store_audit_filter service_desk_audit_filter(const struct service_audit_filter *wish);

#endif
