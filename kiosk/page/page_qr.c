#include "kiosk/page/page_qr.h"

#include <stdlib.h>
#include <string.h>

#include <zbar.h>

enum { QR_DPI = 150, QR_CORNER_MM = 62, QR_LINE_STEP = 2 };

static int imin(int a, int b)
{
    return a < b ? a : b;
}

static zbar_image_scanner_t *qr_scanner_new(void)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    if (!scanner)
        return NULL;
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_X_DENSITY, QR_LINE_STEP);
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_Y_DENSITY, QR_LINE_STEP);
    return scanner;
}

/* zbar says where the code's upper edge points; the page must be turned back by that. */
static int turn_of(zbar_orientation_t orientation)
{
    switch (orientation) {
    case ZBAR_ORIENT_RIGHT:
        return 270;
    case ZBAR_ORIENT_DOWN:
        return 180;
    case ZBAR_ORIENT_LEFT:
        return 90;
    case ZBAR_ORIENT_UNKNOWN:
    case ZBAR_ORIENT_UP:
        break;
    }
    return 0;
}

static struct page_rect symbol_place(const zbar_symbol_t *symbol)
{
    int left = 0, top = 0, right = 0, bottom = 0;
    for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); i++) {
        int x = zbar_symbol_get_loc_x(symbol, i), y = zbar_symbol_get_loc_y(symbol, i);
        left = i == 0 || x < left ? x : left;
        top = i == 0 || y < top ? y : top;
        right = i == 0 || x > right ? x : right;
        bottom = i == 0 || y > bottom ? y : bottom;
    }
    return (struct page_rect){left, top, right - left, bottom - top};
}

/* The place in the part becomes a place on the page: shifted by the part's own place and scaled back. */
static void place_on_page(struct page_rect *place, const struct page_rect *part,
                          const struct page_image *page, const struct page_image *searched)
{
    double scale_x = (double)page->width_px / searched->width_px;
    double scale_y = (double)page->height_px / searched->height_px;
    place->x_px = (int)((place->x_px + part->x_px) * scale_x);
    place->y_px = (int)((place->y_px + part->y_px) * scale_y);
    place->width_px = (int)(place->width_px * scale_x);
    place->height_px = (int)(place->height_px * scale_y);
}

static bool is_listed(const struct page_qr_list *list, const char *text, size_t length)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->codes[i].length == length && memcmp(list->codes[i].text, text, length) == 0)
            return true;
    return false;
}

static void add_symbol(const zbar_symbol_t *symbol, struct page_rect place, struct page_qr_list *list)
{
    size_t length = zbar_symbol_get_data_length(symbol);
    const char *text = zbar_symbol_get_data(symbol);
    if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE || length > LIMIT_QR_PAYLOAD_BYTES ||
        list->count == PAGE_QR_MAX || is_listed(list, text, length))
        return;
    struct page_qr *code = &list->codes[list->count++];
    *code = (struct page_qr){.length = length, .place = place};
    code->turn_degrees = turn_of(zbar_symbol_get_orientation(symbol));
    memcpy(code->text, text, length);
}

/* One part of the searched image (the page at some resolution) is looked through. */
static enum status search_part(zbar_image_scanner_t *scanner, const struct page_image *searched,
                               const struct page_rect *part, const struct page_image *page,
                               struct page_qr_list *list)
{
    size_t length = (size_t)part->width_px * (size_t)part->height_px;
    uint8_t *pixels = malloc(length);
    zbar_image_t *image = zbar_image_create();
    if (!pixels || !image) {
        free(pixels);
        if (image)
            zbar_image_destroy(image);
        return STATUS_NO_MEMORY;
    }
    for (int y = 0; y < part->height_px; y++)
        memcpy(pixels + (size_t)y * (size_t)part->width_px,
               searched->pixels + (size_t)(part->y_px + y) * (size_t)searched->width_px + (size_t)part->x_px,
               (size_t)part->width_px);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)part->width_px, (unsigned)part->height_px);
    zbar_image_set_data(image, pixels, length, NULL);
    (void)zbar_scan_image(scanner, image);
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    for (; symbol; symbol = zbar_symbol_next(symbol)) {
        struct page_rect place = symbol_place(symbol);
        place_on_page(&place, part, page, searched);
        add_symbol(symbol, place, list);
    }
    zbar_image_destroy(image);
    free(pixels);
    return STATUS_OK;
}

static enum status search_corners(zbar_image_scanner_t *scanner, const struct page_image *searched,
                                  const struct page_image *page, struct page_qr_list *list)
{
    int side = QR_CORNER_MM * QR_DPI * 10 / 254;
    int width = imin(side, searched->width_px), height = imin(side, searched->height_px);
    int right = searched->width_px - width, bottom = searched->height_px - height;
    /* The hall prints its code at the upper right; the other corners are that one on a turned page. */
    const struct page_rect corners[] = {{right, 0, width, height},
                                        {0, bottom, width, height},
                                        {0, 0, width, height},
                                        {right, bottom, width, height}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 4 && status == STATUS_OK && list->count == 0; i++)
        status = search_part(scanner, searched, &corners[i], page, list);
    return status;
}

static enum status search_whole(zbar_image_scanner_t *scanner, const struct page_image *searched,
                                const struct page_image *page, struct page_qr_list *list)
{
    struct page_rect whole = {0, 0, searched->width_px, searched->height_px};
    return search_part(scanner, searched, &whole, page, list);
}

/* The page in gray at about 150 dpi, where codes of 0.6 mm modules are read fastest. */
static enum status gray_for_search(const struct page_image *page, struct page_image *out)
{
    int long_side = page->width_px > page->height_px ? page->width_px : page->height_px;
    int a4_long_side = QR_DPI * 117 / 10; /* 11.7 inches */
    int divisor = (long_side + a4_long_side / 2) / a4_long_side;
    divisor = divisor > 0 ? divisor : 1;
    return page_image_shrink_gray(page, page->width_px / divisor, page->height_px / divisor, out);
}

static enum status search_pixels(zbar_image_scanner_t *scanner, const struct page_image *page,
                                 struct page_qr_list *list)
{
    struct page_image full = {0};
    enum status status = page_image_gray(page, &full);
    if (status == STATUS_OK)
        status = search_whole(scanner, &full, page, list);
    page_image_release(&full);
    return status;
}

static enum status search(zbar_image_scanner_t *scanner, const struct page_image *page,
                          const struct page_image *gray, enum page_qr_effort effort,
                          struct page_qr_list *list)
{
    enum status status = search_corners(scanner, gray, page, list);
    if (status == STATUS_OK && list->count == 0 && effort >= PAGE_QR_PAGE)
        status = search_whole(scanner, gray, page, list);
    if (status == STATUS_OK && list->count == 0 && effort >= PAGE_QR_PIXELS &&
        gray->width_px < page->width_px)
        status = search_pixels(scanner, page, list);
    return status;
}

enum status page_qr_read(const struct page_image *image, const struct page_image *gray,
                         enum page_qr_effort effort, struct page_qr_list *out)
{
    struct page_image own_gray = {0};
    struct page_qr_list *list = calloc(1, sizeof *list);
    zbar_image_scanner_t *scanner = qr_scanner_new();
    enum status status = list && scanner ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK && !gray)
        status = gray_for_search(image, &own_gray);
    if (status == STATUS_OK)
        status = search(scanner, image, gray ? gray : &own_gray, effort, list);
    if (status == STATUS_OK)
        *out = *list;
    page_image_release(&own_gray);
    if (scanner)
        zbar_image_scanner_destroy(scanner);
    free(list);
    return status;
}
