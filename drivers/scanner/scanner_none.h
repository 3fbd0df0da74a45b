/* Scanner none: the back end of a terminal that has no scanner: every question is answered at once, with
 * nothing.
 *
 * Pitfall: ABSENT is not a fault; a scanner that is configured and does not answer is OFFLINE.
 */
#ifndef DRIVERS_SCANNER_SCANNER_NONE_H
#define DRIVERS_SCANNER_SCANNER_NONE_H

#include "drivers/scanner/scanner.h"

/* The back end for scanner_open_ops; its self is NULL. Returns: a constant. */
const struct scanner_ops *scanner_none_ops(void);

#endif
