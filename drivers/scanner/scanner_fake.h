/* Scanner fake: a device that behaves, or misbehaves as a script says, without hardware or helper process.
 *
 * The script is text, one step per scan, separated by spaces or line ends; the last step repeats:
 *
 *   page=PATH    the picture of a P6 or P5 portable pixmap file, scaled by whole pixels
 *   blank        a white page
 *   test         a colour pattern whose every row differs, for comparing pixels
 *   jam, cover, empty, offline, busy, io
 *                the matching refusal
 *   lost         the driver is gone in the middle of the page
 *   hang         nothing comes until the deadline or a cancel
 *   slow=MS      the next page takes about MS milliseconds per tenth of it
 *
 * Pitfall: it is for tests and demonstrations without simulators; it judges nothing and copies no real
 * device's timing.
 */
#ifndef DRIVERS_SCANNER_SCANNER_FAKE_H
#define DRIVERS_SCANNER_SCANNER_FAKE_H

#include "drivers/scanner/scanner.h"

/* A back end for scanner_open_ops. `script` is copied, NULL is "blank".
 * Returns: CONFIG for a word that is not in the list, NO_MEMORY. Owns: *self is closed by the scanner. */
enum status scanner_fake_new(const char *script, const struct scanner_ops **ops, void **self,
                             struct failure *failure);

/* The colour pattern of a "test" page at a place, so that tests and simulators agree on it. */
void scanner_fake_pattern(int x_px, int y_px, uint8_t rgb[3]);

#endif
