/* Audit: who did what when, where and with what result, newest first, whether every chain holds, and one row
 * with its neighbours (c05). Read only. */
#include "kiosk/desk/desk_audit.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 900, ROOMY = 1150 };
DESK_STATE(audit)

/* --- places -------------------------------------------------------------------------------------------- */

static struct record_table_areas areas_of(const struct ui *ui)
{
    return record_table_areas(desk_page_wide(ui_page_desk_content(ui)), true);
}

static size_t rows_of(const struct ui *ui)
{
    struct record_table_areas areas = areas_of(ui);
    size_t rows = record_table_rows(&areas);
    return rows > SERVICE_AUDIT_MAX ? SERVICE_AUDIT_MAX : rows;
}

/* The list as the cursor moves in it, turned by whole pages. */
static struct record_cursor cursor_of(const struct desk_audit_state *state, const struct ui *ui)
{
    size_t rows = rows_of(ui);
    return (struct record_cursor){.page = "audit",
                                  .rows = rows,
                                  .count = desk_view(ui)->audit.total,
                                  .first = state->selected / rows * rows,
                                  .here = state->selected};
}

/* The row in hand; NULL while it is not here. */
static const struct service_audit_line *chosen(const struct desk_audit_state *state, const struct ui *ui)
{
    const struct service_audit *audit = &desk_view(ui)->audit;
    bool is_here = state->selected >= audit->first && state->selected < audit->first + audit->count;
    return is_here ? &audit->rows[state->selected - audit->first] : NULL;
}

/* --- asked --------------------------------------------------------------------------------------------- */

/* The page of the row in hand is on its way: with `anew` also what came since, with `verify` the chains, too.
 */
static void ask(struct desk_audit_state *state, struct ui *ui, bool anew, bool verify)
{
    struct service_audit_filter filter;
    state->rows = rows_of(ui);
    desk_audit_filter_fill(state, ui, anew ? 0 : desk_view(ui)->audit.until_utc_ms,
                           state->selected / state->rows * state->rows, &filter);
    state->loading = service_desk_audit(desk_program(ui)->services, &filter, verify);
    state->verifying = state->verifying || verify;
}

/* What belongs to the row in hand is on its way. */
static void look(struct desk_audit_state *state, struct ui *ui)
{
    const struct service_audit_line *line = chosen(state, ui);
    if (line != NULL)
        state->opening = service_desk_audit_row(desk_program(ui)->services, line);
}

void desk_audit_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_audit_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    desk_audit_export_init(state);
    ask(state, ui, true, true);
}

void desk_audit_leave(void *memory, struct ui *ui)
{
    struct desk_audit_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    desk_audit_export_wipe(state);
}

/* --- events -------------------------------------------------------------------------------------------- */

/* Other rows are looked for: the newest of them is in hand. */
static void look_for(struct desk_audit_state *state, struct ui *ui)
{
    state->selected = 0;
    ask(state, ui, true, false);
}

static void on_rows(struct desk_audit_state *state, struct ui *ui, const struct service_reply *reply)
{
    size_t total = desk_view(ui)->audit.total;
    state->loading = 0;
    state->verifying = false;
    state->message[0] = 0;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else if (state->selected >= total && total > 0) {
        state->selected = total - 1;
        ask(state, ui, false, false);
    } else
        look(state, ui);
}

static void move_to(struct desk_audit_state *state, struct ui *ui, size_t row)
{
    state->selected = row;
    if (chosen(state, ui) == NULL)
        ask(state, ui, false, false);
    else
        look(state, ui);
}

/* Only what is about the order, or the subject, of the row in hand; then everything again. */
static void follow(struct desk_audit_state *state, struct ui *ui)
{
    const struct service_audit_line *line = chosen(state, ui);
    struct service_audit_filter *filter = &state->filter;
    if (filter->about[0] != 0) {
        filter->about[0] = 0;
    } else if (line != NULL && line->subject[0] != 0) {
        (void)snprintf(filter->about, sizeof(filter->about), "%s",
                       line->order_id[0] != 0 ? line->order_id : line->subject);
        state->period = DESK_AUDIT_EVER;
    } else {
        return;
    }
    look_for(state, ui);
}

