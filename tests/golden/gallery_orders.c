/* Cases of coming back: the list of orders, the search by number, orders that ended. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { DAY_S = 86400 };

static void add(struct gallery *gallery, enum order_state state, int64_t age_s)
{
    struct service_visit *visit = &gallery->services.visit;
    const struct product *product = gallery->catalogue->products[0];
    struct service_order_line *line = &visit->orders[visit->order_count++];
    int64_t created = GALLERY_NOW_UTC_S - age_s;
    *line = (struct service_order_line){
        .order = {.state = state, .version = 3, .amount_fen = 48000, .created_utc_s = created}};
    (void)clock_format_hall(created, "T%Y%m%d%H%M%S07", line->order.acceptance,
                            sizeof(line->order.acceptance));
    (void)snprintf(line->order.id, sizeof(line->order.id), "%032zu", visit->order_count);
    (void)text_copy(line->order.product, sizeof(line->order.product), product->id);
    (void)text_copy(line->order.class_id, sizeof(line->order.class_id),
                    product->classes[visit->order_count % product->class_count].id);
    (void)text_copy(line->order.operation, sizeof(line->order.operation), "new");
    if (state == ORDER_STATE_REJECTED)
        (void)text_copy(line->reason, sizeof(line->reason), product->reasons[0].text);
    (void)text_copy(line->unit, sizeof(line->unit),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司"));
}

static void list(struct gallery *gallery, const enum order_state *states, size_t count)
{
    gallery_login(gallery);
    gallery->services.visit.product = NULL;
    gallery->services.visit.operation = NULL;
    (void)text_copy(gallery->services.visit.person, sizeof(gallery->services.visit.person),
                    gallery_text(gallery, "王*小", "王*", "王*小"));
    for (size_t i = 0; i < count; i++)
        add(gallery, states[i], 120 + (int64_t)i * 3 * DAY_S);
    gallery_screen(gallery, SCREEN_ORDERS);
    gallery_answer(gallery, SERVICE_ORDER_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* Before another of the same: one waits for its form, one for its papers. */
void gallery_agreement_unfinished(struct gallery *gallery)
{
    add(gallery, ORDER_STATE_DRAFT, 3600);
    add(gallery, ORDER_STATE_SCANNING, 3 * DAY_S);
    gallery_agreement_first(gallery);
}

void gallery_orders_states(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_REVIEWING, ORDER_STATE_REJECTED,
                                              ORDER_STATE_ISSUING, ORDER_STATE_COLLECTING, ORDER_STATE_DONE};
    list(gallery, states, 5);
    gallery->services.visit.orders[3].shipment.state = SERVICE_SHIPMENT_MADE;
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

/* The person belongs to a company. */
void gallery_orders_member(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_REVIEWING, ORDER_STATE_DONE};
    gallery->services.visit.unit_count = 1;
    list(gallery, states, 2);
}

