/* Canvas: rectangles, arcs, masks and pictures painted into 32-bit pixels in memory. Knows no SDL, no
 * widgets.
 *
 * Flat fills only; edges are anti-aliased from coverage computed once per radius, shadows from a mask made
 * once per size of which only the ring outside the card is painted (design 2.6). All numbers are window px.
 * Pitfall: colours are 0xRRGGBB and opaque; translucency is its own argument where it exists.
 */
#ifndef KIOSK_UI_CANVAS_H
#define KIOSK_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/ui/rect.h"

enum { CANVAS_CLIPS = 16 };

/* Coverage per pixel, 0 to 255: a text run, an icon, a shadow. */
struct mask {
    int width, height, stride;
    uint8_t *coverage;
};

struct canvas_cache;

struct canvas {
    uint32_t *pixels; /* 0x00RRGGBB, borrowed from the window or the caller */
    int width, height;
    int stride; /* pixels per row */
    struct rect clip;
    struct rect clips[CANVAS_CLIPS];
    int clip_depth;
    struct canvas_cache *cache;
};

/* Masks of corners, rings and shadows, kept between frames. Returns: never NULL.
 * Owns: the caller frees it. */
struct canvas_cache *canvas_cache_new(void);
/* The masks are gone; NULL is allowed. */
void canvas_cache_free(struct canvas_cache *cache);

/* The canvas paints into these pixels, clipped to all of them.
 * Owns: pixels and cache stay the caller's. */
void canvas_init(struct canvas *canvas, uint32_t *pixels, int width, int height, int stride,
                 struct canvas_cache *cache);
/* Painting is limited further to this rectangle. */
void canvas_push_clip(struct canvas *canvas, struct rect clip);
/* The limit before the last push holds again. */
void canvas_pop_clip(struct canvas *canvas);
/* Whether anything of the rectangle can be seen; painters skip what cannot. */
bool canvas_is_visible(const struct canvas *canvas, struct rect rect);

/* The rectangle has this colour. */
void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t color);
/* The colour lies over the rectangle. Units: alpha 0 to 255. */
void canvas_fill_alpha(struct canvas *canvas, struct rect rect, uint32_t color, int alpha);
/* The rounded rectangle has this colour. */
void canvas_fill_round(struct canvas *canvas, struct rect rect, int radius, uint32_t color);
/* The rounded rectangle's outline, drawn inside it, has this colour. */
void canvas_outline_round(struct canvas *canvas, struct rect rect, int radius, int width, uint32_t color);
/* A shadow lies around the rounded rectangle, moved down by dy; inside it nothing is painted. Units: blur as
 * in CSS (twice the standard deviation), alpha 0 to 255. */
void canvas_shadow(struct canvas *canvas, struct rect rect, int radius, int dy, int blur, uint32_t color,
                   int alpha);
/* The colour is laid through the mask, its top left corner at x, y. */
void canvas_mask(struct canvas *canvas, const struct mask *mask, int x, int y, uint32_t color);
/* As canvas_mask, with all coverage taken down. Units: alpha 0 to 255. */
void canvas_mask_alpha(struct canvas *canvas, const struct mask *mask, int x, int y, uint32_t color,
                       int alpha);
/* A straight line with round ends. Units: window px, in 1/16 px. */
void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1, double width,
                 uint32_t color);
/* A ring's part, clockwise from 12 o'clock, with round ends. Units: from and to as parts of one turn. */
void canvas_arc(struct canvas *canvas, double cx, double cy, double radius, double width, double from,
                double to, uint32_t color);
/* A filled disc. */
void canvas_disc(struct canvas *canvas, double cx, double cy, double radius, uint32_t color);

/* RGB pixels, 3 bytes each, turned clockwise by quarter turns and scaled into `target`; shrinking averages.
 */
struct canvas_image {
    const uint8_t *rgb; /* borrowed */
    int width, height;
};
void canvas_draw_image(struct canvas *canvas, struct rect target, const struct canvas_image *image,
                       int quarter_turns);

/* The module matrix stands on a white tile with a quiet zone of 4 modules (ISO/IEC 18004), modules whole px.
 * dark is rows of `side` flags with `stride` flags from row to row. */
void canvas_draw_qr(struct canvas *canvas, struct rect tile, const bool *dark, int side, int stride);

#endif
