/* Page picture: a stamp or signature as a picture of its own: one colour of ink on nothing, in its real size.
 *
 * It is taken from the inside of a sample's box (page_sample.h). The file is a PNG (ISO/IEC 15948) of one
 * colour with sixteen strengths, or fewer, whose pHYs chunk says how large it is on paper; it is made small
 * enough for a key. Pitfall: what is written over the stamp in red belongs to the stamp for this eye; a clerk
 * looks at the result.
 */
#ifndef KIOSK_PAGE_PAGE_PICTURE_H
#define KIOSK_PAGE_PAGE_PICTURE_H

#include <stdbool.h>

#include "kiosk/base/buf.h"
#include "kiosk/page/page_image.h"

struct page_picture {
    int width_px, height_px;
    double width_mm, height_mm;
    uint8_t rgb[3];
    uint8_t *strength; /* of the ink, 0 to 255, a byte a pixel */
};

/* The ink of a sample stands alone, cut to what there is of it.
 * Units: px_per_mm of the sample. Returns: NOT_FOUND when there is no ink or no colour, NO_MEMORY. Owns: the
 * caller releases *out. Thread: any. After failure: *out unchanged. */
enum status page_picture_make(const struct page_image *sample, double px_per_mm, bool is_stamp,
                              struct page_picture *out);
/* The picture is given back, overwritten; safe on a zeroed one. */
void page_picture_release(struct page_picture *picture);

/* The picture as a PNG file of at most `limit_bytes` stands at the end of the buffer: with fewer pixels and
 * then fewer strengths where it does not fit; its size on paper stays. Returns: FULL when it fits at no
 * readable size, NO_MEMORY. */
enum status page_picture_encode(const struct page_picture *picture, size_t limit_bytes, struct buf *out);

/* The picture on white paper, as a person sees it. Returns: NO_MEMORY, FULL. Owns: the caller releases *out.
 */
enum status page_picture_on_white(const struct page_picture *picture, struct page_image *out);

#endif