/* By when the first is decided, and a parcel on its way. */
void gallery_orders_due(struct gallery *gallery)
{
    struct service_visit *visit = &gallery->services.visit;
    gallery_orders_states(gallery);
    visit->orders[0].due_utc_s = catalogue_review_due(gallery->catalogue, gallery->catalogue->products[0],
                                                      visit->orders[0].order.created_utc_s);
    visit->orders[4].shipment.state = SERVICE_SHIPMENT_SENT;
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_orders_paged(struct gallery *gallery)
{
    static const enum order_state states[] = {
        ORDER_STATE_PAYING,    ORDER_STATE_DRAFT,      ORDER_STATE_PRINTING,  ORDER_STATE_SCANNING,
        ORDER_STATE_PIN,       ORDER_STATE_COLLECTING, ORDER_STATE_REFUNDING, ORDER_STATE_REFUNDED,
        ORDER_STATE_CANCELLED, ORDER_STATE_CLOSED,     ORDER_STATE_DONE,      ORDER_STATE_REJECTED};
    list(gallery, states, 12);
    gallery_tap(gallery, "pages.next");
}

void gallery_orders_find(struct gallery *gallery)
{
    gallery_orders_states(gallery);
    gallery_tap(gallery, "orders.other");
}

void gallery_orders_number(struct gallery *gallery)
{
    gallery_orders_find(gallery);
    gallery_tap(gallery, "orders.end");
    gallery_type(gallery, "243607");
}

void gallery_orders_scanning(struct gallery *gallery)
{
    gallery_orders_find(gallery);
    gallery_tap(gallery, "orders.scan");
}

void gallery_orders_no_ticket(struct gallery *gallery)
{
    gallery_orders_scanning(gallery);
    gallery_answer(gallery, SERVICE_TICKET_SCAN, STATUS_NOT_FOUND, SERVICE_REASON_NO_TICKET, 0, NULL);
}

void gallery_orders_empty(struct gallery *gallery)
{
    list(gallery, NULL, 0);
}

void gallery_orders_sift(struct gallery *gallery)
{
    gallery_orders_paged(gallery);
    gallery_tap(gallery, "orders.sift");
    if (widget_find(ui_tree(gallery->ui), "sift.group.2") != NULL)
        gallery_tap(gallery, "sift.group.2");
    gallery_tap(gallery, "sift.days.2");
}

/* --- one of them ------------------------------------------------------------------------------------- */

static void add_past(struct gallery *gallery, const char *event, enum order_state state, int64_t age_s)
{
    struct service_record *record = &gallery->services.visit.record;
    (void)memmove(&record->past[1], &record->past[0], record->past_count * sizeof(record->past[0]));
    record->past[0] = (struct service_past){.at_utc_s = GALLERY_NOW_UTC_S - age_s, .state = state};
    (void)text_copy(record->past[0].event, sizeof(record->past[0].event), event);
    record->past_count++;
}

static void submit(struct gallery *gallery)
{
    add_past(gallery, "insert", ORDER_STATE_DRAFT, 3600);
    add_past(gallery, "form-completed", ORDER_STATE_PRINTING, 3000);
    add_past(gallery, "printed", ORDER_STATE_SCANNING, 2900);
    add_past(gallery, "scanned", ORDER_STATE_IDENTIFYING, 2400);
    add_past(gallery, "identified", ORDER_STATE_REVIEWING, 2300);
}

static void look_at(struct gallery *gallery, size_t index)
{
    char id[24];
    struct service_record *record = &gallery->services.visit.record;
    (void)snprintf(id, sizeof(id), "order.%zu", index);
    gallery_tap(gallery, id);
    const struct product *product = gallery->catalogue->products[0];
    *record = (struct service_record){.is_known = true,
                                      .line = gallery->services.visit.orders[index],
                                      .product = product,
                                      .operation = &product->operations[0],
                                      .page_count = 4,
                                      .page_needed = 4};
    record->quote = (struct price_quote){.amount_fen = 48000, .line_count = 2};
    record->quote.line[0] = (struct price_line){.row = &product->tariff[0], .amount_fen = 20000};
    record->quote.line[1] = (struct price_line){.row = &product->tariff[1], .amount_fen = 28000};
    submit(gallery);
}

static void show(struct gallery *gallery)
{
    gallery_answer(gallery, SERVICE_ORDER_RECORD, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_order_reviewing(struct gallery *gallery)
{
    gallery_orders_states(gallery);
    look_at(gallery, 0);
    show(gallery);
}

static void finish(struct gallery *gallery)
{
    struct service_record *record = &gallery->services.visit.record;
    add_past(gallery, "rejected", ORDER_STATE_REJECTED, 2000);
    add_past(gallery, "papers-correcting", ORDER_STATE_SCANNING, 1900);
    add_past(gallery, "scanned", ORDER_STATE_REVIEWING, 1800);
    add_past(gallery, "approved", ORDER_STATE_PAYING, 1500);
    add_past(gallery, "paid", ORDER_STATE_ISSUING, 1400);
    add_past(gallery, "key-proven", ORDER_STATE_PIN, 1200);
    add_past(gallery, "pin-set", ORDER_STATE_COLLECTING, 1100);
    add_past(gallery, "taken", ORDER_STATE_DONE, 1000);
    record->line.order.paid_fen = 48000;
    (void)text_copy(record->payment.channel, sizeof(record->payment.channel), "alipay");
    record->issue = (struct service_issue){.stage = SERVICE_ISSUE_PROVEN,
                                           .not_after_utc_s = GALLERY_NOW_UTC_S + 365 * DAY_S};
    (void)text_copy(record->issue.common_name, sizeof(record->issue.common_name), record->line.unit);
    (void)text_copy(record->issue.serial, sizeof(record->issue.serial), "4F2A9C0177B3E05512D86E31");
}

void gallery_order_done(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_DONE, ORDER_STATE_REVIEWING};
    list(gallery, states, 2);
    look_at(gallery, 0);
    finish(gallery);
    show(gallery);
}

/* Where the product gives an invoice only when it is asked for. */
void gallery_order_invoice(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_DONE, ORDER_STATE_REVIEWING};
    list(gallery, states, 2);
    look_at(gallery, 0);
    finish(gallery);
    gallery->services.visit.record.invoice =
        (struct service_invoice){.exists = true, .state = SERVICE_INVOICE_OPEN, .amount_fen = 48000};
    show(gallery);
}

void gallery_order_invoice_due(struct gallery *gallery)
{
    gallery_order_invoice(gallery);
    struct service_invoice *invoice = &gallery->services.visit.record.invoice;
    invoice->state = SERVICE_INVOICE_REQUESTED;
    invoice->due_utc_s = GALLERY_NOW_UTC_S + 5 * 86400;
    gallery_report(gallery, SERVICE_ORDER_RECORD, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_order_sent(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_DONE};
    list(gallery, states, 1);
    gallery->services.visit.orders[0].shipment = (struct service_shipment){
        .state = SERVICE_SHIPMENT_SENT, .carrier = "sf", .tracking = "SF1234567890123"};
    look_at(gallery, 0);
    finish(gallery);
    show(gallery);
}

void gallery_order_closed(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_CLOSED, ORDER_STATE_DONE};
    list(gallery, states, 2);
    look_at(gallery, 0);
    struct service_record *record = &gallery->services.visit.record;
    add_past(gallery, "closed", ORDER_STATE_CLOSED, 60);
    (void)text_copy(record->line.reason, sizeof(record->line.reason),
                    gallery_text(gallery, "资料长期没有补齐，请重新申请", "重复申请",
                                 "提交的资料与所选项目不符，且多次联系经办人没有回应，本厅按规定强制关闭"
                                 "这笔订单；如需继续办理，请带齐原件重新申请"));
    show(gallery);
}

void gallery_order_past(struct gallery *gallery)
{
    gallery_order_done(gallery);
    if (widget_find(ui_tree(gallery->ui), "order.past") != NULL)
        gallery_tap(gallery, "order.past");
    if (widget_find(ui_tree(gallery->ui), "pages.next") != NULL)
        gallery_tap(gallery, "pages.next");
}

void gallery_order_cancel(struct gallery *gallery)
{
    gallery_order_reviewing(gallery);
    gallery_tap(gallery, "act.cancel");
}

void gallery_order_loading(struct gallery *gallery)
{
    gallery_orders_states(gallery);
    gallery_tap(gallery, "order.1");
}

static void ended(struct gallery *gallery, enum order_state state)
{
    gallery_order(gallery, state);
    gallery_screen(gallery, SCREEN_ENDED);
}

void gallery_ended_refunding(struct gallery *gallery)
{
    ended(gallery, ORDER_STATE_REFUNDING);
}

void gallery_ended_refunded(struct gallery *gallery)
{
    ended(gallery, ORDER_STATE_REFUNDED);
}

void gallery_ended_cancelled(struct gallery *gallery)
{
    ended(gallery, ORDER_STATE_CANCELLED);
}
