/* Page image: the pixels of one page in memory, and the few ways they are turned, straightened and made
 * smaller.
 *
 * Rows from the top, tightly packed, 3 bytes R G B or 1 byte of gray a pixel. No file format is known here
 * (page_jpeg.h) and nothing is judged (page.h).
 * Pitfall: an A4 colour page of 300 dpi is 26 MB; hand it on by moving, not by copying.
 */
#ifndef KIOSK_PAGE_PAGE_IMAGE_H
#define KIOSK_PAGE_PAGE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/limits.h"

struct page_image {
    int width_px;
    int height_px;
    int channels; /* 3 or 1 */
    int dpi;      /* 0 when the file did not say */
    uint8_t *pixels;
};

/* A rectangle in pixels of some page image. */
struct page_rect {
    int x_px;
    int y_px;
    int width_px;
    int height_px;
};

/* Room for the pixels, content undefined.
 * Returns: FULL past LIMIT_PAGE_PIXELS, MALFORMED for sizes below 1 or other channels, NO_MEMORY.
 * Owns: the caller releases it. After failure: *out unchanged. */
enum status page_image_new(int width_px, int height_px, int channels, int dpi, struct page_image *out);

/* The image owns pixels allocated with malloc by somebody else, for example a scanner page's.
 * Returns: as page_image_new. Owns: after OK the image has the pixels, after failure the caller still has. */
enum status page_image_take(uint8_t *pixels, size_t length, int width_px, int height_px, int channels,
                            int dpi, struct page_image *out);

/* The pixels are overwritten (they are personal data) and given back; safe on a zeroed image and on NULL. */
void page_image_release(struct page_image *image);

/* The page is turned clockwise. Units: degrees, one of 0, 90, 180, 270 (anything else is a broken promise).
 * Returns: NO_MEMORY. After failure: the image is unchanged. */
enum status page_image_turn(struct page_image *image, int degrees_clockwise);

/* The page stands straight: it is turned by a small angle about its centre, new corners white, size
 * unchanged. Units: degrees clockwise, from -10 to 10; below 0.05 nothing is done. Returns: NO_MEMORY,
 * UNSUPPORTED (angle). Time: about 0.1 s for an A4 page of 300 dpi. After failure: the image is unchanged. */
enum status page_image_straighten(struct page_image *image, double degrees_clockwise);

/* A copy of exactly this size, each pixel the mean of those it stands for; same channels, dpi in proportion.
 * Returns: NO_MEMORY, FULL, MALFORMED as page_image_new; UNSUPPORTED when a side would grow or shrink more
 * than 256 times. Owns: the caller releases *out. */
enum status page_image_shrink(const struct page_image *image, int width_px, int height_px,
                              struct page_image *out);

/* The same in gray (luminance of ITU-R BT.601), in a third of the time. Returns and Owns: as
 * page_image_shrink. */
enum status page_image_shrink_gray(const struct page_image *image, int width_px, int height_px,
                                   struct page_image *out);

/* A copy in gray (luminance of ITU-R BT.601). Returns: NO_MEMORY. Owns: the caller releases *out. */
enum status page_image_gray(const struct page_image *image, struct page_image *out);

/* A smaller RGB copy for a screen, its sides at most these, the proportion kept; never enlarged.
 * Returns: NO_MEMORY. Owns: the caller releases *out. Time: about 10 ms for an A4 page of 300 dpi. */
enum status page_image_preview(const struct page_image *image, int width_max_px, int height_max_px,
                               struct page_image *out);

#endif
