#include "kiosk/page/page_skew.h"

#include <math.h>
#include <stdbool.h>

#include <leptonica/allheaders.h>

enum { SWEEP_REDUCTION = 4, SEARCH_REDUCTION = 2, INK_BELOW_PAPER = 60 };

static const float sweep_degrees = 7.0f, sweep_step_degrees = 1.0f, search_step_degrees = 0.01f;
/* Leptonica's own limit for a trustworthy answer is 3; pages with rules reach 10 and more. */
static const float confidence_min = 3.0f;

/* The brightness most of the paper has: a page is mostly paper. */
static int paper_brightness(const struct page_image *gray)
{
    size_t histogram[256] = {0}, count = (size_t)gray->width_px * (size_t)gray->height_px, seen = 0;
    for (size_t i = 0; i < count; i++)
        histogram[gray->pixels[i]]++;
    int value = 255;
    while (value > 0 && (seen += histogram[value]) < count * 3 / 10)
        value--;
    return value;
}

static PIX *ink_bits(const struct page_image *gray)
{
    PIX *bits = pixCreate(gray->width_px, gray->height_px, 1);
    if (!bits)
        return NULL;
    int limit = paper_brightness(gray) - INK_BELOW_PAPER;
    l_uint32 *words = pixGetData(bits);
    int words_per_row = pixGetWpl(bits);
    for (int y = 0; y < gray->height_px; y++) {
        const uint8_t *row = gray->pixels + (size_t)y * (size_t)gray->width_px;
        l_uint32 *out = words + (size_t)y * (size_t)words_per_row;
        for (int x = 0; x < gray->width_px; x++)
            if (row[x] < limit)
                out[x >> 5] |= 0x80000000u >> (x & 31); /* leptonica's bit order within a word */
    }
    return bits;
}

enum status page_skew_measure(const struct page_image *gray, double *degrees)
{
    float angle = 0, confidence = 0;
    PIX *bits = ink_bits(gray);
    if (!bits)
        return STATUS_NO_MEMORY;
    setMsgSeverity(L_SEVERITY_NONE); /* an empty page is no error worth a line on standard error */
    bool is_measured =
        pixFindSkewOrthogonalRange(bits, &angle, &confidence, SWEEP_REDUCTION, SEARCH_REDUCTION,
                                   sweep_degrees, sweep_step_degrees, search_step_degrees, 0.0f) == 0;
    pixDestroy(&bits);
    double small = angle > 45 ? angle - 90.0 : angle < -45 ? angle + 90.0 : angle;
    if (!is_measured || confidence < confidence_min || fabs(small) > (double)sweep_degrees)
        return STATUS_NOT_FOUND;
    *degrees = small;
    return STATUS_OK;
}