static void open_order(const struct desk_audit_state *state, struct ui *ui)
{
    const struct service_audit_line *line = chosen(state, ui);
    if (line != NULL && desk_audit_can_open(ui, line))
        ui_reset(ui, DESK_ORDERS, line->order_id);
}

/* The wheel turns pages, too. */
static bool on_list(struct desk_audit_state *state, struct ui *ui, const struct ui_event *event)
{
    struct record_cursor cursor = cursor_of(state, ui);
    bool is_wheel = event->kind == UI_EVENT_WHEEL;
    if (ui_tapped(event, "audit.next") || (is_wheel && event->steps <= 0))
        move_to(state, ui, record_cursor_near(&cursor, (int)cursor.rows));
    else if (ui_tapped(event, "audit.previous") || is_wheel)
        move_to(state, ui, record_cursor_near(&cursor, -(int)cursor.rows));
    else if (record_cursor_moved(&cursor, ui, event))
        move_to(state, ui, cursor.here);
    else
        return record_table_searched(ui, event, "audit");
    return true;
}

static bool on_keys(struct desk_audit_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "audit.verify"))
        ask(state, ui, true, true);
    else if (ui_tapped(event, "audit.open"))
        open_order(state, ui);
    else if (desk_pressed(ui, event, INPUT_KEY_ENTER, 0))
        state->unfolded = !state->unfolded && chosen(state, ui) != NULL;
    else if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'o'))
        follow(state, ui);
    else
        return false;
    return true;
}

void desk_audit_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_audit_state *state = memory;
    bool is_search = strcmp(event->id, "audit.search") == 0, changed = false;
    if (ui_replied(event, state->loading)) {
        on_rows(state, ui, event->data);
    } else if (ui_replied(event, state->opening)) {
        state->opening = 0;
    } else if (desk_audit_export_event(state, ui, event)) {
        return;
    } else if (desk_audit_filter_event(state, ui, event, &changed)) {
        if (changed)
            look_for(state, ui);
    } else if (event->kind == UI_EVENT_CHANGE && is_search) {
        look_for(state, ui);
    } else if (event->kind == UI_EVENT_NEXT && is_search) {
        ui_focus(ui, NULL);
    } else if (!on_keys(state, ui, event) && !on_list(state, ui, event)) {
        (void)desk_common(ui, event);
    }
    if (state->rows != rows_of(ui) && state->loading == 0) /* the window has another size */
        ask(state, ui, false, false);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

