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
    double x_px; /* centre, in pixels of the image given in */
    double y_px;
    double diameter_mm;
    double ring_share; /* share of directions that have ring ink, 0 to 1 */
    double ink;        /* strength of the ring's ink, 1 is full red */
    bool is_complete;
    bool is_faint;
};

struct page_seal_list {
    bool is_computed; /* false for a gray page or one of unknown resolution */
    size_t count;
    struct page_seal seals[PAGE_SEAL_MAX];
};

/* The seals of a colour page whose dpi is known. Units: dpi is the page's true resolution.
 * Returns: OK also for none; NO_MEMORY.
 * Thread: any, several at once. Time: about 15 ms for an A4 page of 300 dpi. After failure: *out unchanged.
 */
enum status page_seal_find(const struct page_image *image, int dpi, struct page_seal_list *out);

#endif
