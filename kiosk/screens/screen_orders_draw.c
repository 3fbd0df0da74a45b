/* Drawing of the order list (a17) and of the search for an order that is not on it. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/order_acts.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_orders.h"

enum {
    ROWS = 5,
    ROW = 104,
    HEAD = 62,
    FILTER = 88,
    NAME_CHARACTERS = 16,
    ACTION_WIDTH = 220,
    NARROW_BESIDE = 330 /* edges and the widest action of a row */
};

/* --- one order --------------------------------------------------------------------------------------- */

static enum widget_mark_tone tone_of(enum order_state state)
{
    if (state == ORDER_STATE_DONE)
        return WIDGET_MARK_GREEN;
    if (state == ORDER_STATE_REJECTED)
        return WIDGET_MARK_RED;
    if (state == ORDER_STATE_REVIEWING)
        return WIDGET_MARK_BLUE;
    return order_state_is_final(state) || state == ORDER_STATE_REFUNDING ? WIDGET_MARK_GREY
                                                                         : WIDGET_MARK_AMBER;
}

/* The words of an order as the list shows them. */
struct row {
    enum order_state state;
    const char *kind, *status, *reason, *action;
    bool goes_on;
    char name[160], number[96], amount[48], date[32], due[48];
};

/* What is to be known beside the state: by when it is decided, how far the parcel is. */
static void write_due(const struct ui *ui, const struct service_order_line *line, char *out, size_t size)
{
    static const char *const parcels[] = {[SERVICE_SHIPMENT_WISHED] = "orders.parcel.wished",
                                          [SERVICE_SHIPMENT_MADE] = "orders.parcel.made",
                                          [SERVICE_SHIPMENT_SENT] = "orders.parcel.sent"};
    char day[32];
    if (line->shipment.state != SERVICE_SHIPMENT_NONE)
        (void)text_copy(out, size, screen_text(ui, parcels[line->shipment.state]));
    else if (line->due_utc_s != 0 &&
             clock_format_hall(line->due_utc_s, "%-m 月 %-d 日", day, sizeof(day)) > 0)
        screen_format(ui, out, size, "orders.due", {"day", day});
}

/* What the button will do: the first that goes on, else the order is looked at; NULL where nothing is
 * offered. */
static void write_action(const struct ui *ui, const struct service_order_line *line, struct row *row)
{
    struct order_choice choices[ORDER_ACTS_MAX];
    size_t count = order_acts_list(ui, line, choices);
    row->goes_on = count > 0 && order_acts_goes_on(choices[0].act);
    for (size_t i = 0; i < count && row->action == NULL; i++)
        if (row->goes_on || choices[i].act == PRODUCT_ACT_VIEW || choices[i].act == PRODUCT_ACT_REASON)
            row->action = choices[i].label;
}

static void row_of(const struct ui *ui, size_t index, struct row *row)
{
    const struct order *order = &screen_visit(ui)->orders[index].order;
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, order->product);
    const struct product_class *class = product == NULL ? NULL : product_find_class(product, order->class_id);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    char yuan[32];
    *row = (struct row){.state = order->state,
                        .kind = operation == NULL ? "" : operation->label,
                        .status = product == NULL ? "" : product_status_label(product, order->state),
                        .reason = screen_visit(ui)->orders[index].reason};
    (void)text_copy(row->number, sizeof(row->number), order->acceptance);
    write_action(ui, &screen_visit(ui)->orders[index], row);
    (void)snprintf(row->name, sizeof(row->name), "%s%s%s", product == NULL ? order->product : product->name,
                   class == NULL ? "" : "·", class == NULL ? "" : class->label);
    screen_yuan(order->amount_fen, yuan);
    screen_format(ui, row->amount, sizeof(row->amount),
                  order->amount_fen == 0 ? "orders.free" : "orders.yuan", {"yuan", yuan});
    (void)clock_format_hall(order->created_utc_s, "%m-%d %H:%M", row->date, sizeof(row->date));
    write_due(ui, &screen_visit(ui)->orders[index], row->due, sizeof(row->due));
}

