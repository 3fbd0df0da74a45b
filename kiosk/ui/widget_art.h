/* Widget art: drawings of the machine and its parts on a grid of their own, fitted into a rectangle.
 *
 * For painters of drawings only (widget_device.c, widget_machine.c); colours are tokens, so that a drawing
 * works in every theme. Pitfall: a grid unit is not a pixel; widths of lines are grid units, too.
 */
#ifndef KIOSK_UI_WIDGET_ART_H
#define KIOSK_UI_WIDGET_ART_H

#include "kiosk/ui/widget.h"

/* From the drawing's grid to window px. */
struct widget_art {
    struct widget_paint *paint;
    double scale;
    double x, y;
};

/* A grid of this size stands as large as it fits in the middle of the widget, at most `scale_max` times a
 * base px. Returns: false when nothing of it can be seen. */
bool widget_art_begin(struct widget_art *art, struct widget_paint *paint, const struct widget *widget,
                      int width, int height, double scale_max);
/* A rounded fill. Units: grid. */
void widget_art_block(const struct widget_art *art, int x, int y, int w, int h, int radius,
                      enum theme_color fill);
/* A rounded outline inside the rectangle. Units: grid. */
void widget_art_frame(const struct widget_art *art, int x, int y, int w, int h, int radius, int width,
                      enum theme_color line);
/* A disc around a point. Units: grid. */
void widget_art_disc(const struct widget_art *art, int x, int y, int radius, enum theme_color fill);
/* Lines from point to point with round joints. Units: grid; count points of x and y. */
void widget_art_path(const struct widget_art *art, const int (*points)[2], int count, int width,
                     enum theme_color line);
/* The figure between the points, which go round it once and without notches in any row, is filled. */
void widget_art_fill(const struct widget_art *art, const int (*points)[2], int count, enum theme_color fill);
/* An icon in a square. Units: grid. */
void widget_art_icon(const struct widget_art *art, int x, int y, int side, enum icon icon,
                     enum theme_color color);
/* One line of words at the left of a rectangle. Units: grid; the type is not scaled with the drawing. */
void widget_art_text(const struct widget_art *art, int x, int y, int w, int h, enum theme_type type,
                     const char *words, enum theme_color color);

#endif
