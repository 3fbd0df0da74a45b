#include "kiosk/form/region.h"

#include <string.h>

const char *region_place_name(const char *place)
{
    return place + REGION_CODE_CHARACTERS + 1;
}

enum status region_write(const struct region_province *province, const char *place, struct buf *out)
{
    enum status status = buf_append_text(out, province->name);
    if (status == STATUS_OK && place != NULL)
        status = buf_append_format(out, " %s", region_place_name(place));
    return status;
}

static bool has_place(const struct region_province *province, const char *name)
{
    if (province->place_count == 0)
        return *name == '\0';
    for (size_t i = 0; i < province->place_count && *name == ' '; i++)
        if (strcmp(region_place_name(province->places[i]), name + 1) == 0)
            return true;
    return false;
}

bool region_is_listed(const struct region_list *list, const char *value)
{
    for (size_t i = 0; i < list->count; i++) {
        size_t length = strlen(list->provinces[i].name);
        if (strncmp(list->provinces[i].name, value, length) == 0 &&
            has_place(&list->provinces[i], value + length))
            return true;
    }
    return false;
}
