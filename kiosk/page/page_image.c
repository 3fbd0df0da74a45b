#include "kiosk/page/page_image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"

enum { SHRINK_MAX = 256, TURN_BLOCK_PX = 32, FIXED_ONE = 1 << 16 };

static const double straighten_max_degrees = 10.0;
static const double straighten_min_degrees = 0.05;

static size_t image_bytes(const struct page_image *image)
{
    return (size_t)image->width_px * (size_t)image->height_px * (size_t)image->channels;
}

static enum status size_check(int width_px, int height_px, int channels)
{
    if (width_px < 1 || height_px < 1 || (channels != 1 && channels != 3))
        return STATUS_MALFORMED;
    if ((int64_t)width_px * height_px > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    return STATUS_OK;
}

enum status page_image_new(int width_px, int height_px, int channels, int dpi, struct page_image *out)
{
    enum status status = size_check(width_px, height_px, channels);
    if (status != STATUS_OK)
        return status;
    struct page_image made = {width_px, height_px, channels, dpi, NULL};
    made.pixels = malloc(image_bytes(&made));
    if (!made.pixels)
        return STATUS_NO_MEMORY;
    *out = made;
    return STATUS_OK;
}

enum status page_image_take(uint8_t *pixels, size_t length, int width_px, int height_px, int channels,
                            int dpi, struct page_image *out)
{
    enum status status = size_check(width_px, height_px, channels);
    if (status != STATUS_OK)
        return status;
    struct page_image taken = {width_px, height_px, channels, dpi, pixels};
    if (!pixels || length != image_bytes(&taken))
        return STATUS_MALFORMED;
    *out = taken;
    return STATUS_OK;
}

void page_image_release(struct page_image *image)
{
    if (!image)
        return;
    if (image->pixels)
        secret_wipe_bytes(image->pixels, image_bytes(image));
    free(image->pixels);
    *image = (struct page_image){0};
}

/* The pixels of one image are replaced by those of another, whose struct is emptied. */
static void image_replace(struct page_image *image, struct page_image *by)
{
    page_image_release(image);
    *image = *by;
    *by = (struct page_image){0};
}

/* Where the pixel (x, y) of the page goes when it is turned, as a place in the new pixels. */
static size_t turned_place(const struct page_image *from, const struct page_image *to, int degrees, int x,
                           int y)
{
    int new_x = degrees == 90 ? from->height_px - 1 - y : degrees == 180 ? from->width_px - 1 - x : y;
    int new_y = degrees == 90 ? x : degrees == 180 ? from->height_px - 1 - y : from->width_px - 1 - x;
    return ((size_t)new_y * (size_t)to->width_px + (size_t)new_x) * (size_t)to->channels;
}

/* Blocks keep both images in the cache; a plain double loop over columns is several times slower. */
static void turn_block(const struct page_image *from, struct page_image *to, int degrees, int left, int top)
{
    int right = left + TURN_BLOCK_PX < from->width_px ? left + TURN_BLOCK_PX : from->width_px;
    int bottom = top + TURN_BLOCK_PX < from->height_px ? top + TURN_BLOCK_PX : from->height_px;
    for (int y = top; y < bottom; y++) {
        const uint8_t *pixel =
            from->pixels + ((size_t)y * (size_t)from->width_px + (size_t)left) * (size_t)from->channels;
        for (int x = left; x < right; x++, pixel += from->channels) {
            uint8_t *place = to->pixels + turned_place(from, to, degrees, x, y);
            for (int channel = 0; channel < from->channels; channel++)
                place[channel] = pixel[channel];
        }
    }
}

enum status page_image_turn(struct page_image *image, int degrees_clockwise)
{
    check(degrees_clockwise == 0 || degrees_clockwise == 90 || degrees_clockwise == 180 ||
          degrees_clockwise == 270);
    if (degrees_clockwise == 0)
        return STATUS_OK;
    bool swaps_sides = degrees_clockwise != 180;
    struct page_image turned = {0};
    enum status status = page_image_new(swaps_sides ? image->height_px : image->width_px,
                                        swaps_sides ? image->width_px : image->height_px, image->channels,
                                        image->dpi, &turned);
    if (status != STATUS_OK)
        return status;
    for (int top = 0; top < image->height_px; top += TURN_BLOCK_PX)
        for (int left = 0; left < image->width_px; left += TURN_BLOCK_PX)
            turn_block(image, &turned, degrees_clockwise, left, top);
    image_replace(image, &turned);
    return STATUS_OK;
}

/* The colour between four neighbours; fractions are 8 bits, which is finer than 8-bit colours can show. */
static void blend_pixel(const struct page_image *from, int64_t x_fixed, int64_t y_fixed, uint8_t *out)
{
    int x = (int)(x_fixed >> 16), y = (int)(y_fixed >> 16);
    if (x < 0 || y < 0 || x >= from->width_px - 1 || y >= from->height_px - 1) {
        memset(out, 255, (size_t)from->channels);
        return;
    }
    unsigned right = (unsigned)(x_fixed >> 8) & 255u, below = (unsigned)(y_fixed >> 8) & 255u;
    size_t channels = (size_t)from->channels, row_bytes = (size_t)from->width_px * channels;
    const uint8_t *above = from->pixels + (size_t)y * row_bytes + (size_t)x * channels;
    const uint8_t *under = above + row_bytes;
    for (size_t c = 0; c < channels; c++) {
        unsigned upper = above[c] * (256u - right) + above[c + channels] * right;
        unsigned lower = under[c] * (256u - right) + under[c + channels] * right;
        out[c] = (uint8_t)((upper * (256u - below) + lower * below + (1u << 15)) >> 16);
    }
}

enum status page_image_straighten(struct page_image *image, double degrees_clockwise)
{
    if (!(fabs(degrees_clockwise) <= straighten_max_degrees))
        return STATUS_UNSUPPORTED;
    if (fabs(degrees_clockwise) < straighten_min_degrees)
        return STATUS_OK;
    struct page_image straight = {0};
    enum status status =
        page_image_new(image->width_px, image->height_px, image->channels, image->dpi, &straight);
    if (status != STATUS_OK)
        return status;
    double radians = degrees_clockwise * M_PI / 180.0;
    int64_t along = llround(cos(radians) * FIXED_ONE), across = llround(sin(radians) * FIXED_ONE);
    double centre_x = (image->width_px - 1) / 2.0, centre_y = (image->height_px - 1) / 2.0;
    uint8_t *out = straight.pixels;
    for (int y = 0; y < straight.height_px; y++) {
        /* The new pixel comes from the place turned back by the angle. */
        double from_centre_y = y - centre_y;
        int64_t from_x =
            llround((centre_x - centre_x * cos(radians) + from_centre_y * sin(radians)) * FIXED_ONE);
        int64_t from_y =
            llround((centre_y + centre_x * sin(radians) + from_centre_y * cos(radians)) * FIXED_ONE);
        for (int x = 0; x < straight.width_px; x++, out += straight.channels) {
            blend_pixel(image, from_x, from_y, out);
            from_x += along;
            from_y -= across;
        }
    }
    image_replace(image, &straight);
    return STATUS_OK;
}

/* Where each new pixel's part of a row begins, and the end of the last. */
static void share_out(int from_px, int to_px, int *starts)
{
    for (int i = 0; i <= to_px; i++)
        starts[i] = (int)((int64_t)i * from_px / to_px);
}

/* Every byte of a scan passes through these two loops; what they may touch is checked once before them
 * (shrink_rows), so that a sanitised build need not check it for each byte. */
#define CHECKED_BEFORE __attribute__((no_sanitize("address"), no_sanitize("undefined")))

/* Rows are summed first, because that is the part of the work that touches every pixel. SHRINK_MAX rows of
 * 255 fit. */
CHECKED_BEFORE static void sum_rows(const struct page_image *from, int top, int bottom,
                                    uint16_t *restrict sums)
{
    size_t row_bytes = (size_t)from->width_px * (size_t)from->channels;
    memset(sums, 0, row_bytes * sizeof *sums);
    for (int y = top; y < bottom; y++) {
        const uint8_t *restrict row = from->pixels + (size_t)y * row_bytes;
        for (size_t i = 0; i < row_bytes; i++)
            sums[i] = (uint16_t)(sums[i] + row[i]);
    }
}

/* A division per pixel would cost more than all the rest; widths differ by one at most, so two factors serve.
 */
CHECKED_BEFORE static void mean_columns(const uint16_t *sums, const int *starts, int rows,
                                        const struct page_image *to, uint8_t *out)
{
    size_t channels = (size_t)to->channels;
    int narrow = starts[to->width_px] / to->width_px;
    uint64_t one = UINT64_C(1) << 32, count = (uint64_t)rows * (uint64_t)narrow;
    const uint64_t factors[2] = {one / count, one / (count + (uint64_t)rows)};
    for (int x = 0; x < to->width_px; x++) {
        int width = starts[x + 1] - starts[x];
        const uint16_t *part = sums + (size_t)starts[x] * channels;
        for (size_t c = 0; c < channels; c++) {
            uint32_t sum = 0;
            for (int column = 0; column < width; column++)
                sum += part[(size_t)column * channels + c];
            *out++ = (uint8_t)((sum * factors[width - narrow] + (UINT64_C(1) << 31)) >> 32);
        }
    }
}

/* Three sums become one, in place; the weights add up to 256. */
static void sums_to_gray(uint16_t *sums, int width_px)
{
    const uint16_t *from = sums;
    for (int x = 0; x < width_px; x++, from += 3)
        sums[x] = (uint16_t)((77u * from[0] + 150u * from[1] + 29u * from[2] + 128u) >> 8);
}

static void shrink_rows(const struct page_image *from, const int *columns, const int *rows, uint16_t *sums,
                        struct page_image *to)
{
    size_t row_bytes = (size_t)to->width_px * (size_t)to->channels;
    check(rows[to->height_px] == from->height_px && columns[to->width_px] == from->width_px);
    for (int y = 0; y < to->height_px; y++) {
        check(rows[y] >= 0 && rows[y] < rows[y + 1] && rows[y + 1] - rows[y] <= SHRINK_MAX);
        sum_rows(from, rows[y], rows[y + 1], sums);
        if (to->channels < from->channels)
            sums_to_gray(sums, from->width_px);
        mean_columns(sums, columns, rows[y + 1] - rows[y], to, to->pixels + (size_t)y * row_bytes);
    }
}

static enum status shrink(const struct page_image *image, int width_px, int height_px, int channels,
                          struct page_image *out)
{
    if (width_px > image->width_px || height_px > image->height_px ||
        (int64_t)width_px * SHRINK_MAX < image->width_px ||
        (int64_t)height_px * SHRINK_MAX < image->height_px)
        return STATUS_UNSUPPORTED;
    struct page_image made = {0};
    int dpi = (int)((int64_t)image->dpi * width_px / image->width_px);
    enum status status = page_image_new(width_px, height_px, channels, dpi, &made);
    if (status != STATUS_OK)
        return status;
    uint16_t *sums = calloc((size_t)image->width_px * (size_t)image->channels, sizeof *sums);
    int *columns = calloc((size_t)width_px + 1, sizeof *columns),
        *rows = calloc((size_t)height_px + 1, sizeof *rows);
    if (sums && columns && rows) {
        share_out(image->width_px, width_px, columns);
        share_out(image->height_px, height_px, rows);
        shrink_rows(image, columns, rows, sums, &made);
    } else
        status = STATUS_NO_MEMORY;
    free(rows);
    free(columns);
    free(sums);
    if (status == STATUS_OK)
        *out = made;
    else
        page_image_release(&made);
    return status;
}

enum status page_image_shrink(const struct page_image *image, int width_px, int height_px,
                              struct page_image *out)
{
    return shrink(image, width_px, height_px, image->channels, out);
}

enum status page_image_shrink_gray(const struct page_image *image, int width_px, int height_px,
                                   struct page_image *out)
{
    return shrink(image, width_px, height_px, 1, out);
}

enum status page_image_gray(const struct page_image *image, struct page_image *out)
{
    struct page_image gray = {0};
    enum status status = page_image_new(image->width_px, image->height_px, 1, image->dpi, &gray);
    if (status != STATUS_OK)
        return status;
    size_t count = (size_t)image->width_px * (size_t)image->height_px;
    const uint8_t *pixel = image->pixels;
    if (image->channels == 1)
        memcpy(gray.pixels, image->pixels, count);
    else
        for (size_t i = 0; i < count; i++, pixel += 3)
            gray.pixels[i] = (uint8_t)((77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2] + 128u) >> 8);
    *out = gray;
    return STATUS_OK;
}

