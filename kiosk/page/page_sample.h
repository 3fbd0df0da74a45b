/* Page sample: the boxes of a form in which stamps and signatures are collected, cut out of the page and
 * judged.
 *
 * Where the boxes are is told in millimetres of the printed sheet; the four corner marks say where that is on
 * the scan. It does not choose between samples and makes no picture of a seal (page_picture.h). Pitfall: the
 * page must be upright and straight, as page_finish leaves it; without its marks nothing is cut.
 */
#ifndef KIOSK_PAGE_PAGE_SAMPLE_H
#define KIOSK_PAGE_PAGE_SAMPLE_H

#include <stdbool.h>

#include "kiosk/page/page_image.h"

enum page_sample_fault {
#define PAGE_SAMPLE_FAULT(code, name) PAGE_SAMPLE_##code,
#include "kiosk/page/page_sample_faults.def"
#undef PAGE_SAMPLE_FAULT
    PAGE_SAMPLE_FAULT_COUNT_
};

/* The stable name of a fault. Returns: static text. */
const char *page_sample_fault_name(enum page_sample_fault fault);

enum { PAGE_SAMPLES_MAX = 8 };

/* A place on the printed sheet, from its upper left corner. */
struct page_place_mm {
    double x_mm, y_mm, width_mm, height_mm;
};

struct page_sample_box {
    struct page_place_mm place;
    struct page_place_mm tick; /* the box that is ticked for the best one; zeroed: there is none */
    bool is_stamp;             /* red ink; else written by hand */
};

struct page_sample {
    enum page_sample_fault fault;
    bool is_ticked;
    double px_per_mm;
    struct page_rect place;  /* on the page */
    struct page_image image; /* the inside of the box, in colour */
};

/* The boxes are cut out of the page and judged.
 * Units: count at most PAGE_SAMPLES_MAX. Returns: NOT_FOUND when the page shows no corner marks or has no
 * colour, NO_MEMORY. Owns: the caller releases each of *out with page_image_release(&out[i].image). Thread:
 * any. Time: about 30 ms for an A4 page of 300 dpi. After failure: nothing is in *out. */
enum status page_sample_cut(const struct page_image *page, const struct page_sample_box *boxes, size_t count,
                            struct page_sample *out);

/* How much of a pixel is red ink, 0 to 255. */
int page_sample_redness(const uint8_t rgb[3]);

#endif
