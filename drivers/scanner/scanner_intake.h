/* Scanner intake: the pieces of a page, as a helper process sends them, become one page with every row in it.
 *
 * Believes nothing: measures have ceilings, rows beyond the page or before its measures are refused, a page
 * that ends too early is MALFORMED, and nothing larger than LIMIT_PAGE_PIXELS is ever allocated.
 */
#ifndef DRIVERS_SCANNER_SCANNER_INTAKE_H
#define DRIVERS_SCANNER_SCANNER_INTAKE_H

#include "drivers/scanner/scanner.h"
#include "kiosk/base/wire.h"

struct scanner_intake {
    struct scanner_page page; /* height_px is 0 while unknown; length is what the memory holds */
    size_t filled;            /* bytes of rows received */
    bool has_measures;
};

/* One progress message is taken in.
 * Returns: MALFORMED (out of order, too long, measures that make no page), FULL (more than
 * LIMIT_PAGE_PIXELS), NO_MEMORY. After failure: the intake is of no further use but is still released. */
enum status scanner_intake_message(struct scanner_intake *intake, const struct wire *message);

/* The rows received so far, and in all (0 when unknown). */
int scanner_intake_rows(const struct scanner_intake *intake, int *rows_total);

/* The whole page is handed out.
 * Returns: MALFORMED when rows are missing or the last is cut. Owns: the caller; the intake is empty.
 * After failure: *out unchanged. */
enum status scanner_intake_detach(struct scanner_intake *intake, struct scanner_page *out);

/* The memory is given back; safe on a zeroed intake. */
void scanner_intake_release(struct scanner_intake *intake);

#endif
