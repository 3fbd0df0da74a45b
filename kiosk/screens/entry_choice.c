#include "kiosk/screens/entry_choice.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

/* Base px; a page holds as many rows as the look leaves room for. */
enum {
    ROW = 96,
    ROW_LARGE = 112,
    GAP = 16,
    MARGIN = 64,  /* of a page, at most */
    PADDING = 64, /* of an item, both sides */
    COLUMNS = 5,
    COLUMNS_UPRIGHT = 3,
    ROWS = 5,
    ROWS_LARGE = 4,
    ROWS_UPRIGHT = 9,
    ROWS_UPRIGHT_LARGE = 8
};

void entry_choice_begin(struct entry_choice *choice, size_t field, bool goes_on)
{
    *choice = (struct entry_choice){.is_open = true, .field = field, .goes_on = goes_on};
}

/* --- the list ---------------------------------------------------------------------------------------- */

static const struct form_field *field_of(const struct ui *ui, const struct entry_choice *choice)
{
    return &entry_form(ui)->fields[choice->field];
}

/* The province whose places are listed, NULL while a province is chosen, or for a choice. */
static const struct region_province *province_of(const struct ui *ui, const struct entry_choice *choice)
{
    return choice->province == 0 ? NULL : &entry_form(ui)->regions->provinces[choice->province - 1];
}

static size_t count_of(const struct ui *ui, const struct entry_choice *choice)
{
    const struct form_field *field = field_of(ui, choice);
    const struct region_province *province = province_of(ui, choice);
    return field->kind == FORM_KIND_CHOICE ? field->option_count
           : province != NULL              ? province->place_count
                                           : entry_form(ui)->regions->count;
}

static const char *name_of(const struct ui *ui, const struct entry_choice *choice, size_t index)
{
    const struct form_field *field = field_of(ui, choice);
    const struct region_province *province = province_of(ui, choice);
    return field->kind == FORM_KIND_CHOICE ? field->options[index]
           : province != NULL              ? region_place_name(province->places[index])
                                           : entry_form(ui)->regions->provinces[index].name;
}

/* --- events ------------------------------------------------------------------------------------------ */

static void fill(struct entry_choice *choice, struct ui *ui, struct entry *entry, const char *value)
{
    text_edit_set(&entry->fields[choice->field].edit, value);
    entry_leave(entry, ui, choice->field);
    choice->is_open = false;
}

static void fill_region(struct entry_choice *choice, struct ui *ui, struct entry *entry, const char *place)
{
    struct buf value;
    buf_init(&value, LIMIT_FIELD_BYTES);
    check(region_write(province_of(ui, choice), place, &value) == STATUS_OK);
    fill(choice, ui, entry, (const char *)value.data);
    buf_wipe(&value);
}

static enum entry_choice_end take(struct entry_choice *choice, struct ui *ui, struct entry *entry,
                                  size_t index)
{
    const struct region_province *province = province_of(ui, choice);
    if (field_of(ui, choice)->kind == FORM_KIND_CHOICE) {
        fill(choice, ui, entry, name_of(ui, choice, index));
    } else if (province != NULL) {
        fill_region(choice, ui, entry, province->places[index]);
    } else {
        choice->province = index + 1;
        choice->page = 0;
        if (province_of(ui, choice)->place_count > 0)
            return ENTRY_CHOICE_OPEN;
        fill_region(choice, ui, entry, NULL);
    }
    return ENTRY_CHOICE_FILLED;
}

