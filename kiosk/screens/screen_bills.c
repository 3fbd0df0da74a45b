/* Bills: what was paid for the person's orders, and what was given back. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { ROW = 118, ROW_LARGE = 152, GAP = 14, FOOT = 104 };

struct screen_bills_state {
    uint64_t listing;
    size_t page;
    char looked[ORDER_ID_BYTES]; /* the order whose record is opened */
    char message[192];
};
SCREEN_STATE(bills)

void screen_bills_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_bills_state *state = memory;
    (void)argument;
    screen_show_visit(ui);
    state->listing = service_bill_list(screen_services(ui));
}

void screen_bills_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_bills_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_bills_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_RETURN) { /* an order may have been cancelled */
        state->listing = service_bill_list(screen_services(ui));
    } else if (ui_tapped_prefix(event, "bill.")) {
        (void)memcpy(state->looked, screen_visit(ui)->bills.bills[event->tag].order_id,
                     sizeof(state->looked));
        ui_push(ui, SCREEN_ORDER, state->looked);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back")) {
        ui_pop(ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_bill(struct ui *ui, struct rect rect, size_t index)
{
    static const struct {
        const char *key;
        enum widget_mark_tone tone;
    } states[] = {[SERVICE_BILL_PAID] = {"bills.paid", WIDGET_MARK_GREEN},
                  [SERVICE_BILL_REFUNDING] = {"bills.refunding", WIDGET_MARK_AMBER},
                  [SERVICE_BILL_REFUNDED] = {"bills.refunded", WIDGET_MARK_GREY}};
    const struct service_bill *bill = &screen_visit(ui)->bills.bills[index];
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, bill->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, bill->operation);
    bool narrow = ui_is_portrait(ui) && ui_is_large(ui);
    char id[32], yuan[32], name[160], day[32] = "", line[160], channel[WORDS_KEY_BYTES];
    (void)snprintf(id, sizeof(id), "bill.%zu", index);
    screen_yuan(bill->amount_fen, yuan);
    screen_format(ui, name, sizeof(name), "bills.name", {"yuan", yuan},
                  {"what", operation == NULL ? bill->operation : operation->label});
    (void)snprintf(channel, sizeof(channel), "bills.by.%.16s", bill->channel);
    (void)clock_format_hall(bill->paid_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, line, sizeof(line), narrow ? "bills.line_short" : "bills.line", {"day", day},
                  {"channel", screen_text(ui, channel)}, {"number", bill->acceptance});
    (void)widget_list_row(
        ui, rect,
        &(struct widget_list_row){.id = id,
                                  .icon = narrow ? ICON_NONE : ICON_WALLET,
                                  .name = name,
                                  .line = line,
                                  .chip = narrow ? NULL : screen_text(ui, states[bill->state].key),
                                  .tone = states[bill->state].tone,
                                  .action = screen_text(ui, "orders.view"),
                                  .pressable = true,
                                  .is_private = true,
                                  .tag = (int64_t)index});
}

static void draw_list(struct ui *ui, struct rect area, const struct screen_bills_state *state)
{
    size_t count = screen_visit(ui)->bills.count;
    int pitch = ui_is_large(ui) ? ROW_LARGE : ROW;
    bool paged = count > (size_t)(area.h / pitch);
    struct rect foot = paged ? rect_cut_bottom(&area, FOOT) : area;
    size_t fits = area.h < pitch ? 1 : (size_t)(area.h / pitch), pages = (count + fits - 1) / fits;
    size_t page = state->page < pages ? state->page : pages - 1;
    for (size_t i = page * fits; i < count && i < (page + 1) * fits; i++) {
        struct rect row = rect_cut_top(&area, pitch);
        draw_bill(ui, rect_make(row.x, row.y, row.w, pitch - GAP), i);
    }
    if (paged)
        widget_list_pages(ui, foot, "pages", (int)page, (int)pages);
}

void screen_bills_draw(void *memory, struct ui *ui)
{
    const struct screen_bills_state *state = memory;
    const struct service_bills *bills = &screen_visit(ui)->bills;
    struct ui_page page = screen_page(ui, SCREEN_BILLS);
    char count[16], yuan[32], total[96];
    (void)snprintf(count, sizeof(count), "%zu", bills->count);
    screen_yuan(bills->kept_fen, yuan);
    screen_format(ui, total, sizeof(total), "bills.total", {"count", count}, {"yuan", yuan});
    page.step = 0;
    page.subtitle = state->message[0] != 0 ? state->message
                    : state->listing != 0  ? screen_text(ui, "orders.loading")
                    : bills->count == 0    ? screen_text(ui, "bills.none")
                                           : total;
    struct rect area = ui_page(ui, &page);
    if (bills->count > 0)
        draw_list(ui, area, state);
}
