/* Cases of the desk's lists: devices and keys, orders, audit. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static struct service_desk *open_desk(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_PAYING);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
    return desk;
}

/* --- devices ------------------------------------------------------------------------------------------- */

static void add_terminal(struct gallery *gallery, int number, enum device_state scanner)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_terminal *terminal = &desk->terminals[desk->terminal_count++];
    *terminal = (struct service_terminal){.is_alive = number != 5,
                                          .seen_utc_s = GALLERY_NOW_UTC_S - (number == 5 ? 310 : number % 3),
                                          .devices = gallery->services.devices};
    terminal->devices.scanner = scanner;
    terminal->devices.sms = DEVICE_ABSENT;
    (void)snprintf(terminal->id, sizeof(terminal->id), "terminal-%02d", number);
    (void)snprintf(terminal->machine, sizeof(terminal->machine), "%02d", number);
    (void)text_copy(terminal->place, sizeof(terminal->place),
                    gallery_text(gallery, "大厅东侧", "", "南门二十四小时自助服务区"));
}

void gallery_devices_hall(struct gallery *gallery)
{
    struct service_desk *desk = open_desk(gallery);
    for (int i = 1; i <= 12; i++)
        add_terminal(gallery, i, i == 4 ? DEVICE_JAMMED : i == 8 ? DEVICE_SUPPLY_LOW : DEVICE_READY);
    desk->terminals[11].devices.printer = DEVICE_PAPER_OUT;
    desk->stock_count = 2;
    desk->stocks[0] =
        (struct service_stock){"SM2 标准型", .blank = 4, .in_work = 1, .delivered = 118, .failed = 2};
    desk->stocks[1] = (struct service_stock){"RSA 兼容型", .delivered = 20};
    static const int64_t days[SERVICE_STOCK_DAYS] = {21, 0, 33, 29, 35, 31, 19};
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        desk->delivered[i] = days[i];
    gallery_screen(gallery, DESK_DEVICES);
}

void gallery_devices_trouble(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "devices.trouble");
}

