/* Cases of the clerk's wall: every state of a tile, the assist panel, its dialogs. */
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static void sign_in(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
}

void gallery_wall_empty(struct gallery *gallery)
{
    sign_in(gallery);
    gallery_screen(gallery, DESK_WALL);
}
