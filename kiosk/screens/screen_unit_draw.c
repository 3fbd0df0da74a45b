/* Unit, drawn: a row for each person and each thing, with what can be done at its end; the page of a new
 * authorisation; the dialog before what cannot be undone here. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_unit.h"

enum { ROW = 112, ROW_LARGE = 228, BUTTON_WIDE = 176, BUTTON_LARGE = 240, FOOT = 104, PERSONS_SHOWN = 6 };

/* --- rows -------------------------------------------------------------------------------------------- */

struct row_button {
    const char *verb, *key;
    enum widget_button_look look;
};

struct row {
    enum icon icon;
    const char *name;
    char line[128];
    const char *chip;
    struct row_button buttons[2];
    int button_count;
};

static void add_button(struct row *row, const char *verb, const char *key, enum widget_button_look look)
{
    row->buttons[row->button_count++] = (struct row_button){verb, key, look};
}

static void fill_person(const struct ui *ui, const struct service_unit *unit, size_t at, struct row *row)
{
    const struct service_person *person = &unit->persons[at];
    bool is_own = unit->own == at + 1, manages = screen_unit_is_manager(unit);
    bool is_heir = strcmp(person->id, unit->heir_id) == 0;
    char phone[24];
    screen_phone(person->phone, true, phone);
    row->icon = ICON_USER;
    row->name = person->name;
    (void)snprintf(row->line, sizeof(row->line), "%s · %s",
                   screen_text(ui, person->is_manager ? "unit.manager" : "unit.staff"), phone);
    row->chip = person->is_asked ? screen_text(ui, "unit.asks")
                : is_heir        ? screen_text(ui, "unit.heir")
                                 : NULL;
    if (manages && person->is_asked) {
        add_button(row, "accept", "unit.accept_short", WIDGET_BUTTON_PRIMARY);
        add_button(row, "refuse", "unit.refuse", WIDGET_BUTTON_SECONDARY);
    } else if (manages && !is_own) {
        add_button(row, is_heir ? "keep" : "heir", is_heir ? "unit.keep" : "unit.hand_over",
                   WIDGET_BUTTON_SECONDARY);
        add_button(row, "remove", "unit.remove_short", WIDGET_BUTTON_SECONDARY);
    } else if (is_own && !person->is_manager && !person->is_asked) {
        add_button(row, "leave", "unit.leave", WIDGET_BUTTON_SECONDARY);
    }
}

static void fill_holding(const struct ui *ui, const struct service_unit *unit, size_t at, struct row *row)
{
    static const struct {
        enum icon icon;
        const char *key;
    } kinds[SERVICE_HOLDING_COUNT_] = {[SERVICE_HOLDING_SEAL] = {ICON_STAMP, "holding.seal"},
                                       [SERVICE_HOLDING_PLATFORM] = {ICON_BUILDING, "holding.platform"},
                                       [SERVICE_HOLDING_PERSON] = {ICON_USERS, "holding.person"},
                                       [SERVICE_HOLDING_ZONE] = {ICON_GRID, "holding.zone"}};
    const struct service_holding *holding = &unit->holdings[at];
    char day[32] = "";
    row->icon = kinds[holding->kind].icon;
    row->name = holding->text[0] != 0 ? holding->text : "–";
    (void)clock_format_hall(holding->until_utc_s, "%Y-%m-%d", day, sizeof(day));
    if (holding->until_utc_s == 0)
        (void)text_copy(row->line, sizeof(row->line), screen_text(ui, kinds[holding->kind].key));
    else
        screen_format(ui, row->line, sizeof(row->line), "unit.until",
                      {"kind", screen_text(ui, kinds[holding->kind].key)}, {"day", day});
    row->chip = holding->is_live ? NULL : screen_text(ui, "holding.over");
    if (screen_unit_is_manager(unit) && holding->kind != SERVICE_HOLDING_ZONE)
        add_button(row, "end", "unit.end_short", WIDGET_BUTTON_SECONDARY);
}

