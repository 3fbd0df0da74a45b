/* Units: who they are and who acts for them; below, the transfers that are waited for. */
#include "kiosk/desk/desk_units.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum {
    GAP = 12,
    SIDE_MIN = 400,
    SIDE_MAX = 560,
    SIDE_OF = 1672,
    SEARCH = 300,
    LOW = 300,
    TABLE_HEAD = 36,
    TABLE_ROW = 40,
    CODE_CHARACTERS = 18,
    ACCOUNT_DIGITS = 6,
    AMOUNT_CHARACTERS = 8,
    WIDE = 800,
    PROOFS_SHOWN = 3
};
DESK_STATE(units)

void desk_units_load(struct desk_units_state *state, struct ui *ui)
{
    state->loading = service_desk_units(desk_program(ui)->services, state->search.text, state->chosen);
}

void desk_units_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_units_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CREDIT, CODE_CHARACTERS);
    text_edit_init(&state->text, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&state->account, TEXT_EDIT_DIGITS, ACCOUNT_DIGITS);
    text_edit_init(&state->amount, TEXT_EDIT_LATIN, AMOUNT_CHARACTERS);
    desk_units_load(state, ui);
}

void desk_units_leave(void *memory, struct ui *ui)
{
    struct desk_units_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    text_edit_wipe(&state->text);
    text_edit_wipe(&state->account);
    text_edit_wipe(&state->amount);
}

void desk_units_act(struct desk_units_state *state, struct ui *ui, const struct service_unit_act *act)
{
    struct service_unit_act wanted = *act;
    if (state->acting != 0)
        return;
    (void)text_copy(wanted.unit_id, sizeof(wanted.unit_id), desk_view(ui)->unit.id);
    state->message[0] = 0;
    state->acting = service_desk_unit_act(desk_program(ui)->services, &wanted);
}

/* --- places -------------------------------------------------------------------------------------------- */

struct areas {
    struct rect list, proofs, side;
};

static struct areas areas_of(struct rect content)
{
    struct areas areas = {0};
    int width = content.w * SIDE_MAX / SIDE_OF;
    areas.side = rect_cut_right(&content, width < SIDE_MIN ? SIDE_MIN : width > SIDE_MAX ? SIDE_MAX : width);
    (void)rect_cut_right(&content, GAP);
    areas.proofs = rect_cut_bottom(&content, LOW);
    (void)rect_cut_bottom(&content, GAP);
    areas.list = content;
    return areas;
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_units_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    int rows = (areas_of(ui_page_desk_content(ui)).list.h - TABLE_HEAD - 8) / TABLE_ROW;
    struct record_cursor cursor = {.page = "units",
                                   .rows = rows > 0 ? (size_t)rows : 1,
                                   .count = view->unit_count,
                                   .first = state->first};
    while (cursor.here < cursor.count && strcmp(view->units[cursor.here].id, state->chosen) != 0)
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_units_state *state, struct ui *ui, const struct record_cursor *cursor)
{
    (void)text_copy(state->chosen, sizeof(state->chosen), desk_view(ui)->units[cursor->here].id);
    state->row[0] = state->message[0] = 0;
    state->side_first = 0;
    state->first = cursor->first;
    desk_units_load(state, ui);
}

/* Money as people write it; what is not money is 0, which no proof agrees on. */
static void tell(struct desk_units_state *state, struct ui *ui)
{
    struct service_unit_act act = {.kind = SERVICE_UNIT_TELL};
    if (money_from_yuan(state->amount.text, &act.amount_fen) != STATUS_OK ||
        state->account.length != ACCOUNT_DIGITS) {
        state->is_error = true;
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "desk.units.proof.mend"));
        return;
    }
    (void)text_copy(act.subject_id, sizeof(act.subject_id), state->proof);
    (void)text_copy(act.account_end, sizeof(act.account_end), state->account.text);
    desk_units_act(state, ui, &act);
    text_edit_set(&state->amount, "");
}

static bool on_reply(struct desk_units_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    if (ui_replied(event, state->loading)) {
        state->loading = 0;
        if (desk_view(ui)->unit.id[0] != 0)
            (void)text_copy(state->chosen, sizeof(state->chosen), desk_view(ui)->unit.id);
        return true;
    }
    if (!ui_replied(event, state->acting))
        return false;
    state->acting = 0;
    state->is_error = !desk_told(ui, reply, "desk.units.done", state->message, sizeof(state->message));
    return true;
}

