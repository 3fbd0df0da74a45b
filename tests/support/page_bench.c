#include "tests/support/page_bench.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/qr.h"
#include "kiosk/page/page_jpeg.h"

struct page_image page_bench_load(const char *source_folder, const char *file)
{
    char path[512];
    struct buf bytes;
    struct page_image image = {0};
    snprintf(path, sizeof path, "%s/tests/fixtures/pages/%s", source_folder, file);
    buf_init(&bytes, LIMIT_PAGE_JPEG_BYTES);
    check(file_read(path, &bytes, NULL) == STATUS_OK);
    check(page_jpeg_decode(bytes.data, bytes.length, &image, NULL) == STATUS_OK);
    buf_release(&bytes);
    return image;
}

static int px(const struct page_image *image, double mm)
{
    return (int)lround(mm * image->dpi / 25.4);
}

static void set_pixel(struct page_image *image, int x, int y, uint8_t red, uint8_t green, uint8_t blue)
{
    if (x < 0 || y < 0 || x >= image->width_px || y >= image->height_px)
        return;
    uint8_t *pixel =
        image->pixels + ((size_t)y * (size_t)image->width_px + (size_t)x) * (size_t)image->channels;
    pixel[0] = red;
    if (image->channels == 3) {
        pixel[1] = green;
        pixel[2] = blue;
    }
}

void page_bench_fill(struct page_image *image, struct page_rect place, uint8_t red, uint8_t green,
                     uint8_t blue)
{
    for (int y = place.y_px; y < place.y_px + place.height_px; y++)
        for (int x = place.x_px; x < place.x_px + place.width_px; x++)
            set_pixel(image, x, y, red, green, blue);
}

struct page_image page_bench_text(int dpi, int channels)
{
    struct page_image image = {0};
    check(page_image_new(210 * dpi * 10 / 254, 297 * dpi * 10 / 254, channels, dpi, &image) == STATUS_OK);
    memset(image.pixels, 255, (size_t)image.width_px * (size_t)image.height_px * (size_t)channels);
    for (int line = 0; line < 20; line++)
        for (int word = 0; word < 30; word++)
            page_bench_fill(&image,
                            (struct page_rect){px(&image, 25 + 5 * word), px(&image, 70 + 8 * line),
                                               px(&image, 3 + word % 2), px(&image, 2.5)},
                            30, 30, 30);
    return image;
}

void page_bench_code(struct page_image *image, const char *text, double x_mm, double y_mm, double module_mm)
{
    static struct qr qr;
    check(qr_encode(text, &qr) == STATUS_OK);
    int tile = px(image, (qr.side + 8) * module_mm);
    page_bench_fill(image, (struct page_rect){px(image, x_mm), px(image, y_mm), tile, tile}, 255, 255, 255);
    for (int row = 0; row < qr.side; row++)
        for (int column = 0; column < qr.side; column++) {
            int left = px(image, x_mm + (column + 4) * module_mm),
                top = px(image, y_mm + (row + 4) * module_mm);
            int right = px(image, x_mm + (column + 5) * module_mm);
            int bottom = px(image, y_mm + (row + 5) * module_mm);
            if (qr.dark[row][column])
                page_bench_fill(image, (struct page_rect){left, top, right - left, bottom - top}, 0, 0, 0);
        }
}

void page_bench_marks(struct page_image *image)
{
    for (int i = 0; i < 4; i++) {
        double x = i % 2 ? 203 : 7, y = i >= 2 ? 290 : 7;
        double stroke_x = i % 2 ? x - 0.6 : x, stroke_y = i >= 2 ? y - 0.6 : y;
        struct page_rect across = {px(image, i % 2 ? x - 5 : x), px(image, stroke_y), px(image, 5),
                                   px(image, 0.6)};
        struct page_rect down = {px(image, stroke_x), px(image, i >= 2 ? y - 5 : y), px(image, 0.6),
                                 px(image, 5)};
        page_bench_fill(image, across, 0, 0, 0);
        page_bench_fill(image, down, 0, 0, 0);
    }
}

void page_bench_ring(struct page_image *image, double x_mm, double y_mm, double diameter_mm, double share,
                     int strength)
{
    double outer = diameter_mm / 2, inner = outer - 1.2;
    uint8_t faded = (uint8_t)(255 - strength);
    for (int y = px(image, y_mm - outer) - 1; y <= px(image, y_mm + outer) + 1; y++)
        for (int x = px(image, x_mm - outer) - 1; x <= px(image, x_mm + outer) + 1; x++) {
            double dx = x * 25.4 / image->dpi - x_mm, dy = y * 25.4 / image->dpi - y_mm;
            double angle = atan2(dy, dx) / (2 * M_PI);
            if (hypot(dx, dy) <= outer && hypot(dx, dy) >= inner && (angle < 0 ? angle + 1 : angle) < share)
                set_pixel(image, x, y, 255, faded, faded);
        }
}
