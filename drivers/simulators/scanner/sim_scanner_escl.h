/* Sim scanner eSCL: the XML texts of the protocol (Mopria eSCL 2.63) as a small network scanner speaks them.
 *
 * One picture format only, image/jpeg: a client that is offered more may ask for one and be sent another.
 */
#ifndef DRIVERS_SIMULATORS_SCANNER_SIM_SCANNER_ESCL_H
#define DRIVERS_SIMULATORS_SCANNER_SIM_SCANNER_ESCL_H

#include "drivers/simulators/scanner/sim_scanner_picture.h"
#include "kiosk/base/buf.h"

/* What the scanner can do stands at the end of the buffer. Returns: as buf_append. */
enum status sim_scanner_escl_capabilities(struct buf *out);

/* How the scanner is stands at the end of the buffer. Units: state and feeder in the protocol's words, for
 * example "Idle" and "ScannerAdfLoaded"; an empty feeder word is left out. Returns: as buf_append. */
enum status sim_scanner_escl_status(struct buf *out, const char *state, const char *feeder);

/* The wish of a ScanSettings text. Returns: MALFORMED when it asks for what the capabilities do not offer. */
enum status sim_scanner_escl_wish(const char *settings, struct sim_scanner_wish *out);

#endif