static void draw_cell(struct ui *ui, struct rect rect, enum theme_type type, enum theme_color color,
                      enum widget_align align, const char *text)
{
    (void)widget_label(
        ui, rect,
        &(struct widget_label){.text = text, .type = type, .color = color, .align = align, .middle = true});
}

static void draw_name(struct ui *ui, struct rect rect, const char *id, int64_t tag, const struct row *row)
{
    int big = screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1);
    int small = screen_lines(ui, THEME_TYPE_SMALL, 1);
    struct rect whole = rect_inset(rect, 0, 8);
    rect = rect_center(rect, rect.w, big + small - 4);
    struct widget *name = widget_label(ui, rect_cut_top(&rect, big),
                                       &(struct widget_label){.id = id,
                                                              .text = row->name,
                                                              .type = THEME_TYPE_BODY_L_STRONG,
                                                              .middle = true,
                                                              .is_private = true});
    widget_make_target(ui, name, tag); /* the whole name leads to the order's record */
    name->hit = whole;
    (void)widget_label(ui, rect_make(rect.x, rect.y - 4, rect.w, small),
                       &(struct widget_label){.text = row->number,
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true,
                                              .is_private = true});
}

/* --- the table, where there is room for columns ------------------------------------------------------ */

/* Left edges and widths of the columns within a row. */
static struct rect column(struct rect row, int index)
{
    static const int at[][2] = {{41, 630}, {681, 170}, {830, 160}, {1010, 200}, {1267, 250}};
    return rect_make(row.x + at[index][0], row.y, at[index][1], row.h);
}

static void draw_head(struct ui *ui, struct rect head)
{
    static const char *const keys[] = {"orders.column.name", "orders.column.kind", "orders.column.amount",
                                       "orders.column.date", "orders.column.state"};
    for (int i = 0; i < 5; i++)
        draw_cell(ui, column(head, i), THEME_TYPE_SMALL, THEME_COLOR_INK700,
                  i == 2 || i == 3 ? WIDGET_RIGHT : WIDGET_LEFT, screen_text(ui, keys[i]));
}

/* The state, and below it why the order was sent back, the first sentence, as much as stands in one line; or
 * by when it is decided. */
static void draw_state(struct ui *ui, struct rect rect, const struct row *row)
{
    char reason[ORDER_REASON_BYTES];
    int line = screen_lines(ui, THEME_TYPE_CAPTION, 1);
    bool is_back = row->reason[0] != 0;
    if (is_back || row->due[0] != 0) {
        (void)rect_cut_top(&rect, 8);
        (void)rect_cut_bottom(&rect, 4);
        (void)text_copy(reason, sizeof(reason), is_back ? row->reason : row->due);
        char *stop = strstr(reason, "。");
        if (stop != NULL)
            *stop = 0;
        screen_fit(ui, THEME_TYPE_CAPTION, rect.w, reason, sizeof(reason));
        draw_cell(ui, rect_cut_bottom(&rect, line), THEME_TYPE_CAPTION,
                  is_back ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700, WIDGET_LEFT, reason);
    }
    (void)widget_mark_state(ui, rect, WIDGET_LEFT, tone_of(row->state), row->status);
}

static void draw_line(struct ui *ui, struct rect rect, size_t index)
{
    struct row row;
    char id[48];
    char action[64];
    row_of(ui, index, &row);
    (void)snprintf(id, sizeof(id), "order.%zu", index);
    (void)snprintf(action, sizeof(action), "%s.action", id);
    (void)widget_panel_line(ui, rect_make(rect.x + 1, rect.y - 1, rect.w - 2, 2));
    draw_name(ui, column(rect, 0), id, (int64_t)index, &row);
    draw_cell(ui, column(rect, 1), THEME_TYPE_READING, THEME_COLOR_INK900, WIDGET_LEFT, row.kind);
    draw_cell(ui, column(rect, 2), THEME_TYPE_BODY_L_STRONG, THEME_COLOR_INK900, WIDGET_RIGHT, row.amount);
    draw_cell(ui, column(rect, 3), THEME_TYPE_BODY, THEME_COLOR_INK700, WIDGET_RIGHT, row.date);
    draw_state(ui, column(rect, 4), &row);
    struct rect button = rect_make(rect.x + rect.w - 41 - ACTION_WIDTH, rect.y + 8, ACTION_WIDTH, 88);
    if (row.action == NULL)
        return;
    (void)widget_button(
        ui, button,
        &(struct widget_button){.id = action,
                                .label = row.action,
                                .look = row.goes_on ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                .type = THEME_TYPE_READING_STRONG,
                                .tag = (int64_t)index});
}

