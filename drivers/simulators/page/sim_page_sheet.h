/* Sim page sheet: a sheet of A4 paper as pixels: printed from a PDF or drawn, then scanned a little askew.
 *
 * poppler and libjpeg are met here. Drawing is in millimetres.
 */
#ifndef DRIVERS_SIMULATORS_PAGE_SIM_PAGE_SHEET_H
#define DRIVERS_SIMULATORS_PAGE_SIM_PAGE_SHEET_H

#include <cairo.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

struct sim_page_sheet {
    cairo_surface_t *surface;
    cairo_t *cairo; /* scaled to millimetres */
    int dpi;
};

/* A white sheet. Returns: NO_MEMORY. Owns: the caller releases it. */
enum status sim_page_sheet_new(int dpi, struct sim_page_sheet *out);
/* The sheet is gone; safe on a zeroed one. */
void sim_page_sheet_release(struct sim_page_sheet *sheet);

/* The page of a PDF file is printed on the sheet. Units: page from 1.
 * Returns: NOT_FOUND (no such file or page), MALFORMED. */
enum status sim_page_sheet_print(struct sim_page_sheet *sheet, const char *pdf, int page,
                                 struct failure *failure);

/* A PNG picture fills the sheet.
 * Returns: NOT_FOUND (no such file), MALFORMED. */
enum status sim_page_sheet_paste(struct sim_page_sheet *sheet, const char *png, struct failure *failure);

/* The sheet as a scanner sees it, turned clockwise by some degrees, with the grain of a scan, stands as a
 * JPEG at the end of the buffer. Units: skew in degrees; light 1 leaves the paper white, 0.5 halves it.
 * Returns: NO_MEMORY, FULL. */
enum status sim_page_sheet_scan(const struct sim_page_sheet *sheet, double skew_degrees, double light,
                                struct buf *out);

#endif
