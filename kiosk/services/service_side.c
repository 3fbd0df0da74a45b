#include "kiosk/services/service_side.h"

#include <string.h>

#include "kiosk/catalogue/product_side.h"
#include "kiosk/services/service_image.h"

const struct service_page *service_side_other(const struct service_visit *visit, const char *paper)
{
    for (size_t i = 0; i + 1 < visit->page_count; i++) {
        const struct service_page *front = &visit->pages[i], *back = &visit->pages[i + 1];
        if (back->side == SERVICE_SIDE_BACK && strcmp(front->paper, paper) == 0)
            return back;
        if (back->side == SERVICE_SIDE_BACK && strcmp(back->paper, paper) == 0)
            return front;
    }
    return NULL;
}

bool service_side_lacks_back(const struct service_visit *visit)
{
    for (size_t i = 1; i < visit->page_count; i++)
        if (visit->pages[i].side == SERVICE_SIDE_BACK && visit->pages[i].state == SERVICE_PAGE_MISSING &&
            visit->pages[i - 1].state != SERVICE_PAGE_MISSING)
            return true;
    return false;
}

enum status service_side_part(struct service_context *context, const struct service_visit *visit,
                              const char *paper, bool is_rescan, struct failure *failure)
{
    const struct service_page *other = service_side_other(visit, paper);
    if (other == NULL || other->state == SERVICE_PAGE_MISSING || other->same_as[0] == 0 ||
        (is_rescan && strcmp(other->same_as, paper) == 0))
        return STATUS_OK;
    return store_page_delete(context->store, visit->order.id, other->paper, 1, failure);
}

/* --- both on one page -------------------------------------------------------------------------------- */

enum { BETWEEN_PX = 24, WHITE = 255 };

/* How two pages lie one below the other, each in the middle. */
struct layout {
    int width, height;
    int left[2], top[2];
};

static struct layout lay_out(int front_width, int front_height, int back_width, int back_height)
{
    int width = front_width > back_width ? front_width : back_width;
    return (struct layout){.width = width,
                           .height = front_height + BETWEEN_PX + back_height,
                           .left = {(width - front_width) / 2, (width - back_width) / 2},
                           .top = {0, front_height + BETWEEN_PX}};
}

/* Whose page stands for it. */
static const char *shown(const char *paper, const char *same_as)
{
    return same_as[0] != 0 ? same_as : paper;
}

static void move(struct service_place *place, const struct service_page *page, const struct layout *layout,
                 int side)
{
    if (place->w <= 0)
        return;
    place->x = (layout->left[side] + place->x * page->width_px) / layout->width;
    place->y = (layout->top[side] + place->y * page->height_px) / layout->height;
    place->w = place->w * page->width_px / layout->width;
    place->h = place->h * page->height_px / layout->height;
}

/* The worse of the two verdicts stands: bad, else not computed. */
static void join_check(struct service_page *front, size_t index, const struct service_page *back,
                       const struct layout *layout)
{
    for (size_t i = 0; i < front->check_count; i++) {
        if (strcmp(front->checks[i].name, back->checks[index].name) != 0)
            continue;
        if (front->checks[i].verdict == SERVICE_CHECK_BAD ||
            back->checks[index].verdict == SERVICE_CHECK_GOOD)
            return;
        front->checks[i] = back->checks[index];
        move(&front->checks[i].place, back, layout, 1);
        return;
    }
}

void service_side_join(struct service_page *front, const struct service_page *back)
{
    if (back->state == SERVICE_PAGE_MISSING) {
        front->state = SERVICE_PAGE_MISSING;
        return;
    }
    if (front->width_px <= 0 || back->width_px <= 0 ||
        strcmp(shown(front->paper, front->same_as), shown(back->paper, back->same_as)) == 0)
        return;
    struct layout layout = lay_out(front->width_px, front->height_px, back->width_px, back->height_px);
    for (size_t i = 0; i < front->check_count; i++)
        move(&front->checks[i].place, front, &layout, 0);
    for (size_t i = 0; i < back->check_count; i++)
        join_check(front, i, back, &layout);
    if (back->state == SERVICE_PAGE_POOR)
        front->state = SERVICE_PAGE_POOR;
    front->turned_tenths = 0; /* each by its own */
}

static void copy_rows(struct page_image *to, const struct page_image *from, int left, int top)
{
    for (int y = 0; y < from->height_px; y++) {
        const uint8_t *pixel = from->pixels + (size_t)y * (size_t)from->width_px * (size_t)from->channels;
        uint8_t *out = to->pixels + ((size_t)(top + y) * (size_t)to->width_px + (size_t)left) * 3;
        for (int x = 0; x < from->width_px; x++, pixel += from->channels)
            for (int channel = 0; channel < 3; channel++)
                *out++ = pixel[from->channels == 3 ? channel : 0];
    }
}

static enum status stack(const struct page_image *front, const struct page_image *back,
                         struct page_image *out)
{
    struct layout layout = lay_out(front->width_px, front->height_px, back->width_px, back->height_px);
    enum status status = page_image_new(layout.width, layout.height, 3, front->dpi, out);
    if (status != STATUS_OK)
        return status;
    (void)memset(out->pixels, WHITE, (size_t)layout.width * (size_t)layout.height * 3);
    copy_rows(out, front, layout.left[0], layout.top[0]);
    copy_rows(out, back, layout.left[1], layout.top[1]);
    return STATUS_OK;
}

enum status service_side_image(struct service_context *context, const char *order_id, const char *paper,
                               int width_px, struct service_image **out, struct failure *failure)
{
    char back_id[ORDER_NAME_BYTES];
    struct store_page known[2] = {0};
    struct page_image front = {0}, back = {0}, both = {0};
    product_side_back_id(paper, back_id);
    enum status status = service_image_read(context, order_id, paper, &known[0], &front, failure);
    enum status found = status == STATUS_OK
                            ? service_image_read(context, order_id, back_id, &known[1], &back, failure)
                            : STATUS_NOT_FOUND;
    bool is_two = found == STATUS_OK && strcmp(shown(known[0].paper, known[0].same_as),
                                               shown(known[1].paper, known[1].same_as)) != 0;
    if (status == STATUS_OK && found != STATUS_NOT_FOUND)
        status = found;
    if (status == STATUS_OK && is_two)
        status = stack(&front, &back, &both);
    if (status == STATUS_OK)
        status = service_image_of_page(is_two ? &both : &front, width_px, out);
    page_image_release(&both);
    page_image_release(&back);
    page_image_release(&front);
    return status;
}
