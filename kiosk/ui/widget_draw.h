/* Widget draw: canvas calls in base px and theme tokens, shared by the painters.
 *
 * For widget_*.c only; screens build widgets and never paint.
 * Pitfall: base px become window px here and nowhere else.
 */
#ifndef KIOSK_UI_WIDGET_DRAW_H
#define KIOSK_UI_WIDGET_DRAW_H

#include "kiosk/ui/widget.h"

/* A base rectangle in window px; one that spans the canvas from edge to edge reaches the window's edges. */
struct rect widget_draw_rect(const struct widget_paint *paint, struct rect rect);
/* A square fill, reaching the window's edges as above. */
void widget_draw_fill(struct widget_paint *paint, struct rect rect, enum theme_color color);
/* A rounded fill. */
void widget_draw_round(struct widget_paint *paint, struct rect rect, int radius, enum theme_color color);
/* Dashes along the edges; corners are round by so much, and the dashes short then. Units: pixels of the
 * window. */
void widget_draw_dashes(struct widget_paint *paint, struct rect at, int corner, uint32_t color);
/* A rounded outline, inside the rectangle. */
void widget_draw_outline(struct widget_paint *paint, struct rect rect, int radius, int width,
                         enum theme_color color);
/* A shadow where the theme has shadows. Units: base px, alpha 0 to 255. */
void widget_draw_shadow(struct widget_paint *paint, struct rect rect, int radius, int dy, int blur,
                        int alpha);
/* A disc filling the rectangle's shorter side. */
void widget_draw_disc(struct widget_paint *paint, struct rect rect, enum theme_color color);
/* A ring's part around the rectangle's middle. Units: base px; from and to in turns. */
void widget_draw_arc(struct widget_paint *paint, struct rect rect, int width, double from, double to,
                     enum theme_color color);
/* One line of text of a type, on the rectangle's middle. */
void widget_draw_text(struct widget_paint *paint, struct rect rect, enum theme_type type,
                      enum widget_align align, const char *words, enum theme_color color);
/* The same in bold, whatever the type's own weight. */
void widget_draw_bold(struct widget_paint *paint, struct rect rect, enum theme_type type,
                      enum widget_align align, const char *words, enum theme_color color);
/* The width of one line. Units: base px. */
int widget_draw_width(struct widget_paint *paint, enum theme_type type, const char *words);
/* An icon in the rectangle's middle. */
void widget_draw_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side,
                      enum theme_color color);
/* Text in lines from the rectangle's top, as many as fit. */
void widget_draw_lines(struct widget_paint *paint, struct rect rect, enum theme_type type, const char *words,
                       enum theme_color color);
/* A grey bar where a value would stand while the idle warning is open. */
void widget_draw_hidden(struct widget_paint *paint, struct rect rect);
/* Whether this is a desk. */
bool widget_draw_is_desk(const struct widget_paint *paint);
/* The type on the kiosk or on the desk. */
enum theme_type widget_draw_type(const struct widget_paint *paint, enum theme_type kiosk,
                                 enum theme_type desk);

/* The rounded rectangle of what can be pressed: at rest one colour, pressed it darkens to the other. */
void widget_draw_pressable(struct widget_paint *paint, const struct widget *widget, struct rect rect,
                           int radius, enum theme_color rest, enum theme_color pressed);

#endif
