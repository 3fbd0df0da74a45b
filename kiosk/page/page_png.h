/* Page png: a PNG file (ISO/IEC 15948) of one colour in sixteen, four or two strengths, and such a file back.
 *
 * Other kinds of PNG are not read. Pitfall: a strength of 0 is transparent, whatever the colour.
 */
#ifndef KIOSK_PAGE_PAGE_PNG_H
#define KIOSK_PAGE_PAGE_PNG_H

#include <stdint.h>

#include "kiosk/base/buf.h"

struct page_png {
    int width_px, height_px;
    double px_per_mm;
    uint8_t rgb[3];
    unsigned bits;           /* of each strength that are kept, from the top: 4, 2 or 1 */
    const uint8_t *strength; /* a byte a pixel */
};

/* The file stands at the end of the buffer.
 * Returns: FULL past the buffer's ceiling, NO_MEMORY. After failure: the content is unchanged. */
enum status page_png_write(const struct page_png *png, struct buf *out);

struct page_picture;

/* The picture of a file that page_png_write made.
 * Returns: MALFORMED for anything else, FULL for more than LIMIT_PAGE_PIXELS, NO_MEMORY. Owns: the caller
 * releases *out with page_picture_release. After failure: *out unchanged. */
enum status page_png_read(const void *bytes, size_t length, struct page_picture *out);

#endif
