/* Sim hall link: one question to a simulator's control interface on this machine, over a plain socket.
 *
 * HTTP/1.0 and nothing more: no redirects, no encodings, no other host. Pitfall: it blocks up to 2 s; only
 * the worker may call it.
 */
#ifndef DRIVERS_SIMULATORS_HALL_SIM_HALL_LINK_H
#define DRIVERS_SIMULATORS_HALL_SIM_HALL_LINK_H

#include <stdint.h>

#include "kiosk/base/json.h"

/* The answer to this method and path (with its query) is the document, NULL when it is no JSON.
 * Returns: REFUSED (a code other than 200; the document may hold "error"), LOST (no answer), FULL.
 * Owns: the caller frees *out, also after REFUSED. Time: up to 2 s. */
enum status sim_hall_link_ask(uint16_t port, const char *method, const char *path, struct json **out);

/* The same for a caller who wants no answer. Returns: as sim_hall_link_ask. */
enum status sim_hall_link_post(uint16_t port, const char *path);

#endif
