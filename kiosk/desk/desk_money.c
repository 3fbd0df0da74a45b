/* Money: what waits to be paid at the desk or over the bank, and what is to be given back, oldest first. */
#include "kiosk/desk/desk_money.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/order_search.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 700, AMOUNT_CHARACTERS = 12, DAY_CHARACTERS = 10 };
DESK_STATE(money)

static const char *const filters[] = {"all", "desk", "bank", "back", "late"};
enum { FILTER_ALL, FILTER_DESK, FILTER_BANK, FILTER_BACK, FILTER_LATE, FILTERS };

void desk_money_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_money_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&state->reference, TEXT_EDIT_LATIN,
                   sizeof(((struct service_hand_note *)0)->reference) - 1);
    text_edit_init(&state->amount, TEXT_EDIT_LATIN, AMOUNT_CHARACTERS);
    text_edit_init(&state->day, TEXT_EDIT_LATIN, DAY_CHARACTERS);
    text_edit_init(&state->own, TEXT_EDIT_CHINESE, 100);
    text_edit_init(&state->second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&state->password, TEXT_EDIT_LATIN, SECRET_BYTES);
    state->password.secret = true;
    (void)service_desk_overview(desk_program(ui)->services);
}

void desk_money_forget(struct desk_money_state *state)
{
    text_edit_wipe(&state->reference);
    text_edit_wipe(&state->amount);
    text_edit_wipe(&state->day);
    text_edit_wipe(&state->own);
    text_edit_wipe(&state->second);
    text_edit_wipe(&state->password);
    service_image_free(state->voucher.image);
    state->voucher = (struct desk_money_voucher){0};
    state->asking = state->is_error = false;
    state->message[0] = 0;
}

