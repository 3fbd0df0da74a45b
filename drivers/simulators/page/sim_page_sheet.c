#include "drivers/simulators/page/sim_page_sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <poppler.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"

enum { SHEET_QUALITY = 92, SHEET_GRAIN = 3 };

static const double sheet_width_mm = 210, sheet_height_mm = 297, mm_per_point = 25.4 / 72;

static int px(double mm, int dpi)
{
    return (int)lround(mm * dpi / 25.4);
}

enum status sim_page_sheet_new(int dpi, struct sim_page_sheet *out)
{
    struct sim_page_sheet sheet = {.dpi = dpi};
    sheet.surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, px(sheet_width_mm, dpi), px(sheet_height_mm, dpi));
    sheet.cairo = cairo_create(sheet.surface);
    if (cairo_status(sheet.cairo) != CAIRO_STATUS_SUCCESS) {
        sim_page_sheet_release(&sheet);
        return STATUS_NO_MEMORY;
    }
    cairo_set_source_rgb(sheet.cairo, 1, 1, 1);
    cairo_paint(sheet.cairo);
    cairo_scale(sheet.cairo, dpi / 25.4, dpi / 25.4);
    *out = sheet;
    return STATUS_OK;
}

void sim_page_sheet_release(struct sim_page_sheet *sheet)
{
    if (sheet->cairo)
        cairo_destroy(sheet->cairo);
    if (sheet->surface)
        cairo_surface_destroy(sheet->surface);
    *sheet = (struct sim_page_sheet){0};
}

enum status sim_page_sheet_paste(struct sim_page_sheet *sheet, const char *png, struct failure *failure)
{
    enum status status = STATUS_OK;
    cairo_surface_t *picture = cairo_image_surface_create_from_png(png);
    cairo_status_t trouble = cairo_surface_status(picture);
    if (trouble == CAIRO_STATUS_SUCCESS) {
        cairo_save(sheet->cairo);
        cairo_scale(sheet->cairo, sheet_width_mm / cairo_image_surface_get_width(picture),
                    sheet_height_mm / cairo_image_surface_get_height(picture));
        cairo_set_source_surface(sheet->cairo, picture, 0, 0);
        cairo_paint(sheet->cairo);
        cairo_restore(sheet->cairo);
    } else {
        status =
            failure_set(failure, trouble == CAIRO_STATUS_FILE_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_MALFORMED,
                        "cairo", trouble, "%s: %s", png, cairo_status_to_string(trouble));
    }
    cairo_surface_destroy(picture);
    return status;
}

static void render(struct sim_page_sheet *sheet, PopplerPage *page)
{
    cairo_save(sheet->cairo);
    cairo_scale(sheet->cairo, mm_per_point, mm_per_point);
    poppler_page_render_for_printing(page, sheet->cairo);
    cairo_restore(sheet->cairo);
}

/* Returns: NULL when the bytes are no PDF. */
static PopplerDocument *open_document(const struct buf *file, struct failure *failure)
{
    GError *error = NULL;
    GBytes *bytes = g_bytes_new(file->data, file->length);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    g_bytes_unref(bytes);
    if (error) {
        (void)failure_set(failure, STATUS_MALFORMED, "poppler", error->code, "%s", error->message);
        g_error_free(error);
    }
    return document;
}

static enum status print_page(struct sim_page_sheet *sheet, PopplerDocument *document, int number,
                              struct failure *failure)
{
    int pages = poppler_document_get_n_pages(document);
    PopplerPage *page =
        number >= 1 && number <= pages ? poppler_document_get_page(document, number - 1) : NULL;
    if (!page)
        return failure_set(failure, STATUS_NOT_FOUND, "poppler", number, "the document has %d pages", pages);
    render(sheet, page);
    g_object_unref(page);
    return STATUS_OK;
}

