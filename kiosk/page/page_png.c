#include "kiosk/page/page_png.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "kiosk/base/limits.h"
#include "kiosk/page/page_picture.h"

enum { PNG_STRENGTHS_MAX = 16, PNG_BITS_MAX = 4, PNG_PALETTE = 3, PNG_PER_METRE = 1 };

static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

/* --- writing ----------------------------------------------------------------------------------------- */

static void put_32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Length, name, content and the sum over name and content (section 5.3). */
static enum status put_chunk(struct buf *out, const char *name, const uint8_t *content, size_t length)
{
    uint8_t head[8], tail[4];
    put_32(head, (uint32_t)length);
    (void)memcpy(head + 4, name, 4);
    uLong sum = crc32(crc32(0, Z_NULL, 0), head + 4, 4);
    sum = length > 0 ? crc32(sum, content, (uInt)length) : sum;
    put_32(tail, (uint32_t)sum);
    enum status status = buf_append(out, head, sizeof(head));
    if (status == STATUS_OK && length > 0)
        status = buf_append(out, content, length);
    return status == STATUS_OK ? buf_append(out, tail, sizeof(tail)) : status;
}

static enum status put_head(struct buf *out, const struct page_png *png)
{
    uint8_t head[13] = {0};
    uint8_t scale[9] = {0};
    uint8_t palette[PNG_STRENGTHS_MAX * 3];
    uint8_t alpha[PNG_STRENGTHS_MAX];
    unsigned strengths = 1U << png->bits;
    put_32(head, (uint32_t)png->width_px);
    put_32(head + 4, (uint32_t)png->height_px);
    head[8] = (uint8_t)png->bits;
    head[9] = PNG_PALETTE;
    put_32(scale, (uint32_t)lround(png->px_per_mm * 1000));
    put_32(scale + 4, (uint32_t)lround(png->px_per_mm * 1000));
    scale[8] = PNG_PER_METRE;
    for (unsigned i = 0; i < strengths; i++) {
        (void)memcpy(palette + (size_t)i * 3, png->rgb, 3);
        alpha[i] = (uint8_t)(i * 255 / (strengths - 1));
    }
    enum status status = buf_append(out, signature, sizeof(signature));
    if (status == STATUS_OK)
        status = put_chunk(out, "IHDR", head, sizeof(head));
    if (status == STATUS_OK)
        status = put_chunk(out, "pHYs", scale, sizeof(scale));
    if (status == STATUS_OK)
        status = put_chunk(out, "PLTE", palette, (size_t)strengths * 3);
    return status == STATUS_OK ? put_chunk(out, "tRNS", alpha, strengths) : status;
}

/* How many bytes a row has, behind the one that says that it is not filtered, and where in its byte the x-th
 * pixel begins, from the lowest bit (section 7.2: the leftmost pixel stands highest). */
static size_t row_bytes(int width_px, unsigned bits)
{
    return 1 + ((size_t)width_px * bits + 7) / 8;
}

static unsigned shift_of(size_t x, unsigned bits)
{
    return 8 - bits - (unsigned)(x * bits % 8);
}

/* Rows of two, four or eight pixels a byte. */
static uint8_t *pack_rows(const struct page_png *png, size_t *length)
{
    size_t row = row_bytes(png->width_px, png->bits);
    *length = row * (size_t)png->height_px;
    uint8_t *rows = calloc(1, *length);
    for (int y = 0; rows != NULL && y < png->height_px; y++)
        for (size_t x = 0; x < (size_t)png->width_px; x++) {
            unsigned strength = png->strength[(size_t)y * (size_t)png->width_px + x] >> (8 - png->bits);
            rows[row * (size_t)y + 1 + x * png->bits / 8] |= (uint8_t)(strength << shift_of(x, png->bits));
        }
    return rows;
}

static enum status put_pixels(struct buf *out, const struct page_png *png)
{
    size_t length = 0;
    uint8_t *rows = pack_rows(png, &length);
    uLongf packed_length = compressBound((uLong)length);
    uint8_t *packed = rows == NULL ? NULL : malloc(packed_length);
    enum status status = packed == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK &&
        compress2(packed, &packed_length, rows, (uLong)length, Z_BEST_COMPRESSION) != Z_OK)
        status = STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = put_chunk(out, "IDAT", packed, packed_length);
    free(packed);
    free(rows);
    return status;
}

