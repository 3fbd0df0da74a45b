/* Service act: a clerk's act at a distance, on the desk worker: judged, stored, and what became of it.
 *
 * Inside kiosk/services only. Whether an act makes sense is judged on the terminal's presence as stored, not
 * on the view the clerk saw: its visit must be the one that is there.
 * Pitfall: a terminal that died has a presence row, too; look at its heartbeat.
 */
#ifndef KIOSK_SERVICES_SERVICE_ACT_H
#define KIOSK_SERVICES_SERVICE_ACT_H

#include "kiosk/services/service_context.h"

enum { SERVICE_DEAD_AFTER_S = 8 };

/* The clerk who is signed in at this desk. Returns: NULL for nobody. Owns: borrowed from the worker. */
const char *service_desk_clerk(struct service_context *context);
/* Acts, helper, lock and closing of the terminal stand in its view. */
void service_act_fill(struct service_context *context, struct service_terminal *terminal);

#endif
