/* Audit: who did what when, newest first, whether every chain holds, and one row with its neighbours (c05).
 * Read only. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 900, DIGEST_SHOWN = 4, HISTORY_MAX = 8, PAIR = 30 };

/* What rows are about: the first part of an action's name. */
static const char *const kinds[] = {"",      "order", "decision", "payment",     "invoice", "certificate",
                                    "key",   "clerk", "value",    "supervision", "page",    "intention",
                                    "proof", "unit",  "pickup",   "notice",      "shipment"};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

struct desk_audit_state {
    size_t selected; /* in the rows that are left */
    size_t kind;
    struct text_edit search;
    uint64_t loading;
};
DESK_STATE(audit)

void desk_audit_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_audit_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    state->loading = service_desk_audit(desk_program(ui)->services);
}

void desk_audit_leave(void *memory, struct ui *ui)
{
    struct desk_audit_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static bool is_of_kind(const struct service_audit_line *line, const char *kind)
{
    size_t length = strlen(kind);
    return length == 0 || (strncmp(line->action, kind, length) == 0 && line->action[length] == '.');
}

/* An event in words; one without words is told by its kind and code. */
/* An order is named by its number while the desk knows it. */
static const char *subject_of(const struct ui *ui, const struct service_audit_line *line)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->recent_count; i++)
        if (strcmp(view->recent[i].order.id, line->subject) == 0)
            return view->recent[i].order.acceptance;
    return line->subject[0] != 0 ? line->subject : "–";
}

/* What nobody did, the program did by itself; some rows name the program's own chain instead. */
static const char *actor_of(const struct ui *ui, const struct service_audit_line *line)
{
    bool is_program = line->actor[0] == 0 || strcmp(line->actor, line->writer) == 0;
    return is_program ? desk_text(ui, "desk.audit.program") : line->actor;
}

static bool matches(const struct ui *ui, const struct service_audit_line *line, const char *wanted)
{
    char words[AUDIT_WORDS_BYTES];
    char detail[AUDIT_WORDS_BYTES];
    audit_words_action(ui, line, words);
    audit_words_detail(ui, line, detail);
    return wanted[0] == 0 || strstr(words, wanted) != NULL || strstr(line->actor, wanted) != NULL ||
           strstr(subject_of(ui, line), wanted) != NULL || strstr(line->subject, wanted) != NULL ||
           strstr(line->detail, wanted) != NULL || strstr(detail, wanted) != NULL ||
           strstr(line->writer, wanted) != NULL;
}

static size_t list(const struct desk_audit_state *state, const struct ui *ui,
                   const struct service_audit_line *out[SERVICE_AUDIT_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->audit_count; i++)
        if (is_of_kind(&view->audit[i], kinds[state->kind]) &&
            matches(ui, &view->audit[i], state->search.text))
            out[count++] = &view->audit[i];
    return count;
}

/* The first and the last four of a digest. */
static void short_digest(const char *digest, char out[16])
{
    size_t length = strlen(digest);
    if (length < 2 * DIGEST_SHOWN)
        (void)snprintf(out, 16, "–");
    else
        (void)snprintf(out, 16, "%.4s…%.4s", digest, digest + length - DIGEST_SHOWN);
}

/* --- places -------------------------------------------------------------------------------------------- */

static struct record_table_areas areas_of(const struct ui *ui)
{
    return record_table_areas(desk_page_wide(ui_page_desk_content(ui)), true);
}