void desk_money_leave(void *memory, struct ui *ui)
{
    struct desk_money_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    desk_money_forget(state);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

bool desk_money_is_transfer(const struct service_queue_line *line)
{
    return strcmp(line->hand.channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0;
}

int64_t desk_money_due_fen(const struct service_queue_line *line)
{
    return line->hand.amount_fen > 0 ? line->hand.amount_fen : line->order.amount_fen - line->order.paid_fen;
}

const char *desk_money_task(const struct service_queue_line *line)
{
    return line->hand.is_signed           ? "signed"
           : line->hand.pay_back          ? "back"
           : line->hand.is_late           ? "late"
           : line->hand.channel[0] == 0   ? "take"
           : desk_money_is_transfer(line) ? "bank"
                                          : "taking";
}

static bool is_left(const struct desk_money_state *state, const struct service_queue_line *line)
{
    bool is_searched = state->search.length > 0;
    size_t kind = line->hand.pay_back            ? FILTER_BACK
                  : line->hand.is_late           ? FILTER_LATE
                  : desk_money_is_transfer(line) ? FILTER_BANK
                                                 : FILTER_DESK;
    bool is_all = state->filter == FILTER_ALL && (kind != FILTER_LATE || is_searched);
    return (is_all || state->filter == kind) &&
           (order_search_means(line, state->search.text) ||
            record_table_finds(&state->search, line->order.acceptance, line->unit, line->order.terminal));
}

static size_t list(const struct desk_money_state *state, const struct ui *ui,
                   const struct service_queue_line *out[SERVICE_QUEUE_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->money_count; i++)
        if (is_left(state, &view->money[i]))
            out[count++] = &view->money[i];
    return count;
}

const struct service_queue_line *desk_money_chosen(const struct desk_money_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->money_count; i++)
        if (strcmp(view->money[i].order.id, state->chosen) == 0)
            return &view->money[i];
    return NULL;
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_money_state *state, const struct ui *ui,
                                      const struct service_queue_line *out[SERVICE_QUEUE_MAX])
{
    struct record_cursor cursor = {.page = "money",
                                   .rows = record_table_rows_now(ui),
                                   .count = list(state, ui, out),
                                   .first = state->first};
    while (cursor.here < cursor.count && strcmp(out[cursor.here]->order.id, state->chosen) != 0)
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_money_state *state, const struct service_queue_line *line, size_t first)
{
    if (strcmp(line->order.id, state->chosen) == 0)
        return;
    desk_money_forget(state);
    (void)text_copy(state->chosen, sizeof(state->chosen), line->order.id);
    state->method = desk_money_is_transfer(line) ? DESK_MONEY_BANK : DESK_MONEY_CASH;
    state->first = first;
}

static bool on_list(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_queue_line *lines[SERVICE_QUEUE_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    if (record_cursor_moved(&cursor, ui, event)) {
        choose(state, lines[cursor.here], cursor.first);
    } else if (ui_tapped_prefix(event, "money.filter.")) {
        state->filter = (size_t)event->tag;
        state->first = 0;
    } else {
        return record_table_searched(ui, event, "money");
    }
    return true;
}

void desk_money_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_money_state *state = memory;
    bool is_search = strcmp(event->id, "money.search") == 0;
    if (desk_money_voucher_event(state, ui, event) || desk_money_side_event(state, ui, event))
        return;
    if (event->kind == UI_EVENT_CHANGE && is_search)
        state->first = 0;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, strcmp(event->id, "money.reference") == 0 ? "money.amount" : NULL);
    else if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static const char *task_words(const struct ui *ui, const struct service_queue_line *line)
{
    char key[WORDS_KEY_BYTES];
    bool waits = line->hand.voucher == SERVICE_VOUCHER_WAITS;
    bool refused = line->hand.voucher == SERVICE_VOUCHER_REFUSED;
    const char *task = desk_money_task(line);
    (void)snprintf(key, sizeof(key), "desk.money.task.%s%s", task,
                   strcmp(task, "bank") != 0 ? ""
                   : waits                   ? ".voucher"
                   : refused                 ? ".refused"
                                             : "");
    return desk_text(ui, key);
}

static enum widget_mark_tone tone_of(const struct service_queue_line *line)
{
    const char *task = desk_money_task(line);
    return strcmp(task, "back") == 0                     ? WIDGET_MARK_RED
           : strcmp(task, "signed") == 0                 ? WIDGET_MARK_GREEN
           : line->hand.voucher == SERVICE_VOUCHER_WAITS ? WIDGET_MARK_BLUE
           : strcmp(task, "take") == 0                   ? WIDGET_MARK_GREY
           : strcmp(task, "late") == 0                   ? WIDGET_MARK_GREY
                                                         : WIDGET_MARK_AMBER;
}

static void draw_table(const struct desk_money_state *state, struct ui *ui, struct rect area)
{
    const struct service_queue_line *lines[SERVICE_QUEUE_MAX];
    struct widget_table_row rows[SERVICE_QUEUE_MAX] = {0};
    char texts[SERVICE_QUEUE_MAX][3][48];
    char subjects[SERVICE_QUEUE_MAX][DESK_SUBJECT_BYTES];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = cursor.first; i < end; i++) {
        const struct order *order = &lines[i]->order;
        desk_day_time(lines[i]->waiting_since_utc_s, texts[i][0]);
        desk_amount(desk_money_due_fen(lines[i]), texts[i][1]);
        (void)snprintf(texts[i][2], sizeof(texts[i][2]), "money.row.%zu", i);
        desk_subject(ui, order, subjects[i]);
        rows[i] =
            (struct widget_table_row){.id = texts[i][2],
                                      .cells = {texts[i][0], order->acceptance, lines[i]->unit,
                                                task_words(ui, lines[i]), texts[i][1], subjects[i]},
                                      .mark = {[3] = WIDGET_TABLE_CHIP},
                                      .tone = {[3] = tone_of(lines[i])},
                                      .look = lines[i]->hand.pay_back ? WIDGET_TABLE_RED : WIDGET_TABLE_PLAIN,
                                      .selected = i == cursor.here,
                                      .tag = (int64_t)i + 1};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.money.since"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.number"), .width = 178},
        {.title = desk_text(ui, "desk.column.unit"), .strong = true},
        {.title = desk_text(ui, "desk.money.column.task"), .width = 130},
        {.title = desk_text(ui, "desk.column.amount"), .width = 110, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.column.business"), .width = 270, .color = THEME_COLOR_INK700}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "money",
                                              .label = desk_text(ui, "desk.money.title"),
                                              .columns = columns,
                                              .column_count = area.w >= WIDE ? 6 : 5,
                                              .rows = rows,
                                              .row_count = (int)end,
                                              .first = (int)cursor.first,
                                              .pressable = true,
                                              .empty = desk_text(ui, "desk.money.empty")});
}

static size_t vouchers(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->money_count; i++)
        count += view->money[i].hand.voucher == SERVICE_VOUCHER_WAITS && !view->money[i].hand.is_signed;
    return count;
}

void desk_money_draw(void *memory, struct ui *ui)
{
    struct desk_money_state *state = memory;
    struct ui_page_desk_areas areas =
        desk_page_counted(ui, DESK_MONEY, "desk.money.vouchers", vouchers(ui), WIDGET_MARK_BLUE);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "money", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    if (state->voucher.is_open) {
        desk_money_voucher_draw(state, ui, table.list);
    } else {
        record_table_draw_filters(ui, rect_inset(table.tools, 14, 10),
                                  &(struct record_table_filters){.page = "money",
                                                                 .what = "filter",
                                                                 .names = filters,
                                                                 .count = FILTERS,
                                                                 .chosen = state->filter});
        draw_table(state, ui, table.table);
    }
    desk_money_side_draw(state, ui, table.side);
    desk_money_voucher_dialog(state, ui);
}
