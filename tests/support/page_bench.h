/* Page bench: sample pages for tests, from tests/fixtures/pages, with codes and ink added where a test wants
 * them.
 *
 * Pitfall: a program that uses it must link ck_page.
 */
#ifndef TESTS_SUPPORT_PAGE_BENCH_H
#define TESTS_SUPPORT_PAGE_BENCH_H

#include "kiosk/page/page_image.h"

/* The sample page. `source_folder` is the repository's root. Aborts the test on failure.
 * Owns: the caller releases the image. */
struct page_image page_bench_load(const char *source_folder, const char *file);

/* A white page with lines like text on it, A4 at this resolution. Owns: the caller. */
struct page_image page_bench_text(int dpi, int channels);

/* A filled rectangle of one colour, cut at the edges. */
void page_bench_fill(struct page_image *image, struct page_rect place, uint8_t red, uint8_t green,
                     uint8_t blue);

/* The text as a QR code on a white tile, its upper left corner and module size in millimetres. */
void page_bench_code(struct page_image *image, const char *text, double x_mm, double y_mm, double module_mm);

/* The four corner marks of a printed form. */
void page_bench_marks(struct page_image *image);

/* A ring of red ink; `share` of it from the right side clockwise, strength 255 for full ink. */
void page_bench_ring(struct page_image *image, double x_mm, double y_mm, double diameter_mm, double share,
                     int strength);

#endif
