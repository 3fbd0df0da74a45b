/* Certificates: what has to be done by a time, which certificates there are, which were withdrawn. */
#include "kiosk/desk/desk_certificates.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 700, ROWS_MAX = SERVICE_CERTIFICATES_MAX, HOUR_S = 3600 };
DESK_STATE(certificates)

static const char *const filters[DESK_CERTIFICATES_FILTERS] = {"due", "live", "ending", "revoked", "trust"};

void desk_certificates_list(struct desk_certificates_state *state, const struct ui *ui)
{
    struct services *services = desk_program(ui)->services;
    state->listing = state->filter == DESK_CERTIFICATES_TRUST ? service_desk_trust(services)
                     : state->filter == DESK_CERTIFICATES_ENDING
                         ? service_desk_ending(services)
                         : service_desk_certificates(services, state->searched,
                                                     state->filter == DESK_CERTIFICATES_REVOKED);
}

void desk_certificates_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_certificates_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_LATIN, sizeof(state->searched) - 1);
    desk_certificates_revoke_init(&state->revoke);
    desk_certificates_import_init(&state->import);
    desk_certificates_list(state, ui);
}

void desk_certificates_leave(void *memory, struct ui *ui)
{
    struct desk_certificates_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    desk_certificates_revoke_wipe(&state->revoke);
    desk_certificates_import_wipe(&state->import);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

const char *desk_certificates_word(const struct ui *ui, const struct service_certificate *certificate)
{
    char key[WORDS_KEY_BYTES];
    bool is_waiting = certificate->revocation.ground[0] != 0 && certificate->revocation.done_utc_s == 0;
    (void)snprintf(key, sizeof(key), "certificate.state.%.40s", certificate->state);
    return desk_text(ui, is_waiting ? "desk.certificates.waiting" : key);
}

const char *desk_certificates_reminder(const struct ui *ui, const struct service_certificate *certificate)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "certificate.reminder.%.40s",
                   certificate->reminder[0] == 0 ? "none" : certificate->reminder);
    return desk_text(ui, key);
}

bool desk_certificates_left(const struct ui *ui, const struct service_certificate_deadline *deadline,
                            char out[DESK_CERTIFICATES_LEFT_BYTES])
{
    char time[24];
    if (deadline->due_utc_s == 0) {
        (void)text_copy(out, DESK_CERTIFICATES_LEFT_BYTES, desk_text(ui, "desk.certificates.soon"));
        return false;
    }
    int64_t left_s = deadline->due_utc_s - clock_utc_s(desk_program(ui)->clock);
    bool is_over = left_s < 0;
    int64_t minutes = (is_over ? -left_s : left_s) / 60;
    (void)snprintf(time, sizeof(time), "%d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    desk_format(ui, out, DESK_CERTIFICATES_LEFT_BYTES,
                is_over ? "desk.certificates.over" : "desk.certificates.left", {"time", time});
    return is_over;
}

/* One line of the list: what is due, a certificate, or what the hall trusts, by the filter. */
struct line {
    const struct service_certificate_deadline *deadline;
    const struct service_certificate *certificate;
    const struct service_certificate_anchor *anchor;
};

static bool lists_certificates(const struct desk_certificates_state *state)
{
    return state->filter == DESK_CERTIFICATES_LIVE || state->filter == DESK_CERTIFICATES_ENDING ||
           state->filter == DESK_CERTIFICATES_REVOKED;
}

static size_t list(const struct desk_certificates_state *state, const struct ui *ui,
                   struct line out[ROWS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; state->filter == DESK_CERTIFICATES_DUE && i < view->deadline_count; i++)
        out[count++] = (struct line){.deadline = &view->deadlines[i]};
    for (size_t i = 0; lists_certificates(state) && i < view->certificate_count; i++)
        out[count++] = (struct line){.certificate = &view->certificates[i]};
    for (size_t i = 0; state->filter == DESK_CERTIFICATES_TRUST && i < view->anchor_count; i++)
        out[count++] = (struct line){.anchor = &view->anchors[i]};
    return count;
}

