/* Service image: a stored or printed page as pixels for a screen.
 *
 * Inside kiosk/services only. Pixels show personal data: they are moved, not copied, and wiped when freed.
 * Pitfall: a page never grows; a width above the page's own is answered with the page's own.
 */
#ifndef KIOSK_SERVICES_SERVICE_IMAGE_H
#define KIOSK_SERVICES_SERVICE_IMAGE_H

#include "kiosk/page/page_image.h"
#include "kiosk/services/service_context.h"
#include "kiosk/store/store_page.h"

/* The page as RGB of at most this width. Units: width_px 0 means the page's own.
 * Returns: NO_MEMORY. Owns: the caller frees *out with service_image_free; the page stays the caller's. */
enum status service_image_of_page(const struct page_image *page, int width_px, struct service_image **out);
/* The order's stored page in full; *known (may be NULL) says what is known of it.
 * Returns: NOT_FOUND, MALFORMED (a damaged picture), FULL; else as the store. Owns: the caller releases *out.
 */
enum status service_image_read(struct service_context *context, const char *order_id, const char *paper,
                               struct store_page *known, struct page_image *out, struct failure *failure);
/* The order's stored page as RGB of at most this width.
 * Returns: NOT_FOUND, MALFORMED (a damaged picture), FULL; else as the store. Owns: as above. */
enum status service_image_load(struct service_context *context, const char *order_id, const char *paper,
                               int width_px, struct service_image **out, struct failure *failure);

#endif
