/* Printer cups: an IPP Everywhere printer (PWG 5100.14) that takes PDF, asked directly over the network.
 *
 * libcups carries the HTTP and IPP (RFC 8010, RFC 8011); no cupsd, queue or PPD is needed, and nothing is
 * converted. The printer's own queue keeps the job, with our id as job-name.
 * Pitfall: libcups looks at no deadline of ours, so each call that may wait is cut into slices.
 */
#ifndef DRIVERS_PRINTER_PRINTER_CUPS_H
#define DRIVERS_PRINTER_PRINTER_CUPS_H

#include "drivers/printer/printer.h"

/* The driver's operations. */
extern const struct printer_ops printer_cups;

#endif