enum status sim_page_sheet_print(struct sim_page_sheet *sheet, const char *pdf, int page,
                                 struct failure *failure)
{
    struct buf file;
    buf_init(&file, LIMIT_PDF_BYTES);
    enum status status = file_read(pdf, &file, failure);
    PopplerDocument *document = status == STATUS_OK ? open_document(&file, failure) : NULL;
    if (document) {
        status = print_page(sheet, document, page, failure);
        g_object_unref(document);
    } else if (status == STATUS_OK)
        status = STATUS_MALFORMED;
    buf_release(&file);
    return status;
}

/* The sheet laid askew on a white bed. */
static cairo_surface_t *lay(const struct sim_page_sheet *sheet, double skew_degrees)
{
    int width = cairo_image_surface_get_width(sheet->surface),
        height = cairo_image_surface_get_height(sheet->surface);
    cairo_surface_t *bed = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(bed);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_translate(cairo, width / 2.0, height / 2.0);
    cairo_rotate(cairo, skew_degrees * M_PI / 180);
    cairo_translate(cairo, -width / 2.0, -height / 2.0);
    cairo_set_source_surface(cairo, sheet->surface, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(bed);
    return bed;
}

/* Light and grain of a scan head; a fixed sequence, so that the same sheet gives the same file. */
static uint8_t seen(uint32_t value, double light, uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    int grain = (int)(*state >> 24) % (2 * SHEET_GRAIN + 1) - SHEET_GRAIN;
    int level = (int)(value * light * 0.985) + grain;
    return (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
}

static void see_row(cairo_surface_t *bed, int y, double light, uint32_t *state, uint8_t *row)
{
    const unsigned char *data =
        cairo_image_surface_get_data(bed) + (ptrdiff_t)y * cairo_image_surface_get_stride(bed);
    const uint32_t *pixels = (const void *)data; /* cairo promises this alignment */
    for (int x = 0; x < cairo_image_surface_get_width(bed); x++, row += 3)
        for (int c = 0; c < 3; c++)
            row[c] = seen(pixels[x] >> (16 - 8 * c) & 0xff, light, state);
}

static void encode(struct jpeg_compress_struct *encoder, cairo_surface_t *bed, int dpi, double light,
                   uint8_t *row)
{
    uint32_t state = 1;
    encoder->image_width = (JDIMENSION)cairo_image_surface_get_width(bed);
    encoder->image_height = (JDIMENSION)cairo_image_surface_get_height(bed);
    encoder->input_components = 3;
    encoder->in_color_space = JCS_RGB;
    jpeg_set_defaults(encoder);
    jpeg_set_quality(encoder, SHEET_QUALITY, TRUE);
    encoder->density_unit = 1;
    encoder->X_density = encoder->Y_density = (UINT16)dpi;
    jpeg_start_compress(encoder, TRUE);
    while (encoder->next_scanline < encoder->image_height) {
        see_row(bed, (int)encoder->next_scanline, light, &state, row);
        JSAMPROW rows = row;
        jpeg_write_scanlines(encoder, &rows, 1);
    }
    jpeg_finish_compress(encoder);
}

/* libjpeg's own way out of an error is exit(), which is right for a program of one picture. */
enum status sim_page_sheet_scan(const struct sim_page_sheet *sheet, double skew_degrees, double light,
                                struct buf *out)
{
    struct jpeg_compress_struct encoder = {0};
    struct jpeg_error_mgr trouble;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    cairo_surface_t *bed = lay(sheet, skew_degrees);
    uint8_t *row = malloc((size_t)cairo_image_surface_get_width(bed) * 3);
    enum status status = row ? STATUS_OK : STATUS_NO_MEMORY;
    if (row) {
        encoder.err = jpeg_std_error(&trouble);
        jpeg_create_compress(&encoder);
        jpeg_mem_dest(&encoder, &bytes, &length);
        encode(&encoder, bed, sheet->dpi, light, row);
        jpeg_destroy_compress(&encoder);
        status = buf_append(out, bytes, length);
    }
    free(bytes);
    free(row);
    cairo_surface_destroy(bed);
    return status;
}
