#include "kiosk/page/page_tone.h"

#include <stdlib.h>

enum { TONE_LEVELS = 256, TILE_PX = 24, MARK_BELOW_PAPER = 26 /* a tenth of white */ };

/* Half an inch: where punch holes and the edges of a sheet that lies askew are. */
static const double margin_share_of_width = 13.0 / 210.0;

static void count_levels(const struct page_image *gray, struct page_rect part, size_t levels[TONE_LEVELS])
{
    for (int y = part.y_px; y < part.y_px + part.height_px; y++) {
        const uint8_t *row = gray->pixels + (size_t)y * (size_t)gray->width_px;
        for (int x = part.x_px; x < part.x_px + part.width_px; x++)
            levels[row[x]]++;
    }
}

/* The level that `per_myriad` of the values do not exceed. */
static int percentile(const size_t levels[TONE_LEVELS], int per_myriad)
{
    size_t total = 0, seen = 0;
    for (int i = 0; i < TONE_LEVELS; i++)
        total += levels[i];
    int level = 0;
    while (level < TONE_LEVELS - 1 && (seen += levels[level]) * 10000 < total * (size_t)per_myriad)
        level++;
    return level;
}

static size_t tile_marks(const struct page_image *gray, struct page_rect tile)
{
    size_t levels[TONE_LEVELS] = {0}, marks = 0;
    count_levels(gray, tile, levels);
    int limit = percentile(levels, 7000) - MARK_BELOW_PAPER;
    for (int i = 0; i < limit; i++)
        marks += levels[i];
    return marks;
}

static double mark_share(const struct page_image *gray)
{
    int short_side = gray->width_px < gray->height_px ? gray->width_px : gray->height_px;
    int margin = (int)(short_side * margin_share_of_width);
    size_t marks = 0, pixels = 0;
    for (int y = margin; y + TILE_PX <= gray->height_px - margin; y += TILE_PX)
        for (int x = margin; x + TILE_PX <= gray->width_px - margin; x += TILE_PX) {
            marks += tile_marks(gray, (struct page_rect){x, y, TILE_PX, TILE_PX});
            pixels += TILE_PX * TILE_PX;
        }
    return pixels ? (double)marks / (double)pixels : 0.0;
}

static int chroma_most(const struct page_image *image)
{
    if (image->channels == 1)
        return 0;
    size_t levels[TONE_LEVELS] = {0}, count = (size_t)image->width_px * (size_t)image->height_px;
    const uint8_t *pixel = image->pixels;
    for (size_t i = 0; i < count; i++, pixel += 3) {
        uint8_t most = pixel[0] > pixel[1] ? pixel[0] : pixel[1],
                least = pixel[0] < pixel[1] ? pixel[0] : pixel[1];
        most = pixel[2] > most ? pixel[2] : most;
        least = pixel[2] < least ? pixel[2] : least;
        levels[most - least]++;
    }
    return percentile(levels, 9999);
}

enum status page_tone_measure(const struct page_image *small, struct page_tone *out)
{
    struct page_image gray = {0};
    enum status status = page_image_gray(small, &gray);
    if (status != STATUS_OK)
        return status;
    size_t levels[TONE_LEVELS] = {0};
    count_levels(&gray, (struct page_rect){0, 0, gray.width_px, gray.height_px}, levels);
    *out = (struct page_tone){.paper = percentile(levels, 7500),
                              .ink = percentile(levels, 40),
                              .mark_share = mark_share(&gray),
                              .chroma_most = chroma_most(small)};
    page_image_release(&gray);
    return STATUS_OK;
}
