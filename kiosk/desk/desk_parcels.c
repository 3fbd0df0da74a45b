/* Parcels: keys to be made and sent, what was sent, and messages to applicants that did not arrive. */
#include "kiosk/desk/desk_parcels.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 700, ROWS_MAX = SERVICE_PARCELS_MAX };
DESK_STATE(parcels)

static const char *const filters[DESK_PARCELS_FILTERS] = {"todo", "sent", "sms"};

void desk_parcels_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_parcels_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&state->number, TEXT_EDIT_LATIN, CARRIER_NUMBER_BYTES - 1);
    state->listing = service_desk_parcels(desk_program(ui)->services);
}

void desk_parcels_leave(void *memory, struct ui *ui)
{
    struct desk_parcels_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    text_edit_wipe(&state->number);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

const char *desk_parcels_word(const struct ui *ui, const struct service_parcel *parcel)
{
    static const char *const keys[] = {[SERVICE_SHIPMENT_WISHED] = "desk.parcels.state.wished",
                                       [SERVICE_SHIPMENT_MADE] = "desk.parcels.state.made",
                                       [SERVICE_SHIPMENT_SENT] = "desk.parcels.state.sent"};
    return parcel->shipment.state == SERVICE_SHIPMENT_NONE ? "" : desk_text(ui, keys[parcel->shipment.state]);
}

static bool is_left(const struct desk_parcels_state *state, const struct service_parcel *parcel)
{
    bool is_sent = parcel->shipment.state == SERVICE_SHIPMENT_SENT;
    return is_sent == (state->filter == DESK_PARCELS_SENT) &&
           record_table_finds(&state->search, parcel->order.acceptance, parcel->unit, parcel->receiver);
}

/* One line of the list: a parcel or a notice, by the filter. */
struct line {
    const struct service_parcel *parcel;
    const struct service_notice *notice;
};

static size_t list(const struct desk_parcels_state *state, const struct ui *ui, struct line out[ROWS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; state->filter == DESK_PARCELS_SMS && i < view->notice_count; i++)
        out[count++] = (struct line){.notice = &view->notices[i]};
    for (size_t i = 0; state->filter != DESK_PARCELS_SMS && i < view->parcel_count; i++)
        if (is_left(state, &view->parcels[i]))
            out[count++] = (struct line){.parcel = &view->parcels[i]};
    return count;
}

static const char *id_of(const struct line *line)
{
    return line->parcel != NULL ? line->parcel->order.id : line->notice->id;
}

const struct service_parcel *desk_parcels_chosen(const struct desk_parcels_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->parcel_count; i++)
        if (strcmp(view->parcels[i].order.id, state->chosen) == 0)
            return &view->parcels[i];
    return NULL;
}

const struct service_notice *desk_parcels_notice(const struct desk_parcels_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->notice_count; i++)
        if (strcmp(view->notices[i].id, state->chosen) == 0)
            return &view->notices[i];
    return NULL;
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_parcels_state *state, const struct ui *ui,
                                      struct line out[ROWS_MAX])
{
    struct record_cursor cursor = {.page = "parcels",
                                   .rows = record_table_rows_now(ui),
                                   .count = list(state, ui, out),
                                   .first = state->first};
    while (cursor.here < cursor.count && strcmp(id_of(&out[cursor.here]), state->chosen) != 0)
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_parcels_state *state, const char *id, size_t first)
{
    if (strcmp(id, state->chosen) == 0)
        return;
    (void)text_copy(state->chosen, sizeof(state->chosen), id);
    text_edit_set(&state->number, "");
    state->message[0] = 0;
    state->offers_erase = false;
    state->first = first;
}

static void sift(struct desk_parcels_state *state, enum desk_parcels_filter filter)
{
    state->filter = filter;
    state->first = 0;
    state->chosen[0] = state->message[0] = 0;
}

