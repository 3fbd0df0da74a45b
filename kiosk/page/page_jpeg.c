#include "kiosk/page/page_jpeg.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "kiosk/base/failure.h"

/* libjpeg reports by calling back; the callback leaves through the jump, never through exit(). */
struct jpeg_trouble {
    struct jpeg_error_mgr base;
    jmp_buf leave;
    enum status status;
    char text[JMSG_LENGTH_MAX];
};

enum { JPEG_SCANS_MAX = 64 };

_Noreturn static void trouble_exit(j_common_ptr info)
{
    struct jpeg_trouble *trouble = (struct jpeg_trouble *)info->err;
    info->err->format_message(info, trouble->text);
    longjmp(trouble->leave, 1);
}

/* A warning means damaged data that libjpeg would paint over with gray; a damaged page must be scanned again.
 */
static void trouble_message(j_common_ptr info, int level)
{
    if (level < 0)
        trouble_exit(info);
}

static void trouble_init(struct jpeg_trouble *trouble, enum status status)
{
    *trouble = (struct jpeg_trouble){.status = status};
    jpeg_std_error(&trouble->base);
    trouble->base.error_exit = trouble_exit;
    trouble->base.emit_message = trouble_message;
}

/* A progressive file may hold thousands of scans over the same pixels: hours of work in a few kilobytes. */
static void limit_scans(j_common_ptr info)
{
    struct jpeg_decompress_struct *decoder = (struct jpeg_decompress_struct *)info;
    if (decoder->input_scan_number <= JPEG_SCANS_MAX)
        return;
    struct jpeg_trouble *trouble = (struct jpeg_trouble *)info->err;
    snprintf(trouble->text, sizeof trouble->text, "more than %d scans", JPEG_SCANS_MAX);
    longjmp(trouble->leave, 1);
}

static int file_dpi(const struct jpeg_decompress_struct *decoder)
{
    double density = decoder->X_density;
    if (!decoder->saw_JFIF_marker || decoder->density_unit == 0 || decoder->X_density != decoder->Y_density)
        return 0;
    double dpi = decoder->density_unit == 2 ? density * 2.54 : density;
    return dpi >= 10 && dpi <= 2400 ? (int)(dpi + 0.5) : 0;
}

static enum status decode_head(struct jpeg_decompress_struct *decoder, struct page_image *image)
{
    (void)jpeg_read_header(decoder, TRUE);
    if (decoder->jpeg_color_space == JCS_CMYK || decoder->jpeg_color_space == JCS_YCCK)
        return STATUS_UNSUPPORTED;
    bool is_gray = decoder->jpeg_color_space == JCS_GRAYSCALE;
    decoder->out_color_space = is_gray ? JCS_GRAYSCALE : JCS_RGB;
    if (decoder->image_width > LIMIT_PAGE_PIXELS || decoder->image_height > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    return page_image_new((int)decoder->image_width, (int)decoder->image_height, is_gray ? 1 : 3,
                          file_dpi(decoder), image);
}

static void decode_rows(struct jpeg_decompress_struct *decoder, struct page_image *image)
{
    size_t row_bytes = (size_t)image->width_px * (size_t)image->channels;
    jpeg_start_decompress(decoder);
    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = image->pixels + decoder->output_scanline * row_bytes;
        jpeg_read_scanlines(decoder, &row, 1);
    }
    jpeg_finish_decompress(decoder);
}

