/* Orders: what happened in the last day, newest first, refused refunds before everything, older ones whose
 * certificate may leave as a file behind it; filter and search. */
#include "kiosk/desk/desk_orders.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/order_search.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 700, ROWS_MAX = 2 * SERVICE_QUEUE_MAX + SERVICE_SOFT_MAX };
DESK_STATE(orders)

static const char *const filters[] = {"all", "review", "pay", "issue", "done", "ended", "alarm"};
enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

void desk_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_orders_state *state = memory;
    if (argument != NULL)
        (void)text_copy(state->chosen, sizeof(state->chosen), argument);
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&state->own, TEXT_EDIT_CHINESE, 150);
    text_edit_init(&state->second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&state->password, TEXT_EDIT_LATIN, SECRET_BYTES);
    state->password.secret = true;
    desk_orders_soft_init(&state->soft);
    (void)service_desk_overview(desk_program(ui)->services);
}

void desk_orders_leave(void *memory, struct ui *ui)
{
    struct desk_orders_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    text_edit_wipe(&state->own);
    text_edit_wipe(&state->password);
    desk_orders_soft_wipe(&state->soft);
}

const char *desk_orders_label(const struct ui *ui, const struct order *order)
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, order->product);
    return product == NULL ? order_state_name(order->state) : product_status_label(product, order->state);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

/* The filter an order falls under, by how far it is; 0 while the applicant is at it. */
static size_t filter_of(const struct order *order)
{
    static const size_t by_state[ORDER_STATE_COUNT_] = {
        [ORDER_STATE_IDENTIFYING] = 1, [ORDER_STATE_REVIEWING] = 1, [ORDER_STATE_PAYING] = 2,
        [ORDER_STATE_ISSUING] = 3,     [ORDER_STATE_PIN] = 3,       [ORDER_STATE_COLLECTING] = 3,
        [ORDER_STATE_DONE] = 4,        [ORDER_STATE_REFUNDING] = 5, [ORDER_STATE_REFUNDED] = 5,
        [ORDER_STATE_CANCELLED] = 5,   [ORDER_STATE_CLOSED] = 5};
    return by_state[order->state];
}

static bool is_left(const struct desk_orders_state *state, const struct service_queue_line *line)
{
    bool is_kind =
        state->filter == 0 || (state->filter == 6 ? line->alarm : filter_of(&line->order) == state->filter);
    return is_kind &&
           (order_search_means(line, state->search.text) ||
            record_table_finds(&state->search, line->order.acceptance, line->unit, line->order.terminal));
}

static size_t list(const struct desk_orders_state *state, const struct ui *ui,
                   const struct service_queue_line *out[ROWS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->alarm_count; i++)
        if (is_left(state, &view->alarms[i]))
            out[count++] = &view->alarms[i];
    for (size_t i = 0; i < view->recent_count; i++)
        if (!view->recent[i].alarm && is_left(state, &view->recent[i]))
            out[count++] = &view->recent[i];
    for (size_t i = 0; i < view->soft_count; i++)
        if (is_left(state, &view->soft[i]))
            out[count++] = &view->soft[i];
    return count;
}

const struct service_queue_line *desk_orders_chosen(const struct desk_orders_state *state,
                                                    const struct ui *ui)
{
    const struct service_queue_line *lines[ROWS_MAX];
    size_t count = list(state, ui, lines);
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i]->order.id, state->chosen) == 0)
            return lines[i];
    return NULL;
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_orders_state *state, const struct ui *ui,
                                      const struct service_queue_line *out[ROWS_MAX])
{
    struct record_cursor cursor = {.page = "orders",
                                   .rows = record_table_rows_now(ui),
                                   .count = list(state, ui, out),
                                   .first = state->first};
    while (cursor.here < cursor.count && strcmp(out[cursor.here]->order.id, state->chosen) != 0)
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_orders_state *state, const struct service_queue_line *line, size_t first)
{
    (void)text_copy(state->chosen, sizeof(state->chosen), line->order.id);
    state->message[0] = 0;
    state->first = first;
}

