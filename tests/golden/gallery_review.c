/* Cases of waiting for people: identity check, review, rejection, and the desk's place for the check. */
#include "tests/golden/gallery_person.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

static struct service_visit *visit_of(struct gallery *gallery)
{
    return &gallery->services.visit;
}

/* --- identity ---------------------------------------------------------------------------------------- */

static void open_identity(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_IDENTIFYING);
    gallery_scanned(gallery, 4);
}

void gallery_identity_waiting(struct gallery *gallery)
{
    open_identity(gallery);
    gallery_screen(gallery, SCREEN_IDENTITY);
}

void gallery_identity_behind_others(struct gallery *gallery)
{
    open_identity(gallery);
    visit_of(gallery)->attention.ahead = 12;
    gallery_screen(gallery, SCREEN_IDENTITY);
}

void gallery_identity_checking(struct gallery *gallery)
{
    open_identity(gallery);
    visit_of(gallery)->attention.is_open = true;
    gallery_screen(gallery, SCREEN_IDENTITY);
}

/* The page of a hall with a card reader, at this way. */
static void open_way(struct gallery *gallery, const char *way)
{
    open_identity(gallery);
    gallery->services.identifies[PRODUCT_IDENTITY_READER] = true;
    gallery->services.identifies[PRODUCT_IDENTITY_PHONE] = strstr(way, "phone") != NULL;
    gallery_screen(gallery, SCREEN_IDENTITY);
    gallery_tap(gallery, way);
}

static void refuse_card(struct gallery *gallery, enum service_reason reason)
{
    open_way(gallery, "identity.way.reader");
    gallery_answer(gallery, SERVICE_CARD_IDENTIFY, STATUS_REFUSED, reason, 0, NULL);
}

void gallery_identity_reader(struct gallery *gallery)
{
    open_way(gallery, "identity.way.reader");
}

