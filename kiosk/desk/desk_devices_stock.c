/* The keys as far as the hall has met them, terminals without a blank one, and the last seven days. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_devices.h"

enum { GAP = 12, BAR_GAP = 12, NOTICE = 60, BUTTON = 36, ROW = 40, PAIR = 30, COUNTS = 5, NUMBER_BYTES = 24 };

static void number(int64_t value, char out[24])
{
    (void)snprintf(out, 24, "%lld", (long long)value);
}

/* --- by model ----------------------------------------------------------------------------------------- */

static void fill_row(struct widget_table_row *row, char texts[COUNTS][NUMBER_BYTES], const char *model,
                     const struct service_stock *stock)
{
    const int64_t counts[COUNTS] = {stock->blank, stock->in_work, stock->delivered, stock->failed,
                                    stock->blank + stock->in_work + stock->delivered + stock->failed};
    row->cells[0] = model;
    for (int i = 0; i < COUNTS; i++) {
        number(counts[i], texts[i]);
        row->cells[i + 1] = texts[i];
    }
}

static struct service_stock sum_of(const struct service_desk *view)
{
    struct service_stock sum = {0};
    for (size_t i = 0; i < view->stock_count; i++) {
        sum.blank += view->stocks[i].blank;
        sum.in_work += view->stocks[i].in_work;
        sum.delivered += view->stocks[i].delivered;
        sum.failed += view->stocks[i].failed;
    }
    return sum;
}

static void draw_table(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_STOCKS_MAX + 1] = {0};
    char texts[SERVICE_STOCKS_MAX + 1][COUNTS][NUMBER_BYTES];
    const struct service_stock sum = sum_of(view);
    size_t count = view->stock_count;
    for (size_t i = 0; i < count; i++)
        fill_row(&rows[i], texts[i], view->stocks[i].model[0] != 0 ? view->stocks[i].model : "–",
                 &view->stocks[i]);
    if (count > 0)
        fill_row(&rows[count], texts[count], desk_text(ui, "desk.stock.sum"), &sum);
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.stock.model"), .strong = true},
        {.title = desk_text(ui, "desk.stock.blank"), .width = 96, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.in_work"), .width = 96, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.delivered"), .width = 96, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.failed"), .width = 96, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.sum"), .width = 96, .align = WIDGET_RIGHT, .strong = true}};
    (void)widget_table(ui, area,
                       &(struct widget_table){.id = "stock",
                                              .label = desk_text(ui, "desk.stock.title"),
                                              .columns = columns,
                                              .column_count = sizeof(columns) / sizeof(columns[0]),
                                              .rows = rows,
                                              .row_count = count > 0 ? (int)count + 1 : 0,
                                              .empty = desk_text(ui, "desk.stock.empty")});
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
    if (left->h < NOTICE + 3 * ROW || lacking(desk_view(ui), machines) == 0)
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

void desk_devices_stock_draw(struct ui *ui, struct rect area)
{
    struct rect inner =
        ui_page_desk_panel(ui, area, desk_text(ui, "desk.stock.title"), desk_text(ui, "desk.stock.line"));
    draw_lacking(ui, &inner);
    draw_table(ui, rect_inset(inner, 1, 0));
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