static bool on_list(struct desk_units_state *state, struct ui *ui, const struct ui_event *event)
{
    struct record_cursor cursor = cursor_of(state, ui);
    if (record_cursor_moved(&cursor, ui, event))
        choose(state, ui, &cursor);
    else if (ui_tapped_prefix(event, "proofs.row."))
        (void)text_copy(state->proof, sizeof(state->proof), desk_view(ui)->proofs[event->tag - 1].id);
    else if (ui_tapped(event, "proof.tell"))
        tell(state, ui);
    else
        return record_table_searched(ui, event, "units");
    return true;
}

/* Enter in the search looks for the code; an emptied search shows all again. */
static void on_next(struct desk_units_state *state, struct ui *ui, const struct ui_event *event)
{
    bool is_search = strcmp(event->id, "units.search") == 0;
    if (strcmp(event->id, "proof.account") == 0) {
        ui_focus(ui, "proof.amount");
        return;
    }
    ui_focus(ui, NULL);
    if (is_search) {
        state->first = 0;
        state->chosen[0] = 0;
        desk_units_load(state, ui);
    } else if (strcmp(event->id, "proof.amount") == 0) {
        tell(state, ui);
    }
}

void desk_units_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_units_state *state = memory;
    if (event->kind == UI_EVENT_REPLY && on_reply(state, ui, event))
        return;
    if (event->kind == UI_EVENT_NOTICE && state->loading == 0 && state->acting == 0)
        desk_units_load(state, ui); /* something happened in the hall */
    else if (event->kind == UI_EVENT_NEXT)
        on_next(state, ui, event);
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (!desk_units_side_event(state, ui, event) && !on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_units(const struct desk_units_state *state, struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_UNIT_LINES_MAX] = {0};
    char texts[SERVICE_UNIT_LINES_MAX][3][48];
    struct record_cursor cursor = cursor_of(state, ui);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = cursor.first; i < end; i++) {
        const struct service_unit_line *line = &view->units[i];
        char number[24];
        bool waits = line->has_heir || line->asked > 0;
        (void)snprintf(texts[i][0], sizeof(texts[i][0]), "units.row.%zu", i);
        (void)snprintf(texts[i][1], sizeof(texts[i][1]), "%zu", line->members);
        (void)snprintf(number, sizeof(number), "%zu", line->asked);
        desk_format(ui, texts[i][2], sizeof(texts[i][2]),
                    line->has_heir    ? "desk.units.transfer_waits"
                    : line->asked > 0 ? "desk.units.asked"
                                      : "desk.units.nothing_waits",
                    {"count", number});
        rows[i] = (struct widget_table_row){
            .id = texts[i][0],
            .cells = {line->name, line->credit_code, line->manager, texts[i][1], texts[i][2]},
            .mark = {[4] = waits ? WIDGET_TABLE_CHIP : WIDGET_TABLE_TEXT},
            .tone = {[4] = WIDGET_MARK_AMBER},
            .selected = i == cursor.here,
            .tag = (int64_t)i + 1};
    }
    bool wide = area.w >= WIDE;
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.unit"), .strong = true},
        {.title = desk_text(ui, "desk.column.credit_code"), .width = 200},
        {.title = desk_text(ui, "desk.column.manager"), .width = wide ? 130 : 84},
        {.title = desk_text(ui, "desk.column.members"), .width = 64, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.column.waits"), .width = wide ? 170 : 130}};
    (void)widget_table(
        ui, area,
        &(struct widget_table){
            .id = "units",
            .label = desk_text(ui, "desk.units.title"),
            .columns = columns,
            .column_count = 5,
            .rows = rows,
            .row_count = (int)end,
            .first = (int)cursor.first,
            .pressable = true,
            .empty = desk_text(ui, state->search.length > 0 ? "desk.units.none" : "desk.units.empty")});
}

