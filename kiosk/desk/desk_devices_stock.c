/* The keys by batch, what is to be asked for, terminals without a blank one, and the last seven days. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_devices.h"

enum {
    GAP = 12,
    BAR_GAP = 12,
    NOTICE = 60,
    ADVICE = 84,
    TIGHT = 320, /* below it rows and advice are lower */
    ROW_TIGHT = 32,
    BUTTONS = 400,
    BUTTON = 44,
    HEAD = 37,
    ROW = 40,
    PAIR = 30,
    LEFT = 6, /* the column of what is left */
    STATE = 8,
    COUNTS = 6,
    WIDTHS_OF = 1302,
    NUMBER_BYTES = 24
};

static void number(int64_t value, char out[24])
{
    (void)snprintf(out, 24, "%lld", (long long)value);
}

/* --- by batch ----------------------------------------------------------------------------------------- */

static void fill_row(struct widget_table_row *row, char texts[COUNTS][NUMBER_BYTES],
                     const struct service_stock_batch *batch)
{
    const int64_t counts[COUNTS] = {batch->opening,  batch->received, batch->issued,
                                    batch->scrapped, batch->left,     batch->low_at};
    for (int i = 0; i < COUNTS; i++) {
        number(counts[i], texts[i]);
        row->cells[i + 2] = texts[i];
    }
    row->cells[0] = batch->id;
    row->cells[1] = batch->model;
}

static void fill_state(const struct ui *ui, struct widget_table_row *row,
                       const struct service_stock_batch *batch)
{
    bool is_low = batch->model_left < batch->low_at;
    row->cells[STATE] = desk_text(ui, is_low ? "desk.stock.low" : "desk.stock.enough");
    row->mark[STATE] = WIDGET_TABLE_CHIP;
    row->tone[STATE] = is_low ? WIDGET_MARK_AMBER : WIDGET_MARK_GREEN;
}

static struct service_stock_batch sum_of_batches(const struct service_desk *view)
{
    struct service_stock_batch sum = {0};
    for (size_t i = 0; i < view->batch_count; i++) {
        sum.opening += view->batches[i].opening;
        sum.received += view->batches[i].received;
        sum.issued += view->batches[i].issued;
        sum.scrapped += view->batches[i].scrapped;
        sum.left += view->batches[i].left;
    }
    return sum;
}

static void draw_table(struct ui *ui, struct rect area, int row)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_STOCK_BATCHES_MAX + 1] = {0};
    char texts[SERVICE_STOCK_BATCHES_MAX + 1][COUNTS][NUMBER_BYTES];
    const struct service_stock_batch sum = sum_of_batches(view);
    size_t count = view->batch_count;
    for (size_t i = 0; i < count; i++) {
        fill_row(&rows[i], texts[i], &view->batches[i]);
        fill_state(ui, &rows[i], &view->batches[i]);
    }
    if (count > 0) {
        fill_row(&rows[count], texts[count], &sum);
        rows[count].cells[0] = desk_text(ui, "desk.stock.sum");
        rows[count].cells[STATE - 1] = NULL;
    }
    static const struct {
        const char *key;
        int width; /* of WIDTHS_OF */
        bool is_text;
    } heads[] = {{"desk.stock.batch", 217, true},    {"desk.stock.model", 0, true},
                 {"desk.stock.opening", 108, false}, {"desk.stock.received", 107, false},
                 {"desk.stock.issued", 109, false},  {"desk.stock.scrapped", 107, false},
                 {"desk.stock.left", 108, false},    {"desk.stock.low_at", 135, false},
                 {"desk.stock.state", 202, true}};
    struct widget_table_column columns[STATE + 1] = {0};
    for (int i = 0; i <= STATE; i++)
        columns[i] =
            (struct widget_table_column){.title = desk_text(ui, heads[i].key),
                                         .width = area.w * heads[i].width / WIDTHS_OF,
                                         .align = heads[i].is_text ? WIDGET_LEFT : WIDGET_RIGHT,
                                         .color = i == STATE - 1 ? THEME_COLOR_INK700 : THEME_COLOR_INK900,
                                         .strong = i == 0 || i == LEFT};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "stock",
                                              .label = desk_text(ui, "desk.stock.title"),
                                              .columns = columns,
                                              .column_count = STATE + 1,
                                              .rows = rows,
                                              .row_count = count > 0 ? (int)count + 1 : 0,
                                              .row_height = row,
                                              .empty = desk_text(ui, "desk.stock.empty")});
}

static struct service_stock sum_of(const struct service_desk *view)
{
    struct service_stock sum = {0};
    for (size_t i = 0; i < view->stock_count; i++) {
        sum.delivered += view->stocks[i].delivered;
        sum.failed += view->stocks[i].failed;
    }
    return sum;
}

/* --- what is to be done about it ---------------------------------------------------------------------- */

