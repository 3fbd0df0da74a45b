/* Cases of money by hand: the desk's page, and the ways beside a code at the terminal. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { LINES = 6 };

static struct service_queue_line *add_line(struct gallery *gallery, enum order_state state)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_queue_line *line = &desk->money[desk->money_count];
    int index = (int)desk->money_count++;
    *line = (struct service_queue_line){.order = gallery->services.visit.order,
                                        .waiting_since_utc_s = GALLERY_NOW_UTC_S - 900 * (LINES - index)};
    line->order.state = state;
    (void)snprintf(line->order.id, sizeof(line->order.id), "%032d", index);
    (void)snprintf(line->order.acceptance, sizeof(line->order.acceptance), "T20251121101%02d0500",
                   10 + index);
    (void)text_copy(line->unit, sizeof(line->unit),
                    gallery_text(gallery, "重庆示例科技有限公司", "",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
    return line;
}

static void set_hand(struct service_queue_line *line, const char *channel, enum service_voucher voucher)
{
    line->hand.voucher = voucher;
    line->hand.amount_fen = 48000;
    line->hand.since_utc_s = line->waiting_since_utc_s;
    (void)text_copy(line->hand.channel, sizeof(line->hand.channel), channel);
}

static void open_money(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_PAYING);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
    set_hand(add_line(gallery, ORDER_STATE_REFUNDING), "desk", SERVICE_VOUCHER_NONE);
    desk->money[0].hand.pay_back = true;
    (void)add_line(gallery, ORDER_STATE_PAYING);
    set_hand(add_line(gallery, ORDER_STATE_PAYING), "desk", SERVICE_VOUCHER_NONE);
    set_hand(add_line(gallery, ORDER_STATE_PAYING), "transfer", SERVICE_VOUCHER_WAITS);
    set_hand(add_line(gallery, ORDER_STATE_PAYING), "transfer", SERVICE_VOUCHER_REFUSED);
    (void)text_copy(
        desk->money[4].hand.reason, sizeof(desk->money[4].hand.reason),
        gallery_text(gallery, "金额不一致", "糊", "账上没有找到这笔钱，请核对付款账户和附言后再来扫描凭证"));
    set_hand(add_line(gallery, ORDER_STATE_PAYING), "transfer", SERVICE_VOUCHER_NONE);
    gallery_screen(gallery, DESK_MONEY);
}

void gallery_money_list(struct gallery *gallery)
{
    open_money(gallery);
    gallery_tap(gallery, "money.row.1");
}

void gallery_money_taking(struct gallery *gallery)
{
    open_money(gallery);
    gallery_tap(gallery, "money.row.2");
    gallery->services.desk.money[2].hand.has_code = true;
    gallery_tap(gallery, "money.method.pos");
    gallery_tap(gallery, "money.reference");
    gallery_type(gallery, "POS-20251121-0042");
}

void gallery_money_back(struct gallery *gallery)
{
    open_money(gallery);
    gallery_tap(gallery, "money.row.0");
}

/* A transfer that was closed, whose money came all the same. */
void gallery_money_late(struct gallery *gallery)
{
    open_money(gallery);
    struct service_queue_line *line = add_line(gallery, ORDER_STATE_CLOSED);
    set_hand(line, "transfer", SERVICE_VOUCHER_NONE);
    line->hand.is_late = true;
    gallery_tap(gallery, "money.filter.late");
    gallery_tap(gallery, "money.row.0");
    gallery_tap(gallery, "money.reference");
    gallery_type(gallery, "2025112100012345");
}

/* Money of a closed order goes back under two names. */
void gallery_money_two(struct gallery *gallery)
{
    open_money(gallery);
    struct service_queue_line *line = &gallery->services.desk.money[0];
    set_hand(line, "transfer", SERVICE_VOUCHER_NONE);
    line->order.state = ORDER_STATE_CLOSED;
    line->hand.by_two = true;
    gallery_tap(gallery, "money.row.0");
    gallery_tap(gallery, "money.second");
    gallery_type(gallery, gallery_text(gallery, "林示范", "林", "阿卜杜热合曼·吐尔逊"));
}

/* The voucher in the list's place. */
void gallery_money_voucher(struct gallery *gallery)
{
    open_money(gallery);
    gallery_tap(gallery, "money.row.3");
    gallery_tap(gallery, "money.look");
    gallery_answer(gallery, SERVICE_DESK_VOUCHER, STATUS_OK, SERVICE_REASON_NONE, 0,
                   gallery_page("10_business_licence.jpg", 1100));
    gallery_tap(gallery, "money.reference");
    gallery_type(gallery, "2025112100012345");
}

