/* Page tone: how bright a page is, whether there is anything on it, and whether it has colour.
 *
 * Measured on a copy of about 100 dpi; the limits belong to page.c. Show-through from the other side, dust,
 * punch holes and the dark edge beside a sheet that lies askew are not content. Pitfall: the limits were
 * tuned on synthetic pages with nothing between dark and good.
 */
#ifndef KIOSK_PAGE_PAGE_TONE_H
#define KIOSK_PAGE_PAGE_TONE_H

#include <stdbool.h>

#include "kiosk/page/page_image.h"

struct page_tone {
    int paper;          /* brightness of the paper: the 75th percentile */
    int ink;            /* brightness of the darkest marks: the 0.4th percentile */
    double mark_share;  /* share of pixels clearly darker than the paper around them, margins left out */
    double chroma_most; /* the 99.99th percentile of colourfulness, 0 for a gray picture */
};

/* The tones of a page are measured.
 * Units: brightness and colourfulness 0 to 255; small should have about 100 dpi.
 * Returns: NO_MEMORY. Thread: any, several at once. Time: about 5 ms. After failure: *out unchanged. */
enum status page_tone_measure(const struct page_image *small, struct page_tone *out);

#endif
