/* Cases of the desk's lists: devices and keys, orders, audit. */
#include <stdio.h>
#include <string.h>

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
    terminal->devices.key = number == 6 ? SERVICE_KEY_ABSENT : SERVICE_KEY_BLANK;
    terminal->devices.paper_percent = number == 8 ? 18 : 96 - 6 * number;
    terminal->devices.marker_percent = 75;
    (void)snprintf(terminal->id, sizeof(terminal->id), "terminal-%02d", number);
    (void)snprintf(terminal->machine, sizeof(terminal->machine), "%02d", number);
    (void)text_copy(terminal->place, sizeof(terminal->place),
                    gallery_text(gallery, "大厅东侧", "", "南门二十四小时自助服务区"));
}

static void close_terminal(struct service_terminal *terminal)
{
    terminal->is_closed = true;
    terminal->closed_since_utc_s = GALLERY_NOW_UTC_S - 3240;
    (void)text_copy(terminal->closed_reason, sizeof(terminal->closed_reason), "paper");
}

/* Somebody was scanning when it jammed. */
static void stop_at_scanner(struct gallery *gallery, struct service_terminal *terminal)
{
    const struct order *order = &gallery->services.visit.order;
    terminal->trouble_since_utc_s = GALLERY_NOW_UTC_S - 476;
    (void)text_copy(terminal->visit, sizeof(terminal->visit), "visit-4");
    (void)text_copy(terminal->screen, sizeof(terminal->screen), "scan");
    (void)text_copy(terminal->person, sizeof(terminal->person), "赵*强");
    (void)text_copy(terminal->product, sizeof(terminal->product), order->product);
    (void)text_copy(terminal->operation, sizeof(terminal->operation), order->operation);
    (void)text_copy(terminal->acceptance, sizeof(terminal->acceptance), order->acceptance);
    (void)text_copy(terminal->order_id, sizeof(terminal->order_id), order->id);
}

static void add_batches(struct gallery *gallery, struct service_desk *desk)
{
    desk->batch_count = 3;
    desk->batches[0] = (struct service_stock_batch){
        "UK-2025-09", "SM2 标准型", 120, 60, 13, 1, 166, .low_at = 30, .model_left = 166, .days_left = 9};
    desk->batches[1] = (struct service_stock_batch){
        "UK-2025-10", "", 40, 0, 4, 0, 36, .low_at = 20, .model_left = 36, .days_left = 30};
    desk->batches[2] = (struct service_stock_batch){
        "UK-2025-07", "RSA 兼容型", 22, 0, 2, 0, 20, .low_at = 25, .model_left = 20, .days_left = 5};
    (void)text_copy(desk->batches[1].model, sizeof(desk->batches[1].model),
                    gallery_text(gallery, "SM2 加厚型", "A", "SM2 加厚型（法定代表人）"));
    static const int64_t keys[] = {24, 18, 31, 22, 15, 6, 27, 19, 30, 21, 25, 28};
    for (size_t i = 0; i < desk->terminal_count; i++) {
        desk->terminals[i].has_stock = true;
        desk->terminals[i].blank_keys = keys[i];
        desk->terminals[i].is_low = keys[i] < 8;
    }
}

void gallery_devices_hall(struct gallery *gallery)
{
    struct service_desk *desk = open_desk(gallery);
    for (int i = 1; i <= 12; i++)
        add_terminal(gallery, i, i == 4 ? DEVICE_JAMMED : DEVICE_READY);
    desk->terminals[11].devices.printer = DEVICE_PAPER_OUT;
    close_terminal(&desk->terminals[11]);
    stop_at_scanner(gallery, &desk->terminals[3]);
    desk->stock_count = 2;
    desk->stocks[0] =
        (struct service_stock){"SM2 标准型", .blank = 4, .in_work = 1, .delivered = 118, .failed = 2};
    desk->stocks[1] = (struct service_stock){"RSA 兼容型", .delivered = 20};
    add_batches(gallery, desk);
    desk->counters = (struct service_counters){.is_known = true, .finished = 18, .finished_s = 18 * 1388};
    static const int64_t days[SERVICE_STOCK_DAYS] = {21, 0, 33, 29, 35, 31, 19};
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        desk->delivered[i] = days[i];
    gallery_screen(gallery, DESK_DEVICES);
}

/* The one out of service. */
void gallery_devices_closed(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "devices.trouble");
    gallery_tap(gallery, "devices.row.terminal-12");
}

void gallery_devices_ask(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "devices.close");
    gallery_tap(gallery, "assist.reason.device");
}

/* Keys are received, with a number that stands in the stock already. */
void gallery_devices_receive(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "stock.receive");
    gallery_tap(gallery, "stock.batch");
    gallery_type(gallery, "UK-2025-11");
}

void gallery_devices_move(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "stock.move");
    gallery_tap(gallery, "stock.serials");
    gallery_type(gallery, "71135AF2..71135AF9");
}

