/* Service side: what front and back of a paper have to do with each other (product_side.h).
 *
 * Inside kiosk/services only. Each side is a page of its own, sealed as it was scanned; a clerk sees the two
 * laid on one page, so that no side is looked at, sent back or approved without the other.
 * Pitfall: a back that stands on its front's sheet is that page; it is shown once.
 */
#ifndef KIOSK_SERVICES_SERVICE_SIDE_H
#define KIOSK_SERVICES_SERVICE_SIDE_H

#include "kiosk/services/service_load.h"

/* The page of the same paper's other side. Returns: NULL for a paper without sides. Owns: borrowed. */
const struct service_page *service_side_other(const struct service_visit *visit, const char *paper);
/* Whether a front is there whose back is not. */
bool service_side_lacks_back(const struct service_visit *visit);

/* This side is scanned anew or taken away: where the other one is not a page of its own, it is gone, too,
 * except a back on the sheet of a front that is scanned anew. Returns: as the store. */
enum status service_side_part(struct service_context *context, const struct service_visit *visit,
                              const char *paper, bool is_rescan, struct failure *failure);

/* What was found on the back stands with what was found on the front, at its place on the page that
 * service_side_image makes of both. */
void service_side_join(struct service_page *front, const struct service_page *back);
/* The paper as RGB of at most this width: its page, or front and back one below the other.
 * Returns and Owns: as service_image_load. */
enum status service_side_image(struct service_context *context, const char *order_id, const char *paper,
                               int width_px, struct service_image **out, struct failure *failure);

#endif