static void draw_buttons(struct ui *ui, struct rect *area, const struct row *row, size_t index)
{
    int width = ui_is_large(ui) ? BUTTON_LARGE : BUTTON_WIDE;
    for (int i = row->button_count - 1; i >= 0; i--) {
        char id[48];
        struct rect at = rect_cut_right(area, width);
        (void)snprintf(id, sizeof(id), "row.%s.%zu", row->buttons[i].verb, index);
        (void)widget_button(ui, rect_make(at.x, at.y + (at.h - 96) / 2, at.w, 96),
                            &(struct widget_button){.id = id,
                                                    .label = screen_text(ui, row->buttons[i].key),
                                                    .look = row->buttons[i].look,
                                                    .type = THEME_TYPE_BODY_STRONG,
                                                    .tag = (int64_t)index});
        (void)rect_cut_right(area, 16);
    }
}

static void draw_words(struct ui *ui, struct rect area, const struct row *row)
{
    char name[SERVICE_TEXT_BYTES];
    int high = screen_lines(ui, THEME_TYPE_ITEM, 1), low = screen_lines(ui, THEME_TYPE_SMALL, 1);
    (void)rect_cut_top(&area, (area.h - high - low) / 2);
    struct rect line = rect_cut_top(&area, high);
    if (row->chip != NULL)
        (void)widget_mark_chip(ui, rect_cut_right(&line, widget_mark_chip_width(ui, row->chip)), WIDGET_RIGHT,
                               WIDGET_MARK_AMBER, row->chip);
    (void)rect_cut_right(&line, 12);
    (void)text_copy(name, sizeof(name), row->name);
    screen_fit(ui, THEME_TYPE_ITEM, line.w, name, sizeof(name));
    (void)widget_label(
        ui, line,
        &(struct widget_label){.text = name, .type = THEME_TYPE_ITEM, .middle = true, .is_private = true});
    char words[128];
    (void)text_copy(words, sizeof(words), row->line);
    screen_fit(ui, THEME_TYPE_SMALL, area.w, words, sizeof(words));
    (void)widget_label(ui, rect_cut_top(&area, low),
                       &(struct widget_label){.text = words,
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true,
                                              .is_private = true});
}

/* In large letters upright the buttons stand below the words. */
static void draw_row(struct ui *ui, struct rect area, const struct service_unit *unit, size_t index)
{
    struct row row = {.icon = ICON_USER};
    if (index < unit->person_count)
        fill_person(ui, unit, index, &row);
    else
        fill_holding(ui, unit, index - unit->person_count, &row);
    struct rect inner = rect_inset(area, 24, ui_is_large(ui) ? 12 : 4);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    if (ui_is_large(ui)) {
        struct rect foot = rect_cut_bottom(&inner, 104);
        draw_buttons(ui, &foot, &row, index);
    } else {
        draw_buttons(ui, &inner, &row, index);
        (void)widget_mark_icon(ui, rect_cut_left(&inner, 56), row.icon, 40, THEME_COLOR_B700, false);
        (void)rect_cut_left(&inner, 20);
    }
    draw_words(ui, inner, &row);
}

/* --- the list ---------------------------------------------------------------------------------------- */

