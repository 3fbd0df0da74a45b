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

/* The codes of the page. With `corners_only` the search ends after the corners.
 * Returns: OK also for none; NO_MEMORY. A code longer than LIMIT_QR_PAYLOAD_BYTES is passed over.
 * Thread: any, several at once. Time: 5 to 100 ms. After failure: *out unchanged. */
enum status page_qr_read(const struct page_image *image, bool corners_only, struct page_qr_list *out);

#endif
