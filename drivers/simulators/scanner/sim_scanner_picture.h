/* Sim scanner picture: the sheet in the simulated scanner, and what the scan head makes of it.
 *
 * A sheet is given as a JPEG file of any size; it is taken to be as large as its own resolution says, or A4
 * when it says none. The simulator's own code: nothing of the product's page reading is used here.
 */
#ifndef DRIVERS_SIMULATORS_SCANNER_SIM_SCANNER_PICTURE_H
#define DRIVERS_SIMULATORS_SCANNER_SIM_SCANNER_PICTURE_H

#include <stdbool.h>

#include "kiosk/base/buf.h"

struct sim_scanner_picture {
    int width_px;
    int height_px;
    int dpi;
    uint8_t *rgb;
};

/* What the scan was asked for. Units: the region in 1/300 inch from the corner, as eSCL says it. */
struct sim_scanner_wish {
    int dpi;
    int width_300;
    int height_300;
    int quality; /* of the JPEG sent */
    bool is_gray;
    bool is_feeder;
};

/* The sheet is read from a JPEG file. Returns: MALFORMED, NO_MEMORY. Owns: the caller releases *out. */
enum status sim_scanner_picture_read(const void *bytes, size_t length, struct sim_scanner_picture *out);

/* The sheet is gone; safe on a zeroed one. */
void sim_scanner_picture_release(struct sim_scanner_picture *picture);

/* The scan of the sheet (NULL: of an empty glass, which is white) stands as a JPEG at the end of the buffer.
 * Returns: FULL, NO_MEMORY. */
enum status sim_scanner_picture_scan(const struct sim_scanner_picture *picture,
                                     const struct sim_scanner_wish *wish, struct buf *out);

#endif
