/* Design sheet: a picture of the design at the left, our page at the right, both at half size, for a person
 * to compare.
 *
 * Sheets are committed in tests/golden/design; test_design fails when a right half is not our page as it is
 * now. The left half is the design's and only drawn when a sheet is made. Pitfall: a picture of another size
 * than our page is a wrong picture.
 */
#ifndef TESTS_GOLDEN_DESIGN_SHEET_H
#define TESTS_GOLDEN_DESIGN_SHEET_H

#include <stdbool.h>
#include <stdint.h>

enum { DESIGN_SHEET_GAP = 16 };

struct design_sheet {
    int width, height; /* of the whole sheet; half a page is (width - gap) / 2 wide */
    uint32_t *pixels;  /* 0x00RRGGBB */
};

/* The sheet of a page of this size, white. Owns: the caller releases it. */
void design_sheet_init(struct design_sheet *sheet, int page_width, int page_height);
void design_sheet_release(struct design_sheet *sheet);
/* The page stands at the left or at the right, each pixel the mean of four. Units: window px. */
void design_sheet_put(struct design_sheet *sheet, bool right, const uint32_t *page, int page_width);
/* A PNG file as a sheet or a page. Returns: false when there is none that can be read. Owns: the caller
 * releases *out. */
bool design_sheet_load(const char *path, struct design_sheet *out);
/* How many pixels of the right halves differ; of sheets of different sizes all do. */
long design_sheet_differences(const struct design_sheet *a, const struct design_sheet *b);

#endif