/* The list as the cursor moves in it, turned by whole pages. */
static struct record_cursor cursor_of(const struct desk_audit_state *state, const struct ui *ui,
                                      const struct service_audit_line *out[SERVICE_AUDIT_MAX])
{
    struct record_table_areas areas = areas_of(ui);
    size_t rows = record_table_rows(&areas);
    return (struct record_cursor){.page = "audit",
                                  .rows = rows,
                                  .count = list(state, ui, out),
                                  .first = state->selected / rows * rows,
                                  .here = state->selected};
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose_kind(struct desk_audit_state *state, size_t kind)
{
    state->kind = kind;
    state->selected = 0;
}

/* The wheel turns pages, too. */
static bool on_list(struct desk_audit_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_audit_line *lines[SERVICE_AUDIT_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    bool is_wheel = event->kind == UI_EVENT_WHEEL;
    if (ui_tapped(event, "audit.next") || (is_wheel && event->steps <= 0))
        state->selected = record_cursor_near(&cursor, (int)cursor.rows);
    else if (ui_tapped(event, "audit.previous") || is_wheel)
        state->selected = record_cursor_near(&cursor, -(int)cursor.rows);
    else if (record_cursor_moved(&cursor, ui, event))
        state->selected = cursor.here;
    else
        return record_table_searched(ui, event, "audit");
    return true;
}

void desk_audit_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_audit_state *state = memory;
    bool is_search = strcmp(event->id, "audit.search") == 0;
    if (ui_replied(event, state->loading))
        state->loading = 0;
    else if (ui_tapped(event, "audit.verify") && state->loading == 0)
        state->loading = service_desk_audit(desk_program(ui)->services);
    else if (ui_tapped_prefix(event, "audit.kind."))
        choose_kind(state, (size_t)event->tag);
    else if (event->kind == UI_EVENT_CHANGE && is_search)
        choose_kind(state, state->kind);
    else if (event->kind == UI_EVENT_NEXT && is_search)
        ui_focus(ui, NULL);
    else if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing: list ------------------------------------------------------------------------------------- */

static void draw_tools(const struct desk_audit_state *state, struct ui *ui, struct rect area, size_t count)
{
    struct rect r = rect_inset(area, 14, 10);
    char number[24];
    char text[48];
    (void)snprintf(number, sizeof(number), "%zu", count);
    desk_format(ui, text, sizeof(text), "desk.audit.count", {"count", number});
    (void)widget_label(ui, rect_cut_right(&r, widget_label_width(ui, THEME_TYPE_DESK_CAPTION, text) + 4),
                       &(struct widget_label){.text = text,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
    record_table_draw_filters(
        ui, r,
        &(struct record_table_filters){
            .page = "audit", .what = "kind", .names = kinds, .count = KINDS, .chosen = state->kind});
}

static enum widget_mark_tone tone_of(const struct service_audit_line *line)
{
    return is_of_kind(line, "value")      ? WIDGET_MARK_AMBER
           : is_of_kind(line, "decision") ? WIDGET_MARK_BLUE
           : is_of_kind(line, "payment")  ? WIDGET_MARK_GREEN
                                          : WIDGET_MARK_GREY;
}

static void draw_table(const struct desk_audit_state *state, struct ui *ui, struct rect area,
                       const struct service_audit_line *const *lines, const struct record_cursor *cursor)
{
    struct widget_table_row rows[SERVICE_AUDIT_MAX] = {0};
    char texts[SERVICE_AUDIT_MAX][4][96];
    bool wide = area.w >= WIDE;
    size_t end = record_cursor_end(cursor);
    for (size_t i = cursor->first; i < end; i++) {
        (void)clock_format_hall(lines[i]->at_utc_s, "%m-%d %H:%M:%S", texts[i][0], sizeof(texts[i][0]));
        audit_words_action(ui, lines[i], texts[i][1]);
        short_digest(lines[i]->digest, texts[i][2]);
        (void)snprintf(texts[i][3], sizeof(texts[i][3]), "audit.row.%zu", i);
        rows[i] = (struct widget_table_row){
            .id = texts[i][3],
            .cells = {texts[i][0], actor_of(ui, lines[i]), texts[i][1], subject_of(ui, lines[i]),
                      audit_words_kind(ui, lines[i]), lines[i]->writer, texts[i][2]},
            .mark = {[4] = WIDGET_TABLE_CHIP},
            .tone = {[4] = tone_of(lines[i])},
            .selected = i == cursor->here,
            .tag = (int64_t)i + 1};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 138},
        {.title = desk_text(ui, "desk.column.actor"), .width = wide ? 130 : 96},
        {.title = desk_text(ui, "desk.column.action"), .strong = true},
        {.title = desk_text(ui, "desk.column.subject"), .width = wide ? 210 : 170},
        {.title = desk_text(ui, "desk.column.kind"), .width = 92},
        {.title = desk_text(ui, "desk.column.place"), .width = 120, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.digest"), .width = 120, .color = THEME_COLOR_INK700}};
    (void)widget_table(
        ui, area,
        &(struct widget_table){
            .id = "audit",
            .label = desk_text(ui, "desk.audit.title"),
            .columns = columns,
            .column_count = wide ? 7 : 5,
            .rows = rows,
            .row_count = (int)end,
            .first = (int)cursor->first,
            .pressable = true,
            .empty = desk_text(ui, state->loading != 0 ? "desk.audit.loading" : "desk.audit.empty")});
}

/* --- drawing: one row ---------------------------------------------------------------------------------- */

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    record_table_draw_pair(ui, rect_cut_top(area, PAIR), key, value, false);
}

static void draw_chain(struct ui *ui, struct rect area, const struct service_audit_line *line)
{
    const struct service_desk *view = desk_view(ui);
    char before[16];
    char own[16];
    short_digest(line->digest_before, before);
    short_digest(line->digest, own);
    (void)widget_panel(ui, area, WIDGET_PANEL_WELL);
    struct rect r = rect_inset(area, 14, 8);
    (void)widget_label(ui, rect_cut_top(&r, 26),
                       &(struct widget_label){.text = desk_text(ui, "desk.audit.chain"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    (void)widget_label_pair(ui, rect_cut_top(&r, 24), THEME_TYPE_DESK_CAPTION,
                            desk_text(ui, "desk.audit.before"), before);
    (void)widget_label_pair(ui, rect_cut_top(&r, 24), THEME_TYPE_DESK_CAPTION,
                            desk_text(ui, "desk.audit.own"), own);
    (void)widget_label(
        ui, rect_cut_top(&r, 24),
        &(struct widget_label){.text = desk_text(ui, !view->audit_known  ? "desk.audit.unknown"
                                                     : view->audit_holds ? "desk.audit.holds"
                                                                         : "desk.audit.broken"),
                               .type = THEME_TYPE_DESK_CAPTION,
                               .color = view->audit_holds ? THEME_COLOR_JADE700 : THEME_COLOR_SEAL700,
                               .middle = true});
}

/* What else is known of the same subject. */
static void draw_history(struct ui *ui, struct rect r, const struct service_audit_line *line)
{
    const struct service_desk *view = desk_view(ui);
    if (line->subject[0] == 0 || r.h < 28)
        return;
    (void)widget_label(ui, rect_cut_top(&r, 30),
                       &(struct widget_label){.text = desk_text(ui, "desk.audit.history"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    for (size_t i = view->audit_count, shown = 0; i-- > 0 && shown < HISTORY_MAX && r.h >= 28;) {
        char words[AUDIT_WORDS_BYTES];
        char text[AUDIT_WORDS_BYTES + 32];
        char fit[AUDIT_WORDS_BYTES + 32];
        char time[16];
        if (strcmp(view->audit[i].subject, line->subject) != 0)
            continue;
        struct rect row = rect_cut_top(&r, 28);
        (void)widget_mark_dot(ui, rect_make(row.x, row.y + 10, 8, 8),
                              &view->audit[i] == line ? THEME_COLOR_B700 : THEME_COLOR_LINE500);
        (void)rect_cut_left(&row, 18);
        audit_words_action(ui, &view->audit[i], words);
        (void)clock_format_hall(view->audit[i].at_utc_s, "%H:%M:%S", time, sizeof(time));
        (void)snprintf(text, sizeof(text), "%s  %s", time, words);
        widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, text, row.w, fit, sizeof(fit));
        (void)widget_label(
            ui, row, &(struct widget_label){.text = fit, .type = THEME_TYPE_DESK_CAPTION, .middle = true});
        shown++;
    }
}

static void draw_details(struct ui *ui, struct rect r, const struct service_audit_line *line)
{
    char words[AUDIT_WORDS_BYTES];
    char detail[AUDIT_WORDS_BYTES];
    char number[24];
    char time[32] = "";
    char text[96];
    audit_words_action(ui, line, words);
    audit_words_detail(ui, line, detail);
    (void)snprintf(number, sizeof(number), "%lld", (long long)line->sequence);
    (void)clock_format_hall(line->at_utc_s, "%Y-%m-%d %H:%M:%S", time, sizeof(time));
    desk_format(ui, text, sizeof(text), "desk.audit.number", {"number", number}, {"time", time});
    char fit[96];
    widget_label_fit(ui, THEME_TYPE_DESK_TITLE, words, r.w, fit, sizeof(fit));
    (void)widget_label(ui, rect_cut_top(&r, 30),
                       &(struct widget_label){.text = fit, .type = THEME_TYPE_DESK_TITLE, .middle = true});
    (void)widget_label(
        ui, rect_cut_top(&r, 24),
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
    draw_pair(ui, &r, "desk.column.actor", actor_of(ui, line));
    draw_pair(ui, &r, "desk.column.place", line->writer);
    draw_pair(ui, &r, "desk.column.subject", subject_of(ui, line));
    draw_pair(ui, &r, "desk.column.detail", detail);
    (void)rect_cut_top(&r, 10);
    draw_chain(ui, rect_cut_top(&r, 120), line);
    (void)rect_cut_top(&r, 10);
    draw_history(ui, r, line);
}

static void draw_side(const struct desk_audit_state *state, struct ui *ui, struct rect area,
                      const struct service_audit_line *line)
{
    struct rect r =
        rect_inset(ui_page_desk_panel(ui, area, desk_text(ui, "desk.audit.details"), NULL), 16, 12);
    struct rect buttons = rect_cut_bottom(&r, 42);
    (void)widget_button(ui, rect_cut_top(&buttons, 40),
                        &(struct widget_button){.id = "audit.verify",
                                                .label = desk_text(ui, "desk.audit.verify"),
                                                .look = WIDGET_BUTTON_PRIMARY,
                                                .icon = ICON_SHIELD,
                                                .shortcut = "V",
                                                .busy = state->loading != 0});
    (void)rect_cut_bottom(&r, 8);
    if (line != NULL)
        draw_details(ui, r, line);
}

void desk_audit_draw(void *memory, struct ui *ui)
{
    struct desk_audit_state *state = memory;
    const struct service_desk *view = desk_view(ui);
    const struct service_audit_line *lines[SERVICE_AUDIT_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t count = cursor.count, rows = cursor.rows;
    struct record_table_areas areas = areas_of(ui);
    char time[16];
    char chip[64];
    desk_time(view->audit_checked_utc_s, time);
    desk_format(ui, chip, sizeof(chip),
                !view->audit_known  ? "desk.audit.unknown"
                : view->audit_holds ? "desk.audit.holds_at"
                                    : "desk.audit.broken_at",
                {"time", time});
    struct ui_page_desk_areas page = desk_page_with(ui, DESK_AUDIT, chip,
                                                    !view->audit_known  ? WIDGET_MARK_GREY
                                                    : view->audit_holds ? WIDGET_MARK_GREEN
                                                                        : WIDGET_MARK_ALARM);
    record_table_draw_search(ui, page.header_tools, "audit", &state->search);
    (void)widget_panel(ui, areas.list, WIDGET_PANEL_CARD);
    draw_tools(state, ui, areas.tools, count);
    draw_table(state, ui, areas.table, lines, &cursor);
    record_table_draw_foot(ui, areas.foot, "audit", state->selected / rows,
                           count == 0 ? 1 : (count + rows - 1) / rows);
    draw_side(state, ui, areas.side, state->selected < count ? lines[state->selected] : NULL);
}
