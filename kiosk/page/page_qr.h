/* Page qr: QR codes read from a page (ISO/IEC 18004), with their place and the quarter turn they show.
 *
 * The corners are searched first, because that is where the hall prints its code; then the page at 150 dpi,
 * then at its full resolution. What the text means is not known here (page_code.h). Pitfall: the angle of a
 * small code is too rough for straightening; use it for the quarter turn only.
 */
#ifndef KIOSK_PAGE_PAGE_QR_H
#define KIOSK_PAGE_PAGE_QR_H

#include <stdbool.h>

#include "kiosk/page/page_image.h"

enum { PAGE_QR_MAX = 4 };

struct page_qr {
    char text[LIMIT_QR_PAYLOAD_BYTES + 1]; /* bytes as read, NUL-terminated; not checked for UTF-8 */
    size_t length;
    int turn_degrees;       /* clockwise turn that makes the code, and so the page, upright */
    struct page_rect place; /* in pixels of the image given in */
};

struct page_qr_list {
    size_t count;
    struct page_qr codes[PAGE_QR_MAX];
};

/* How much is searched before giving up: the corners; then the whole page; then all its pixels, for small
 * codes. */
enum page_qr_effort { PAGE_QR_CORNERS, PAGE_QR_PAGE, PAGE_QR_PIXELS };

/* The codes of the page; the search ends with the first step that finds one. `gray` is a gray copy of about
 * 150 dpi when the caller has one, else NULL. Returns: OK also for none; NO_MEMORY. A code longer than
 * LIMIT_QR_PAYLOAD_BYTES is passed over. Thread: any, several at once. Time: corners 5 ms, page 30 ms, pixels
 * 130 ms. After failure: *out unchanged. */
enum status page_qr_read(const struct page_image *image, const struct page_image *gray,
                         enum page_qr_effort effort, struct page_qr_list *out);

#endif
