#include "kiosk/desk/record_table.h"

#include <stdio.h>
#include <string.h>

enum {
    GAP = 12,
    SIDE_MIN = 320,
    SIDE_MAX = 430,
    SIDE_OF = 1672,
    TOOLS = 56,
    FOOT = 56,
    SEARCH = 340,
    HEAD = 36,
    ROW = 40,
    PAIR_NAME = 84,
    BUTTON = 44,
    BUTTON_GAP = 10,
    CHOOSE = 60
};

struct record_table_areas record_table_areas(struct rect content, bool foot)
{
    struct record_table_areas areas = {0};
    struct rect r = content;
    int width = r.w * SIDE_MAX / SIDE_OF;
    areas.side = rect_cut_right(&r, width < SIDE_MIN ? SIDE_MIN : width > SIDE_MAX ? SIDE_MAX : width);
    (void)rect_cut_right(&r, GAP);
    areas.list = r;
    areas.tools = rect_cut_top(&r, TOOLS);
    if (foot)
        areas.foot = rect_cut_bottom(&r, FOOT);
    areas.table = rect_inset(r, 1, 0);
    return areas;
}

size_t record_table_rows(const struct record_table_areas *areas)
{
    int rows = (areas->table.h - HEAD) / ROW;
    return rows > 0 ? (size_t)rows : 1;
}

size_t record_table_rows_now(const struct ui *ui)
{
    struct record_table_areas areas = record_table_areas(ui_page_desk_content(ui), false);
    return record_table_rows(&areas);
}

void record_table_draw_filters(struct ui *ui, struct rect tools, const struct record_table_filters *filters)
{
    for (size_t i = 0; i < filters->count; i++) {
        const char *name = filters->names[i];
        char id[64];
        char key[WORDS_KEY_BYTES];
        (void)snprintf(id, sizeof(id), "%s.%s.%s", filters->page, filters->what, name);
        (void)snprintf(key, sizeof(key), "desk.%s.%s.%s", filters->page, filters->what,
                       name[0] != 0 ? name : "all");
        struct widget_button button = {.id = id,
                                       .label = desk_text(ui, key),
                                       .look = WIDGET_BUTTON_NEUTRAL,
                                       .type = THEME_TYPE_DESK_CAPTION,
                                       .selected = filters->chosen == i,
                                       .tag = (int64_t)i};
        int width = widget_button_width(ui, &button) - 8;
        if (width > tools.w)
            return;
        (void)widget_button(ui, rect_cut_left(&tools, width), &button);
        (void)rect_cut_left(&tools, 6);
    }
}

void record_table_draw_search(struct ui *ui, struct rect header, const char *page, struct text_edit *edit)
{
    char id[64];
    char key[WORDS_KEY_BYTES];
    struct rect at = rect_cut_right(&header, SEARCH);
    at = rect_make(at.x, at.y + (at.h - 36) / 2, at.w, 36);
    (void)snprintf(id, sizeof(id), "%s.search", page);
    (void)snprintf(key, sizeof(key), "desk.%s.search", page);
    const char *words = desk_text(ui, words_has(desk_program(ui)->words, key) ? key : "desk.search");
    (void)widget_field(
        ui, at,
        &(struct widget_field){
            .id = id, .placeholder = words, .icon = ICON_SEARCH, .shortcut = "/", .edit = edit});
}

bool record_table_searched(struct ui *ui, const struct ui_event *event, const char *page)
{
    char id[64];
    if (!desk_pressed(ui, event, INPUT_KEY_CHARACTER, '/'))
        return false;
    (void)snprintf(id, sizeof(id), "%s.search", page);
    ui_focus(ui, id);
    return true;
}

bool record_table_finds(const struct text_edit *search, const char *first, const char *second,
                        const char *third)
{
    return strstr(first, search->text) != NULL || strstr(second, search->text) != NULL ||
           strstr(third, search->text) != NULL;
}

struct rect record_table_draw_side(struct ui *ui, struct rect side, const char *page, const char *title)
{
    char details[WORDS_KEY_BYTES];
    char choose[WORDS_KEY_BYTES];
    (void)snprintf(details, sizeof(details), "desk.%s.details", page);
    (void)snprintf(choose, sizeof(choose), "desk.%s.choose", page);
    struct rect r = rect_inset(
        ui_page_desk_panel(ui, side, title == NULL ? desk_text(ui, details) : title, NULL), 16, 12);
    if (title == NULL)
        (void)widget_label(ui, rect_cut_top(&r, CHOOSE),
                           &(struct widget_label){.text = desk_text(ui, choose),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700});
    return r;
}

void record_table_draw_pair(struct ui *ui, struct rect row, const char *key, const char *value,
                            bool is_private)
{
    char shown[192];
    (void)widget_label(ui, rect_cut_left(&row, PAIR_NAME),
                       &(struct widget_label){.text = desk_text(ui, key),
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    widget_label_fit(ui, THEME_TYPE_DESK_TABLE, value[0] != 0 ? value : "–", row.w, shown, sizeof(shown));
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = shown,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = is_private});
}

void record_table_draw_button(struct ui *ui, struct rect *left, const struct widget_button *button)
{
    (void)widget_button(ui, rect_cut_bottom(left, BUTTON), button);
    (void)rect_cut_bottom(left, BUTTON_GAP);
}

void record_table_draw_told(struct ui *ui, struct rect rect, const char *id, const char *text, bool is_error)
{
    (void)widget_label(ui, rect,
                       &(struct widget_label){.id = id,
                                              .text = text,
                                              .type = THEME_TYPE_DESK,
                                              .color = is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_JADE700,
                                              .middle = true});
}

static void draw_turn(struct ui *ui, struct rect rect, const char *page, bool is_next, bool disabled)
{
    char id[64];
    (void)snprintf(id, sizeof(id), "%s.%s", page, is_next ? "next" : "previous");
    (void)widget_button(
        ui, rect,
        &(struct widget_button){.id = id,
                                .label = desk_text(ui, is_next ? "desk.fields.next" : "desk.fields.previous"),
                                .icon = is_next ? ICON_ARROW_RIGHT : ICON_ARROW_LEFT,
                                .icon_only = true,
                                .look = WIDGET_BUTTON_NEUTRAL,
                                .disabled = disabled});
}

void record_table_draw_foot(struct ui *ui, struct rect foot, const char *page, size_t now, size_t count)
{
    char text[48];
    struct rect r = rect_inset(foot, 16, 10);
    (void)widget_panel_line(ui, rect_make(foot.x + 1, foot.y, foot.w - 2, 1));
    const char *words = desk_text(ui, "desk.audit.choose");
    (void)widget_case_hint(ui, rect_cut_left(&r, widget_case_hint_width(ui, words, "↑ ↓")), words, "↑ ↓");
    draw_turn(ui, rect_cut_right(&r, 46), page, true, now + 1 >= count);
    (void)snprintf(text, sizeof(text), "%zu / %zu", now + 1, count);
    (void)widget_label(ui, rect_cut_right(&r, 72),
                       &(struct widget_label){
                           .text = text, .type = THEME_TYPE_DESK, .align = WIDGET_CENTER, .middle = true});
    draw_turn(ui, rect_cut_right(&r, 46), page, false, now == 0);
}