static void draw_proof_rows(const struct desk_units_state *state, struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_PROOFS_MAX] = {0};
    char texts[SERVICE_PROOFS_MAX][3][48];
    size_t count = view->proof_count > PROOFS_SHOWN ? PROOFS_SHOWN : view->proof_count;
    for (size_t i = 0; i < count; i++) {
        const struct service_proof *proof = &view->proofs[i];
        (void)snprintf(texts[i][0], sizeof(texts[i][0]), "proofs.row.%zu", i);
        desk_day_time(proof->since_utc_s, texts[i][1]);
        (void)snprintf(texts[i][2], sizeof(texts[i][2]), "%lld", (long long)proof->wrong);
        rows[i] =
            (struct widget_table_row){.id = texts[i][0],
                                      .cells = {texts[i][1], proof->acceptance, proof->unit, texts[i][2]},
                                      .selected = strcmp(proof->id, state->proof) == 0,
                                      .tag = (int64_t)i + 1};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.number"), .width = 190},
        {.title = desk_text(ui, "desk.column.unit"), .strong = true},
        {.title = desk_text(ui, "desk.column.wrong"), .width = 80, .align = WIDGET_RIGHT}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "proofs",
                                              .label = desk_text(ui, "desk.units.proofs"),
                                              .columns = columns,
                                              .column_count = 4,
                                              .rows = rows,
                                              .row_count = (int)count,
                                              .pressable = true,
                                              .empty = desk_text(ui, "desk.units.no_proofs")});
}

static bool has_proof(const struct desk_units_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->proof_count; i++)
        if (strcmp(view->proofs[i].id, state->proof) == 0)
            return true;
    return false;
}

/* What arrived is typed, not read off: whoever tells it must have looked at the account. */
static void draw_proofs(struct desk_units_state *state, struct ui *ui, struct rect area)
{
    struct rect r = rect_inset(ui_page_desk_panel(ui, area, desk_text(ui, "desk.units.proofs"),
                                                  desk_text(ui, "desk.units.proofs_line")),
                               12, 8);
    struct rect row = rect_cut_bottom(&r, 66);
    draw_proof_rows(state, ui, r);
    struct rect button = rect_cut_right(&row, 150);
    button = rect_make(button.x, button.y + 22, button.w, 40);
    (void)rect_cut_right(&row, 12);
    (void)widget_field(ui, rect_column(row, 0, 2, 12),
                       &(struct widget_field){.id = "proof.account",
                                              .label = desk_text(ui, "desk.units.proof.account"),
                                              .edit = &state->account});
    (void)widget_field(ui, rect_column(row, 1, 2, 12),
                       &(struct widget_field){.id = "proof.amount",
                                              .label = desk_text(ui, "desk.units.proof.amount"),
                                              .placeholder = "0.37",
                                              .edit = &state->amount});
    (void)widget_button(ui, button,
                        &(struct widget_button){.id = "proof.tell",
                                                .label = desk_text(ui, "desk.units.proof.tell"),
                                                .look = WIDGET_BUTTON_PRIMARY,
                                                .disabled = !has_proof(state, ui),
                                                .busy = state->acting != 0});
}

static void draw_tools(struct desk_units_state *state, struct ui *ui, struct rect tools)
{
    struct rect at = rect_cut_right(&tools, SEARCH);
    at = rect_make(at.x, at.y + (at.h - 36) / 2, at.w, 36);
    (void)widget_field(ui, at,
                       &(struct widget_field){.id = "units.search",
                                              .placeholder = desk_text(ui, "desk.units.search"),
                                              .edit = &state->search,
                                              .icon = ICON_SEARCH,
                                              .shortcut = "/"});
}

void desk_units_draw(void *memory, struct ui *ui)
{
    struct desk_units_state *state = memory;
    struct ui_page_desk_areas page = desk_page_counted(ui, DESK_UNITS, "desk.units.proofs_chip",
                                                       desk_view(ui)->proof_count, WIDGET_MARK_AMBER);
    struct areas areas = areas_of(page.content);
    draw_tools(state, ui, page.header_tools);
    (void)widget_panel(ui, areas.list, WIDGET_PANEL_CARD);
    draw_units(state, ui, rect_inset(areas.list, 1, 4));
    draw_proofs(state, ui, areas.proofs);
    desk_units_side_draw(state, ui, areas.side);
}
