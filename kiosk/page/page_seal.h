/* Page seal: round red seals found on a page, with centre, size, and how much of the ring is there.
 *
 * It says that a red ring of a seal's size is printed or stamped, nothing about whose it is: text on the arc
 * is not read and a colour copy cannot be told from ink. Pitfall: a form printed in red hides the seal; print
 * our forms in black.
 */
#ifndef KIOSK_PAGE_PAGE_SEAL_H
#define KIOSK_PAGE_PAGE_SEAL_H

#include <stdbool.h>

#include "kiosk/page/page_image.h"

enum { PAGE_SEAL_MAX = 8 };

struct page_seal {
    double x_px; /* centre, in pixels of the page */
    double y_px;
    double diameter_mm;
    double ring_share; /* share of directions that have ring ink, 0 to 1 */
    double ink;        /* strength of the ring's ink, 1 is full red */
    bool is_complete;
    bool is_faint;
};

struct page_seal_list {
    bool is_computed; /* false for a gray page or one of too few pixels */
    size_t count;
    struct page_seal seals[PAGE_SEAL_MAX];
};

/* The seals of a page, searched on a copy of about 100 dpi.
 * Units: scale is how many pixels of the page one pixel of the copy stands for; places are those on the page.
 * Returns: OK also for none, and with is_computed false for a gray copy or one below 90 dpi; NO_MEMORY.
 * Thread: any, several at once. Time: about 15 ms for A4. After failure: *out unchanged. */
enum status page_seal_find(const struct page_image *small, double small_dpi, double scale,
                           struct page_seal_list *out);

#endif