enum status page_png_write(const struct page_png *png, struct buf *out)
{
    struct buf file;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    enum status status = put_head(&file, png);
    if (status == STATUS_OK)
        status = put_pixels(&file, png);
    if (status == STATUS_OK)
        status = put_chunk(&file, "IEND", NULL, 0);
    if (status == STATUS_OK)
        status = buf_append(out, file.data, file.length);
    buf_wipe(&file);
    return status;
}

/* --- reading ----------------------------------------------------------------------------------------- */

/* The chunks of a file, one after the other. */
struct reader {
    const uint8_t *at;
    size_t left;
};

static uint32_t get_32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* The next chunk has this name and at least so many bytes of content. */
static bool take_chunk(struct reader *reader, const char *name, size_t least, const uint8_t **content,
                       size_t *length)
{
    if (reader->left < 12 || memcmp(reader->at + 4, name, 4) != 0)
        return false;
    *length = get_32(reader->at);
    if (*length > reader->left - 12 || *length < least)
        return false;
    *content = reader->at + 8;
    if (crc32(crc32(0, Z_NULL, 0), reader->at + 4, (uInt)(4 + *length)) != get_32(*content + *length))
        return false;
    reader->at += 12 + *length;
    reader->left -= 12 + *length;
    return true;
}

static enum status unpack(const uint8_t *packed, size_t packed_length, const struct page_picture *picture,
                          unsigned bits, uint8_t **out)
{
    const unsigned full = (1U << bits) - 1;
    size_t row = row_bytes(picture->width_px, bits), length = row * (size_t)picture->height_px;
    size_t pixels = (size_t)picture->width_px * (size_t)picture->height_px;
    uLongf unpacked = (uLongf)length;
    uint8_t *rows = malloc(length);
    uint8_t *strength = malloc(pixels);
    enum status status = rows == NULL || strength == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK &&
        (uncompress(rows, &unpacked, packed, (uLong)packed_length) != Z_OK || unpacked != length))
        status = STATUS_MALFORMED;
    for (size_t i = 0; status == STATUS_OK && i < pixels; i++) {
        size_t x = i % (size_t)picture->width_px, y = i / (size_t)picture->width_px;
        unsigned several = rows[y * row + 1 + x * bits / 8];
        strength[i] = (uint8_t)((several >> shift_of(x, bits) & full) * 255 / full);
    }
    free(rows);
    if (status == STATUS_OK)
        *out = strength;
    else
        free(strength);
    return status;
}

static enum status read_head(struct reader *reader, struct page_picture *picture, unsigned *bits)
{
    const uint8_t *content = NULL;
    const uint8_t *palette = NULL;
    size_t length = 0;
    if (!take_chunk(reader, "IHDR", 13, &content, &length) || content[9] != PNG_PALETTE)
        return STATUS_MALFORMED;
    *bits = content[8];
    if (*bits != 1 && *bits != 2 && *bits != PNG_BITS_MAX)
        return STATUS_MALFORMED;
    uint32_t width = get_32(content), height = get_32(content + 4);
    if (width == 0 || height == 0)
        return STATUS_MALFORMED;
    if (width > LIMIT_PAGE_PIXELS || height > LIMIT_PAGE_PIXELS ||
        (uint64_t)width * height > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    if (!take_chunk(reader, "pHYs", 9, &content, &length) || get_32(content) == 0)
        return STATUS_MALFORMED;
    picture->width_px = (int)width;
    picture->height_px = (int)height;
    picture->width_mm = width * 1000.0 / get_32(content);
    picture->height_mm = height * 1000.0 / get_32(content);
    if (!take_chunk(reader, "PLTE", (size_t)3 << *bits, &palette, &length) ||
        !take_chunk(reader, "tRNS", (size_t)1 << *bits, &content, &length))
        return STATUS_MALFORMED;
    (void)memcpy(picture->rgb, palette, sizeof(picture->rgb));
    return STATUS_OK;
}

enum status page_png_read(const void *bytes, size_t length, struct page_picture *out)
{
    struct reader reader = {bytes, length};
    struct page_picture picture = {0};
    const uint8_t *content = NULL;
    size_t content_length = 0;
    unsigned bits = 0;
    if (length < sizeof(signature) || memcmp(bytes, signature, sizeof(signature)) != 0)
        return STATUS_MALFORMED;
    reader.at += sizeof(signature);
    reader.left -= sizeof(signature);
    enum status status = read_head(&reader, &picture, &bits);
    if (status == STATUS_OK && !take_chunk(&reader, "IDAT", 1, &content, &content_length))
        status = STATUS_MALFORMED;
    if (status == STATUS_OK)
        status = unpack(content, content_length, &picture, bits, &picture.strength);
    if (status == STATUS_OK)
        *out = picture;
    return status;
}
