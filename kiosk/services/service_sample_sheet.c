/* The sheet a clerk looks at: a band for each kind of sample, its cut-outs side by side, the chosen one in a
 * strong frame, and at the end the picture made of it, on a tinted ground that shows what is transparent. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_jpeg.h"
#include "kiosk/page/page_picture.h"
#include "kiosk/page/page_png.h"
#include "kiosk/services/service_image.h"
#include "kiosk/services/service_sample.h"

enum {
    SHEET_WIDTH = 1600,
    GAP = 24,
    FRAME = 2,
    FRAME_CHOSEN = 8,
    CELL_HEIGHT_MOST = 560,
    CUT_BYTES = 4 * 1024 * 1024
};

static const uint8_t frame_plain[3] = {160, 168, 180}, frame_chosen[3] = {20, 122, 84},
                     ground[3] = {226, 236, 248};

struct band {
    size_t count;
    const struct store_sample *rows[SERVICE_SAMPLES_MAX];
    struct page_image cuts[SERVICE_SAMPLES_MAX];
    struct page_picture picture; /* of the chosen one; zeroed without one */
    int cell_width, cell_height;
};

/* --- loading ----------------------------------------------------------------------------------------- */

static enum status load_picture(struct service_context *context, const char *order_id,
                                const struct store_sample *row, struct page_picture *out,
                                struct failure *failure)
{
    struct buf png;
    buf_init(&png, CUT_BYTES);
    enum status status = store_sample_part(context->store, order_id, row->paper, row->zone,
                                           STORE_SAMPLE_PICTURE, &png, failure);
    if (status == STATUS_OK)
        status = page_png_read(png.data, png.length, out);
    buf_wipe(&png);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status load_cut(struct service_context *context, const char *order_id,
                            const struct store_sample *row, struct page_image *out, struct failure *failure)
{
    struct buf jpeg;
    buf_init(&jpeg, CUT_BYTES);
    enum status status =
        store_sample_part(context->store, order_id, row->paper, row->zone, STORE_SAMPLE_CUT, &jpeg, failure);
    if (status == STATUS_OK)
        status = page_jpeg_decode(jpeg.data, jpeg.length, out, failure);
    buf_wipe(&jpeg);
    return status;
}

static enum status load_band(struct service_context *context, const char *order_id, struct band *band,
                             struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < band->count && status == STATUS_OK; i++) {
        status = load_cut(context, order_id, band->rows[i], &band->cuts[i], failure);
        if (status == STATUS_OK && band->rows[i]->chosen != STORE_SAMPLE_NOT_CHOSEN)
            status = load_picture(context, order_id, band->rows[i], &band->picture, failure);
    }
    if (status != STATUS_OK)
        return status;
    int cells = (int)band->count + 1;
    band->cell_width = (SHEET_WIDTH - (cells + 1) * GAP) / cells;
    band->cell_height = band->cell_width * band->cuts[0].height_px / band->cuts[0].width_px;
    band->cell_height = band->cell_height < CELL_HEIGHT_MOST ? band->cell_height : CELL_HEIGHT_MOST;
    return STATUS_OK;
}