static void draw_banner(struct ui *ui, struct rect area, const char *title, const char *line,
                        const struct widget_button *button)
{
    int width = widget_button_width(ui, button);
    struct rect at = rect_cut_right(&area, width);
    (void)widget_button(ui, rect_center(at, width, BUTTON), button);
    (void)rect_cut_right(&area, GAP + 2);
    (void)widget_notice_banner(
        ui, area,
        &(struct widget_notice){
            .id = "stock.notice", .tone = WIDGET_NOTICE_AMBER, .title = title, .line = line, .quiet = true});
}

static void draw_low(struct ui *ui, struct rect area, const struct service_stock_batch *low)
{
    char left[NUMBER_BYTES], line[NUMBER_BYTES], days[NUMBER_BYTES], count[NUMBER_BYTES];
    char title[192], forecast[96], label[48];
    number(low->model_left, left);
    number(low->low_at, line);
    number(low->days_left, days);
    number(low->asked, count);
    desk_format(ui, title, sizeof(title), "desk.stock.low.title", {"model", low->model}, {"left", left},
                {"low", line});
    if (low->days_left >= 0)
        desk_format(ui, forecast, sizeof(forecast), "desk.stock.low.days", {"days", days});
    else
        (void)snprintf(forecast, sizeof(forecast), "%s", desk_text(ui, "desk.stock.low.unused"));
    desk_format(ui, label, sizeof(label), low->asked > 0 ? "desk.stock.asked" : "desk.stock.ask",
                {"count", count});
    draw_banner(
        ui, area, title, forecast,
        &(struct widget_button){
            .id = "stock.ask", .label = label, .look = WIDGET_BUTTON_PRIMARY, .disabled = low->asked > 0});
}

static void draw_unknown(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    char count[NUMBER_BYTES], title[96], serials[96] = "", line[128];
    size_t used = 0;
    for (size_t i = 0; i < view->unknown_count && used + SERVICE_STOCK_TEXT_BYTES + 4 < sizeof(serials); i++)
        used += (size_t)snprintf(serials + used, sizeof(serials) - used, "%s%s", i == 0 ? "" : "、",
                                 view->unknown[i]);
    number((int64_t)view->unknown_count, count);
    desk_format(ui, title, sizeof(title), "desk.stock.unknown", {"count", count});
    desk_format(ui, line, sizeof(line), "desk.stock.unknown.line", {"serials", serials});
    draw_banner(ui, area, title, line,
                &(struct widget_button){.id = "stock.unknown",
                                        .label = desk_text(ui, "desk.stock.unknown.act"),
                                        .look = WIDGET_BUTTON_PRIMARY});
}

/* Below the table's rows, or at the bottom of what is left. Returns: what the table may take. */
static struct rect draw_advice(struct ui *ui, struct rect inner, int row)
{
    const struct service_stock_batch *low = stock_act_low(desk_view(ui));
    if (low == NULL && desk_view(ui)->unknown_count == 0)
        return inner;
    int rows = (int)desk_view(ui)->batch_count + 1;
    int height = row == ROW ? ADVICE : NOTICE;
    int top = HEAD + rows * row + 15, most = inner.h - height - GAP;
    top = top > most ? most : top;
    struct rect area = rect_inset(rect_make(inner.x, inner.y + top, inner.w, height), 16, 0);
    if (low != NULL)
        draw_low(ui, area, low);
    else
        draw_unknown(ui, area);
    return rect_make(inner.x, inner.y, inner.w, top - 1);
}

/* --- terminals without a blank key -------------------------------------------------------------------- */

/* Their numbers, as many as fit. Returns: how many there are. */
static size_t lacking(const struct service_desk *view, char out[96])
{
    size_t count = 0, used = 0;
    out[0] = 0;
    for (size_t i = 0; i < view->terminal_count; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        if (!terminal_health_lacks_key(terminal))
            continue;
        const char *name = terminal->machine[0] != 0 ? terminal->machine : terminal->id;
        if (used + strlen(name) + 4 < 96)
            used += (size_t)snprintf(out + used, 96 - used, "%s%s", count == 0 ? "" : "、", name);
        count++;
    }
    return count;
}

static void draw_lacking(struct ui *ui, struct rect *left)
{
    char machines[96], title[192];
    int rows = (int)desk_view(ui)->batch_count + 2;
    if (left->h < NOTICE + 2 * GAP + ADVICE + GAP + (rows < 3 ? 3 : rows) * ROW ||
        lacking(desk_view(ui), machines) == 0)
        return;
    struct rect area = rect_inset(rect_cut_bottom(left, NOTICE + 2 * GAP), 16, GAP);
    desk_format(ui, title, sizeof(title), "desk.stock.lacking", {"machines", machines});
    const struct widget_button button = {.id = "stock.look",
                                         .label = desk_text(ui, "desk.stock.look"),
                                         .look = WIDGET_BUTTON_PRIMARY,
                                         .shortcut = "K"};
    int width = widget_button_width(ui, &button);
    struct rect at = rect_cut_right(&area, width);
    (void)widget_button(ui, rect_center(at, width, BUTTON), &button);
    (void)rect_cut_right(&area, GAP);
    (void)widget_notice_banner(ui, area,
                               &(struct widget_notice){.id = "stock.lacking",
                                                       .tone = WIDGET_NOTICE_AMBER,
                                                       .title = title,
                                                       .line = desk_text(ui, "desk.stock.lacking.line"),
                                                       .quiet = true});
}

