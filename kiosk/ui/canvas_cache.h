/* Canvas cache: coverage masks of shapes, made once per size and kept between frames. For canvas*.c and
 * motifs.
 *
 * At most a few hundred small masks; when the table is full the one used longest ago goes.
 * Pitfall: a mask is borrowed until the next call that may make one.
 */
#ifndef KIOSK_UI_CANVAS_CACHE_H
#define KIOSK_UI_CANVAS_CACHE_H

#include "kiosk/ui/canvas.h"

enum canvas_cache_kind {
    CANVAS_CACHE_EMPTY,
    CANVAS_CACHE_CORNER,
    CANVAS_CACHE_OUTLINE,
    CANVAS_CACHE_SHADOW,
    CANVAS_CACHE_DISC,
    CANVAS_CACHE_MOTIF,
};

/* The mask for these numbers; *fresh says that it was just made, is all zeros and must be filled.
 * Returns: never NULL. */
struct mask *canvas_cache_mask(struct canvas_cache *cache, enum canvas_cache_kind kind, int a, int b, int c,
                               int d, int width, int height, bool *fresh);

#endif
