/* A scan of a sheet for samples, whatever is on it: each cut-out lies on the page, each picture is one that
 * is read back as it was written. The first bytes choose size and boxes, the rest are pixels, repeated; then
 * the bytes as a PNG. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_picture.h"
#include "kiosk/page/page_png.h"
#include "kiosk/page/page_sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 8, BOXES = 2, LIMIT = 8192 };

/* Corner marks, so that something is cut out at all. */
static void draw_marks(struct page_image *image)
{
    double px = image->width_px / 210.0;
    for (int i = 0; i < 4; i++)
        for (int at = 0; at < (int)(5 * px); at++)
            for (int width = 0; width < (int)(1 * px); width++) {
                int x = (int)((i % 2 ? 203 : 7) * px) + (i % 2 ? -at - 1 : at),
                    y = (int)((i >= 2 ? 290 : 7) * px);
                int other_x = (int)((i % 2 ? 203 : 7) * px) + (i % 2 ? -width - 1 : width);
                int row = y + (i >= 2 ? -width - 1 : width), other_row = y + (i >= 2 ? -at - 1 : at);
                if (row < image->height_px && other_row < image->height_px) {
                    memset(image->pixels + ((size_t)row * (size_t)image->width_px + (size_t)x) * 3, 0, 3);
                    memset(image->pixels +
                               ((size_t)other_row * (size_t)image->width_px + (size_t)other_x) * 3,
                           0, 3);
                }
            }
}

static void check_picture(const struct page_sample *sample, bool is_stamp)
{
    struct page_picture picture = {0};
    struct page_picture again = {0};
    struct buf png;
    buf_init(&png, LIMIT);
    enum status status = page_picture_make(&sample->image, sample->px_per_mm, is_stamp, &picture);
    if (status == STATUS_OK && page_picture_encode(&picture, LIMIT, &png) == STATUS_OK) {
        check(png.length <= LIMIT);
        check(page_png_read(png.data, png.length, &again) == STATUS_OK);
        check(again.width_px <= picture.width_px && again.height_px <= picture.height_px);
    }
    buf_release(&png);
    page_picture_release(&again);
    page_picture_release(&picture);
}

static void check_page(const uint8_t *data, size_t size)
{
    struct page_image page = {0};
    struct page_sample samples[BOXES] = {0};
    int width_px = 210 + data[0] * 2, height_px = width_px * 297 / 210 + data[1] % 16 - 8;
    struct page_sample_box boxes[BOXES] = {
        {.place = {data[2] % 200, data[3], data[4] % 90, data[5] % 90}, .is_stamp = true},
        {.place = {data[3] % 200, data[2], data[5] % 90, data[4] % 90},
         .tick = {data[6] % 200, data[7], 8, 8}}};
    check(page_image_new(width_px, height_px, 3, 0, &page) == STATUS_OK);
    for (size_t i = 0; i < (size_t)width_px * (size_t)height_px * 3; i++)
        page.pixels[i] = data[HEAD + i % (size - HEAD)];
    draw_marks(&page);
    enum status status = page_sample_cut(&page, boxes, BOXES, samples);
    for (int i = 0; i < BOXES; i++) {
        check((status == STATUS_OK) == (samples[i].image.pixels != NULL));
        if (status != STATUS_OK)
            continue;
        check(samples[i].place.x_px >= 0 && samples[i].place.x_px + samples[i].place.width_px <= width_px);
        check(samples[i].place.y_px >= 0 && samples[i].place.y_px + samples[i].place.height_px <= height_px);
        check_picture(&samples[i], boxes[i].is_stamp);
        page_image_release(&samples[i].image);
    }
    page_image_release(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct page_picture picture = {0};
    if (page_png_read(data, size, &picture) == STATUS_OK)
        check(picture.width_px > 0 && picture.strength != NULL);
    page_picture_release(&picture);
    if (size > HEAD)
        check_page(data, size);
    return 0;
}