/* Behind the title, where there is room before the buttons. */
static void draw_line(struct ui *ui, struct rect area, const char *title)
{
    const char *line = desk_text(ui, "desk.stock.line");
    int left = area.x + 16 + widget_label_width(ui, THEME_TYPE_DESK_HEAD, title) + GAP;
    int width = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, line) + 4;
    if (left + width + BUTTONS < area.x + area.w)
        (void)widget_label(
            ui, rect_make(left, area.y, width, 44),
            &(struct widget_label){
                .text = line, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
}

void desk_devices_stock_draw(struct ui *ui, struct rect area)
{
    const char *title = desk_text(ui, "desk.stock.title");
    struct rect inner = ui_page_desk_panel(ui, area, title, NULL);
    draw_line(ui, area, title);
    stock_act_buttons(ui, rect_inset(rect_make(area.x, area.y, area.w, 44), 16, 7));
    draw_lacking(ui, &inner);
    int row = inner.h < TIGHT ? ROW_TIGHT : ROW;
    draw_table(ui, rect_inset(draw_advice(ui, inner, row), 1, 0), row);
}

/* --- seven days --------------------------------------------------------------------------------------- */

static void draw_bar(struct ui *ui, struct rect column, int64_t count, int64_t most, int days_ago)
{
    char text[24];
    char day[16];
    struct rect foot = rect_cut_bottom(&column, 24), top = column;
    int64_t at_utc_s = clock_utc_s(desk_program(ui)->clock) - (int64_t)days_ago * 86400;
    int height = most > 0 ? (int)((column.h - 24) * count / most) : 0;
    struct rect bar = rect_cut_bottom(&top, height);
    number(count, text);
    if (clock_format_hall(at_utc_s, "%d", day, sizeof(day)) == 0)
        day[0] = 0;
    if (height > 0)
        (void)widget_panel(ui, bar, days_ago == 0 ? WIDGET_PANEL_MARK_NOW : WIDGET_PANEL_MARK);
    struct rect above = rect_cut_bottom(&top, 24);
    (void)widget_label(
        ui, above,
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_CAPTION, .align = WIDGET_CENTER, .middle = true});
    (void)widget_label(ui, foot,
                       &(struct widget_label){.text = day,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

/* Of the keys that were begun, how many could be handed over. */
static void draw_success(struct ui *ui, struct rect row)
{
    const struct service_stock sum = sum_of(desk_view(ui));
    int64_t ended = sum.delivered + sum.failed;
    char text[NUMBER_BYTES] = "–";
    if (ended > 0)
        (void)snprintf(text, sizeof(text), "%lld.%lld%%", (long long)(sum.delivered * 100 / ended),
                       (long long)(sum.delivered * 1000 / ended % 10));
    (void)widget_label_pair(ui, row, THEME_TYPE_DESK_TABLE, desk_text(ui, "desk.stock.success"), text);
}

/* From the first step to the key in hand, today. */
static void draw_duration(struct ui *ui, struct rect row)
{
    const struct service_counters *counters = &desk_view(ui)->counters;
    char text[32] = "–";
    if (counters->finished > 0)
        terminal_words_span(ui, counters->finished_s / counters->finished, text);
    (void)widget_label_pair(ui, row, THEME_TYPE_DESK_TABLE, desk_text(ui, "desk.stock.duration"), text);
}

void desk_devices_week_draw(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    int64_t most = 0;
    struct rect r = rect_inset(
        ui_page_desk_panel(ui, area, desk_text(ui, "desk.stock.week"), desk_text(ui, "desk.stock.per_day")),
        16, 8);
    draw_duration(ui, rect_cut_bottom(&r, PAIR));
    draw_success(ui, rect_cut_bottom(&r, PAIR));
    (void)rect_cut_bottom(&r, 6);
    (void)widget_panel_line(ui, rect_make(area.x + 1, r.y + r.h, area.w - 2, 1));
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        most = view->delivered[i] > most ? view->delivered[i] : most;
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        draw_bar(ui, rect_column(r, i, SERVICE_STOCK_DAYS, BAR_GAP), view->delivered[i], most,
                 SERVICE_STOCK_DAYS - 1 - i);
}
