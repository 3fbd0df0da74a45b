/* Printer none: what a hall without a printer has.
 *
 * Always built. It never fails to open, says ABSENT, and refuses to print. Pitfall: ABSENT is not a fault; a
 * product that needs its form printed must check before it starts.
 */
#ifndef DRIVERS_PRINTER_PRINTER_NONE_H
#define DRIVERS_PRINTER_PRINTER_NONE_H

#include "drivers/printer/printer.h"

/* The driver's operations. */
extern const struct printer_ops printer_none;

#endif
