/* Orders: what belongs to the logged-in number, to be continued; or by the end of a 受理号 (a17). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { END_CHARACTERS = 6, NAME_CHARACTERS = 18 };

struct screen_orders_state {
    int page;
    uint64_t listing;
    uint64_t opening;
    uint64_t scanning;    /* of a slip */
    struct text_edit end; /* the last characters of an acceptance number */
    char message[192];
};
SCREEN_STATE(orders)

void screen_orders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_orders_state *state = memory;
    (void)argument;
    text_edit_init(&state->end, TEXT_EDIT_DIGITS, END_CHARACTERS);
    state->listing = service_order_list(screen_services(ui));
}

void screen_orders_leave(void *memory, struct ui *ui)
{
    struct screen_orders_state *state = memory;
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    text_edit_wipe(&state->end);
}

static void scan(struct screen_orders_state *state, struct ui *ui)
{
    if (state->scanning != 0 || state->opening != 0)
        return;
    state->message[0] = 0;
    state->scanning = service_ticket_scan(screen_services(ui));
}

/* The slip's ticket is proof enough; whose number is logged in does not matter. */
static void on_scanned(struct screen_orders_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->scanning = 0;
    if (reply->status == STATUS_OK)
        state->opening = service_order_find_ticket(screen_services(ui), screen_visit(ui)->ticket);
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void find(struct screen_orders_state *state, struct ui *ui)
{
    if (state->opening == 0 && strlen(state->end.text) == END_CHARACTERS)
        state->opening = service_order_find(screen_services(ui), state->end.text);
}

static void open_row(struct screen_orders_state *state, struct ui *ui, int64_t index)
{
    if (state->opening == 0)
        state->opening = service_order_open(screen_services(ui), screen_visit(ui)->orders[index].order.id);
}

void screen_orders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_orders_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->opening, &reply)) {
        state->opening = 0;
        if (reply->status == STATUS_OK)
            screen_go(ui);
        else
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (ui_tapped(event, "orders.scan")) {
        scan(state, ui);
    } else if (ui_tapped(event, "orders.stop")) {
        service_scan_cancel(screen_services(ui));
    } else if (ui_tapped_prefix(event, "order.")) {
        open_row(state, ui, event->tag);
    } else if (ui_tapped(event, "orders.find") || event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, NULL);
        find(state, ui);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    } else if (ui_tapped(event, "bar.next")) {
        ui_reset(ui, SCREEN_PRODUCT, NULL);
    }
}

static enum widget_mark_tone tone_of(enum order_state state)
{
    if (state == ORDER_STATE_DONE)
        return WIDGET_MARK_GREEN;
    if (state == ORDER_STATE_REJECTED)
        return WIDGET_MARK_RED;
    if (state == ORDER_STATE_REVIEWING)
        return WIDGET_MARK_BLUE;
    return order_state_is_final(state) ? WIDGET_MARK_GREY : WIDGET_MARK_AMBER;
}