static void draw_foot(struct ui *ui, struct rect row, const struct screen_unit_state *state,
                      const struct service_unit *unit, int pages)
{
    if (pages > 1) {
        widget_list_pages(ui, rect_cut_right(&row, ui_is_large(ui) ? 700 : 420), "pages", state->page, pages);
        (void)rect_cut_right(&row, 24);
    }
    if (screen_visit(ui)->unit_count > 1)
        (void)widget_button(ui, rect_cut_left(&row, ui_is_large(ui) ? 320 : 260),
                            &(struct widget_button){
                                .id = "unit.other",
                                .label = screen_text(ui, ui_is_large(ui) ? "unit.other_short" : "unit.other"),
                                .look = WIDGET_BUTTON_SECONDARY,
                                .icon = ICON_SWAP});
    (void)rect_cut_left(&row, 24);
    if (state->message[0] != 0)
        (void)widget_label(ui, row,
                           &(struct widget_label){.id = "unit.message",
                                                  .text = state->message,
                                                  .type = THEME_TYPE_SMALL_STRONG,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
    else if (!screen_unit_is_member(unit))
        (void)widget_label(ui, row,
                           &(struct widget_label){.id = "unit.message",
                                                  .text = screen_text(ui, "unit.waiting"),
                                                  .type = THEME_TYPE_SMALL_STRONG,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
}

static void draw_list(struct ui *ui, struct rect area, struct screen_unit_state *state,
                      const struct service_unit *unit)
{
    int columns = ui_is_portrait(ui) ? 1 : 2;
    int pitch = (ui_is_large(ui) ? ROW_LARGE : ROW) + 16;
    struct rect foot = rect_cut_bottom(&area, FOOT);
    (void)rect_cut_bottom(&area, 12);
    int fits = (area.h + 16) / pitch * columns, count = (int)screen_unit_rows(unit);
    fits = fits < 1 ? 1 : fits;
    int pages = count == 0 ? 1 : (count + fits - 1) / fits;
    if (state->page >= pages)
        state->page = pages - 1;
    for (int i = state->page * fits; i < count && i < (state->page + 1) * fits; i++) {
        int place = i - state->page * fits;
        struct rect row = rect_make(area.x, area.y + place / columns * pitch, area.w, pitch - 16);
        draw_row(ui, rect_column(row, place % columns, columns, 24), unit, (size_t)i);
    }
    draw_foot(ui, foot, state, unit, pages);
}

/* --- a new authorisation ----------------------------------------------------------------------------- */

static void draw_kinds(struct ui *ui, struct rect row, const struct screen_unit_state *state)
{
    const struct widget_choice_segment segments[] = {
        {.id = "grant.platform_kind",
         .name = screen_text(ui, "unit.by_platform"),
         .selected = !state->to_person},
        {.id = "grant.person_kind", .name = screen_text(ui, "unit.by_person"), .selected = state->to_person}};
    widget_choice_segments(ui, row, segments, 2);
}

static void draw_persons(struct ui *ui, struct rect area, const struct screen_unit_state *state,
                         const struct service_unit *unit)
{
    int columns = ui_is_portrait(ui) ? 1 : ui_is_large(ui) ? 2 : 3, at = 0;
    char name[SERVICE_NAME_BYTES];
    for (size_t i = 0; i < unit->person_count && at < PERSONS_SHOWN; i++) {
        char id[48];
        if (unit->persons[i].is_asked || unit->persons[i].is_manager)
            continue;
        struct rect row = rect_make(area.x, area.y + at / columns * 112, area.w, 96);
        (void)snprintf(id, sizeof(id), "grant.person.%zu", i);
        screen_shorten(unit->persons[i].name, 12, name, sizeof(name));
        (void)widget_button(ui, rect_column(row, at % columns, columns, 16),
                            &(struct widget_button){.id = id,
                                                    .label = name,
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .selected = state->person == i + 1,
                                                    .tag = (int64_t)i});
        at++;
    }
    if (at == 0)
        (void)widget_label(ui, rect_cut_top(&area, 96),
                           &(struct widget_label){.text = screen_text(ui, "unit.no_staff"),
                                                  .type = THEME_TYPE_BODY,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
}

static void draw_platform(struct ui *ui, struct rect area, struct screen_unit_state *state)
{
    (void)widget_field(ui, rect_make(area.x, area.y, area.w, widget_field_plain_height(ui)),
                       &(struct widget_field){.id = "grant.platform",
                                              .label = screen_text(ui, "unit.platform"),
                                              .placeholder = screen_text(ui, "unit.platform_example"),
                                              .edit = &state->platform});
}

static void draw_terms(struct ui *ui, struct rect row, const struct screen_unit_state *state)
{
    struct widget_choice_segment segments[SCREEN_UNIT_TERMS];
    char ids[SCREEN_UNIT_TERMS][32];
    char names[SCREEN_UNIT_TERMS][48];
    for (int i = 0; i < SCREEN_UNIT_TERMS; i++) {
        char days[16];
        (void)snprintf(ids[i], sizeof(ids[i]), "grant.term.%d", i);
        (void)snprintf(days, sizeof(days), "%d", screen_unit_terms[i]);
        screen_format(ui, names[i], sizeof(names[i]), "unit.term", {"days", days});
        segments[i] = (struct widget_choice_segment){
            .id = ids[i], .name = names[i], .selected = state->term == i, .tag = i};
    }
    widget_choice_segments(ui, row, segments, SCREEN_UNIT_TERMS);
}

static void draw_grant(struct ui *ui, struct screen_unit_state *state, const struct service_unit *unit)
{
    struct ui_page page = screen_page(ui, SCREEN_UNIT);
    page.step = 0;
    page.title = screen_text(ui, "unit.grant_title");
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "unit.grant_line");
    page.primary = (struct widget_button){.label = screen_text(ui, "unit.grant_yes"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->acting != 0,
                                          .disabled = !screen_unit_can_grant(state, unit)};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        draw_platform(ui, area, state);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 48, ui_is_large(ui) ? 16 : 32);
    draw_kinds(ui, rect_cut_top(&inner, 104), state);
    (void)rect_cut_top(&inner, 20);
    draw_terms(ui, rect_cut_bottom(&inner, 104), state);
    (void)rect_cut_bottom(&inner, 16);
    if (state->to_person)
        draw_persons(ui, inner, state, unit);
    else
        draw_platform(ui, inner, state);
}

/* --- the page ---------------------------------------------------------------------------------------- */

static const char *ask_text(const struct ui *ui, enum service_unit_act_kind kind, const char *part)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "unit.ask.%s%s", service_unit_act_name(kind), part);
    return screen_text(ui, key);
}

static void draw_dialog(struct ui *ui, const struct screen_unit_state *state)
{
    widget_dialog(
        ui,
        &(struct widget_dialog){
            .id = "unit.ask",
            .title = ask_text(ui, state->ask, ""),
            .line = ask_text(ui, state->ask, ".line"),
            .icon = ICON_WARNING,
            .left = {.id = "unit.no", .label = screen_text(ui, "unit.no"), .look = WIDGET_BUTTON_SECONDARY},
            .primary = {.id = "unit.yes", .label = screen_text(ui, "unit.yes")}});
}

static void draw_none(struct ui *ui, struct rect area, const struct screen_unit_state *state)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    if (state->listing != 0)
        (void)widget_mark_spinner(ui, rect_center(area, 96, 96), screen_text(ui, "unit.loading"));
    else
        (void)widget_label(ui, rect_inset(area, 48, 40),
                           &(struct widget_label){.text = screen_text(ui, "unit.none"),
                                                  .type = THEME_TYPE_BODY_L,
                                                  .color = THEME_COLOR_INK700});
}

void screen_unit_draw(void *memory, struct ui *ui)
{
    struct screen_unit_state *state = memory;
    const struct service_unit *unit = screen_unit_of(state, ui);
    char name[SERVICE_TEXT_BYTES];
    if (unit != NULL && state->granting) {
        draw_grant(ui, state, unit);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_UNIT);
    page.step = 0;
    if (unit != NULL) {
        screen_shorten(unit->name, ui_is_large(ui) ? 16 : 30, name, sizeof(name));
        page.subtitle = name;
    }
    if (unit != NULL && screen_unit_is_manager(unit))
        page.primary = (struct widget_button){
            .id = "unit.grant", .label = screen_text(ui, "unit.grant"), .icon = ICON_PLUS};
    struct rect area = ui_page(ui, &page);
    if (unit == NULL)
        draw_none(ui, area, state);
    else
        draw_list(ui, area, state, unit);
    if (state->asking)
        draw_dialog(ui, state);
}
