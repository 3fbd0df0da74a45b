#include "kiosk/paper/paper.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/paper/paper_layout.h"
#include "kiosk/paper/pdf_page.h"

enum { PARTS_MAX = PAPER_PACK_MAX * PAPER_COPIES_MAX };

static int copies_of(const struct paper_template *template)
{
    return template->copy_count == 0 ? 1 : (int)template->copy_count;
}

bool paper_template_wanted(const struct paper_template *template, const struct paper_values *values)
{
    return paper_layout_holds(template->condition, values);
}

int paper_pack_pages(const struct paper_pack *pack)
{
    int pages = 0;
    for (size_t i = 0; i < pack->count; i++)
        pages += paper_template_pages(pack->templates[i]);
    return pages;
}

/* Where a page of the pack stands: the first copy of its template, and its page there. */
static bool find_part(const struct paper_pack *pack, int page, struct paper_part *part, int *own_page)
{
    *part = (struct paper_part){.pack_pages = paper_pack_pages(pack)};
    for (size_t i = 0; i < pack->count && page >= 0; i++) {
        part->template = pack->templates[i];
        *own_page = page - part->pages_before;
        if (*own_page < paper_template_pages(part->template))
            return true;
        part->pages_before += paper_template_pages(part->template);
    }
    return false;
}

const struct paper_template *paper_pack_template(const struct paper_pack *pack, int page)
{
    struct paper_part part;
    int own_page = 0;
    return find_part(pack, page, &part, &own_page) ? part.template : NULL;
}

static enum status judge_pages(const struct paper_pack *pack, struct failure *failure)
{
    int pages = paper_pack_pages(pack);
    check(pack->count >= 1 && pack->count <= PAPER_PACK_MAX);
    return pages <= PAPER_PAGES_MAX ? STATUS_OK
                                    : failure_set(failure, STATUS_FULL, "paper", pages,
                                                  "the pack has more than %d pages", PAPER_PAGES_MAX);
}

/* Every copy of every template, in printed order. */
static int list_parts(const struct paper_pack *pack, struct paper_part parts[PARTS_MAX])
{
    int count = 0;
    struct paper_part part = {.pack_pages = paper_pack_pages(pack)};
    for (size_t i = 0; i < pack->count; i++) {
        part.template = pack->templates[i];
        for (part.copy = 0; part.copy < copies_of(part.template); part.copy++)
            parts[count++] = part;
        part.pages_before += paper_template_pages(part.template);
    }
    return count;
}

enum status paper_render(const struct paper_pack *pack, const struct paper_values *values,
                         const struct paper_options *options, struct buf *pdf, struct failure *failure)
{
    struct paper_part parts[PARTS_MAX];
    struct paper_layout layouts[PARTS_MAX] = {0};
    int count = list_parts(pack, parts);
    enum status status = judge_pages(pack, failure);
    for (int i = 0; i < count && status == STATUS_OK; i++)
        status = paper_layout_make(&parts[i], values, options, &layouts[i], failure);
    if (status == STATUS_OK)
        status = pdf_page_document(layouts, count, options == NULL ? 0 : options->utc_s, pdf, failure);
    for (int i = count; i > 0; i--)
        paper_layout_release(&layouts[i - 1]);
    return status;
}

enum status paper_preview(const struct paper_pack *pack, const struct paper_values *values,
                          const struct paper_options *options, int page, int width_px,
                          struct paper_image *out, struct failure *failure)
{
    struct paper_part part;
    int own_page = 0;
    check(width_px >= 16 && width_px <= 4000);
    if (!find_part(pack, page, &part, &own_page))
        return STATUS_NOT_FOUND;
    struct paper_layout layout = {0};
    enum status status = judge_pages(pack, failure);
    if (status == STATUS_OK)
        status = paper_layout_make(&part, values, options, &layout, failure);
    if (status == STATUS_OK)
        status = pdf_page_pixels(&layout, own_page, width_px, out, failure);
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

static enum status append_zone(struct paper_zones *zones, const struct paper_placed *thing, int pages_before)
{
    if (zones->count == PAPER_ZONES_MAX)
        return STATUS_FULL;
    struct paper_zone *zone = &zones->items[zones->count++];
    *zone = (struct paper_zone){.page = pages_before + thing->page,
                                .x_mm = thing->x_mm,
                                .y_mm = thing->y_mm,
                                .width_mm = thing->width_mm,
                                .height_mm = thing->height_mm};
    memcpy(zone->name, thing->name, sizeof zone->name);
    return STATUS_OK;
}

static enum status append_zones(struct paper_zones *zones, const struct paper_part *part,
                                const struct paper_values *values)
{
    struct paper_layout layout = {0};
    enum status status = paper_layout_make(part, values, NULL, &layout, NULL);
    for (size_t i = 0; i < layout.count && status == STATUS_OK; i++)
        if (layout.placed[i].name[0] != 0)
            status = append_zone(zones, &layout.placed[i], part->pages_before);
    paper_layout_release(&layout);
    return status;
}

enum status paper_zones(const struct paper_pack *pack, const struct paper_values *values,
                        struct paper_zones *out)
{
    struct paper_part parts[PARTS_MAX];
    struct paper_zones *zones = calloc(1, sizeof *zones);
    if (zones == NULL)
        return STATUS_NO_MEMORY;
    int count = list_parts(pack, parts);
    zones->page_width_mm = pack->templates[0]->width_mm;
    zones->page_height_mm = pack->templates[0]->height_mm;
    enum status status = judge_pages(pack, NULL);
    for (int i = 0; i < count && status == STATUS_OK; i++)
        if (parts[i].copy == 0)
            status = append_zones(zones, &parts[i], values);
    if (status == STATUS_OK)
        *out = *zones;
    free(zones);
    return status;
}

const struct paper_zone *paper_zone_find(const struct paper_zones *zones, const char *name)
{
    for (size_t i = 0; i < zones->count; i++)
        if (strcmp(zones->items[i].name, name) == 0)
            return &zones->items[i];
    return NULL;
}
