#include "kiosk/screens/entry_same.h"

#include <string.h>

/* What the field of the group in hand would take over; "" for nothing new. */
static const char *source_of(const struct ui *ui, const struct entry *entry, size_t index)
{
    const struct form *form = entry_form(ui);
    const struct form_field *field = &form->fields[index];
    if (field->same_from[0] == 0 || strcmp(field->block, form->blocks[entry->block].id) != 0 ||
        !entry_is_open(ui, field))
        return "";
    const char *value = form_value(form, entry_values(ui), field->same_from);
    return strcmp(value, form_values_get(entry_values(ui), field->id)) == 0 ? "" : value;
}

bool entry_same_offers(const struct ui *ui, const struct entry *entry)
{
    for (size_t i = 0; i < entry_form(ui)->field_count; i++)
        if (source_of(ui, entry, i)[0] != 0)
            return true;
    return false;
}

void entry_same_take(struct entry *entry, struct ui *ui)
{
    for (size_t i = 0; i < entry_form(ui)->field_count; i++) {
        const char *value = source_of(ui, entry, i);
        if (value[0] == 0)
            continue;
        text_edit_set(&entry->fields[i].edit, value);
        entry_leave(entry, ui, i);
    }
}