void gallery_devices_scrap(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery_tap(gallery, "stock.scrap");
}

/* Keys that nobody registered were handed over. */
void gallery_devices_unknown(struct gallery *gallery)
{
    gallery_devices_hall(gallery);
    gallery->services.desk.batch_count = 2;
    gallery->services.desk.unknown_count = 1;
    (void)text_copy(gallery->services.desk.unknown[0], SERVICE_STOCK_TEXT_BYTES, "71135AF295F27EA6");
    gallery_tap(gallery, "devices.row.terminal-01");
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

/* A row of the audit as it could be anywhere: by whom, what, with which states and what result, where. */
struct sample {
    const char *actor, *action, *detail, *result, *writer;
};
static const struct sample samples[] = {
    {"", "order.scanned", "scanning>identifying", "done", "terminal-03"},
    {"陈示范", "value.reveal", "legal_id 与复印件核对", "reason", "desk-01"},
    {"陈示范", "decision.sign", "collecting>pending", "signed", "desk-01"},
    {"", "payment.paid", "shown>paid", "done", "terminal-05"},
    {"林样例", "clerk.sign-in", "", "done", "desk-01"},
    {"陈示范", "supervision.message", "open", "begun", "desk-01"},
    {"", "certificate.proven", "written>proven", "done", "terminal-04"},
    {"", "key.failed", "in-work>failed", "failed", "terminal-07"},
    {"uid:0", "clerk.add", ">", "done", "certctl"},
    {"", "payment.refund-alarm", "refunding>refund-alarm", "alarm", "terminal-02"}};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]), AUDIT_ROWS = 1284 };

static void fill_row(const struct gallery *gallery, size_t index, struct service_audit_line *line)
{
    const struct sample *sample = &samples[index % SAMPLES];
    const struct order *order = &gallery->services.visit.order;
    bool is_of_order = strncmp(sample->action, "clerk", 5) != 0;
    *line = (struct service_audit_line){.sequence = 48402 - (int64_t)index,
                                        .at_utc_ms = (GALLERY_NOW_UTC_S - 45 * (int64_t)index) * 1000 +
                                                     (int64_t)index * 137 % 1000};
    (void)text_copy(line->actor, sizeof(line->actor),
                    sample->actor[0] == 0 || strcmp(sample->actor, "uid:0") == 0
                        ? sample->actor
                        : gallery_text(gallery, sample->actor, "陈", "阿卜杜热合曼·吐尔逊"));
    (void)text_copy(line->account, sizeof(line->account), sample->actor[0] == 'u' ? "root" : "");
    (void)text_copy(line->action, sizeof(line->action), sample->action);
    (void)text_copy(line->detail, sizeof(line->detail), sample->detail);
    (void)text_copy(line->result, sizeof(line->result), sample->result);
    (void)text_copy(line->writer, sizeof(line->writer), sample->writer);
    (void)text_copy(line->subject, sizeof(line->subject), is_of_order ? order->id : "lin");
    (void)text_copy(line->order_id, sizeof(line->order_id), is_of_order ? order->id : "");
    (void)text_copy(line->acceptance, sizeof(line->acceptance), is_of_order ? order->acceptance : "");
    for (size_t i = 0; i < 64; i++) {
        line->digest[i] = "0123456789abcdef"[(index * 7 + i * 3) % 16];
        line->digest_before[i] = "0123456789abcdef"[(index * 5 + i * 11) % 16];
    }
}

