/* Layout: the window as a canvas of base px, and the regions every page is divided into (design 2.4, 3).
 *
 * The kiosk has two canvases, 1920x1080 and 1080x1920, scaled to the window and centred; a desk's canvas is
 * as large as its window. One code lays out both: ask for regions, cut them with rect.h. Pitfall:
 * rectangles of widgets are base px; only the painter and the dump see window px.
 */
#ifndef KIOSK_UI_LAYOUT_H
#define KIOSK_UI_LAYOUT_H

#include <stdbool.h>

#include "kiosk/ui/rect.h"
#include "kiosk/ui/theme.h"

enum layout_mode { LAYOUT_LANDSCAPE, LAYOUT_PORTRAIT, LAYOUT_DESK };

struct layout {
    enum layout_mode mode;
    int width, height;               /* base px */
    int window_width, window_height; /* window px */
    double scale;                    /* window px per base px */
    int offset_x, offset_y;          /* window px, where base 0,0 lies */
};

/* The regions of a page in base px; an empty one is not there. */
struct layout_regions {
    struct rect top_bar;
    struct rect step_bar;
    struct rect title; /* landscape: the title block; portrait: the explanation panel */
    struct rect content;
    struct rect bottom_bar;
    int margin;
    int gutter;
};

/* The canvas that fits the window: portrait when it is higher than wide. Units: window px. pitch_um is the
 * width of a panel pixel in micrometres, 0 when unknown; it may raise the scale so that 88 base px are 20 mm.
 * Negative: no panel but a window among others, which may be smaller than any finger allows.
 */
struct layout layout_kiosk(int window_width, int window_height, int pitch_um);
/* A desk's canvas: the whole window at this scale. */
struct layout layout_desk(int window_width, int window_height, double scale);

/* The regions of a page. `titled` leaves room for the title block; in portrait a form page passes `plain` and
 * starts its fields where the explanation would be. */
struct layout_regions layout_regions(const struct layout *layout, enum theme_kind theme, bool titled,
                                     bool plain);

/* A base rectangle in window px, edges rounded so that neighbours still touch; at least 1 px wide and high
 * when it was not empty. */
struct rect layout_to_window(const struct layout *layout, struct rect base);
/* A window point in base px. */
void layout_to_base(const struct layout *layout, int x, int y, int *base_x, int *base_y);
/* A length in window px, at least 1 when it was at least 1. */
int layout_length(const struct layout *layout, int base);

/* Part `index` of `count`: columns in landscape and on the desk, rows in portrait. */
struct rect layout_split(const struct layout *layout, struct rect area, int index, int count, int gap);

#endif
