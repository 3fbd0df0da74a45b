/* Page jpeg: a page as a JPEG file (ITU-T T.81, JFIF 1.02 for the resolution) and back, with ceilings on both
 * sides.
 *
 * A file is kept once, 4:2:0, quality 85, resolution in its JFIF head, without any metadata of a camera or
 * program. Pitfall: a damaged file often decodes to gray below the damage; libjpeg only warns. Here every
 * warning is MALFORMED.
 */
#ifndef KIOSK_PAGE_PAGE_JPEG_H
#define KIOSK_PAGE_PAGE_JPEG_H

#include "kiosk/base/buf.h"
#include "kiosk/page/page_image.h"

enum { PAGE_JPEG_QUALITY = 85 };

/* The picture of a whole JPEG file.
 * Returns: MALFORMED (damaged, cut off or another format), FULL (longer than LIMIT_PAGE_JPEG_BYTES or more
 * pixels than LIMIT_PAGE_PIXELS; nothing of that size is ever allocated), UNSUPPORTED (CMYK), NO_MEMORY.
 * Owns: the caller releases *out. Thread: any. Time: about 20 ms for an A4 page of 300 dpi.
 * After failure: *out unchanged. */
enum status page_jpeg_decode(const void *bytes, size_t length, struct page_image *out,
                             struct failure *failure);

/* The page as a JPEG file of this quality stands at the end of the buffer.
 * Units: quality 1 to 100. Returns: FULL past the buffer's ceiling, NO_MEMORY. After failure: content
 * unchanged. */
enum status page_jpeg_encode(const struct page_image *image, int quality, struct buf *out);

/* The page as the best JPEG file within a byte limit: quality 85, 75, 60, 50; the resolution is never
 * lowered. Returns: FULL when even the last does not fit, NO_MEMORY. *quality, when given, is the one that
 * fitted. Time: up to four times encoding (20 ms each). After failure: content and *quality unchanged. */
enum status page_jpeg_fit(const struct page_image *image, size_t limit_bytes, struct buf *out, int *quality);

#endif
