/* Page marks: the four corner marks of a page this hall printed, and where a place of the form lies between
 * them.
 *
 * A mark is an angle of two strokes of 5 mm whose outer corner is 7 mm from both edges of the A4 sheet. A
 * page on which one is missing was laid so that a part of it is outside the picture. Pitfall: the page must
 * be upright and straight; a mark more than 8 mm from its place counts as missing.
 */
#ifndef KIOSK_PAGE_PAGE_MARKS_H
#define KIOSK_PAGE_PAGE_MARKS_H

#include <stdbool.h>

#include "kiosk/page/page_image.h"

struct page_marks {
    int found;      /* 0 to 4 */
    bool is_whole;  /* all four; only then the sides below are valid */
    double left_px; /* outer sides of the marks, in pixels of the gray image */
    double right_px;
    double top_px;
    double bottom_px;
};

/* The marks of an upright A4 page are looked for.
 * Units: paper is the brightness of the paper, 0 to 255. Thread: any. Time: about 1 ms. */
void page_marks_find(const struct page_image *gray, double px_per_mm, int paper, struct page_marks *out);

/* A place of the form in millimetres becomes one in pixels: by the marks when they are whole, else by the
 * sheet. */
struct page_rect page_marks_place(const struct page_marks *marks, double px_per_mm,
                                  struct page_rect place_mm);

/* The same as numbers: a place of `mm` lies at left + mm * x_scale and top + mm * y_scale. Units: pixels. */
void page_marks_scale(const struct page_marks *marks, double px_per_mm, double *left, double *top,
                      double *x_scale, double *y_scale);

#endif
