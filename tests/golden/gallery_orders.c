/* Cases of coming back: the list of orders, the search by number, orders that ended. */
#include <stdio.h>

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
    if (state == ORDER_STATE_REVIEWING)
        line->due_utc_s = catalogue_review_due(gallery->catalogue, product, created);
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

void gallery_orders_states(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_REVIEWING, ORDER_STATE_REJECTED,
                                              ORDER_STATE_ISSUING, ORDER_STATE_CANCELLED, ORDER_STATE_DONE};
    list(gallery, states, 5);
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