/* A blank form is on its way to the desk's printer. */
void gallery_devices_blank(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "blank.open");
    gallery_tap(gallery, "blank.form.renew");
    gallery_tap(gallery, "blank.print");
    gallery_answer(gallery, SERVICE_DESK_BLANK, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_devices_empty(struct gallery *gallery)
{
    (void)open_desk(gallery);
    gallery_screen(gallery, DESK_DEVICES);
}

/* --- orders -------------------------------------------------------------------------------------------- */

static void add_order(struct gallery *gallery, struct service_queue_line *line, int index,
                      enum order_state state)
{
    *line = (struct service_queue_line){.order = gallery->services.visit.order};
    line->order.state = state;
    line->order.created_utc_s = GALLERY_NOW_UTC_S - 600 * index;
    (void)snprintf(line->order.id, sizeof(line->order.id), "%032d", index);
    (void)snprintf(line->order.acceptance, sizeof(line->order.acceptance), "T20251121101%02d0500",
                   59 - index);
    (void)text_copy(line->unit, sizeof(line->unit),
                    gallery_text(gallery, "重庆示例科技有限公司", "",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
}

void gallery_desk_orders(struct gallery *gallery)
{
    static const enum order_state states[] = {ORDER_STATE_REVIEWING, ORDER_STATE_PAYING, ORDER_STATE_ISSUING,
                                              ORDER_STATE_DONE,      ORDER_STATE_DONE,   ORDER_STATE_REJECTED,
                                              ORDER_STATE_CANCELLED, ORDER_STATE_DRAFT};
    struct service_desk *desk = open_desk(gallery);
    desk->recent_count = sizeof(states) / sizeof(states[0]);
    for (size_t i = 0; i < desk->recent_count; i++)
        add_order(gallery, &desk->recent[i], (int)i, states[i]);
    desk->recent[1].may_close = true;
    desk->recent[2].may_give_up = true;
    desk->recent[2].order.paid_fen = desk->recent[2].order.amount_fen;
    desk->alarm_count = 1;
    add_order(gallery, &desk->alarms[0], 40, ORDER_STATE_REFUNDING);
    desk->alarms[0].alarm = true;
    gallery_screen(gallery, DESK_ORDERS);
    gallery_tap(gallery, "orders.row.3");
}

void gallery_desk_orders_alarm(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    gallery_tap(gallery, "orders.filter.alarm");
    gallery_tap(gallery, "orders.row.0");
}

void gallery_desk_orders_give_up(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    gallery_tap(gallery, "order.give_up");
    gallery_tap(gallery, "give_up.reason.key");
}

void gallery_desk_orders_close(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    gallery_tap(gallery, "orders.row.2");
    gallery_tap(gallery, "order.give_up");
    gallery_tap(gallery, "give_up.reason.left");
}

void gallery_desk_orders_force(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    gallery->services.desk.recent[2].order.paid_fen = 0;
    gallery_tap(gallery, "order.give_up");
}

/* An order whose key waits, of a product that hands keys over by code. */
void gallery_desk_orders_slip(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    (void)text_copy(gallery->services.desk.recent[2].order.product,
                    sizeof(gallery->services.desk.recent[2].order.product), "dfca-hnzj-unit");
    gallery_tap(gallery, "orders.row.3");
    gallery_tap(gallery, "order.slip");
    gallery_answer(gallery, SERVICE_DESK_SLIP, STATUS_OK, SERVICE_REASON_NONE, 2, NULL);
}

/* A certificate that may leave as a file, begun before and broken off. */
void gallery_desk_orders_soft(struct gallery *gallery)
{
    gallery_desk_orders(gallery);
    gallery->services.desk.recent[2].soft = SERVICE_CERTIFICATE_SOFT_OPEN;
    gallery_tap(gallery, "orders.row.3");
}

void gallery_desk_orders_soft_told(struct gallery *gallery)
{
    gallery_desk_orders_soft(gallery);
    gallery_tap(gallery, "order.soft");
    gallery_tap(gallery, "soft.password");
    gallery_type(gallery, "Hui-2026");
    gallery_tap(gallery, "soft.again");
    gallery_type(gallery, "Hui-2026");
    gallery_tap(gallery, "soft.second");
    gallery_type(gallery, "lin");
    gallery_tap(gallery, "soft.signature");
    gallery_type(gallery, "zhanghao");
    gallery_tap(gallery, "soft.yes");
}

void gallery_desk_orders_empty(struct gallery *gallery)
{
    (void)open_desk(gallery);
    gallery_screen(gallery, DESK_ORDERS);
}

/* --- audit --------------------------------------------------------------------------------------------- */

static void add_row(struct gallery *gallery, size_t index, const char *actor, const char *action,
                    const char *detail)
{
    struct service_audit_line *line = &gallery->services.desk.audit[index];
    *line = (struct service_audit_line){.sequence = 400 - (int64_t)index,
                                        .at_utc_s = GALLERY_NOW_UTC_S - 45 * (int64_t)index};
    (void)text_copy(line->actor, sizeof(line->actor), actor);
    (void)text_copy(line->action, sizeof(line->action), action);
    (void)text_copy(line->detail, sizeof(line->detail), detail);
    (void)text_copy(line->subject, sizeof(line->subject), gallery->services.visit.order.id);
    (void)snprintf(line->writer, sizeof(line->writer), actor[0] != 0 ? "desk-01" : "terminal-%02zu",
                   index % 9 + 1);
    for (size_t i = 0; i < 64; i++) {
        line->digest[i] = "0123456789abcdef"[(index * 7 + i * 3) % 16];
        line->digest_before[i] = "0123456789abcdef"[(index * 5 + i * 11) % 16];
    }
}

static void fill_audit(struct gallery *gallery)
{
    static const char *const rows[][3] = {{"陈示范", "decision.apply", "pending>applied"},
                                          {"陈示范", "value.reveal", "legal_id 与复印件核对"},
                                          {"", "order.scanned", "scanning>identifying"},
                                          {"", "payment.paid", "shown>paid"},
                                          {"林样例", "clerk.sign-in", ""},
                                          {"陈示范", "supervision.message", "open"},
                                          {"", "certificate.proven", "written>proven"},
                                          {"", "key.delivered", "in-work>delivered"}};
    struct service_desk *desk = open_desk(gallery);
    desk->audit_count = 40;
    desk->audit_known = desk->audit_holds = true;
    desk->audit_checked_utc_s = GALLERY_NOW_UTC_S - 60;
    for (size_t i = 0; i < desk->audit_count; i++)
        add_row(gallery, i, rows[i % 8][0], rows[i % 8][1], rows[i % 8][2]);
    desk->recent_count = 1;
    desk->recent[0].order = gallery->services.visit.order;
    gallery_screen(gallery, DESK_AUDIT);
    gallery_answer(gallery, SERVICE_DESK_AUDIT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_audit_rows(struct gallery *gallery)
{
    fill_audit(gallery);
    gallery_tap(gallery, "audit.row.2");
}

void gallery_audit_filtered(struct gallery *gallery)
{
    fill_audit(gallery);
    gallery_tap(gallery, "audit.kind.value");
}

void gallery_audit_search(struct gallery *gallery)
{
    fill_audit(gallery);
    gallery_tap(gallery, "audit.search");
    gallery_type(gallery, "林样例");
}

void gallery_audit_broken(struct gallery *gallery)
{
    fill_audit(gallery);
    gallery->services.desk.audit_holds = false;
    gallery_tap(gallery, "audit.verify");
    gallery_answer(gallery, SERVICE_DESK_AUDIT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}
