/* Canvas row: the inner loops of all painting, in one place so that the compiler turns them into vector code.
 *
 * Blending is on 8-bit values as they are stored, without gamma, as the reference pictures were made.
 */
#ifndef KIOSK_UI_CANVAS_ROW_H
#define KIOSK_UI_CANVAS_ROW_H

#include <stdint.h>
#include <wchar.h>

/* A pixel is filled as a wide character. */
_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a pixel as wide as wchar_t");

/* n pixels have this colour. */
static inline void canvas_row_fill(uint32_t *restrict row, int n, uint32_t color)
{
    if (n <= 0)
        return;
    row[0] = row[n - 1] = color; /* where a checker of memory sees both ends */
    wmemset((wchar_t *)row, (wchar_t)color, (size_t)n);
}

/* One pixel with the colour laid over it. Units: alpha 0 to 256. */
static inline uint32_t canvas_row_blend(uint32_t under, uint32_t color, uint32_t alpha)
{
    uint32_t rest = 256 - alpha;
    uint32_t rb = ((under & 0xFF00FF) * rest + (color & 0xFF00FF) * alpha) >> 8;
    uint32_t g = ((under & 0x00FF00) * rest + (color & 0x00FF00) * alpha) >> 8;
    return (rb & 0xFF00FF) | (g & 0x00FF00);
}

/* The colour lies over n pixels through a row of coverage. */
static inline void canvas_row_mask(uint32_t *restrict row, const uint8_t *restrict coverage, int n,
                                   uint32_t color)
{
    for (int i = 0; i < n; i++) {
        uint32_t alpha = coverage[i];
        row[i] = canvas_row_blend(row[i], color, alpha + (alpha >> 7));
    }
}

/* As canvas_row_mask, coverage taken down. Units: scale 0 to 256. */
static inline void canvas_row_mask_scaled(uint32_t *restrict row, const uint8_t *restrict coverage, int n,
                                          uint32_t color, uint32_t scale)
{
    for (int i = 0; i < n; i++) {
        uint32_t alpha = (coverage[i] * scale) >> 8;
        row[i] = canvas_row_blend(row[i], color, alpha + (alpha >> 7));
    }
}

/* The colour lies over n pixels evenly. Units: alpha 0 to 256. */
static inline void canvas_row_alpha(uint32_t *restrict row, int n, uint32_t color, uint32_t alpha)
{
    for (int i = 0; i < n; i++)
        row[i] = canvas_row_blend(row[i], color, alpha);
}

/* n pixels of one picture pass into those of another. Units: part 0 to 256, 0 is `before`. */
static inline void canvas_row_mix(uint32_t *restrict row, const uint32_t *restrict before,
                                  const uint32_t *restrict after, int n, uint32_t part)
{
    for (int i = 0; i < n; i++)
        row[i] = canvas_row_blend(before[i], after[i], part);
}

#endif
