/* Sim page ink: what a person adds to a printed paper: a signature, a date, a company's round red seal.
 *
 * Everything is drawn in millimetres on a cairo context that is scaled to them. The same words give the same
 * strokes.
 */
#ifndef DRIVERS_SIMULATORS_PAGE_SIM_PAGE_INK_H
#define DRIVERS_SIMULATORS_PAGE_SIM_PAGE_INK_H

#include <stdbool.h>

#include <cairo.h>

struct sim_page_seal {
    const char *unit; /* name along the upper arc */
    double x_mm;      /* centre */
    double y_mm;
    double diameter_mm; /* 40 to 42 for a unit's seal */
    double strength;    /* 1 for fresh ink, 0.25 for a faint imprint */
    double share;       /* part of the imprint that touched the paper, 1 for all of it */
};

/* The words stand as if written by hand with a black pen, their base line starting at x, y. Units: letters
 * size_mm high. */
void sim_page_ink_write(cairo_t *cairo, const char *words, double x_mm, double y_mm, double size_mm);

/* The seal is stamped: ring, five-pointed star, name along the arc; print under it stays visible. */
void sim_page_ink_stamp(cairo_t *cairo, const struct sim_page_seal *seal);

/* Printed words in a plain face, for papers. Returns: their width in millimetres. */
double sim_page_ink_print(cairo_t *cairo, const char *words, double x_mm, double y_mm, double size_mm,
                          bool is_bold);

#endif
