/* A page as a JPEG file: any bytes give an image within the ceilings or a status. */
#include "kiosk/base/check.h"
#include "kiosk/page/page_jpeg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct page_image image = {0};
    enum status status = page_jpeg_decode(data, size, &image, NULL);
    check((status == STATUS_OK) == (image.pixels != NULL));
    if (image.pixels)
        check((int64_t)image.width_px * image.height_px <= LIMIT_PAGE_PIXELS);
    page_image_release(&image);
    return 0;
}