void gallery_money_refuse(struct gallery *gallery)
{
    gallery_money_voucher(gallery);
    gallery_tap(gallery, "money.refuse");
    gallery_tap(gallery, "refuse.reason.amount");
}

void gallery_money_refused(struct gallery *gallery)
{
    open_money(gallery);
    gallery_tap(gallery, "money.row.4");
}

void gallery_money_wrong(struct gallery *gallery)
{
    gallery_money_taking(gallery);
    gallery->services.desk.money[2].hand.has_code = false;
    gallery_tap(gallery, "money.amount");
    gallery_type(gallery, "470");
    gallery_tap(gallery, "money.sign");
    gallery_answer(gallery, SERVICE_DESK_MONEY_TAKE, STATUS_REFUSED, SERVICE_REASON_AMOUNT_DIFFERS, 0, NULL);
}

void gallery_money_empty(struct gallery *gallery)
{
    open_money(gallery);
    gallery->services.desk.money_count = 0;
    gallery_screen(gallery, DESK_MONEY);
}

/* --- invoices ------------------------------------------------------------------------------------------ */

static void add_invoice(struct gallery *gallery, enum service_invoice_state state, int due_days)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_invoice_line *line = &desk->invoices[desk->invoice_count];
    int index = (int)desk->invoice_count++;
    line->order = gallery->services.visit.order;
    line->invoice = (struct service_invoice){.exists = true,
                                             .state = state,
                                             .version = 1,
                                             .amount_fen = 48000,
                                             .paid_utc_s = GALLERY_NOW_UTC_S - 86400 * (6 - index),
                                             .due_utc_s = GALLERY_NOW_UTC_S + 86400 * due_days};
    (void)snprintf(line->order.id, sizeof(line->order.id), "%032d", index);
    (void)snprintf(line->order.acceptance, sizeof(line->order.acceptance), "T20251121101%02d0500",
                   10 + index);
    struct service_invoice_title *title = &line->invoice.title;
    (void)text_copy(title->title, sizeof(title->title),
                    gallery_text(gallery, "重庆示例科技有限公司", "甲",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
    (void)text_copy(title->tax_number, sizeof(title->tax_number), "91500108MA6000016R");
    (void)text_copy(
        title->email, sizeof(title->email),
        gallery_text(gallery, "caiwu@example.cn", "", "caiwu.shoupiao.zhuanyong@example-company.cn"));
    if (state == SERVICE_INVOICE_ISSUED) {
        line->invoice.issued_utc_s = GALLERY_NOW_UTC_S - 3600;
        (void)text_copy(line->invoice.document, sizeof(line->invoice.document), "25502000000123456789");
    }
}

void gallery_invoices_list(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_DONE);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk), "陈示范");
    add_invoice(gallery, SERVICE_INVOICE_REQUESTED, -1);
    add_invoice(gallery, SERVICE_INVOICE_REQUESTED, 3);
    add_invoice(gallery, SERVICE_INVOICE_OPEN, 0);
    desk->invoices[2].invoice.due_utc_s = 0;
    add_invoice(gallery, SERVICE_INVOICE_ISSUED, 4);
    add_invoice(gallery, SERVICE_INVOICE_VOID, 4);
    gallery_screen(gallery, DESK_INVOICES);
    gallery_answer(gallery, SERVICE_DESK_INVOICES, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_tap(gallery, "invoices.row.1");
}

void gallery_invoices_issued(struct gallery *gallery)
{
    gallery_invoices_list(gallery);
    gallery_tap(gallery, "invoices.row.3");
}

void gallery_invoices_correct(struct gallery *gallery)
{
    gallery_invoices_list(gallery);
    gallery_tap(gallery, "invoice.correct");
}

void gallery_invoices_wrong(struct gallery *gallery)
{
    gallery_invoices_list(gallery);
    gallery_tap(gallery, "invoice.document");
    gallery_type(gallery, "123");
    gallery_tap(gallery, "invoice.issue");
    gallery_answer(gallery, SERVICE_DESK_INVOICE_ISSUE, STATUS_REFUSED, SERVICE_REASON_REFERENCE, 0, NULL);
}

