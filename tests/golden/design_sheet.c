#include "tests/golden/design_sheet.h"

#include <SDL2/SDL_image.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"

static void reserve(struct design_sheet *sheet, int width, int height)
{
    *sheet = (struct design_sheet){.width = width, .height = height};
    sheet->pixels = malloc((size_t)width * (size_t)height * sizeof(*sheet->pixels));
    check(sheet->pixels != NULL);
}

void design_sheet_init(struct design_sheet *sheet, int page_width, int page_height)
{
    reserve(sheet, page_width / 2 * 2 + DESIGN_SHEET_GAP, page_height / 2);
    for (long i = 0; i < (long)sheet->width * sheet->height; i++)
        sheet->pixels[i] = 0xffffff;
}

void design_sheet_release(struct design_sheet *sheet)
{
    free(sheet->pixels);
    *sheet = (struct design_sheet){0};
}

static int half_width(const struct design_sheet *sheet)
{
    return (sheet->width - DESIGN_SHEET_GAP) / 2;
}

static uint32_t mean(const uint32_t *above, const uint32_t *below)
{
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t sum = (above[0] >> shift & 0xff) + (above[1] >> shift & 0xff) + (below[0] >> shift & 0xff) +
                       (below[1] >> shift & 0xff);
        out |= (sum + 2) / 4 << shift;
    }
    return out;
}

void design_sheet_put(struct design_sheet *sheet, bool right, const uint32_t *page, int page_width)
{
    int left = right ? half_width(sheet) + DESIGN_SHEET_GAP : 0;
    for (int y = 0; y < sheet->height; y++)
        for (int x = 0; x < half_width(sheet); x++) {
            const uint32_t *above = page + (size_t)(2 * y) * (size_t)page_width + (size_t)(2 * x);
            sheet->pixels[y * sheet->width + left + x] = mean(above, above + page_width);
        }
}

bool design_sheet_load(const char *path, struct design_sheet *out)
{
    SDL_Surface *file = IMG_Load(path);
    SDL_Surface *same = file == NULL ? NULL : SDL_ConvertSurfaceFormat(file, SDL_PIXELFORMAT_RGB888, 0);
    SDL_FreeSurface(file);
    if (same == NULL)
        return false;
    reserve(out, same->w, same->h);
    for (int y = 0; y < same->h; y++)
        for (int x = 0; x < same->w; x++) {
            const uint8_t *row = (const uint8_t *)same->pixels + (size_t)y * (size_t)same->pitch;
            out->pixels[y * same->w + x] = ((const uint32_t *)(const void *)row)[x] & 0xffffff;
        }
    SDL_FreeSurface(same);
    return true;
}

long design_sheet_differences(const struct design_sheet *a, const struct design_sheet *b)
{
    long count = 0;
    if (a->width != b->width || a->height != b->height)
        return (long)a->width * a->height;
    for (int y = 0; y < a->height; y++)
        for (int x = half_width(a) + DESIGN_SHEET_GAP; x < a->width; x++)
            count += a->pixels[y * a->width + x] != b->pixels[y * a->width + x];
    return count;
}