enum entry_choice_end entry_choice_event(struct entry_choice *choice, struct ui *ui, struct entry *entry,
                                         const struct ui_event *event)
{
    if (!choice->is_open || event->kind != UI_EVENT_TAP)
        return ENTRY_CHOICE_NOT_MINE;
    if (ui_tapped_prefix(event, "pick."))
        return take(choice, ui, entry, (size_t)event->tag);
    if (ui_tapped(event, "pages.next") || ui_tapped(event, "pages.previous")) {
        choice->page = (int)event->tag;
    } else if (ui_tapped(event, "bar.back") && choice->province > 0) {
        choice->province = 0;
        choice->page = 0;
    } else if (ui_tapped(event, "bar.back")) {
        choice->is_open = false;
        return ENTRY_CHOICE_LEFT;
    } else {
        return ENTRY_CHOICE_NOT_MINE;
    }
    return ENTRY_CHOICE_OPEN;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static int width_of_names(struct ui *ui, const struct entry_choice *choice, enum theme_type type)
{
    int widest = 0;
    for (size_t i = 0; i < count_of(ui, choice); i++) {
        int width = widget_label_width(ui, type, name_of(ui, choice, i));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* As many side by side as hold the longest name of the list. */
static int columns_of(struct ui *ui, const struct entry_choice *choice)
{
    int columns = (ui_is_portrait(ui) ? COLUMNS_UPRIGHT : COLUMNS) - (ui_is_large(ui) ? 1 : 0);
    int wanted = width_of_names(ui, choice, THEME_TYPE_BODY_L) + PADDING;
    while (columns > 1 && (ui_layout(ui)->width - 2 * MARGIN - (columns - 1) * GAP) / columns < wanted)
        columns--;
    return columns;
}

static int rows_of(const struct ui *ui)
{
    if (ui_is_portrait(ui))
        return ui_is_large(ui) ? ROWS_UPRIGHT_LARGE : ROWS_UPRIGHT;
    return ui_is_large(ui) ? ROWS_LARGE : ROWS;
}

static void draw_item(struct ui *ui, struct rect at, const char *name, size_t index, bool selected)
{
    char id[32], shown[256];
    (void)snprintf(id, sizeof(id), "pick.%zu", index);
    (void)text_copy(shown, sizeof(shown), name);
    enum theme_type type = widget_label_width(ui, THEME_TYPE_BODY_L, shown) <= at.w - PADDING
                               ? THEME_TYPE_BODY_L
                               : THEME_TYPE_SMALL;
    screen_fit(ui, type, at.w - PADDING, shown, sizeof(shown));
    (void)widget_button(ui, at,
                        &(struct widget_button){.id = id,
                                                .label = shown,
                                                .look = selected ? WIDGET_BUTTON_SOFT : WIDGET_BUTTON_NEUTRAL,
                                                .type = type,
                                                .selected = selected,
                                                .tag = (int64_t)index});
}

/* What the field holds now is marked: the option, or its province and then its place. */
static bool is_current(const char *value, const char *name, bool is_part)
{
    const char *found = is_part ? strstr(value, name) : strcmp(value, name) == 0 ? value : NULL;
    return found != NULL && (found[strlen(name)] == 0 || found[strlen(name)] == ' ') &&
           (found == value || found[-1] == ' ');
}

static void draw_items(struct ui *ui, struct rect area, const struct entry_choice *choice,
                       const struct entry *entry)
{
    int columns = columns_of(ui, choice), height = ui_is_large(ui) ? ROW_LARGE : ROW;
    const char *value = entry->fields[choice->field].edit.text;
    bool is_part = field_of(ui, choice)->kind == FORM_KIND_REGION;
    size_t per_page = (size_t)(columns * rows_of(ui)), count = count_of(ui, choice);
    size_t first = (size_t)choice->page * per_page;
    for (size_t i = first; i < count && i < first + per_page; i++) {
        int place = (int)(i - first);
        struct rect row = rect_make(area.x, area.y + place / columns * (height + GAP), area.w, height);
        const char *name = name_of(ui, choice, i);
        draw_item(ui, rect_column(row, place % columns, columns, GAP), name, i,
                  is_current(value, name, is_part));
    }
}

void entry_choice_draw(struct ui *ui, const struct entry_choice *choice, const struct entry *entry)
{
    const struct region_province *province = province_of(ui, choice);
    const struct form_field *field = field_of(ui, choice);
    struct ui_page page = screen_page(ui, SCREEN_FORM);
    char text[96], title[96];
    int per_page = columns_of(ui, choice) * rows_of(ui);
    int pages = ((int)count_of(ui, choice) + per_page - 1) / per_page;
    bool is_region = field->kind == FORM_KIND_REGION;
    (void)text_copy(title, sizeof(title), province != NULL ? province->name : field->label);
    page.title = title;
    page.subtitle = screen_text(ui, province != NULL ? "form.pick_place"
                                    : is_region      ? "form.pick_province"
                                                     : "form.pick");
    page.no_exit = true;
    page.back = screen_text(ui, province != NULL ? "form.pick_other" : "form.pick_back");
    if (pages > 1)
        screen_pages(ui, &page, choice->page, pages, text, sizeof(text));
    draw_items(ui, ui_page(ui, &page), choice, entry);
}
