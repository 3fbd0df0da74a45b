/* The unit in hand: its people first, then what it has; the row in hand says what can be done. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_units.h"

enum {
    BUTTON = 40,
    PAIR = 28,
    FOOT = 190,
    TABLE_ROW = 36,
    TABLE_HEAD = 36,
    ROWS_MAX = SERVICE_PERSONS_MAX + SERVICE_HOLDINGS_MAX,
    HEIR = 56
};

static const struct service_unit *unit_of(const struct desk_units_state *state, const struct ui *ui)
{
    const struct service_unit *unit = &desk_view(ui)->unit;
    return unit->id[0] != 0 && strcmp(unit->id, state->chosen) == 0 ? unit : NULL;
}

static const struct service_person *person_in_hand(const struct desk_units_state *state,
                                                   const struct service_unit *unit)
{
    for (size_t i = 0; i < unit->person_count; i++)
        if (strcmp(unit->persons[i].id, state->row) == 0)
            return &unit->persons[i];
    return NULL;
}

static const struct service_holding *holding_in_hand(const struct desk_units_state *state,
                                                     const struct service_unit *unit)
{
    for (size_t i = 0; i < unit->holding_count; i++)
        if (strcmp(unit->holdings[i].id, state->row) == 0)
            return &unit->holdings[i];
    return NULL;
}

static const struct service_person *heir_of(const struct service_unit *unit)
{
    for (size_t i = 0; i < unit->person_count; i++)
        if (strcmp(unit->persons[i].id, unit->heir_id) == 0)
            return &unit->persons[i];
    return NULL;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void act(struct desk_units_state *state, struct ui *ui, enum service_unit_act_kind kind,
                const char *subject_id)
{
    struct service_unit_act wanted = {.kind = kind};
    (void)text_copy(wanted.subject_id, sizeof(wanted.subject_id), subject_id);
    desk_units_act(state, ui, &wanted);
}

static void begin(struct desk_units_state *state, struct ui *ui, enum service_holding_kind kind)
{
    struct service_unit_act wanted = {.kind = SERVICE_UNIT_BEGIN, .holding = kind};
    if (state->text.length == 0)
        return;
    (void)text_copy(wanted.text, sizeof(wanted.text), state->text.text);
    desk_units_act(state, ui, &wanted);
    text_edit_set(&state->text, "");
}

bool desk_units_side_event(struct desk_units_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_unit *unit = unit_of(state, ui);
    if (unit == NULL)
        return false;
    size_t persons = unit->person_count;
    if (ui_tapped_prefix(event, "side.row."))
        (void)text_copy(state->row, sizeof(state->row),
                        (size_t)event->tag < persons ? unit->persons[event->tag].id
                                                     : unit->holdings[(size_t)event->tag - persons].id);
    else if (ui_tapped(event, "unit.accept"))
        act(state, ui, SERVICE_UNIT_ACCEPT, state->row);
    else if (ui_tapped(event, "unit.refuse"))
        act(state, ui, SERVICE_UNIT_REFUSE, state->row);
    else if (ui_tapped(event, "unit.remove"))
        act(state, ui, SERVICE_UNIT_REMOVE, state->row);
    else if (ui_tapped(event, "unit.end"))
        act(state, ui, SERVICE_UNIT_END, state->row);
    else if (ui_tapped(event, "unit.transfer"))
        act(state, ui, SERVICE_UNIT_TRANSFER, unit->heir_id);
    else if (ui_tapped(event, "unit.bind"))
        begin(state, ui, SERVICE_HOLDING_ZONE);
    else if (ui_tapped(event, "unit.seal"))
        begin(state, ui, SERVICE_HOLDING_SEAL);
    else if (event->kind == UI_EVENT_WHEEL && strncmp(event->id, "side", 4) == 0)
        state->side_first = event->steps > 0 && state->side_first > 0 ? state->side_first - 1
                            : event->steps < 0 && state->side_first + 1 < persons + unit->holding_count
                                ? state->side_first + 1
                                : state->side_first;
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static const char *kind_words(const struct ui *ui, enum service_holding_kind kind)
{
    static const char *const keys[SERVICE_HOLDING_COUNT_] = {[SERVICE_HOLDING_SEAL] = "holding.seal",
                                                             [SERVICE_HOLDING_PLATFORM] = "holding.platform",
                                                             [SERVICE_HOLDING_PERSON] = "holding.person",
                                                             [SERVICE_HOLDING_ZONE] = "holding.zone"};
    return desk_text(ui, keys[kind]);
}

static void fill_person(const struct ui *ui, const struct service_unit *unit,
                        const struct service_person *person, char phone[48], struct widget_table_row *row)
{
    bool is_heir = strcmp(person->id, unit->heir_id) == 0;
    (void)snprintf(phone, 48, "%.3s****%s", person->phone,
                   strlen(person->phone) > 7 ? person->phone + strlen(person->phone) - 4 : "");
    row->cells[0] = desk_text(ui, person->is_manager ? "unit.manager" : "unit.staff");
    row->cells[1] = person->name;
    row->cells[2] = phone;
    row->cells[3] = person->is_asked ? desk_text(ui, "unit.asks") : is_heir ? desk_text(ui, "unit.heir") : "";
    row->mark[3] = row->cells[3][0] != 0 ? WIDGET_TABLE_CHIP : WIDGET_TABLE_TEXT;
    row->tone[3] = WIDGET_MARK_AMBER;
}

static void fill_holding(const struct ui *ui, const struct service_holding *holding, char day[48],
                         struct widget_table_row *row)
{
    day[0] = 0;
    if (holding->until_utc_s != 0)
        (void)clock_format_hall(holding->until_utc_s, "%Y-%m-%d", day, 48);
    row->cells[0] = kind_words(ui, holding->kind);
    row->cells[1] = holding->text;
    row->cells[2] = day;
    row->cells[3] = holding->is_live ? "" : desk_text(ui, "holding.over");
    row->mark[3] = holding->is_live ? WIDGET_TABLE_TEXT : WIDGET_TABLE_CHIP;
    row->tone[3] = WIDGET_MARK_GREY;
}

static void draw_rows(const struct desk_units_state *state, struct ui *ui, struct rect area,
                      const struct service_unit *unit)
{
    struct widget_table_row rows[ROWS_MAX] = {0};
    char ids[ROWS_MAX][32];
    char texts[ROWS_MAX][48];
    size_t count = unit->person_count + unit->holding_count;
    size_t end = state->side_first + (size_t)(area.h > TABLE_HEAD ? (area.h - TABLE_HEAD) / TABLE_ROW : 0);
    end = end < count ? end : count;
    for (size_t i = state->side_first; i < end; i++) {
        bool is_person = i < unit->person_count;
        size_t at = is_person ? i : i - unit->person_count;
        (void)snprintf(ids[i], sizeof(ids[i]), "side.row.%zu", i);
        if (is_person)
            fill_person(ui, unit, &unit->persons[at], texts[i], &rows[i]);
        else
            fill_holding(ui, &unit->holdings[at], texts[i], &rows[i]);
        rows[i].id = ids[i];
        rows[i].tag = (int64_t)i;
        rows[i].selected = strcmp(is_person ? unit->persons[at].id : unit->holdings[at].id, state->row) == 0;
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.units.kind"), .width = 92, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.units.name"), .strong = true},
        {.title = desk_text(ui, "desk.units.more"), .width = 116},
        {.title = "", .width = 96}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "side",
                                              .label = unit->name,
                                              .columns = columns,
                                              .column_count = 4,
                                              .rows = rows,
                                              .row_count = (int)end,
                                              .first = (int)state->side_first,
                                              .row_height = TABLE_ROW,
                                              .pressable = true,
                                              .empty = ""});
}

static void draw_button(struct ui *ui, struct rect rect, const char *id, const char *key,
                        enum widget_button_look look, bool disabled)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, key),
                                                .look = look,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .disabled = disabled});
}

/* What can be done with the row in hand. */
static void draw_acts(const struct desk_units_state *state, struct ui *ui, struct rect row,
                      const struct service_unit *unit)
{
    const struct service_person *person = person_in_hand(state, unit);
    struct rect left = rect_column(row, 0, 2, 8), right = rect_column(row, 1, 2, 8);
    if (person != NULL && person->is_asked) {
        draw_button(ui, left, "unit.accept", "unit.accept", WIDGET_BUTTON_PRIMARY, false);
        draw_button(ui, right, "unit.refuse", "unit.refuse", WIDGET_BUTTON_REFUSE, false);
    } else if (person != NULL) {
        draw_button(ui, row, "unit.remove", "unit.remove", WIDGET_BUTTON_REFUSE, person->is_manager);
    } else {
        const struct service_holding *holding = holding_in_hand(state, unit);
        bool is_zone = holding != NULL && holding->kind == SERVICE_HOLDING_ZONE;
        draw_button(ui, row, "unit.end", is_zone ? "unit.unbind" : "unit.end", WIDGET_BUTTON_REFUSE,
                    holding == NULL);
    }
}

