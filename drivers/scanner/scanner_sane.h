/* Scanner sane: the SANE back end as the driver host serves it, and the folder that tells SANE which drivers
 * to load.
 *
 * The service runs inside the host program only; the product meets it through scanner_client.c. SANE reads
 * SANE_CONFIG_DIR from the environment when it starts, so the client hands it to the host's environment, and
 * as the argument `certhost scanner FOLDER`. A scan that failed without a name is looked into at the scanner
 * itself, when it is a network scanner named in that folder (scanner_escl.h); what SANE has a name for (jam,
 * cover, empty feeder) is taken as it is. Pitfall: SANE without a configuration folder of one's own probes
 * some seventy drivers for seconds.
 */
#ifndef DRIVERS_SCANNER_SCANNER_SANE_H
#define DRIVERS_SCANNER_SCANNER_SANE_H

#include "kiosk/base/failure.h"

struct host_service;

/* The requests of drivers/scanner/scanner_wire.h, answered by libsane. Returns: a constant. */
const struct host_service *scanner_sane_service(void);

#endif
