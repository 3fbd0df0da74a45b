#include "kiosk/services/service_places.h"

#include "kiosk/base/text.h"
#include "kiosk/services/service_paper.h"

struct service_place service_place_of(const struct paper_zones *zones, const char *name)
{
    const struct paper_zone *zone = paper_zone_find(zones, name);
    double width = zones->page_width_mm, height = zones->page_height_mm;
    if (zone == NULL || zone->page != 0 || width <= 0 || height <= 0)
        return (struct service_place){0};
    return (struct service_place){zone->x_mm / width, zone->y_mm / height, zone->width_mm / width,
                                  zone->height_mm / height};
}

/* A value stands in its printed row, or where the template names the field itself. */
static struct service_place place_of_field(const struct paper_zones *zones, const struct form_field *field)
{
    struct service_place place = service_place_of(zones, field->id);
    for (size_t i = 0; i < field->row_count && place.w <= 0; i++)
        place = service_place_of(zones, field->row[i]);
    return place;
}

static void add_places(const struct form *form, const struct paper_zones *zones, struct service_case *out)
{
    for (size_t i = 0; i < form->field_count && out->place_count < SERVICE_PLACES_MAX; i++) {
        struct service_field_place *added = &out->places[out->place_count];
        added->place = place_of_field(zones, &form->fields[i]);
        (void)text_copy(added->field, sizeof(added->field), form->fields[i].id);
        out->place_count += added->place.w > 0;
    }
}

static void load_form(const struct service_visit *visit, const struct service_sheet *sheet,
                      struct service_case *out)
{
    struct paper_zones zones;
    const struct paper_values values = service_sheet_values(sheet);
    if (paper_zones(&sheet->pack, &values, &zones) == STATUS_OK)
        add_places(product_operation_form(visit->product, visit->operation), &zones, out);
}

void service_places_load(struct service_context *context, const struct service_visit *visit,
                         struct service_case *out)
{
    struct service_sheet sheet = {0};
    const struct product_paper *paper = product_form_paper(visit->product, visit->operation);
    if (paper == NULL)
        return;
    (void)text_copy(out->form_paper, sizeof(out->form_paper), paper->id);
    if (service_paper_form(context, visit->order.id, &sheet, NULL) == STATUS_OK)
        load_form(visit, &sheet, out);
    service_sheet_release(&sheet);
}