/* --- rows, where there is not ------------------------------------------------------------------------ */

/* What is paid, and beside the number when it was begun. */
static void write_lines(struct ui *ui, const struct row *row, char paid[192], char line[192])
{
    (void)snprintf(paid, 192, "%s·%s", row->status, row->amount);
    (void)snprintf(line, 192, "%s·%s·%s", row->number, row->amount, row->date);
    if (ui_is_portrait(ui))
        (void)text_copy(line, 192, row->number);
}

/* State and number always stand; upright in large letters the state takes the name's place, with the amount,
 * and the name stands below it. */
static void draw_row(struct ui *ui, struct rect rect, size_t index)
{
    struct row row;
    char id[48];
    char name[128];
    char paid[192];
    char line[192];
    bool narrow = ui_is_portrait(ui) && ui_is_large(ui);
    row_of(ui, index, &row);
    (void)snprintf(id, sizeof(id), "order.%zu", index);
    screen_shorten(row.name, NAME_CHARACTERS, name, sizeof(name));
    write_lines(ui, &row, paid, line);
    if (narrow)
        screen_fit(ui, THEME_TYPE_SMALL, rect.w - NARROW_BESIDE, name, sizeof(name));
    (void)widget_list_row(ui, rect,
                          &(struct widget_list_row){.id = id,
                                                    .icon = narrow ? ICON_NONE : ICON_FILE,
                                                    .name = narrow ? paid : name,
                                                    .line = narrow ? name : line,
                                                    .last = narrow ? row.number : NULL,
                                                    .chip = narrow ? NULL : row.status,
                                                    .tone = tone_of(row.state),
                                                    .action = row.action,
                                                    .action_primary = row.goes_on,
                                                    .pressable = true,
                                                    .is_private = true,
                                                    .tag = (int64_t)index});
}

/* --- below the list ---------------------------------------------------------------------------------- */

static void draw_filters(struct ui *ui, struct rect *area, const struct screen_orders_state *state)
{
    static const char *const keys[SCREEN_ORDERS_FILTERS] = {"orders.filter.all", "orders.filter.mine",
                                                            "orders.filter.review", "orders.filter.done"};
    for (int i = 0; i < SCREEN_ORDERS_FILTERS; i++) {
        size_t places[SERVICE_ORDERS_MAX];
        char id[24];
        char label[64];
        bool chosen = i == (int)state->filter;
        (void)snprintf(id, sizeof(id), "filter.%d", i);
        (void)snprintf(label, sizeof(label), "%s %zu", screen_text(ui, keys[i]),
                       screen_orders_pick(ui, state, (enum screen_orders_filter)i, places));
        struct widget_button button = {.id = id,
                                       .label = label,
                                       .look = chosen ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                       .pill = true,
                                       .type = THEME_TYPE_READING_STRONG,
                                       .tag = i};
        int width = widget_button_width(ui, &button) - 18;
        (void)widget_button(ui, rect_cut_left(area, width), &button);
        (void)rect_cut_left(area, 16);
    }
}

static void draw_other(struct ui *ui, struct rect *area)
{
    struct widget_button other = {.id = "orders.other",
                                  .label = screen_text(ui, "orders.other"),
                                  .icon = ICON_SEARCH,
                                  .look = WIDGET_BUTTON_QUIET};
    (void)widget_button(ui, rect_cut_right(area, widget_button_width(ui, &other) - 24), &other);
    (void)rect_cut_right(area, 24);
}