/* The code is shown; the telephone has not finished. */
void gallery_identity_phone(struct gallery *gallery)
{
    struct service_proving *proving = &visit_of(gallery)->proving;
    open_way(gallery, "identity.way.phone");
    proving->tries_left = 3;
    proving->state = SERVICE_PROVING_WAITING;
    (void)text_copy(proving->url, sizeof(proving->url),
                    "https://identity.example/s/0123456789abcdef0123456789abcdef");
    gallery_answer(gallery, SERVICE_PHONE_BEGIN, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_identity_phone_failed(struct gallery *gallery)
{
    gallery_identity_phone(gallery);
    visit_of(gallery)->proving.state = SERVICE_PROVING_FAILED;
    visit_of(gallery)->proving.tries_left = 2;
    gallery_report(gallery, SERVICE_PHONE_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_identity_phone_expired(struct gallery *gallery)
{
    gallery_identity_phone(gallery);
    visit_of(gallery)->proving.state = SERVICE_PROVING_EXPIRED;
    gallery_report(gallery, SERVICE_PHONE_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_identity_phone_silent(struct gallery *gallery)
{
    open_way(gallery, "identity.way.phone");
    gallery_answer(gallery, SERVICE_PHONE_BEGIN, STATUS_BUSY, SERVICE_REASON_PHONE_SILENT, 0, NULL);
}

void gallery_identity_ways(struct gallery *gallery)
{
    open_way(gallery, "identity.way.desk");
}

void gallery_identity_no_card(struct gallery *gallery)
{
    refuse_card(gallery, SERVICE_REASON_NO_CARD);
}

void gallery_identity_card_other(struct gallery *gallery)
{
    refuse_card(gallery, SERVICE_REASON_CARD_OTHER);
}

void gallery_identity_card_expired(struct gallery *gallery)
{
    refuse_card(gallery, SERVICE_REASON_CARD_EXPIRED);
}

void gallery_identity_reader_gone(struct gallery *gallery)
{
    refuse_card(gallery, SERVICE_REASON_OFFLINE);
}

static void add_item(struct gallery *gallery, enum order_item_kind kind, const char *item, const char *reason)
{
    struct order_rejections *items = &visit_of(gallery)->rejections;
    struct order_rejection *added = &items->item[items->count++];
    *added = (struct order_rejection){.kind = kind};
    (void)text_copy(added->item, sizeof(added->item), item);
    (void)text_copy(added->reason, sizeof(added->reason), reason);
}

static void refuse(struct gallery *gallery)
{
    const char *reason =
        gallery_text(gallery, "本人与身份证照片不一致。请经办人本人来办", "不是本人",
                     "姓名或号码与填写的不一致。核对后修改姓名或者身份证号码，再打印、再扫描");
    open_identity(gallery);
    add_item(gallery, ORDER_ITEM_FIELD, "agent_name", reason);
    add_item(gallery, ORDER_ITEM_FIELD, "agent_id", reason);
    visit_of(gallery)->attention.refusals = 1;
}

void gallery_identity_refused(struct gallery *gallery)
{
    refuse(gallery);
    gallery_screen(gallery, SCREEN_IDENTITY);
}

void gallery_identity_again(struct gallery *gallery)
{
    refuse(gallery);
    gallery_screen(gallery, SCREEN_IDENTITY);
    gallery_tap(gallery, "bar.next");
}

/* --- review ------------------------------------------------------------------------------------------ */

static void open_review(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_REVIEWING);
    gallery_scanned(gallery, 4);
    visit_of(gallery)->attention.ahead = 1;
    (void)text_copy(visit_of(gallery)->ticket, sizeof(visit_of(gallery)->ticket),
                    "3f1c9a52d07b4e68a1c5d2f09b7e4830");
    gallery_screen(gallery, SCREEN_REVIEW);
    gallery_answer(gallery, SERVICE_TICKET_MAKE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_review_waiting(struct gallery *gallery)
{
    open_review(gallery);
}

/* Nothing is charged. */
/* Of a product that is paid for before. */
void gallery_review_paid(struct gallery *gallery)
{
    const struct product *product = catalogue_find(gallery->catalogue, "dfca-hnzj-unit");
    struct service_visit *visit = visit_of(gallery);
    gallery_order(gallery, ORDER_STATE_REVIEWING);
    visit->product = product;
    visit->operation = product_find_operation(product, "new");
    visit->order.amount_fen = visit->order.paid_fen = 19000;
    gallery_screen(gallery, SCREEN_REVIEW);
}

void gallery_review_free(struct gallery *gallery)
{
    gallery_review_waiting(gallery);
    gallery->services.visit.order.amount_fen = 0;
    gallery_report(gallery, SERVICE_ORDER_REFRESH, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_review_long(struct gallery *gallery)
{
    open_review(gallery);
    visit_of(gallery)->due_utc_s = GALLERY_NOW_UTC_S + 3 * 86400;
    gallery_wait(gallery, 65000);
}

void gallery_review_opened(struct gallery *gallery)
{
    open_review(gallery);
    visit_of(gallery)->attention = (struct service_attention){.is_open = true, .seen = 3};
    gallery_report(gallery, SERVICE_ORDER_REFRESH, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_review_no_paper(struct gallery *gallery)
{
    open_review(gallery);
    gallery_tap(gallery, "review.print");
    gallery_answer(gallery, SERVICE_RECEIPT_PRINT, STATUS_REFUSED, SERVICE_REASON_PAPER_OUT, 0, NULL);
}

/* --- rejected ---------------------------------------------------------------------------------------- */

void gallery_rejected_one(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_REJECTED);
    gallery_scanned(gallery, 4);
    add_item(
        gallery, ORDER_ITEM_PAPER, "licence",
        gallery_text(gallery, "公章不清晰。重新盖章、重新扫描这一项", "看不清",
                     "没有经办人手写签名，日期也没有写。签字、写日期、盖公章以后，把这一页放平重新扫描"));
    gallery_screen(gallery, SCREEN_REJECTED);
}

void gallery_rejected_many(struct gallery *gallery)
{
    static const char *const fields[] = {"company",      "legal_name",    "legal_id",   "legal_mobile",
                                         "office_phone", "website",       "agent_name", "agent_mobile",
                                         "agent_email",  "mailing_street"};
    static const char *const papers[] = {"application", "licence"};
    gallery_order(gallery, ORDER_STATE_REJECTED);
    gallery_scanned(gallery, 4);
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
        add_item(gallery, ORDER_ITEM_PAPER, papers[i],
                 gallery_text(gallery, "页面不完整。四角放齐后重新扫描", "缺角",
                              "页面不完整。四角放齐后重新扫描，公章和签名都要看得清"));
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        add_item(gallery, ORDER_ITEM_FIELD, fields[i],
                 gallery_text(gallery, "与营业执照不一致。照营业执照修改", "不一致",
                              "与营业执照不一致。照营业执照修改，一个字也不要少"));
    gallery_screen(gallery, SCREEN_REJECTED);
}

void gallery_rejected_last_page(struct gallery *gallery)
{
    gallery_rejected_many(gallery);
    gallery_tap(gallery, "pages.next");
}

/* --- the desk ---------------------------------------------------------------------------------------- */

static void open_desk(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_IDENTIFYING);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk), "chen");
    desk->queue_count = 2;
    for (size_t i = 0; i < desk->queue_count; i++) {
        struct service_queue_line *line = &desk->queue[i];
        *line = (struct service_queue_line){.order = visit_of(gallery)->order,
                                            .waiting_since_utc_s = GALLERY_NOW_UTC_S - 300 + 120 * (int)i};
        (void)text_copy(line->unit, sizeof(line->unit), "重庆示例科技有限公司");
    }
    (void)text_copy(desk->queue[1].order.id, sizeof(desk->queue[1].order.id), "0000");
    (void)text_copy(desk->queue[1].order.acceptance, sizeof(desk->queue[1].order.acceptance),
                    "T2025112110251803");
    desk->queue[1].order.state = ORDER_STATE_REVIEWING;
    gallery_screen(gallery, DESK_REVIEW);
    gallery_tap(gallery, "queue.T2025112110243607");
    desk->opened.is_open = true;
    desk->opened.order = desk->queue[0].order;
    check(form_values_copy(&desk->opened.values, &gallery->services.values) == STATUS_OK);
    gallery_answer(gallery, SERVICE_DESK_CASE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_desk_identity(struct gallery *gallery)
{
    open_desk(gallery);
}

void gallery_desk_identity_ready(struct gallery *gallery)
{
    open_desk(gallery);
    gallery_tap(gallery, "identity.check.present");
    gallery_tap(gallery, "identity.check.valid");
    gallery_tap(gallery, "identity.check.same");
    gallery_tap(gallery, "identity.reveal");
    gallery_answer(gallery, SERVICE_DESK_REVEAL, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_desk_identity_refused(struct gallery *gallery)
{
    open_desk(gallery);
    gallery_tap(gallery, "identity.reason.person");
    gallery_tap(gallery, "identity.refuse");
    gallery->services.desk.opened.decided = true;
    gallery_answer(gallery, SERVICE_DESK_IDENTIFY, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_desk_identity_accepted(struct gallery *gallery)
{
    gallery_desk_identity_ready(gallery);
    gallery_tap(gallery, "identity.accept");
    gallery->services.desk.opened.decided = gallery->services.desk.opened.approved = true;
    gallery->services.desk.opened.undo_until_utc_s = GALLERY_NOW_UTC_S + 6;
    gallery_answer(gallery, SERVICE_DESK_IDENTIFY, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}