static bool on_list(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_queue_line *lines[ROWS_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    if (record_cursor_moved(&cursor, ui, event)) {
        choose(state, lines[cursor.here], cursor.first);
    } else if (ui_tapped_prefix(event, "orders.filter.")) {
        state->filter = (size_t)event->tag;
        state->first = 0;
    } else {
        return record_table_searched(ui, event, "orders");
    }
    return true;
}

void desk_orders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_orders_state *state = memory;
    bool is_search = strcmp(event->id, "orders.search") == 0;
    if (desk_orders_soft_event(state, ui, event) || desk_orders_side_event(state, ui, event))
        return;
    if (event->kind == UI_EVENT_CHANGE && is_search)
        state->first = 0;
    else if (event->kind == UI_EVENT_NEXT && is_search)
        ui_focus(ui, NULL);
    else if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static enum widget_mark_tone tone_of(const struct service_queue_line *line)
{
    static const enum widget_mark_tone tones[FILTERS] = {WIDGET_MARK_GREY,  WIDGET_MARK_BLUE,
                                                         WIDGET_MARK_AMBER, WIDGET_MARK_AMBER,
                                                         WIDGET_MARK_GREEN, WIDGET_MARK_GREY};
    return line->alarm || line->consent.state == SERVICE_CONSENT_OBJECTED ? WIDGET_MARK_ALARM
           : line->order.state == ORDER_STATE_REJECTED                    ? WIDGET_MARK_RED
                                                                          : tones[filter_of(&line->order)];
}

static void draw_table(const struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    const struct service_queue_line *lines[ROWS_MAX];
    struct widget_table_row rows[ROWS_MAX] = {0};
    char texts[ROWS_MAX][3][48];
    char subjects[ROWS_MAX][DESK_SUBJECT_BYTES];
    bool wide = area.w >= WIDE;
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = cursor.first; i < end; i++) {
        const struct order *order = &lines[i]->order;
        desk_day_time(order->created_utc_s, texts[i][0]);
        desk_amount(order->amount_fen, texts[i][1]);
        (void)snprintf(texts[i][2], sizeof(texts[i][2]), "orders.row.%zu", i);
        desk_subject(ui, order, subjects[i]);
        rows[i] = (struct widget_table_row){
            .id = texts[i][2],
            .cells = {texts[i][0], order->acceptance, lines[i]->unit,
                      lines[i]->alarm ? desk_text(ui, "desk.orders.alarm") : desk_orders_label(ui, order),
                      texts[i][1], subjects[i]},
            .mark = {[3] = WIDGET_TABLE_CHIP},
            .tone = {[3] = tone_of(lines[i])},
            .look = lines[i]->alarm ? WIDGET_TABLE_RED : WIDGET_TABLE_PLAIN,
            .selected = i == cursor.here,
            .tag = (int64_t)i + 1};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.number"), .width = 178},
        {.title = desk_text(ui, "desk.column.unit"), .strong = true},
        {.title = desk_text(ui, "desk.column.state"), .width = 130},
        {.title = desk_text(ui, "desk.column.amount"), .width = 110, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.column.business"), .width = 270, .color = THEME_COLOR_INK700}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "orders",
                                              .label = desk_text(ui, "desk.orders.title"),
                                              .columns = columns,
                                              .column_count = wide ? 6 : 5,
                                              .rows = rows,
                                              .row_count = (int)end,
                                              .first = (int)cursor.first,
                                              .pressable = true,
                                              .empty = desk_text(ui, "desk.orders.empty")});
}

void desk_orders_draw(void *memory, struct ui *ui)
{
    struct desk_orders_state *state = memory;
    struct ui_page_desk_areas areas = desk_page_counted(ui, DESK_ORDERS, "desk.orders.alarms",
                                                        desk_view(ui)->alarm_count, WIDGET_MARK_ALARM);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "orders", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    record_table_draw_filters(
        ui, rect_inset(table.tools, 14, 10),
        &(struct record_table_filters){
            .page = "orders", .what = "filter", .names = filters, .count = FILTERS, .chosen = state->filter});
    draw_table(state, ui, table.table);
    desk_orders_side_draw(state, ui, table.side);
    desk_orders_dialog_draw(state, ui);
    desk_orders_soft_draw(state, ui);
}