/* The rows that were asked for last are there. */
static void answer_rows(struct gallery *gallery, size_t total)
{
    struct service_audit *audit = &gallery->services.desk.audit;
    const struct service_audit_filter *filter = &gallery->services.audit;
    audit->until_utc_ms = (int64_t)GALLERY_NOW_UTC_S * 1000;
    audit->total = total;
    audit->first = filter->first;
    audit->count = 0;
    for (size_t i = filter->first; i < total && audit->count < filter->rows; i++)
        fill_row(gallery, i, &audit->rows[audit->count++]);
    gallery_answer(gallery, SERVICE_DESK_AUDIT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* It was signed by the two it takes. */
static void sign_row(const struct gallery *gallery, const struct service_audit_line *line,
                     struct service_audit_signed *out)
{
    static const char *const names[] = {"陈示范", "林样例"};
    (void)text_copy(out->action, sizeof(out->action), "approve");
    (void)text_copy(out->displayed, sizeof(out->displayed), line->digest);
    out->required = 2;
    for (out->count = 0; out->count < 2; out->count++) {
        (void)text_copy(out->by[out->count].name, sizeof(out->by[0].name),
                        gallery_text(gallery, names[out->count], "陈", "阿卜杜热合曼·吐尔逊"));
        (void)text_copy(out->by[out->count].method, sizeof(out->by[0].method), "password");
        out->by[out->count].at_utc_s = line->at_utc_ms / 1000 - 42 + 42 * (int64_t)out->count;
    }
}

/* What belongs to the row in hand is there. */
static void answer_row(struct gallery *gallery, size_t index, bool holds)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_audit_row *row = &desk->audit_row;
    const struct service_audit_line *line = &desk->audit.rows[index];
    *row = (struct service_audit_row){
        .sequence = line->sequence, .holds = holds, .order = gallery->services.visit.order};
    (void)text_copy(row->writer, sizeof(row->writer), line->writer);
    (void)text_copy(row->digest_next, sizeof(row->digest_next), line->digest_before);
    (void)text_copy(row->unit, sizeof(row->unit),
                    gallery_text(gallery, "重庆示例科技有限公司", "",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
    if (strncmp(line->action, "decision.", 9) == 0)
        sign_row(gallery, line, &row->decision);
    for (size_t i = 4; i-- > 0; row->history_count++)
        fill_row(gallery, i, &row->history[row->history_count]);
    gallery_answer(gallery, SERVICE_DESK_AUDIT_ROW, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void open_audit(struct gallery *gallery, bool holds)
{
    static const char *const actions[] = {"certificate.proven", "clerk.add",   "clerk.sign-in",
                                          "decision.apply",     "key.failed",  "order.scanned",
                                          "payment.paid",       "value.reveal"};
    struct service_desk *desk = open_desk(gallery);
    struct service_audit_chains *chains = &desk->audit_chains;
    for (int i = 1; i <= 9; i++)
        add_terminal(gallery, i, DEVICE_READY);
    *chains = (struct service_audit_chains){
        .is_known = true, .holds = holds, .checked_utc_s = GALLERY_NOW_UTC_S - 60, .broken_sequence = 12};
    (void)text_copy(chains->broken_writer, sizeof(chains->broken_writer), "terminal-03");
    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
        (void)text_copy(chains->actions[chains->action_count++], sizeof(chains->actions[0]), actions[i]);
    for (int i = 1; i <= 9; i++)
        (void)text_copy(chains->writers[chains->writer_count++], sizeof(chains->writers[0]),
                        desk->terminals[i - 1].id);
    (void)text_copy(chains->actors[0], sizeof(chains->actors[0]), desk->clerk);
    (void)text_copy(chains->actors[1], sizeof(chains->actors[1]), "林样例");
    (void)text_copy(chains->actors[2], sizeof(chains->actors[2]), "uid:0");
    (void)text_copy(chains->accounts[2], sizeof(chains->accounts[2]), "root");
    chains->actor_count = 3;
    for (size_t i = 2; i < SAMPLES; i += 5) /* signed, failed */
        (void)text_copy(chains->results[chains->result_count++], sizeof(chains->results[0]),
                        samples[i].result);
    desk->recent_count = 1;
    desk->recent[0].order = gallery->services.visit.order;
    desk->queue_count = 4;
    gallery_screen(gallery, DESK_AUDIT);
    answer_rows(gallery, AUDIT_ROWS);
    answer_row(gallery, 0, holds);
}

void gallery_audit_rows(struct gallery *gallery)
{
    open_audit(gallery, true);
    gallery_tap(gallery, "audit.row.2");
    answer_row(gallery, 2, true);
}

/* The second page of what is chosen. */
void gallery_audit_filtered(struct gallery *gallery)
{
    open_audit(gallery, true);
    gallery_tap(gallery, "audit.pick.time");
    gallery_tap(gallery, "audit.time.option.2");
    gallery_tap(gallery, "audit.pick.result");
    gallery_tap(gallery, "audit.result.option.2");
    gallery_tap(gallery, "audit.pick.actor");
    gallery_tap(gallery, "audit.actor.option.4");
    answer_rows(gallery, 47);
    gallery_tap(gallery, "audit.next");
    answer_rows(gallery, 47);
    answer_row(gallery, 0, true);
}

void gallery_audit_menu(struct gallery *gallery)
{
    open_audit(gallery, true);
    gallery_tap(gallery, "audit.pick.place");
}

/* Nothing is left of what was searched for. */
void gallery_audit_search(struct gallery *gallery)
{
    open_audit(gallery, true);
    gallery_tap(gallery, "audit.search");
    gallery_type(gallery, "林样例");
    answer_rows(gallery, 0);
}

void gallery_audit_broken(struct gallery *gallery)
{
    open_audit(gallery, false);
    gallery_tap(gallery, "audit.verify");
}

/* The colleague's password was wrong. */
void gallery_audit_export(struct gallery *gallery)
{
    open_audit(gallery, true);
    gallery_tap(gallery, "audit.export");
    gallery_type(gallery, "lin");
    gallery_tap(gallery, "export.password");
    gallery_type(gallery, "zhanghao");
    gallery_tap(gallery, "export.yes");
    gallery_answer(gallery, SERVICE_DESK_AUDIT_EXPORT, STATUS_REFUSED, SERVICE_REASON_PASSWORD_WRONG, 0,
                   NULL);
}
