/* Page skew: the small angle by which a page lies askew, measured from its lines of text and its table rules.
 *
 * It knows no quarter turns: a page on its side is measured as well as an upright one, modulo 90 degrees.
 * Pitfall: beyond 7 degrees the measure finds nothing; such a page is laid again rather than turned.
 */
#ifndef KIOSK_PAGE_PAGE_SKEW_H
#define KIOSK_PAGE_PAGE_SKEW_H

#include "kiosk/page/page_image.h"

/* The clockwise turn that makes the page straight.
 * Units: degrees, from -7 to 7; the gray image should have 100 to 200 dpi.
 * Returns: NOT_FOUND when the page has too little on it or lies too far askew; NO_MEMORY.
 * Thread: any, several at once. Time: about 10 ms. After failure: *degrees unchanged. */
enum status page_skew_measure(const struct page_image *gray, double *degrees);

#endif