void gallery_invoices_empty(struct gallery *gallery)
{
    gallery_invoices_list(gallery);
    gallery->services.desk.invoice_count = 0;
    gallery_screen(gallery, DESK_INVOICES);
    gallery_answer(gallery, SERVICE_DESK_INVOICES, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* --- at the terminal ----------------------------------------------------------------------------------- */

/* The visit's product, taking money by hand, too. */
static void take_by_hand(struct gallery *gallery)
{
    static struct product product; /* the page borrows it */
    product = *gallery->services.visit.product;
    product.account = (struct product_account){
        .holder = gallery_text(gallery, "东方示例数字认证中心有限公司", "示例公司",
                               "重庆市高新技术产业开发区示例电子认证服务有限责任公司"),
        .number = gallery_text(gallery, "6222020200112233", "62220202", "6222 0202 0011 2233 4455 667"),
        .bank = gallery_text(gallery, "示例银行重庆渝北支行", "示例银行",
                             "示例银行股份有限公司重庆两江新区自贸试验区分行")};
    product.payment[0] = PRODUCT_PAYMENT_ALIPAY;
    product.payment[1] = PRODUCT_PAYMENT_WECHAT;
    product.payment[2] = PRODUCT_PAYMENT_TRANSFER;
    product.payment[3] = PRODUCT_PAYMENT_DESK;
    product.payment_count = 4;
    product.payment_later_days = 30;
    gallery->services.visit.product = &product;
}

/* Four years at once are cheaper than four of one. */
void gallery_pay_bundle(struct gallery *gallery)
{
    static struct product product; /* the page borrows it */
    gallery_pay_code(gallery);
    struct service_visit *visit = &gallery->services.visit;
    const struct product *priced = catalogue_find(gallery->catalogue, "gxca-online");
    product = *visit->product;
    product.tariff = priced->tariff;
    product.tariff_count = priced->tariff_count;
    product.bundles = priced->bundles;
    product.bundle_count = priced->bundle_count;
    visit->product = &product;
    visit->wish.years = 4;
    struct product_wish wish;
    struct price_quote quote;
    service_visit_wish(visit, GALLERY_NOW_UTC_S, &wish);
    if (product_wish_quote(&wish, &quote) == STATUS_OK)
        visit->order.amount_fen = visit->payment.amount_fen = quote.amount_fen;
    visit->wish.until_utc_s = product_wish_end_utc_s(&wish);
    gallery_screen(gallery, SCREEN_PAY);
}

void gallery_pay_ways(struct gallery *gallery)
{
    gallery_pay_code(gallery);
    take_by_hand(gallery);
    gallery_screen(gallery, SCREEN_PAY);
}

void gallery_pay_ways_dialog(struct gallery *gallery)
{
    gallery_pay_ways(gallery);
    gallery_tap(gallery, "pay.ways");
}

void gallery_pay_ways_no_key(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    take_by_hand(gallery);
    gallery->services.visit.payment.amount_fen = 48000;
    gallery_screen(gallery, SCREEN_PAY);
    gallery_answer(gallery, SERVICE_ISSUE_READY, STATUS_NOT_FOUND, SERVICE_REASON_NO_KEY, 0, NULL);
}

static void transfer(struct gallery *gallery, enum service_voucher voucher)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    take_by_hand(gallery);
    struct service_visit *visit = &gallery->services.visit;
    visit->payment = (struct service_payment){
        .state = SERVICE_PAY_BY_TRANSFER, .amount_fen = 48000, .channel = "transfer"};
    visit->hand = (struct service_hand){.channel = "transfer", .amount_fen = 48000, .voucher = voucher};
    (void)text_copy(
        visit->hand.reason, sizeof(visit->hand.reason),
        gallery_text(gallery, "金额不一致", "糊", "账上没有找到这笔钱，请核对付款账户和附言后再来扫描凭证"));
    gallery_screen(gallery, SCREEN_PAY);
    if (voucher != SERVICE_VOUCHER_NONE)
        gallery_answer(gallery, SERVICE_PAGE_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0,
                       gallery_page("10_business_licence.jpg", 900));
}

void gallery_pay_transfer(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_NONE);
}

void gallery_pay_transfer_printed(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_NONE);
    gallery_tap(gallery, "pay.account_print");
    gallery_answer(gallery, SERVICE_ACCOUNT_PRINT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_pay_transfer_waits(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_WAITS);
}

void gallery_pay_transfer_refused(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_REFUSED);
}

void gallery_pay_transfer_scanning(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_NONE);
    gallery_tap(gallery, "pay.voucher_scan");
}

void gallery_pay_window(struct gallery *gallery)
{
    gallery_pay_ways_dialog(gallery);
    gallery->services.visit.payment.state = SERVICE_PAY_CLOSED;
    gallery_tap(gallery, "ways.desk");
}

void gallery_pay_window_taking(struct gallery *gallery)
{
    gallery_pay_window(gallery);
    gallery->services.visit.payment.state = SERVICE_PAY_BY_DESK;
    gallery_report(gallery, SERVICE_PAY_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_pay_kept(struct gallery *gallery)
{
    transfer(gallery, SERVICE_VOUCHER_NONE);
    gallery_tap(gallery, ui_is_portrait(gallery->ui) ? "bar.exit" : "bar.back");
}
