/* Scanner eSCL: a network scanner is asked itself why it scans nothing.
 *
 * sane-airscan tells any trouble of a scan from the glass as an error without a name. The scanner's own
 * status page has the name (Mopria eSCL, ScannerStatus): pwg:State, pwg:StateReasons and scan:AdfState. What
 * it says of jobs is not read, since a job that jammed an hour ago is still listed. Pitfall: a scanner whose
 * certificate no root of the system signed is not believed over https.
 */
#ifndef DRIVERS_SCANNER_SCANNER_ESCL_H
#define DRIVERS_SCANNER_SCANNER_ESCL_H

#include <stddef.h>

#include "drivers/driver.h"
#include "kiosk/base/failure.h"

struct http;

enum {
    SCANNER_ESCL_STATUS_BYTES = 64 * 1024, /* a longer status is not read */
    SCANNER_ESCL_ASK_MS = 2500             /* a scanner that says nothing until then says nothing */
};

/* The state a ScannerStatus text tells: JAMMED, COVER_OPEN, FAULTY (stopped, no reason known here), WORKING
 * or READY. Returns: MALFORMED for what is no whole ScannerStatus, FULL. After failure: *out unchanged. */
enum status scanner_escl_read(const char *xml, size_t length, enum device_state *out);

/* The scanner at this address ("http://192.168.1.20/eSCL/") is asked for its state.
 * Returns: as http_request and scanner_escl_read; REFUSED for a reply that is not 200, redirects included.
 * Time: at most SCANNER_ESCL_ASK_MS, so not on the screen's thread. After failure: *out unchanged. */
enum status scanner_escl_ask(struct http *http, const char *url, enum device_state *out,
                             struct failure *failure);

#endif
