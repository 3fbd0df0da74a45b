#include "kiosk/screens/entry_rows.h"

#include <string.h>

enum { ROWS = 3, ROWS_LARGE = 2, ROWS_UPRIGHT = 7, ROWS_UPRIGHT_LARGE = 4 };

size_t entry_rows_per_page(const struct ui *ui)
{
    if (ui_is_portrait(ui))
        return ui_is_large(ui) ? ROWS_UPRIGHT_LARGE : ROWS_UPRIGHT;
    return ui_is_large(ui) ? ROWS_LARGE : ROWS;
}

/* The indices of the fields of a block that are shown. Returns: how many. */
static size_t block_fields(const struct ui *ui, size_t block, size_t out[LIMIT_FORM_FIELDS])
{
    const struct form *form = entry_form(ui);
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        if (entry_is_shown(ui, &form->fields[i]) &&
            strcmp(form->fields[i].block, form->blocks[block].id) == 0)
            out[count++] = i;
    return count;
}

/* Short enough for half the width of an upright page. */
static bool is_short(const struct form_field *field)
{
    return field->kind == FORM_KIND_NAME || field->kind == FORM_KIND_RESIDENT_ID ||
           field->kind == FORM_KIND_MOBILE || field->kind == FORM_KIND_POSTCODE;
}

/* Upright, short neighbours stand side by side; lying, all do, unless the block fills its page without. */
static bool is_paired(const struct ui *ui, const struct form_field *left, const struct form_field *right,
                      size_t block_count)
{
    if (ui_is_large(ui))
        return false;
    if (ui_is_portrait(ui))
        return is_short(left) && is_short(right);
    return block_count > ROWS;
}

void entry_rows_lay(const struct ui *ui, size_t block, struct entry_rows *out)
{
    const struct form *form = entry_form(ui);
    size_t indices[LIMIT_FORM_FIELDS];
    size_t count = block_fields(ui, block, indices);
    bool columns = !ui_is_large(ui) && !ui_is_portrait(ui) && count > ROWS;
    *out = (struct entry_rows){0};
    for (size_t i = 0; i < count; i++) {
        struct entry_row *row = &out->row[out->count++];
        row->field[row->count++] = indices[i];
        if (i + 1 < count && is_paired(ui, &form->fields[indices[i]], &form->fields[indices[i + 1]], count))
            row->field[row->count++] = indices[++i];
        row->half = columns && row->count == 1;
    }
}

size_t entry_rows_pages(const struct ui *ui, size_t block)
{
    struct entry_rows rows;
    size_t per_page = entry_rows_per_page(ui);
    entry_rows_lay(ui, block, &rows);
    return rows.count == 0 ? 1 : (rows.count + per_page - 1) / per_page;
}

/* Returns: the row with the field, the number of rows when it is not in the block. */
static size_t row_of(const struct entry_rows *rows, size_t index)
{
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < rows->row[i].count; k++)
            if (rows->row[i].field[k] == index)
                return i;
    return rows->count;
}

void entry_rows_show(struct entry *entry, const struct ui *ui, size_t index)
{
    const struct form *form = entry_form(ui);
    for (size_t block = 0; block < form->block_count; block++) {
        struct entry_rows rows;
        entry_rows_lay(ui, block, &rows);
        size_t row = row_of(&rows, index);
        if (row == rows.count)
            continue;
        entry->block = block;
        entry->page = row / entry_rows_per_page(ui);
    }
}
