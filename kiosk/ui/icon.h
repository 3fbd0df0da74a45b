/* Icon: drawings of assets/icons, rasterised once per size and tinted when painted.
 *
 * Each is drawn on a 24 grid with strokes of 1.8 and round ends, plain paths only (the rasteriser knows no
 * text and no CSS). A missing file is a hollow square, seen at once, never a stop.
 */
#ifndef KIOSK_UI_ICON_H
#define KIOSK_UI_ICON_H

#include "kiosk/base/status.h"
#include "kiosk/ui/canvas.h"

enum icon {
#define ICON(code, name) ICON_##code,
#include "kiosk/ui/icons.def"
#undef ICON
    ICON_COUNT
};

struct icon_set;

/* Icons will be read from this directory when first needed.
 * Returns: never NULL. Owns: the caller frees it; the path is copied. Thread: the screen thread. */
struct icon_set *icon_set_new(const char *directory);
/* The masks are gone; NULL is allowed. */
void icon_set_free(struct icon_set *set);
/* The icon's coverage in a square of this side. Units: window px. Returns: NULL for ICON_NONE.
 * Owns: borrowed as long as the set lives. */
const struct mask *icon_mask(struct icon_set *set, enum icon icon, int side);
/* The same of a drawing that is on no list: what data name, by its file name without .svg. */
const struct mask *icon_drawing(struct icon_set *set, const char *name, int side);
/* The file name without .svg. */
const char *icon_name(enum icon icon);

#endif