/* How many rows there are, right aligned; with little room it stands below the table. */
static void draw_count(struct ui *ui, struct rect *area)
{
    char number[24];
    char text[64];
    audit_words_number((int64_t)desk_view(ui)->audit.total, number);
    desk_format(ui, text, sizeof(text), "desk.audit.count", {"count", number});
    (void)widget_label(ui, rect_cut_right(area, widget_label_width(ui, THEME_TYPE_DESK_CAPTION, text) + 4),
                       &(struct widget_label){.id = "audit.count",
                                              .text = text,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
}

static struct rect draw_tools(const struct desk_audit_state *state, struct ui *ui, struct rect area)
{
    bool wide = area.w >= WIDE;
    struct rect r = rect_inset(area, 14, 11);
    const struct widget_button button = {
        .id = "audit.export",
        .label = desk_text(ui, wide ? "desk.audit.export" : "desk.audit.export_short"),
        .look = WIDGET_BUTTON_NEUTRAL,
        .shortcut = "E",
        .disabled = desk_view(ui)->audit.total == 0};
    (void)widget_button(ui, rect_cut_right(&r, widget_button_width(ui, &button)), &button);
    (void)rect_cut_right(&r, 8);
    if (wide)
        draw_count(ui, &r);
    return desk_audit_filter_draw(state, ui, r);
}

/* One row's texts, as long as the table is built. */
struct row_texts {
    char id[32];
    char time[32];
    char actor[AUDIT_WORDS_BYTES];
    char action[AUDIT_WORDS_BYTES];
    char subject[AUDIT_WORDS_BYTES];
    char place[AUDIT_WORDS_BYTES];
    char digest[16];
};

/* The time of today and yesterday to the thousandth, of other days with the day. */
static void fill_texts(const struct desk_audit_state *state, const struct ui *ui, size_t index,
                       const struct service_audit_line *line, struct row_texts *out)
{
    char seconds[32] = "";
    bool is_day = state->period <= DESK_AUDIT_YESTERDAY;
    (void)clock_format_hall(line->at_utc_ms / 1000, is_day ? "%H:%M:%S" : "%m-%d %H:%M:%S", seconds,
                            sizeof(seconds));
    if (is_day)
        (void)snprintf(out->time, sizeof(out->time), "%.20s.%03d", seconds, (int)(line->at_utc_ms % 1000));
    else
        (void)snprintf(out->time, sizeof(out->time), "%.24s", seconds);
    (void)snprintf(out->id, sizeof(out->id), "audit.row.%zu", index);
    audit_words_actor(ui, line->actor, line->account, out->actor);
    audit_words_action(ui, line, out->action);
    audit_words_subject(line, out->subject);
    audit_words_place(ui, line->writer, out->place);
    audit_words_digest(line->digest, out->digest);
}

static const char *empty_words(const struct desk_audit_state *state, const struct ui *ui)
{
    if (state->message[0] != 0)
        return state->message;
    return desk_text(ui, state->loading != 0                ? "desk.audit.loading"
                         : desk_audit_filter_narrows(state) ? "desk.audit.none"
                                                            : "desk.audit.empty");
}

/* The columns in their order; a narrow table has no place and no digest. */
enum column { TIME, ACTOR, EVENT, SUBJECT, PLACE, RESULT, DIGEST, COLUMNS };
static const enum column wide_columns[] = {TIME, ACTOR, EVENT, SUBJECT, PLACE, RESULT, DIGEST};
static const enum column narrow_columns[] = {TIME, ACTOR, EVENT, SUBJECT, RESULT};

static struct widget_table_row row_of(const struct ui *ui, const struct service_audit_line *line,
                                      const struct row_texts *texts, const enum column *order, int count)
{
    struct widget_table_row row = {.id = texts->id};
    const char *const cells[COLUMNS] = {
        [TIME] = texts->time,       [ACTOR] = texts->actor, [EVENT] = texts->action,
        [SUBJECT] = texts->subject, [PLACE] = texts->place, [RESULT] = audit_words_result(ui, line),
        [DIGEST] = texts->digest};
    for (int i = 0; i < count; i++) {
        row.cells[i] = cells[order[i]];
        row.mark[i] = order[i] == RESULT ? WIDGET_TABLE_CHIP : WIDGET_TABLE_TEXT;
        row.tone[i] = audit_words_tone(line);
    }
    return row;
}

static void draw_table(const struct desk_audit_state *state, struct ui *ui, struct rect area)
{
    const struct service_audit *audit = &desk_view(ui)->audit;
    struct row_texts texts[SERVICE_AUDIT_MAX];
    struct widget_table_row rows[SERVICE_AUDIT_MAX];
    struct widget_table_column columns[COLUMNS];
    bool wide = area.w >= WIDE, roomy = area.w >= ROOMY;
    const enum column *order = wide ? wide_columns : narrow_columns;
    int count = wide ? (int)(sizeof(wide_columns) / sizeof(wide_columns[0]))
                     : (int)(sizeof(narrow_columns) / sizeof(narrow_columns[0]));
    const struct widget_table_column all[COLUMNS] = {
        [TIME] = {.title = desk_text(ui, "desk.column.time"), .width = roomy ? 144 : 124},
        [ACTOR] = {.title = desk_text(ui, "desk.column.actor"), .width = roomy ? 135 : 104},
        [EVENT] = {.title = desk_text(ui, "desk.column.event"), .strong = true},
        [SUBJECT] = {.title = desk_text(ui, "desk.column.subject"), .width = roomy ? 291 : 168},
        [PLACE] = {.title = desk_text(ui, "desk.column.place"), .width = 113, .color = THEME_COLOR_INK700},
        [RESULT] = {.title = desk_text(ui, "desk.column.result"), .width = roomy ? 177 : 146},
        [DIGEST] = {.title = desk_text(ui, "desk.column.digest"), .width = 126, .color = THEME_COLOR_INK700}};
    size_t shown = state->message[0] != 0 ? 0 : audit->count;
    for (int i = 0; i < count; i++)
        columns[i] = all[order[i]];
    for (size_t i = 0; i < shown; i++) {
        fill_texts(state, ui, audit->first + i, &audit->rows[i], &texts[i]);
        rows[i] = row_of(ui, &audit->rows[i], &texts[i], order, count);
        rows[i].selected = audit->first + i == state->selected;
        rows[i].tag = (int64_t)(audit->first + i) + 1;
    }
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "audit",
                                              .label = desk_text(ui, "desk.audit.title"),
                                              .columns = columns,
                                              .column_count = count,
                                              .rows = rows,
                                              .row_count = (int)shown,
                                              .pressable = true,
                                              .empty = empty_words(state, ui)});
}

