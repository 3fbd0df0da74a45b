#include "kiosk/page/page_picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/page/page_png.h"
#include "kiosk/page/page_sample.h"

enum {
    PICTURE_RED_NONE = 24, /* paper that is not quite white */
    PICTURE_RED_FULL = 96,
    PICTURE_DARK_NONE = 40,
    PICTURE_DARK_FULL = 130,
    PICTURE_STRONG = 160,
    PICTURE_INK = 64,
    PICTURE_LINE_LEAST = 3 /* pixels of ink: fewer in a row or column are dust */
};

/* How a picture is made smaller: first with fewer pixels, then with fewer strengths, which need more pixels
 * to be readable: ink or no ink is what a fax has, 8 lines a millimetre. */
static const double picture_shrink = 0.8;
static const struct {
    unsigned bits;
    double px_per_mm_least;
} picture_ways[] = {{4, 4}, {2, 5}, {1, 8}};

void page_picture_release(struct page_picture *picture)
{
    if (picture->strength != NULL)
        secret_wipe_bytes(picture->strength, (size_t)picture->width_px * (size_t)picture->height_px);
    free(picture->strength);
    *picture = (struct page_picture){0};
}

/* --- ink --------------------------------------------------------------------------------------------- */

static uint8_t ramp(int value, int none, int full)
{
    return (uint8_t)(value <= none ? 0 : value >= full ? 255 : (value - none) * 255 / (full - none));
}

static uint8_t strength_of(const uint8_t rgb[3], bool is_stamp)
{
    if (is_stamp)
        return ramp(page_sample_redness(rgb), PICTURE_RED_NONE, PICTURE_RED_FULL);
    return ramp(255 - (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000, PICTURE_DARK_NONE,
                PICTURE_DARK_FULL);
}

/* The strengths of a whole sample, and the colour its full ink has. */
static uint8_t *read_ink(const struct page_image *sample, bool is_stamp, uint8_t rgb[3])
{
    size_t count = (size_t)sample->width_px * (size_t)sample->height_px, strong = 0;
    uint64_t sums[3] = {0};
    uint8_t *out = malloc(count);
    for (size_t i = 0; out != NULL && i < count; i++) {
        const uint8_t *pixel = sample->pixels + i * 3;
        out[i] = strength_of(pixel, is_stamp);
        if (out[i] < PICTURE_STRONG)
            continue;
        strong++;
        for (int c = 0; c < 3; c++)
            sums[c] += pixel[c];
    }
    for (int c = 0; c < 3; c++)
        rgb[c] = (uint8_t)(strong > 0 ? sums[c] / strong : 0);
    return out;
}

/* The first and last line of a direction that has ink. Returns: false when none has. */
static bool find_span(const uint8_t *ink, int width, int height, bool along_columns, int *first, int *last)
{
    int lines = along_columns ? width : height, across = along_columns ? height : width;
    *first = *last = -1;
    for (int line = 0; line < lines; line++) {
        int count = 0;
        for (int i = 0; i < across; i++) {
            size_t at = along_columns ? (size_t)i * (size_t)width + (size_t)line
                                      : (size_t)line * (size_t)width + (size_t)i;
            count += ink[at] >= PICTURE_INK;
        }
        if (count < PICTURE_LINE_LEAST)
            continue;
        *first = *first < 0 ? line : *first;
        *last = line;
    }
    return *first >= 0;
}

static uint8_t *crop(const uint8_t *ink, int width, struct page_rect place)
{
    uint8_t *out = malloc((size_t)place.width_px * (size_t)place.height_px);
    for (int y = 0; out != NULL && y < place.height_px; y++)
        (void)memcpy(out + (size_t)y * (size_t)place.width_px,
                     ink + (size_t)(place.y_px + y) * (size_t)width + (size_t)place.x_px,
                     (size_t)place.width_px);
    return out;
}

enum status page_picture_make(const struct page_image *sample, double px_per_mm, bool is_stamp,
                              struct page_picture *out)
{
    struct page_picture picture = {0};
    int left, right, top, bottom;
    if (sample->channels != 3 || px_per_mm <= 0)
        return STATUS_NOT_FOUND;
    uint8_t *ink = read_ink(sample, is_stamp, picture.rgb);
    enum status status = ink == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK && (!find_span(ink, sample->width_px, sample->height_px, true, &left, &right) ||
                                !find_span(ink, sample->width_px, sample->height_px, false, &top, &bottom)))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        const struct page_rect place = {left, top, right - left + 1, bottom - top + 1};
        picture.width_px = place.width_px;
        picture.height_px = place.height_px;
        picture.width_mm = place.width_px / px_per_mm;
        picture.height_mm = place.height_px / px_per_mm;
        picture.strength = crop(ink, sample->width_px, place);
        status = picture.strength == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    }
    if (ink != NULL)
        secret_wipe_bytes(ink, (size_t)sample->width_px * (size_t)sample->height_px);
    free(ink);
    if (status == STATUS_OK)
        *out = picture;
    return status;
}

/* --- files ------------------------------------------------------------------------------------------- */

/* Each pixel is the mean of those it stands for. */
static enum status shrink(const struct page_picture *from, int width_px, int height_px,
                          struct page_image *out)
{
    const struct page_image whole = {from->width_px, from->height_px, 1, 0, from->strength};
    return page_image_shrink(&whole, width_px, height_px, out);
}

static enum status encode_at(const struct page_picture *picture, double by, unsigned bits, struct buf *out)
{
    struct page_image small = {0};
    int width_px = (int)fmax(1, round(picture->width_px * by));
    int height_px = (int)fmax(1, round(picture->height_px * by));
    enum status status = shrink(picture, width_px, height_px, &small);
    if (status == STATUS_OK) {
        struct page_png png = {width_px, height_px, width_px / picture->width_mm, {0}, bits, small.pixels};
        (void)memcpy(png.rgb, picture->rgb, sizeof(png.rgb));
        status = page_png_write(&png, out);
    }
    page_image_release(&small);
    return status;
}

enum status page_picture_encode(const struct page_picture *picture, size_t limit_bytes, struct buf *out)
{
    struct buf file;
    const double px_per_mm = picture->width_px / picture->width_mm;
    enum status status = STATUS_FULL;
    buf_init(&file, limit_bytes);
    for (size_t i = 0; i < sizeof(picture_ways) / sizeof(picture_ways[0]) && status == STATUS_FULL; i++) {
        for (double by = 1; status == STATUS_FULL && px_per_mm * by >= picture_ways[i].px_per_mm_least;
             by *= picture_shrink)
            status = encode_at(picture, by, picture_ways[i].bits, &file);
    }
    if (status == STATUS_OK)
        status = buf_append(out, file.data, file.length);
    buf_wipe(&file);
    return status;
}

enum status page_picture_on_white(const struct page_picture *picture, struct page_image *out)
{
    struct page_image image = {0};
    size_t count = (size_t)picture->width_px * (size_t)picture->height_px;
    enum status status = page_image_new(picture->width_px, picture->height_px, 3, 0, &image);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        for (size_t c = 0; c < 3; c++)
            image.pixels[i * 3 + c] =
                (uint8_t)((255 * (255 - picture->strength[i]) + picture->rgb[c] * picture->strength[i]) /
                          255);
    if (status == STATUS_OK)
        *out = image;
    return status;
}
