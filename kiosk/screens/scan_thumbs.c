#include "kiosk/screens/scan_thumbs.h"

enum { THUMB_PX = 2 * WIDGET_LIST_PAGE_W };

static bool is_wanted(const struct scan_thumbs *thumbs, const struct service_visit *visit, size_t index)
{
    return visit->pages[index].state != SERVICE_PAGE_MISSING && !thumbs->items[index].tried;
}

void scan_thumbs_ask(struct scan_thumbs *thumbs, struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t index = 0;
    while (index < visit->page_count && !is_wanted(thumbs, visit, index))
        index++;
    if (thumbs->asking != 0 || index >= visit->page_count)
        return;
    thumbs->items[index].tried = true;
    thumbs->asked = index;
    thumbs->asking = service_page_preview(screen_services(ui), visit->pages[index].paper, THUMB_PX);
}

bool scan_thumbs_take(struct scan_thumbs *thumbs, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (!screen_answered(event, thumbs->asking, &reply))
        return false;
    size_t index = thumbs->asked;
    thumbs->asking = 0;
    if (reply->image != NULL && thumbs->items[index].tried) {
        service_image_free(thumbs->items[index].image);
        thumbs->items[index].image = reply->image;
        thumbs->items[index].version = reply->id;
        thumbs->items[index].picture =
            (struct canvas_image){reply->image->rgb, reply->image->width_px, reply->image->height_px};
        reply->image = NULL;
    }
    scan_thumbs_ask(thumbs, ui);
    return true;
}

void scan_thumbs_forget(struct scan_thumbs *thumbs, size_t index)
{
    service_image_free(thumbs->items[index].image);
    thumbs->items[index].image = NULL;
    thumbs->items[index].tried = false;
}

void scan_thumbs_forget_all(struct scan_thumbs *thumbs)
{
    for (size_t i = 0; i < SERVICE_PAPERS_MAX; i++)
        scan_thumbs_forget(thumbs, i);
}