static void draw_sift(struct ui *ui, struct rect *area, const struct screen_orders_state *state)
{
    bool is_sifted = screen_orders_is_sifted(state);
    struct widget_button sift = {.id = "orders.sift",
                                 .label = screen_text(ui, is_sifted ? "orders.sifted" : "orders.sift"),
                                 .type = THEME_TYPE_READING_STRONG,
                                 .look = is_sifted ? WIDGET_BUTTON_SOFT : WIDGET_BUTTON_QUIET};
    (void)widget_button(ui, rect_cut_right(area, widget_button_width(ui, &sift) - 24), &sift);
    (void)rect_cut_right(area, 16);
}

static void draw_total(struct ui *ui, struct rect area, size_t count)
{
    char total[48];
    char number[16];
    (void)snprintf(number, sizeof(number), "%zu", count);
    screen_format(ui, total, sizeof(total), "orders.total", {"count", number});
    if (widget_label_width(ui, THEME_TYPE_BODY, total) < area.w - 16)
        draw_cell(ui, rect_make(area.x + 16, area.y, area.w - 16, area.h), THEME_TYPE_BODY,
                  THEME_COLOR_INK700, WIDGET_LEFT, total);
}

/* Filters, pages and the way to other orders share rows as the width allows. */
static void draw_foot(struct ui *ui, struct rect area, const struct screen_orders_state *state, size_t count,
                      size_t pages)
{
    bool portrait = ui_is_portrait(ui);
    int height = ui_is_large(ui) ? 104 : FILTER;
    struct rect row = rect_cut_bottom(&area, height);
    (void)rect_cut_bottom(&area, 16);
    struct rect upper = rect_cut_bottom(&area, height);
    bool paged = pages > 1;
    draw_other(ui, &row);
    draw_sift(ui, portrait && !ui_is_large(ui) ? &upper : &row, state);
    if (!ui_is_large(ui))
        draw_filters(ui, portrait ? &upper : &row, state);
    if (paged) /* in large letters upright a row of their own */
        widget_list_pages(ui, portrait && ui_is_large(ui) ? upper : row, "pages",
                          (size_t)state->page < pages ? state->page : (int)pages - 1, (int)pages);
    if (!paged || (portrait && ui_is_large(ui)))
        draw_total(ui, row, count);
}

static size_t rows_that_fit(const struct ui *ui, struct rect area, int pitch)
{
    size_t fits = (size_t)(area.h / pitch);
    return fits < 1 ? 1 : fits > ROWS && !ui_is_portrait(ui) ? ROWS : fits;
}

static void draw_list(struct ui *ui, struct rect area, const struct screen_orders_state *state)
{
    size_t places[SERVICE_ORDERS_MAX];
    size_t count = screen_orders_pick(ui, state, state->filter, places);
    bool table = !ui_is_portrait(ui) && !ui_is_large(ui);
    bool upright = ui_is_portrait(ui);
    int pitch = table ? ROW : !ui_is_large(ui) ? 118 : upright ? 200 : 152;
    int foot = upright ? (ui_is_large(ui) ? 248 : 216) : ui_is_large(ui) ? 120 : 112;
    struct rect below = rect_cut_bottom(&area, foot);
    if (table && count > 0) {
        size_t shown = count < ROWS ? count : ROWS;
        (void)widget_panel(ui, rect_make(area.x, area.y, area.w, HEAD + ROW * (int)shown), WIDGET_PANEL_CARD);
        struct rect head = rect_cut_top(&area, HEAD);
        (void)widget_panel(ui, head, WIDGET_PANEL_SIDE_TOP);
        draw_head(ui, head);
    }
    size_t fits = rows_that_fit(ui, area, pitch);
    size_t pages = count == 0 ? 1 : (count + fits - 1) / fits;
    size_t page = (size_t)state->page < pages ? (size_t)state->page : pages - 1;
    for (size_t i = page * fits; i < count && i < (page + 1) * fits; i++) {
        struct rect row = rect_cut_top(&area, pitch);
        if (table)
            draw_line(ui, row, places[i]);
        else
            draw_row(ui, rect_make(row.x, row.y, row.w, pitch - 14), places[i]);
    }
    draw_foot(ui, below, state, count, pages);
}

