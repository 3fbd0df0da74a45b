#include "kiosk/services/service_image.h"

#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_jpeg.h"

enum status service_image_of_page(const struct page_image *page, int width_px, struct service_image **out)
{
    struct page_image preview = {0};
    int width = width_px > 0 ? width_px : page->width_px;
    enum status status = page_image_preview(page, width, width * 4, &preview);
    if (status != STATUS_OK)
        return status;
    struct service_image *image = calloc(1, sizeof(*image));
    check(image != NULL);
    image->width_px = preview.width_px;
    image->height_px = preview.height_px;
    image->rgb = preview.pixels;
    *out = image;
    return STATUS_OK;
}

enum status service_image_read(struct service_context *context, const char *order_id, const char *paper,
                               struct store_page *known, struct page_image *out, struct failure *failure)
{
    struct store *store = NULL;
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_page_get(store, order_id, paper, 1, known, &jpeg, failure);
    if (status == STATUS_OK)
        status = page_jpeg_decode(jpeg.data, jpeg.length, out, failure);
    buf_wipe(&jpeg);
    return status;
}

enum status service_image_load(struct service_context *context, const char *order_id, const char *paper,
                               int width_px, struct service_image **out, struct failure *failure)
{
    struct page_image page = {0};
    enum status status = service_image_read(context, order_id, paper, NULL, &page, failure);
    if (status == STATUS_OK)
        status = service_image_of_page(&page, width_px, out);
    page_image_release(&page);
    return status;
}