static void release_band(struct band *band)
{
    for (size_t i = 0; i < band->count; i++)
        page_image_release(&band->cuts[i]);
    page_picture_release(&band->picture);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static uint8_t *pixel_at(const struct page_image *sheet, int x, int y)
{
    return sheet->pixels + ((size_t)y * (size_t)sheet->width_px + (size_t)x) * 3;
}

static void fill(const struct page_image *sheet, struct page_rect place, const uint8_t rgb[3])
{
    for (int y = place.y_px; y < place.y_px + place.height_px; y++)
        for (int x = place.x_px; x < place.x_px + place.width_px; x++)
            if (x >= 0 && y >= 0 && x < sheet->width_px && y < sheet->height_px)
                (void)memcpy(pixel_at(sheet, x, y), rgb, 3);
}

static void draw_frame(const struct page_image *sheet, struct page_rect cell, int width, const uint8_t rgb[3])
{
    struct page_rect outer = {cell.x_px - width, cell.y_px - width, cell.width_px + 2 * width,
                              cell.height_px + 2 * width};
    fill(sheet, (struct page_rect){outer.x_px, outer.y_px, outer.width_px, width}, rgb);
    fill(sheet, (struct page_rect){outer.x_px, cell.y_px + cell.height_px, outer.width_px, width}, rgb);
    fill(sheet, (struct page_rect){outer.x_px, outer.y_px, width, outer.height_px}, rgb);
    fill(sheet, (struct page_rect){cell.x_px + cell.width_px, outer.y_px, width, outer.height_px}, rgb);
}

/* The picture as large as the cell allows, in its middle; where `tinted`, white gives way to the ground. */
static enum status paste(const struct page_image *sheet, const struct page_image *picture,
                         struct page_rect cell, bool tinted)
{
    struct page_image fitted = {0};
    enum status status = page_image_preview(picture, cell.width_px, cell.height_px, &fitted);
    int left = cell.x_px + (cell.width_px - fitted.width_px) / 2;
    int top = cell.y_px + (cell.height_px - fitted.height_px) / 2;
    for (int y = 0; status == STATUS_OK && y < fitted.height_px; y++)
        for (int x = 0; x < fitted.width_px; x++) {
            const uint8_t *from = fitted.pixels + ((size_t)y * (size_t)fitted.width_px + (size_t)x) * 3;
            uint8_t *to = pixel_at(sheet, left + x, top + y);
            for (int c = 0; c < 3; c++)
                to[c] = tinted ? (uint8_t)(from[c] * ground[c] / 255) : from[c];
        }
    page_image_release(&fitted);
    return status;
}

static enum status draw_picture(const struct page_image *sheet, const struct band *band,
                                struct page_rect cell)
{
    struct page_image white = {0};
    fill(sheet, cell, ground);
    if (band->picture.strength == NULL)
        return STATUS_OK;
    enum status status = page_picture_on_white(&band->picture, &white);
    if (status == STATUS_OK)
        status = paste(sheet, &white, cell, true);
    page_image_release(&white);
    return status;
}

static enum status draw_band(const struct page_image *sheet, const struct band *band, int top)
{
    struct page_rect cell = {GAP, top, band->cell_width, band->cell_height};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < band->count && status == STATUS_OK; i++) {
        bool is_chosen = band->rows[i]->chosen != STORE_SAMPLE_NOT_CHOSEN;
        draw_frame(sheet, cell, is_chosen ? FRAME_CHOSEN : FRAME, is_chosen ? frame_chosen : frame_plain);
        status = paste(sheet, &band->cuts[i], cell, false);
        cell.x_px += band->cell_width + GAP;
    }
    return status == STATUS_OK ? draw_picture(sheet, band, cell) : status;
}

static enum status draw(const struct band *bands, size_t count, int width_px, struct service_image **out)
{
    struct page_image sheet = {0};
    int height = GAP;
    for (size_t i = 0; i < count; i++)
        height += bands[i].cell_height + GAP;
    enum status status = page_image_new(SHEET_WIDTH, height, 3, 0, &sheet);
    if (status == STATUS_OK)
        (void)memset(sheet.pixels, 255, (size_t)SHEET_WIDTH * (size_t)height * 3);
    int top = GAP;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = draw_band(&sheet, &bands[i], top);
        top += bands[i].cell_height + GAP;
    }
    if (status == STATUS_OK)
        status = service_image_of_page(&sheet, width_px, out);
    page_image_release(&sheet);
    return status;
}

/* --- the sheet --------------------------------------------------------------------------------------- */

/* Samples of one thing stand in one band, in the order of the first of each. */
static size_t sort(const struct store_sample *rows, size_t count, struct band *bands)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < found && strcmp(bands[at].rows[0]->kind, rows[i].kind) != 0)
            at++;
        found += at == found;
        bands[at].rows[bands[at].count++] = &rows[i];
    }
    return found;
}

enum status service_sample_sheet(struct service_context *context, const char *order_id, int width_px,
                                 struct service_image **out, struct failure *failure)
{
    struct store_sample rows[SERVICE_SAMPLES_MAX];
    struct band *bands = calloc(SERVICE_SAMPLES_MAX, sizeof(*bands));
    struct store *store = NULL;
    size_t count = 0;
    check(bands != NULL);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_sample_list(store, order_id, rows, SERVICE_SAMPLES_MAX, &count, failure);
    if (status == STATUS_OK && count == 0)
        status = STATUS_NOT_FOUND;
    size_t band_count = status == STATUS_OK ? sort(rows, count, bands) : 0;
    for (size_t i = 0; i < band_count && status == STATUS_OK; i++)
        status = load_band(context, order_id, &bands[i], failure);
    if (status == STATUS_OK)
        status = draw(bands, band_count, width_px, out);
    for (size_t i = 0; i < band_count; i++)
        release_band(&bands[i]);
    free(bands);
    return status;
}
