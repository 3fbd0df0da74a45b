/* Sim printer wire: the few bytes of HTTP and IPP the simulator itself speaks to ippeveprinter on this
 * machine.
 *
 * Written by hand instead of with libcups, so that the product's library does not check itself. It is only
 * ever pointed at the ippeveprinter that sim-printer started. Pitfall: short time limits; no answer is no
 * answer.
 */
#ifndef DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_WIRE_H
#define DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_WIRE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether somebody listens on the port of 127.0.0.1. */
bool sim_printer_wire_is_up(uint16_t port);

/* The path is fetched (HTTP GET). Returns: whether the answer was 200. */
bool sim_printer_wire_get(uint16_t port, const char *path);

/* Whether someone asked to cancel the job that is being printed (RFC 8011 job-state-reasons). */
bool sim_printer_wire_is_cancelled(uint16_t port, int job);

/* A port nobody listens on now. Returns: 0 when there is none. */
uint16_t sim_printer_wire_free_port(void);

#endif