enum status page_jpeg_decode(const void *bytes, size_t length, struct page_image *out,
                             struct failure *failure)
{
    if (length > LIMIT_PAGE_JPEG_BYTES)
        return failure_set(failure, STATUS_FULL, "page_jpeg_decode", 0, "%zu bytes", length);
    struct jpeg_decompress_struct decoder = {0};
    struct jpeg_trouble trouble;
    struct jpeg_progress_mgr watch = {.progress_monitor = limit_scans};
    struct page_image *image = calloc(1, sizeof *image); /* on the heap: a local would be lost by the jump */
    if (!image)
        return STATUS_NO_MEMORY;
    trouble_init(&trouble, STATUS_MALFORMED);
    decoder.err = &trouble.base;
    if (setjmp(trouble.leave) == 0) {
        jpeg_create_decompress(&decoder);
        decoder.progress = &watch;
        jpeg_mem_src(&decoder, bytes, length);
        trouble.status = decode_head(&decoder, image);
        if (trouble.status == STATUS_OK) {
            trouble.status = STATUS_MALFORMED; /* until the last row is there */
            decode_rows(&decoder, image);
            trouble.status = STATUS_OK;
        }
    }
    jpeg_destroy_decompress(&decoder);
    enum status status = trouble.status;
    if (status == STATUS_OK)
        *out = *image;
    else
        page_image_release(image);
    free(image);
    if (status == STATUS_OK)
        return status;
    return failure_set(failure, status, "page_jpeg_decode", trouble.base.msg_code, "%s", trouble.text);
}

static void encode_settings(struct jpeg_compress_struct *encoder, const struct page_image *image, int quality)
{
    encoder->image_width = (JDIMENSION)image->width_px;
    encoder->image_height = (JDIMENSION)image->height_px;
    encoder->input_components = image->channels;
    encoder->in_color_space = image->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(encoder); /* 4:2:0 is libjpeg's default for colour */
    jpeg_set_quality(encoder, quality, TRUE);
    encoder->write_JFIF_header = TRUE;
    encoder->density_unit = image->dpi > 0 ? 1 : 0;
    encoder->X_density = encoder->Y_density = (UINT16)(image->dpi > 0 ? image->dpi : 1);
}

static void encode_rows(struct jpeg_compress_struct *encoder, const struct page_image *image)
{
    size_t row_bytes = (size_t)image->width_px * (size_t)image->channels;
    jpeg_start_compress(encoder, TRUE);
    while (encoder->next_scanline < encoder->image_height) {
        JSAMPROW row = image->pixels + encoder->next_scanline * row_bytes;
        jpeg_write_scanlines(encoder, &row, 1);
    }
    jpeg_finish_compress(encoder);
}

struct jpeg_output {
    unsigned char *bytes; /* malloc'd by libjpeg */
    unsigned long length;
};

static enum status encode_to(const struct page_image *image, int quality, struct jpeg_output *output)
{
    struct jpeg_compress_struct encoder = {0};
    struct jpeg_trouble trouble;
    trouble_init(&trouble, STATUS_NO_MEMORY); /* the only way encoding to memory can fail */
    encoder.err = &trouble.base;
    if (setjmp(trouble.leave) == 0) {
        jpeg_create_compress(&encoder);
        jpeg_mem_dest(&encoder, &output->bytes, &output->length);
        encode_settings(&encoder, image, quality);
        encode_rows(&encoder, image);
        trouble.status = STATUS_OK;
    }
    jpeg_destroy_compress(&encoder);
    return trouble.status;
}

enum status page_jpeg_encode(const struct page_image *image, int quality, struct buf *out)
{
    struct jpeg_output output = {0};
    enum status status = encode_to(image, quality, &output);
    if (status == STATUS_OK)
        status = buf_append(out, output.bytes, output.length);
    free(output.bytes);
    return status;
}

enum status page_jpeg_fit(const struct page_image *image, size_t limit_bytes, struct buf *out, int *quality)
{
    static const int qualities[] = {PAGE_JPEG_QUALITY, 75, 60, 50};
    enum status status = STATUS_FULL;
    for (size_t i = 0; i < sizeof qualities / sizeof *qualities && status == STATUS_FULL; i++) {
        struct jpeg_output output = {0};
        status = encode_to(image, qualities[i], &output);
        if (status == STATUS_OK)
            status = output.length > limit_bytes ? STATUS_FULL : buf_append(out, output.bytes, output.length);
        free(output.bytes);
        if (status == STATUS_OK && quality)
            *quality = qualities[i];
    }
    return status;
}
