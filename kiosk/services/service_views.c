#include "kiosk/services/service_views.h"

#include <stdlib.h>

#include "kiosk/base/secret.h"

void service_image_free(struct service_image *image)
{
    if (image == NULL)
        return;
    if (image->rgb != NULL)
        secret_wipe_bytes(image->rgb, (size_t)image->width_px * (size_t)image->height_px * 3);
    free(image->rgb);
    free(image);
}