static bool on_list(struct desk_parcels_state *state, struct ui *ui, const struct ui_event *event)
{
    struct line lines[ROWS_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    if (record_cursor_moved(&cursor, ui, event))
        choose(state, id_of(&lines[cursor.here]), cursor.first);
    else if (ui_tapped_prefix(event, "parcels.filter."))
        sift(state, (enum desk_parcels_filter)event->tag);
    else
        return record_table_searched(ui, event, "parcels");
    return true;
}

void desk_parcels_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_parcels_state *state = memory;
    if (ui_replied(event, state->listing)) {
        state->listing = 0;
        return;
    }
    if (event->kind == UI_EVENT_NOTICE && event->notice == SERVICE_DESK_OVERVIEW && state->listing == 0)
        state->listing = service_desk_parcels(desk_program(ui)->services); /* something was written */
    if (desk_parcels_side_event(state, ui, event))
        return;
    if (event->kind == UI_EVENT_CHANGE && strcmp(event->id, "parcels.search") == 0)
        state->first = 0;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    else if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void fill_parcel(const struct ui *ui, const struct service_parcel *parcel, char texts[3][48],
                        char subject[DESK_SUBJECT_BYTES], struct widget_table_row *out)
{
    static const enum widget_mark_tone tones[] = {[SERVICE_SHIPMENT_WISHED] = WIDGET_MARK_AMBER,
                                                  [SERVICE_SHIPMENT_MADE] = WIDGET_MARK_BLUE,
                                                  [SERVICE_SHIPMENT_SENT] = WIDGET_MARK_GREEN};
    desk_day_time(parcel->shipment.since_utc_s, texts[0]);
    desk_subject(ui, &parcel->order, subject);
    *out = (struct widget_table_row){
        .cells = {texts[0], parcel->order.acceptance, parcel->unit, desk_parcels_word(ui, parcel), subject},
        .mark = {[3] = WIDGET_TABLE_CHIP},
        .tone = {[3] = tones[parcel->shipment.state]}};
}

static void fill_notice(const struct ui *ui, const struct service_notice *notice, char texts[3][48],
                        struct widget_table_row *out)
{
    char key[WORDS_KEY_BYTES];
    char state[WORDS_KEY_BYTES];
    char reason[WORDS_KEY_BYTES];
    desk_day_time(notice->since_utc_s, texts[0]);
    (void)snprintf(key, sizeof(key), "event.notice.%s", notice->kind);
    (void)snprintf(state, sizeof(state), "desk.notice.state.%s", notice->state);
    (void)snprintf(reason, sizeof(reason), "desk.notice.reason.%s", notice->reason);
    *out = (struct widget_table_row){.cells = {texts[0], notice->acceptance, desk_text(ui, key),
                                               desk_text(ui, state), desk_text(ui, reason)},
                                     .mark = {[3] = WIDGET_TABLE_CHIP},
                                     .tone = {[3] = notice->may_try ? WIDGET_MARK_RED : WIDGET_MARK_AMBER}};
}

static void draw_table(const struct desk_parcels_state *state, struct ui *ui, struct rect area)
{
    struct line lines[ROWS_MAX];
    struct widget_table_row rows[ROWS_MAX] = {0};
    char texts[ROWS_MAX][3][48];
    char subjects[ROWS_MAX][DESK_SUBJECT_BYTES];
    bool is_sms = state->filter == DESK_PARCELS_SMS;
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = cursor.first; i < end; i++) {
        if (is_sms)
            fill_notice(ui, lines[i].notice, texts[i], &rows[i]);
        else
            fill_parcel(ui, lines[i].parcel, texts[i], subjects[i], &rows[i]);
        (void)snprintf(texts[i][2], sizeof(texts[i][2]), "parcels.row.%zu", i);
        rows[i].id = texts[i][2];
        rows[i].selected = i == cursor.here;
        rows[i].tag = (int64_t)i + 1;
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.parcels.since"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.number"), .width = 178},
        {.title = desk_text(ui, is_sms ? "desk.notice.column" : "desk.column.unit"), .strong = true},
        {.title = desk_text(ui, "desk.column.state"), .width = 140},
        {.title = desk_text(ui, is_sms ? "desk.notice.why" : "desk.column.business"),
         .width = 270,
         .color = THEME_COLOR_INK700}};
    (void)widget_table(ui, area,
                       &(struct widget_table){
                           .id = "parcels",
                           .label = desk_text(ui, "desk.parcels.title"),
                           .columns = columns,
                           .column_count = area.w >= WIDE ? 5 : 4,
                           .rows = rows,
                           .row_count = (int)end,
                           .first = (int)cursor.first,
                           .pressable = true,
                           .empty = desk_text(ui, is_sms ? "desk.parcels.no_sms" : "desk.parcels.empty")});
}

static size_t waiting(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->parcel_count; i++)
        count += view->parcels[i].shipment.state != SERVICE_SHIPMENT_SENT;
    return count;
}

void desk_parcels_draw(void *memory, struct ui *ui)
{
    struct desk_parcels_state *state = memory;
    struct ui_page_desk_areas areas =
        desk_page_counted(ui, DESK_PARCELS, "desk.parcels.waiting", waiting(ui), WIDGET_MARK_BLUE);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "parcels", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    record_table_draw_filters(ui, rect_inset(table.tools, 14, 10),
                              &(struct record_table_filters){.page = "parcels",
                                                             .what = "filter",
                                                             .names = filters,
                                                             .count = DESK_PARCELS_FILTERS,
                                                             .chosen = (size_t)state->filter});
    draw_table(state, ui, table.table);
    desk_parcels_side_draw(state, ui, table.side);
}
