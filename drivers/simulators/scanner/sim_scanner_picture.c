#include "drivers/simulators/scanner/sim_scanner_picture.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { PICTURE_SIDE_MAX = 20000, PICTURE_A4_LONG_TENTH_INCH = 117 };

struct picture_trouble {
    struct jpeg_error_mgr base;
    jmp_buf leave;
};

static void trouble_exit(j_common_ptr info)
{
    longjmp(((struct picture_trouble *)info->err)->leave, 1);
}

static void trouble_silent(j_common_ptr info, int level)
{
    (void)info, (void)level;
}

static void trouble_init(struct picture_trouble *trouble)
{
    jpeg_std_error(&trouble->base);
    trouble->base.error_exit = trouble_exit;
    trouble->base.emit_message = trouble_silent;
}

static bool read_head(struct jpeg_decompress_struct *decoder, struct sim_scanner_picture *picture)
{
    (void)jpeg_read_header(decoder, TRUE);
    decoder->out_color_space = JCS_RGB;
    if (decoder->image_width > PICTURE_SIDE_MAX || decoder->image_height > PICTURE_SIDE_MAX)
        return false;
    picture->width_px = (int)decoder->image_width;
    picture->height_px = (int)decoder->image_height;
    int longer = picture->width_px > picture->height_px ? picture->width_px : picture->height_px;
    bool has_dpi = decoder->saw_JFIF_marker && decoder->density_unit == 1 && decoder->X_density >= 50;
    picture->dpi = has_dpi ? decoder->X_density : longer * 10 / PICTURE_A4_LONG_TENTH_INCH;
    picture->dpi = picture->dpi > 0 ? picture->dpi : 1;
    picture->rgb = malloc((size_t)picture->width_px * (size_t)picture->height_px * 3);
    return picture->rgb != NULL;
}

static void read_rows(struct jpeg_decompress_struct *decoder, struct sim_scanner_picture *picture)
{
    jpeg_start_decompress(decoder);
    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = picture->rgb + (size_t)decoder->output_scanline * (size_t)picture->width_px * 3;
        jpeg_read_scanlines(decoder, &row, 1);
    }
    jpeg_finish_decompress(decoder);
}

enum status sim_scanner_picture_read(const void *bytes, size_t length, struct sim_scanner_picture *out)
{
    struct jpeg_decompress_struct decoder = {0};
    struct picture_trouble trouble;
    struct sim_scanner_picture *picture = calloc(1, sizeof *picture); /* survives the jump */
    volatile bool is_read = false;
    if (!picture)
        return STATUS_NO_MEMORY;
    trouble_init(&trouble);
    decoder.err = &trouble.base;
    if (setjmp(trouble.leave) == 0) {
        jpeg_create_decompress(&decoder);
        jpeg_mem_src(&decoder, bytes, length);
        if (read_head(&decoder, picture)) {
            read_rows(&decoder, picture);
            is_read = true;
        }
    }
    jpeg_destroy_decompress(&decoder);
    if (is_read)
        *out = *picture;
    else
        sim_scanner_picture_release(picture);
    free(picture);
    return is_read ? STATUS_OK : STATUS_MALFORMED;
}

void sim_scanner_picture_release(struct sim_scanner_picture *picture)
{
    free(picture->rgb);
    *picture = (struct sim_scanner_picture){0};
}

/* One pixel of the scan: the mean of the sheet's pixels under it, or the nearest one when the sheet has
 * fewer. */
static void scan_pixel(const struct sim_scanner_picture *picture, int dpi, int x, int y, uint8_t *rgb)
{
    int left = (int)((int64_t)x * picture->dpi / dpi), right = (int)((int64_t)(x + 1) * picture->dpi / dpi);
    int top = (int)((int64_t)y * picture->dpi / dpi), bottom = (int)((int64_t)(y + 1) * picture->dpi / dpi);
    right = right > left ? right : left + 1;
    bottom = bottom > top ? bottom : top + 1;
    unsigned sum[3] = {0}, count = 0;
    for (int row = top; row < bottom && row < picture->height_px; row++)
        for (int column = left; column < right && column < picture->width_px; column++, count++) {
            const uint8_t *from =
                picture->rgb + ((size_t)row * (size_t)picture->width_px + (size_t)column) * 3;
            for (int c = 0; c < 3; c++)
                sum[c] += from[c];
        }
    for (int c = 0; c < 3; c++)
        rgb[c] = (uint8_t)(count ? (sum[c] + count / 2) / count : 255);
}

static void scan_row(const struct sim_scanner_picture *picture, const struct sim_scanner_wish *wish,
                     int width_px, int y, uint8_t *row)
{
    for (int x = 0; x < width_px; x++) {
        uint8_t rgb[3] = {255, 255, 255};
        if (picture)
            scan_pixel(picture, wish->dpi, x, y, rgb);
        if (wish->is_gray)
            row[x] = (uint8_t)((rgb[0] * 77u + rgb[1] * 150u + rgb[2] * 29u) >> 8);
        else
            memcpy(row + 3 * (size_t)x, rgb, 3);
    }
}

static void encode(struct jpeg_compress_struct *encoder, const struct sim_scanner_picture *picture,
                   const struct sim_scanner_wish *wish, uint8_t *row)
{
    encoder->image_width = (JDIMENSION)((int64_t)wish->width_300 * wish->dpi / 300);
    encoder->image_height = (JDIMENSION)((int64_t)wish->height_300 * wish->dpi / 300);
    encoder->input_components = wish->is_gray ? 1 : 3;
    encoder->in_color_space = wish->is_gray ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(encoder);
    jpeg_set_quality(encoder, wish->quality, TRUE);
    encoder->comp_info[0].h_samp_factor = encoder->comp_info[0].v_samp_factor =
        1; /* scanners keep full colour */
    encoder->density_unit = 1;
    encoder->X_density = encoder->Y_density = (UINT16)wish->dpi;
    jpeg_start_compress(encoder, TRUE);
    while (encoder->next_scanline < encoder->image_height) {
        scan_row(picture, wish, (int)encoder->image_width, (int)encoder->next_scanline, row);
        JSAMPROW rows = row;
        jpeg_write_scanlines(encoder, &rows, 1);
    }
    jpeg_finish_compress(encoder);
}

enum status sim_scanner_picture_scan(const struct sim_scanner_picture *picture,
                                     const struct sim_scanner_wish *wish, struct buf *out)
{
    struct jpeg_compress_struct encoder = {0};
    struct picture_trouble trouble;
    struct {
        unsigned char *bytes;
        unsigned long length;
    } output = {0};
    volatile enum status status = STATUS_NO_MEMORY;
    uint8_t *row = malloc((size_t)PICTURE_SIDE_MAX * 3);
    if (!row)
        return STATUS_NO_MEMORY;
    trouble_init(&trouble);
    encoder.err = &trouble.base;
    if (setjmp(trouble.leave) == 0) {
        jpeg_create_compress(&encoder);
        jpeg_mem_dest(&encoder, &output.bytes, &output.length);
        encode(&encoder, picture, wish, row);
        status = buf_append(out, output.bytes, output.length);
    }
    jpeg_destroy_compress(&encoder);
    free(output.bytes);
    free(row);
    return status;
}
