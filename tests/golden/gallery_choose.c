/* Cases before the login: welcome, product, service. */
#include "tests/golden/gallery_person.h"

void gallery_welcome_idle(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_welcome_no_paper(struct gallery *gallery)
{
    gallery->services.devices.printer = DEVICE_PAPER_OUT;
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_welcome_no_issue(struct gallery *gallery)
{
    gallery->services.devices.writer = DEVICE_OFFLINE;
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_product_all(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_PRODUCT);
}

void gallery_service_new(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_SERVICE);
}