static void draw_message(const struct desk_units_state *state, struct ui *ui, struct rect area)
{
    (void)widget_label(
        ui, area,
        &(struct widget_label){.id = "unit.message",
                               .text = state->message,
                               .type = THEME_TYPE_DESK_CAPTION,
                               .color = state->is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700,
                               .middle = true});
}

static void draw_foot(struct desk_units_state *state, struct ui *ui, struct rect area,
                      const struct service_unit *unit)
{
    draw_acts(state, ui, rect_cut_top(&area, BUTTON), unit);
    (void)rect_cut_top(&area, 10);
    (void)widget_field(ui, rect_cut_top(&area, 62),
                       &(struct widget_field){.id = "unit.text",
                                              .label = desk_text(ui, "desk.units.text"),
                                              .edit = &state->text});
    (void)rect_cut_top(&area, 8);
    struct rect row = rect_cut_top(&area, BUTTON);
    draw_button(ui, rect_column(row, 0, 2, 8), "unit.bind", "unit.bind", WIDGET_BUTTON_SECONDARY,
                state->text.length == 0);
    draw_button(ui, rect_column(row, 1, 2, 8), "unit.seal", "unit.seal", WIDGET_BUTTON_SECONDARY,
                state->text.length == 0);
    draw_message(state, ui, area);
}