/* The wider the row, the more stands on it; state and number always do. */
static void draw_row(struct ui *ui, struct rect rect, size_t index)
{
    const struct service_order_line *line = &screen_visit(ui)->orders[index];
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, line->order.product);
    const char *state = product == NULL ? "" : product_status_label(product, line->order.state);
    const char *number = line->order.acceptance;
    bool upright = ui_is_portrait(ui);
    bool narrow = upright && ui_is_large(ui);
    bool wide = !upright && !ui_is_large(ui);
    bool is_final = order_state_is_final(line->order.state);
    char id[48];
    char unit[128];
    char number_and_unit[ORDER_ACCEPTANCE_BYTES + sizeof(unit) + 8];
    (void)snprintf(id, sizeof(id), "order.%zu", index);
    screen_shorten(line->unit, wide ? NAME_CHARACTERS : NAME_CHARACTERS / 2, unit, sizeof(unit));
    (void)snprintf(number_and_unit, sizeof(number_and_unit), "%s  %s", number, unit);
    const char *name = narrow                  ? state
                       : !wide && unit[0] != 0 ? unit
                       : product == NULL       ? line->order.product
                                               : product->name;
    (void)widget_list_row(
        ui, rect,
        &(struct widget_list_row){.id = id,
                                  .icon = ICON_FILE,
                                  .name = name,
                                  .line = wide ? number_and_unit : number,
                                  .chip = narrow || state[0] == 0 ? NULL : state,
                                  .tone = tone_of(line->order.state),
                                  .action = screen_text(ui, is_final ? "orders.view" : "orders.continue"),
                                  .action_primary = !is_final,
                                  .is_private = true,
                                  .tag = (int64_t)index});
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* Other ways to an order: by the end of its number, or by the slip's code. */
static void draw_search(struct ui *ui, struct rect area, struct screen_orders_state *state)
{
    int button = ui_is_large(ui) ? 112 : 96;
    (void)widget_field(ui, rect_cut_top(&area, widget_field_height(ui)),
                       &(struct widget_field){.id = "orders.end",
                                              .label = screen_text(ui, "orders.end"),
                                              .edit = &state->end,
                                              .placeholder = screen_text(ui, "orders.end_example")});
    bool beside = ui_is_portrait(ui) && !ui_is_large(ui);
    struct rect find_at = beside ? rect_column(area, 0, 2, 16) : rect_make(area.x, area.y, area.w, button);
    struct rect scan_at =
        beside ? rect_column(area, 1, 2, 16) : rect_make(area.x, area.y + button + 16, area.w, button);
    find_at.h = scan_at.h = button;
    (void)widget_button(ui, find_at,
                        &(struct widget_button){.id = "orders.find",
                                                .label = screen_text(ui, "orders.find"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .icon = ICON_SEARCH,
                                                .busy = state->opening != 0,
                                                .disabled = strlen(state->end.text) != END_CHARACTERS});
    if (ui_focused(ui) != NULL)
        return;
    bool scanning = state->scanning != 0;
    (void)widget_button(
        ui, scan_at,
        &(struct widget_button){.id = scanning ? "orders.stop" : "orders.scan",
                                .label = screen_text(ui, scanning ? "orders.stop" : "orders.scan"),
                                .look = WIDGET_BUTTON_SECONDARY,
                                .icon = ICON_SCANNER,
                                .disabled = !scanning && state->opening != 0});
}

static void draw_rows(struct ui *ui, struct rect area, const struct screen_orders_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    int height = (ui_is_large(ui) ? 140 : 104) + 14;
    size_t fits = (size_t)((area.h + 14) / height);
    size_t pages = 1;
    if (visit->order_count > fits) {
        fits = (size_t)((area.h - (ui_is_large(ui) ? 126 : 110) + 14) / height);
        pages = (visit->order_count + fits - 1) / fits;
        widget_list_pages(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96), "pages", state->page,
                          (int)pages);
    }
    size_t page = (size_t)state->page < pages ? (size_t)state->page : pages - 1;
    for (size_t i = page * fits; i < visit->order_count && i < (page + 1) * fits; i++) {
        draw_row(ui, rect_cut_top(&area, height - 14), i);
        (void)rect_cut_top(&area, 14);
    }
}

void screen_orders_draw(void *memory, struct ui *ui)
{
    struct screen_orders_state *state = memory;
    const struct service_visit *visit = screen_visit(ui);
    bool portrait = ui_is_portrait(ui);
    struct ui_page page = screen_page(ui, SCREEN_ORDERS);
    page.step = 0;
    page.subtitle = state->message[0] != 0    ? state->message
                    : state->scanning != 0    ? screen_text(ui, "orders.scanning")
                    : visit->order_count == 0 ? screen_text(ui, "orders.none")
                                              : screen_text(ui, "orders.subtitle");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "orders.new"), .icon_right = ICON_ARROW_RIGHT};
    struct rect area = ui_page(ui, &page);
    int buttons = ui_is_large(ui) ? 2 * 112 + 16 : 96;
    struct rect search = portrait ? rect_cut_top(&area, widget_field_height(ui) + buttons)
                                  : rect_cut_left(&area, ui_is_large(ui) ? 660 : 500);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 40));
    draw_search(ui, search, state);
    if (ui_focused(ui) == NULL)
        draw_rows(ui, area, state);
}
