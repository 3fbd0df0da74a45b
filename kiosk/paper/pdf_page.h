/* Pdf page: placed things drawn by cairo and pango, as PDF or as pixels.
 *
 * The only file pair of the product behind which cairo and pango are met. Metrics are linear (no hinting), so
 * lines break at the same characters on every surface. Nothing outside kiosk/paper includes this file.
 * Pitfall: pango falls back to another font silently; the template's font is therefore asked for by name
 * first.
 */
#ifndef KIOSK_PAPER_PDF_PAGE_H
#define KIOSK_PAPER_PDF_PAGE_H

#include "kiosk/paper/paper_layout.h"

/* Every page of the layouts, in order, stands as one PDF at the end of the buffer.
 * Units: creation time in seconds UTC.
 * Returns and After failure: as paper_render. */
enum status pdf_page_document(const struct paper_layout *layouts, int layout_count, int64_t utc_s,
                              struct buf *pdf, struct failure *failure);

/* One page of the layout is drawn as pixels of this width.
 * Returns, Owns and After failure: as paper_preview. */
enum status pdf_page_pixels(const struct paper_layout *layout, int page, int width_px,
                            struct paper_image *out, struct failure *failure);

#endif