/* As long as an order's: the beginning of a digest is enough. */
static void write_id(const struct line *line, char out[ORDER_ID_BYTES])
{
    (void)snprintf(out, ORDER_ID_BYTES, "%.32s",
                   line->deadline != NULL      ? line->deadline->order.id
                   : line->certificate != NULL ? line->certificate->request_id
                                               : line->anchor->digest);
}

static bool is_chosen(const struct desk_certificates_state *state, const struct line *line)
{
    char id[ORDER_ID_BYTES];
    write_id(line, id);
    return strcmp(id, state->chosen) == 0;
}

const struct service_certificate_deadline *
desk_certificates_deadline(const struct desk_certificates_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; state->filter == DESK_CERTIFICATES_DUE && i < view->deadline_count; i++)
        if (strcmp(view->deadlines[i].order.id, state->chosen) == 0)
            return &view->deadlines[i];
    return NULL;
}

const struct service_certificate *desk_certificates_chosen(const struct desk_certificates_state *state,
                                                           const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; lists_certificates(state) && i < view->certificate_count; i++)
        if (strcmp(view->certificates[i].request_id, state->chosen) == 0)
            return &view->certificates[i];
    return NULL;
}

const struct service_certificate_anchor *desk_certificates_anchor(const struct desk_certificates_state *state,
                                                                  const struct ui *ui)
{
    struct line lines[ROWS_MAX];
    size_t count = list(state, ui, lines);
    for (size_t i = 0; i < count; i++)
        if (lines[i].anchor != NULL && is_chosen(state, &lines[i]))
            return lines[i].anchor;
    return NULL;
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_certificates_state *state, const struct ui *ui,
                                      struct line out[ROWS_MAX])
{
    struct record_cursor cursor = {.page = "certificates",
                                   .rows = record_table_rows_now(ui),
                                   .count = list(state, ui, out),
                                   .first = state->first};
    while (cursor.here < cursor.count && !is_chosen(state, &out[cursor.here]))
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_certificates_state *state, const struct line *line, size_t first)
{
    if (!is_chosen(state, line))
        state->message[0] = 0;
    write_id(line, state->chosen);
    state->first = first;
}

static void sift(struct desk_certificates_state *state, const struct ui *ui,
                 enum desk_certificates_filter filter)
{
    state->filter = filter;
    state->first = 0;
    state->chosen[0] = state->message[0] = 0;
    desk_certificates_list(state, ui);
}

/* What stands in the field is looked for in the store, among all certificates there are. */
static void search(struct desk_certificates_state *state, struct ui *ui)
{
    (void)text_copy(state->searched, sizeof(state->searched), state->search.text);
    bool is_found_there = lists_certificates(state) && state->filter != DESK_CERTIFICATES_ENDING;
    sift(state, ui, is_found_there ? state->filter : DESK_CERTIFICATES_LIVE);
    ui_focus(ui, NULL);
}