/* What the keys do, as many as there is room for before the pages. */
static void draw_foot(const struct desk_audit_state *state, struct ui *ui, struct rect foot)
{
    enum { PAGES = 196, FIRST = 16, APART = 16, WORDS = 4 };
    const char *const hints[][2] = {
        {state->unfolded ? "desk.audit.fold" : "desk.audit.unfold", "Enter"},
        {state->filter.about[0] != 0 ? "desk.audit.unfollow" : "desk.audit.follow", "O"},
        {"desk.audit.filter", "1–5"}};
    struct record_cursor cursor = cursor_of(state, ui);
    size_t pages = (cursor.count + cursor.rows - 1) / cursor.rows;
    record_table_draw_foot(ui, foot, "audit", state->selected / cursor.rows, pages == 0 ? 1 : pages);
    struct rect r = rect_inset(foot, FIRST, 10);
    (void)rect_cut_right(&r, PAGES - FIRST);
    if (foot.w < WIDE)
        draw_count(ui, &r);
    (void)rect_cut_left(&r, widget_case_hint_width(ui, desk_text(ui, "desk.audit.choose"), "↑ ↓"));
    for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
        const char *words = desk_text(ui, hints[i][0]);
        int width = widget_case_hint_width(ui, words, hints[i][1]);
        if (r.w < width + APART)
            return;
        (void)rect_cut_left(&r, APART);
        (void)widget_case_hint(ui, rect_cut_left(&r, width), words, hints[i][1]);
    }
}

void desk_audit_draw(void *memory, struct ui *ui)
{
    struct desk_audit_state *state = memory;
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    struct record_table_areas areas = areas_of(ui);
    char time[16];
    char chip[64];
    desk_time(chains->checked_utc_s, time);
    desk_format(ui, chip, sizeof(chip),
                !chains->is_known ? "desk.audit.unknown"
                : chains->holds   ? "desk.audit.holds_at"
                                  : "desk.audit.broken_at",
                {"time", time});
    struct ui_page_desk_areas page = desk_page_with(ui, DESK_AUDIT, chip,
                                                    !chains->is_known ? WIDGET_MARK_GREY
                                                    : chains->holds   ? WIDGET_MARK_GREEN
                                                                      : WIDGET_MARK_ALARM);
    record_table_draw_search(ui, page.header_tools, "audit", &state->search);
    (void)widget_panel(ui, areas.list, WIDGET_PANEL_CARD);
    struct rect below = draw_tools(state, ui, areas.tools);
    draw_table(state, ui, areas.table);
    draw_foot(state, ui, areas.foot);
    desk_audit_side_draw(state, ui, areas.side, chosen(state, ui));
    desk_audit_filter_draw_menu(state, ui, below);
    desk_audit_export_draw(state, ui);
}