/* Who is to follow was named by the administrator; the clerk has both before the eyes. */
static void draw_heir(struct ui *ui, struct rect row, const struct service_person *heir)
{
    char text[192];
    struct rect button = rect_cut_right(&row, 132);
    desk_format(ui, text, sizeof(text), "desk.units.heir", {"name", heir->name});
    (void)widget_label(ui, row,
                       &(struct widget_label){
                           .text = text, .type = THEME_TYPE_DESK_TABLE, .middle = true, .is_private = true});
    draw_button(ui, rect_make(button.x, button.y + (button.h - BUTTON) / 2, button.w, BUTTON),
                "unit.transfer", "unit.transfer", WIDGET_BUTTON_PRIMARY, false);
}

void desk_units_side_draw(struct desk_units_state *state, struct ui *ui, struct rect area)
{
    const struct service_unit *unit = unit_of(state, ui);
    char title[96];
    (void)text_copy(title, sizeof(title), desk_text(ui, "desk.units.details"));
    if (unit != NULL)
        widget_label_fit(ui, THEME_TYPE_DESK_TABLE, unit->name, area.w - 48, title, sizeof(title));
    struct rect r = rect_inset(ui_page_desk_panel(ui, area, title, NULL), 12, 8);
    if (unit == NULL) {
        (void)widget_label(ui, rect_cut_top(&r, 60),
                           &(struct widget_label){.text = desk_text(ui, "desk.units.choose"),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700});
        draw_message(state, ui, rect_cut_bottom(&r, 44));
        return;
    }
    (void)widget_label(ui, rect_cut_top(&r, PAIR),
                       &(struct widget_label){.text = unit->credit_code,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true,
                                              .is_private = true});
    if (heir_of(unit) != NULL)
        draw_heir(ui, rect_cut_top(&r, HEIR), heir_of(unit));
    draw_foot(state, ui, rect_cut_bottom(&r, FOOT + 24), unit);
    (void)rect_cut_bottom(&r, 8);
    draw_rows(state, ui, r, unit);
}