/* --- the search -------------------------------------------------------------------------------------- */

static struct widget_button find_button(const struct ui *ui, const struct screen_orders_state *state)
{
    return (struct widget_button){.id = "orders.find",
                                  .label = screen_text(ui, "orders.find"),
                                  .look = WIDGET_BUTTON_SECONDARY,
                                  .icon = ICON_SEARCH,
                                  .busy = state->opening != 0,
                                  .disabled = strlen(state->end.text) != SCREEN_ORDERS_END};
}

static void draw_field(struct ui *ui, struct rect rect, struct screen_orders_state *state)
{
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = "orders.end",
                                              .label = screen_text(ui, "orders.end"),
                                              .edit = &state->end,
                                              .placeholder = screen_text(ui, "orders.end_example")});
}

/* A card with a title and a line; what is left inside comes back. */
static struct rect draw_way(struct ui *ui, struct rect card, const char *title, const char *line)
{
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, 36);
    (void)widget_label_text(ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_H2, 1)), THEME_TYPE_H2,
                            screen_text(ui, title));
    const char *words = screen_text(ui, line);
    int height = widget_label_height(ui, THEME_TYPE_BODY, words, inner.w);
    (void)widget_label(
        ui, rect_cut_top(&inner, height),
        &(struct widget_label){.text = words, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(&inner, 24);
    return inner;
}

static void draw_slip(struct ui *ui, struct rect card, const struct screen_orders_state *state)
{
    bool scanning = state->scanning != 0;
    struct rect inner = draw_way(ui, card, "orders.by_slip", "orders.by_slip_line");
    (void)widget_button(
        ui, rect_cut_bottom(&inner, ui_is_large(ui) ? 112 : 96),
        &(struct widget_button){.id = scanning ? "orders.stop" : "orders.scan",
                                .label = screen_text(ui, scanning ? "orders.stop" : "orders.scan"),
                                .look = WIDGET_BUTTON_SECONDARY,
                                .icon = ICON_SCANNER,
                                .disabled = !scanning && state->opening != 0});
    (void)rect_cut_bottom(&inner, 16);
    if (scanning)
        (void)widget_mark_spinner(ui, rect_center(inner, 96, 96), screen_text(ui, "orders.scanning"));
    else if (inner.h >= 120)
        (void)widget_device(ui, inner, WIDGET_DEVICE_SCANNER, false, screen_text(ui, "orders.by_slip_line"));
}

static void draw_search(struct ui *ui, struct rect area, struct screen_orders_state *state)
{
    bool portrait = ui_is_portrait(ui);
    int button = ui_is_large(ui) ? 112 : 96;
    if (ui_focused(ui) != NULL) { /* beside each other, above the keyboard */
        struct widget_button find = find_button(ui, state);
        draw_field(ui, rect_make(area.x, area.y, 600, widget_field_height(ui)), state);
        (void)widget_button(ui,
                            portrait
                                ? rect_make(area.x, area.y + widget_field_height(ui), 600, button)
                                : rect_make(area.x + 640, area.y + (ui_is_large(ui) ? 56 : 44), 480, button),
                            &find);
        return;
    }
    area.h = area.h > 560 && !portrait ? 560 : area.h;
    struct rect inner = draw_way(ui, layout_split(ui_layout(ui), area, 0, 2, 32), "orders.by_number",
                                 "orders.by_number_line");
    draw_field(ui, rect_cut_top(&inner, widget_field_height(ui)), state);
    struct widget_button find = find_button(ui, state);
    (void)widget_button(ui, rect_cut_bottom(&inner, button), &find);
    draw_slip(ui, layout_split(ui_layout(ui), area, 1, 2, 32), state);
}

/* --- the page ---------------------------------------------------------------------------------------- */

static void say_mine(const struct ui *ui, const struct screen_orders_state *state, char *out, size_t size)
{
    size_t places[SERVICE_ORDERS_MAX];
    size_t mine = screen_orders_pick(ui, state, SCREEN_ORDERS_MINE, places);
    char count[16];
    (void)snprintf(count, sizeof(count), "%zu", mine);
    screen_format(ui, out, size, mine == 0 ? "orders.nothing" : "orders.mine", {"count", count});
}

/* Behind it how many are under way, and wait for money or for their key, among all the person has. */
static void say_counts(const struct ui *ui, const char *mine, char *out, size_t size)
{
    const struct service_order_counts *counts = &screen_visit(ui)->counts;
    char open[24], paying[24], fetching[24];
    (void)snprintf(open, sizeof(open), "%lld", (long long)counts->open);
    (void)snprintf(paying, sizeof(paying), "%lld", (long long)counts->paying);
    (void)snprintf(fetching, sizeof(fetching), "%lld", (long long)counts->fetching);
    if (counts->open == 0 || ui_is_large(ui)) /* in large letters on the page of one's own */
        (void)text_copy(out, size, mine);
    else
        screen_format(ui, out, size, "orders.counts", {"mine", mine}, {"open", open}, {"paying", paying},
                      {"fetching", fetching});
}

static const char *subtitle_of(const struct ui *ui, const struct screen_orders_state *state, const char *mine)
{
    if (state->message[0] != 0)
        return state->message;
    if (state->scanning != 0)
        return screen_text(ui, "orders.scanning");
    if (state->listing != 0)
        return screen_text(ui, "orders.loading");
    if (screen_visit(ui)->order_count == 0)
        return screen_text(ui, "orders.none");
    if (state->mode == SCREEN_ORDERS_SIFT)
        return screen_text(ui, "orders.sift_subtitle");
    return state->mode == SCREEN_ORDERS_FIND ? screen_text(ui, "orders.find_subtitle") : mine;
}

/* What the filters leave is shown by the way back to the list. */
static struct widget_button show_button(const struct ui *ui, const struct screen_orders_state *state,
                                        char label[64])
{
    size_t places[SERVICE_ORDERS_MAX];
    char count[16];
    (void)snprintf(count, sizeof(count), "%zu", screen_orders_pick(ui, state, SCREEN_ORDERS_ALL, places));
    screen_format(ui, label, 64, "orders.sift_show", {"count", count});
    return (struct widget_button){.label = label, .icon_right = ICON_ARROW_RIGHT};
}

/* What is the person's beside orders: bills, account, what they think of the hall. Without a picture, or the
 * bar would have no room for its way out. */
static struct widget_button own_button(const struct ui *ui)
{
    return (struct widget_button){.id = "orders.own", .label = screen_text(ui, "own.title")};
}

void screen_orders_draw(void *memory, struct ui *ui)
{
    struct screen_orders_state *state = memory;
    char mine[64];
    char counts[160];
    char shown[64];
    struct ui_page page = screen_page(ui, SCREEN_ORDERS);
    page.step = 0;
    say_mine(ui, state, mine, sizeof(mine));
    say_counts(ui, mine, counts, sizeof(counts));
    if (state->mode != SCREEN_ORDERS_LIST)
        page.title =
            screen_text(ui, state->mode == SCREEN_ORDERS_FIND ? "orders.find_title" : "orders.sift_title");
    page.subtitle = subtitle_of(ui, state, counts);
    page.back = screen_text(ui, state->mode != SCREEN_ORDERS_LIST ? "orders.back_list" : "orders.back");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "orders.new"), .icon_right = ICON_ARROW_RIGHT};
    if (state->mode == SCREEN_ORDERS_SIFT)
        page.primary = show_button(ui, state, shown);
    if (state->mode == SCREEN_ORDERS_LIST && screen_visit(ui)->phone[0] != 0)
        page.secondary = own_button(ui);
    struct rect area = ui_page(ui, &page);
    if (state->mode == SCREEN_ORDERS_SIFT)
        screen_orders_sift_draw(ui, area, state);
    else if (state->mode == SCREEN_ORDERS_FIND || (state->listing == 0 && screen_visit(ui)->order_count == 0))
        draw_search(ui, area, state);
    else
        draw_list(ui, area, state);
    found_draw(ui, &state->found);
}
