#include "kiosk/paper/paper.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/paper/paper_layout.h"
#include "kiosk/paper/pdf_page.h"

static int copies_of(const struct paper_template *template)
{
    return template->copy_count == 0 ? 1 : (int)template->copy_count;
}

enum status paper_render(const struct paper_template *template, const struct paper_values *values,
                         const struct paper_options *options, struct buf *pdf, struct failure *failure)
{
    struct paper_layout layouts[PAPER_COPIES_MAX] = {0};
    int copies = copies_of(template);
    enum status status = STATUS_OK;
    for (int copy = 0; copy < copies && status == STATUS_OK; copy++)
        status = paper_layout_make(template, values, options, copy, &layouts[copy], failure);
    if (status == STATUS_OK)
        status = pdf_page_document(layouts, copies, options == NULL ? 0 : options->utc_s, pdf, failure);
    for (int copy = copies; copy > 0; copy--)
        paper_layout_release(&layouts[copy - 1]);
    return status;
}

enum status paper_preview(const struct paper_template *template, const struct paper_values *values,
                          const struct paper_options *options, int page, int width_px,
                          struct paper_image *out, struct failure *failure)
{
    check(width_px >= 16 && width_px <= 4000);
    if (page < 0 || page >= paper_template_pages(template))
        return STATUS_NOT_FOUND;
    struct paper_layout layout = {0};
    enum status status = paper_layout_make(template, values, options, 0, &layout, failure);
    if (status == STATUS_OK)
        status = pdf_page_pixels(&layout, page, width_px, out, failure);
    paper_layout_release(&layout);
    return status;
}

void paper_image_release(struct paper_image *image)
{
    if (image == NULL)
        return;
    if (image->rgb != NULL)
        secret_wipe_bytes(image->rgb, (size_t)image->width_px * (size_t)image->height_px * 3);
    free(image->rgb);
    *image = (struct paper_image){0};
}

static enum status append_zone(struct paper_zones *zones, const struct paper_placed *thing)
{
    if (zones->count == PAPER_ZONES_MAX)
        return STATUS_FULL;
    struct paper_zone *zone = &zones->items[zones->count++];
    *zone = (struct paper_zone){.page = thing->page,
                                .x_mm = thing->x_mm,
                                .y_mm = thing->y_mm,
                                .width_mm = thing->width_mm,
                                .height_mm = thing->height_mm};
    memcpy(zone->name, thing->name, sizeof zone->name);
    return STATUS_OK;
}

enum status paper_zones(const struct paper_template *template, const struct paper_values *values,
                        struct paper_zones *out)
{
    struct paper_layout layout = {0};
    enum status status = paper_layout_make(template, values, NULL, 0, &layout, NULL);
    struct paper_zones *zones = calloc(1, sizeof *zones);
    if (status == STATUS_OK && zones == NULL)
        status = STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        *zones =
            (struct paper_zones){.page_width_mm = template->width_mm, .page_height_mm = template->height_mm};
    for (size_t i = 0; i < layout.count && status == STATUS_OK; i++)
        if (layout.placed[i].name[0] != 0)
            status = append_zone(zones, &layout.placed[i]);
    if (status == STATUS_OK)
        *out = *zones;
    free(zones);
    paper_layout_release(&layout);
    return status;
}

const struct paper_zone *paper_zone_find(const struct paper_zones *zones, const char *name)
{
    for (size_t i = 0; i < zones->count; i++)
        if (strcmp(zones->items[i].name, name) == 0)
            return &zones->items[i];
    return NULL;
}