static enum status expand_gray(struct page_image *image)
{
    if (image->channels == 3)
        return STATUS_OK;
    struct page_image colour = {0};
    enum status status = page_image_new(image->width_px, image->height_px, 3, image->dpi, &colour);
    if (status != STATUS_OK)
        return status;
    size_t count = (size_t)image->width_px * (size_t)image->height_px;
    for (size_t i = 0; i < count; i++)
        memset(colour.pixels + 3 * i, image->pixels[i], 3);
    image_replace(image, &colour);
    return STATUS_OK;
}

enum status page_image_preview(const struct page_image *image, int width_max_px, int height_max_px,
                               struct page_image *out)
{
    check(width_max_px > 0 && height_max_px > 0);
    double scale =
        fmin(1.0, fmin((double)width_max_px / image->width_px, (double)height_max_px / image->height_px));
    int width_px = (int)(image->width_px * scale + 0.5), height_px = (int)(image->height_px * scale + 0.5);
    struct page_image small = {0};
    enum status status =
        page_image_shrink(image, width_px < 1 ? 1 : width_px, height_px < 1 ? 1 : height_px, &small);
    if (status == STATUS_OK)
        status = expand_gray(&small);
    if (status != STATUS_OK) {
        page_image_release(&small);
        return status;
    }
    *out = small;
    return STATUS_OK;
}