static bool on_list(struct desk_certificates_state *state, struct ui *ui, const struct ui_event *event)
{
    struct line lines[ROWS_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    if (record_cursor_moved(&cursor, ui, event))
        choose(state, &lines[cursor.here], cursor.first);
    else if (ui_tapped_prefix(event, "certificates.filter."))
        sift(state, ui, (enum desk_certificates_filter)event->tag);
    else if (event->kind == UI_EVENT_NEXT && strcmp(event->id, "certificates.search") == 0)
        search(state, ui);
    else
        return record_table_searched(ui, event, "certificates");
    return true;
}

void desk_certificates_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_certificates_state *state = memory;
    if (ui_replied(event, state->listing)) {
        state->listing = 0;
        return;
    }
    if (event->kind == UI_EVENT_NOTICE && event->notice == SERVICE_DESK_OVERVIEW && state->listing == 0)
        desk_certificates_list(state, ui); /* something was written */
    if (desk_certificates_side_event(state, ui, event) || desk_certificates_revoke_event(state, ui, event) ||
        desk_certificates_import_event(state, ui, event) || desk_certificates_trust_event(state, ui, event))
        return;
    if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

struct texts {
    char when[32], left[DESK_CERTIFICATES_LEFT_BYTES], id[40], subject[DESK_SUBJECT_BYTES];
};

static void fill_deadline(const struct ui *ui, const struct service_certificate_deadline *deadline,
                          struct texts *texts, struct widget_table_row *out)
{
    bool is_over = desk_certificates_left(ui, deadline, texts->left);
    if (deadline->due_utc_s != 0)
        (void)clock_format_hall(deadline->due_utc_s, "%m-%d %H:%M", texts->when, sizeof(texts->when));
    desk_subject(ui, &deadline->order, texts->subject);
    *out = (struct widget_table_row){
        .cells = {texts->when, deadline->order.acceptance, deadline->unit, texts->left,
                  deadline->by_authority ? desk_text(ui, "desk.certificates.by_authority") : texts->subject},
        .mark = {[3] = WIDGET_TABLE_CHIP},
        .tone = {[3] = is_over ? WIDGET_MARK_RED : WIDGET_MARK_AMBER},
        .look = is_over ? WIDGET_TABLE_RED : WIDGET_TABLE_PLAIN};
}

static enum widget_mark_tone tone_of(const struct service_certificate *certificate)
{
    bool is_waiting = certificate->revocation.ground[0] != 0 && certificate->revocation.done_utc_s == 0;
    return is_waiting                                     ? WIDGET_MARK_AMBER
           : strcmp(certificate->state, "confirmed") == 0 ? WIDGET_MARK_GREEN
           : strcmp(certificate->state, "revoked") == 0   ? WIDGET_MARK_RED
                                                          : WIDGET_MARK_GREY;
}

static void fill_certificate(const struct ui *ui, const struct service_certificate *certificate,
                             struct texts *texts, struct widget_table_row *out)
{
    (void)clock_format_hall(certificate->not_after_utc_s, "%Y-%m-%d", texts->when, sizeof(texts->when));
    *out = (struct widget_table_row){.cells = {texts->when, certificate->order.acceptance, certificate->unit,
                                               desk_certificates_word(ui, certificate), certificate->serial},
                                     .mark = {[3] = WIDGET_TABLE_CHIP},
                                     .tone = {[3] = tone_of(certificate)}};
}

/* Who is to be reminded of which end, and whether it was done. */
static void fill_ending(const struct ui *ui, const struct service_certificate *certificate,
                        struct texts *texts, struct widget_table_row *out)
{
    fill_certificate(ui, certificate, texts, out);
    out->cells[3] = desk_certificates_reminder(ui, certificate);
    out->tone[3] = strcmp(certificate->reminder, "sent") == 0 ? WIDGET_MARK_GREEN
                   : certificate->reminder[0] == 0            ? WIDGET_MARK_AMBER
                                                              : WIDGET_MARK_BLUE;
    out->cells[4] = certificate->phone;
}

static void fill_anchor(const struct ui *ui, const struct service_certificate_anchor *anchor,
                        struct texts *texts, struct widget_table_row *out)
{
    bool is_past = anchor->until_utc_s != 0 && anchor->until_utc_s < clock_utc_s(desk_program(ui)->clock);
    if (anchor->until_utc_s != 0)
        (void)clock_format_hall(anchor->until_utc_s, "%Y-%m-%d", texts->when, sizeof(texts->when));
    *out = (struct widget_table_row){
        .cells = {texts->when, anchor->number, anchor->name,
                  desk_text(ui, anchor->is_list ? "desk.trust.list" : "desk.trust.root"), anchor->digest},
        .mark = {[3] = WIDGET_TABLE_CHIP},
        .tone = {[3] = is_past           ? WIDGET_MARK_RED
                       : anchor->is_list ? WIDGET_MARK_BLUE
                                         : WIDGET_MARK_GREEN}};
}

static void fill_row(const struct ui *ui, enum desk_certificates_filter filter, const struct line *line,
                     struct texts *texts, struct widget_table_row *out)
{
    if (line->deadline != NULL)
        fill_deadline(ui, line->deadline, texts, out);
    else if (line->certificate != NULL && filter == DESK_CERTIFICATES_ENDING)
        fill_ending(ui, line->certificate, texts, out);
    else if (line->certificate != NULL)
        fill_certificate(ui, line->certificate, texts, out);
    else
        fill_anchor(ui, line->anchor, texts, out);
}

/* What the columns are called, by the filter. */
struct heads {
    const char *when, *number, *who, *state, *last, *empty;
};
static const struct heads heads[DESK_CERTIFICATES_FILTERS] = {
    [DESK_CERTIFICATES_DUE] = {"desk.certificates.due", "desk.column.number", "desk.column.unit",
                               "desk.certificates.time", "desk.column.business",
                               "desk.certificates.nothing_due"},
    [DESK_CERTIFICATES_LIVE] = {"desk.certificates.until", "desk.column.number", "desk.column.unit",
                                "desk.column.state", "desk.certificates.serial", "desk.certificates.empty"},
    [DESK_CERTIFICATES_ENDING] = {"desk.certificates.until", "desk.column.number", "desk.column.unit",
                                  "desk.certificates.reminder", "desk.certificates.phone",
                                  "desk.certificates.nothing_ending"},
    [DESK_CERTIFICATES_REVOKED] = {"desk.certificates.until", "desk.column.number", "desk.column.unit",
                                   "desk.column.state", "desk.certificates.serial",
                                   "desk.certificates.empty"},
    [DESK_CERTIFICATES_TRUST] = {"desk.trust.until", "desk.trust.number", "desk.trust.name",
                                 "desk.trust.kind", "desk.trust.digest", "desk.trust.empty"}};

static void draw_table(const struct desk_certificates_state *state, struct ui *ui, struct rect area)
{
    struct line lines[ROWS_MAX];
    struct widget_table_row rows[ROWS_MAX] = {0};
    struct texts texts[ROWS_MAX] = {0};
    const struct heads *head = &heads[state->filter];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = state->first; i < end; i++) {
        fill_row(ui, state->filter, &lines[i], &texts[i], &rows[i]);
        (void)snprintf(texts[i].id, sizeof(texts[i].id), "certificates.row.%zu", i);
        rows[i].id = texts[i].id;
        rows[i].selected = i == cursor.here;
        rows[i].tag = (int64_t)i + 1;
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, head->when), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, head->number), .width = 178},
        {.title = desk_text(ui, head->who), .strong = true},
        {.title = desk_text(ui, head->state), .width = 150},
        {.title = desk_text(ui, head->last), .width = 270, .color = THEME_COLOR_INK700}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "certificates",
                                              .label = desk_text(ui, "desk.certificates.title"),
                                              .columns = columns,
                                              .column_count = area.w >= WIDE ? 5 : 4,
                                              .rows = rows,
                                              .row_count = (int)end,
                                              .first = (int)state->first,
                                              .pressable = true,
                                              .empty = desk_text(ui, head->empty)});
}

void desk_certificates_draw(void *memory, struct ui *ui)
{
    struct desk_certificates_state *state = memory;
    struct ui_page_desk_areas areas = desk_page_counted(ui, DESK_CERTIFICATES, "desk.certificates.overdue",
                                                        desk_overdue(ui), WIDGET_MARK_RED);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "certificates", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    record_table_draw_filters(ui, rect_inset(table.tools, 14, 10),
                              &(struct record_table_filters){.page = "certificates",
                                                             .what = "filter",
                                                             .names = filters,
                                                             .count = DESK_CERTIFICATES_FILTERS,
                                                             .chosen = (size_t)state->filter});
    draw_table(state, ui, table.table);
    if (state->filter == DESK_CERTIFICATES_TRUST)
        desk_certificates_trust_draw(state, ui, table.side);
    else
        desk_certificates_side_draw(state, ui, table.side);
    desk_certificates_revoke_draw(state, ui);
    desk_certificates_import_draw(state, ui);
}
