/* Cases of who comes again: counts, bills, feedback, and what the desk reads of it. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { DAY_S = 86400, BILLS = 9, FEEDBACKS = 3 };

static void open_as(struct gallery *gallery, int screen)
{
    gallery_login(gallery);
    gallery->services.visit.product = NULL;
    gallery->services.visit.operation = NULL;
    gallery->services.visit.counts =
        (struct service_order_counts){.open = gallery->length == GALLERY_LONGEST ? 128 : 4,
                                      .rejected = 1,
                                      .paying = 1,
                                      .soft = gallery->length == GALLERY_LONGEST,
                                      .certificates = gallery->length == GALLERY_LONGEST ? 32 : 3,
                                      .ending = 1};
    gallery_screen(gallery, screen);
}

void gallery_orders_counts(struct gallery *gallery)
{
    gallery_orders_states(gallery);
    gallery->services.visit.counts = (struct service_order_counts){.open = 12, .paying = 2, .fetching = 1};
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_own_counts(struct gallery *gallery)
{
    open_as(gallery, SCREEN_OWN);
}

void gallery_bills_none(struct gallery *gallery)
{
    open_as(gallery, SCREEN_BILLS);
    gallery_answer(gallery, SERVICE_BILL_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_bills_list(struct gallery *gallery)
{
    static const char *const channels[] = {"alipay", "wechat", "desk", "transfer"};
    struct service_bills *bills = &gallery->services.visit.bills;
    const struct product *product = gallery->catalogue->products[0];
    open_as(gallery, SCREEN_BILLS);
    for (size_t i = 0; i < BILLS; i++) {
        struct service_bill *bill = &bills->bills[bills->count++];
        *bill = (struct service_bill){.amount_fen = 48000,
                                      .paid_utc_s = GALLERY_NOW_UTC_S - (int64_t)i * 9 * DAY_S,
                                      .state = i == 1   ? SERVICE_BILL_REFUNDED
                                               : i == 2 ? SERVICE_BILL_REFUNDING
                                                        : SERVICE_BILL_PAID};
        (void)snprintf(bill->acceptance, sizeof(bill->acceptance), "T202511211024%02zu07", i);
        (void)text_copy(bill->product, sizeof(bill->product), product->id);
        (void)text_copy(bill->operation, sizeof(bill->operation), "new");
        (void)text_copy(bill->channel, sizeof(bill->channel), channels[i % 4]);
        bills->kept_fen += i == 1 ? 0 : bill->amount_fen;
    }
    gallery_answer(gallery, SERVICE_BILL_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void add_certificate(struct gallery *gallery, enum service_holder_state state, int64_t left_days)
{
    struct service_mine *mine = &gallery->services.visit.mine;
    struct service_mine_certificate *line = &mine->certificates[mine->count++];
    *line = (struct service_mine_certificate){.state = state,
                                              .product = gallery->catalogue->products[0],
                                              .not_after_utc_s = GALLERY_NOW_UTC_S + left_days * DAY_S};
    (void)snprintf(line->request_id, sizeof(line->request_id), "%032zu", mine->count);
    (void)text_copy(line->class_id, sizeof(line->class_id), line->product->classes[0].id);
    (void)text_copy(line->owner, sizeof(line->owner),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
}

void gallery_mine_list(struct gallery *gallery)
{
    open_as(gallery, SCREEN_MINE);
    for (int64_t i = 0; i < 7; i++)
        add_certificate(gallery, i == 1 ? SERVICE_HOLDER_SOON : SERVICE_HOLDER_VALID, i == 1 ? 20 : 300 + i);
    add_certificate(gallery, SERVICE_HOLDER_HELD, 200);
    add_certificate(gallery, SERVICE_HOLDER_REVOKED, 100);
    add_certificate(gallery, SERVICE_HOLDER_EXPIRED, -4);
    gallery_answer(gallery, SERVICE_MINE_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* One of them is on a phone, of the product whose authority asks about it. */
static void add_found(struct gallery *gallery)
{
    struct service_mine *mine = &gallery->services.visit.mine;
    add_certificate(gallery, SERVICE_HOLDER_VALID, 200);
    struct service_mine_certificate *line = &mine->certificates[mine->count - 1];
    line->product = catalogue_find(gallery->catalogue, "bzt-person");
    (void)text_copy(line->class_id, sizeof(line->class_id), line->product->classes[0].id);
}

void gallery_mine_found(struct gallery *gallery)
{
    open_as(gallery, SCREEN_MINE);
    for (int64_t i = 0; i < 7; i++)
        add_certificate(gallery, SERVICE_HOLDER_VALID, 300 + i);
    add_found(gallery);
    gallery_answer(gallery, SERVICE_MINE_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_orders_found(struct gallery *gallery)
{
    gallery_orders_states(gallery);
    add_found(gallery);
    gallery_answer(gallery, SERVICE_MINE_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_mine_over(struct gallery *gallery)
{
    gallery_mine_list(gallery);
    gallery_tap(gallery, "mine.tab.over");
}

void gallery_mine_one(struct gallery *gallery)
{
    gallery_mine_list(gallery);
    gallery_tap(gallery, "certificate.0");
}

void gallery_mine_none(struct gallery *gallery)
{
    open_as(gallery, SCREEN_MINE);
    gallery_answer(gallery, SERVICE_MINE_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_feedback_empty(struct gallery *gallery)
{
    open_as(gallery, SCREEN_FEEDBACK);
}

void gallery_feedback_typing(struct gallery *gallery)
{
    open_as(gallery, SCREEN_FEEDBACK);
    gallery_tap(gallery, "feedback.kind.complaint");
    gallery_tap(gallery, "feedback.words");
    gallery_type(gallery,
                 gallery_text(gallery, "扫描提示可以再大一些", "好", "扫描提示可以再大一些，窗口叫号"));
}

void gallery_feedback_sent(struct gallery *gallery)
{
    gallery_feedback_typing(gallery);
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_FEEDBACK_SEND, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* --- at the desk ------------------------------------------------------------------------------------- */

static void sign_in(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk), "陈示范");
}

void gallery_holders_empty(struct gallery *gallery)
{
    sign_in(gallery);
    gallery_screen(gallery, DESK_HOLDERS);
    gallery_answer(gallery, SERVICE_DESK_HOLDERS, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_holders_feedback(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_holders_empty(gallery);
    for (size_t i = 0; i < FEEDBACKS; i++) {
        struct service_feedback *feedback = &desk->feedbacks[desk->feedback_count++];
        *feedback = (struct service_feedback){.kind = (enum service_feedback_kind)i,
                                              .at_utc_s = GALLERY_NOW_UTC_S - (int64_t)i * 3600};
        (void)snprintf(feedback->id, sizeof(feedback->id), "feedback-%zu", i);
        (void)text_copy(feedback->terminal, sizeof(feedback->terminal), "terminal-03");
        (void)text_copy(feedback->phone, sizeof(feedback->phone), "13800000000");
        (void)text_copy(feedback->clerk, sizeof(feedback->clerk), i == 2 ? "陈示范" : "");
        (void)text_copy(feedback->text, sizeof(feedback->text),
                        gallery_text(gallery, "扫描提示可以再大一些", "好",
                                     "扫描提示可以再大一些，窗口叫号的声音也听不太清楚，希望在等候区多放几把"
                                     "椅子，再放一台饮水机"));
    }
    gallery_tap(gallery, "holders.filter.feedback");
    gallery_tap(gallery, "holders.row.0");
}

/* --- the question, and what a clerk lets be set anew --------------------------------------------------- */

/* A product that asks one. */
static void choose_asking(struct gallery *gallery)
{
    const struct product *product = catalogue_find(gallery->catalogue, "dfca-hnzj-person");
    gallery_login(gallery);
    gallery->services.visit.product = product;
    gallery->services.visit.operation = product_find_operation(product, "renew");
    gallery->services.visit.question.is_asked = true;
    (void)text_copy(gallery->services.visit.question.question,
                    sizeof(gallery->services.visit.question.question), "您的一生最重要的人是谁?");
}

void gallery_question_asked(struct gallery *gallery)
{
    choose_asking(gallery);
    gallery_screen(gallery, SCREEN_QUESTION);
}

void gallery_question_wrong(struct gallery *gallery)
{
    gallery_question_asked(gallery);
    gallery_tap(gallery, "question.answer");
    gallery_type(gallery, "妈妈");
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_QUESTION_ANSWER, STATUS_REFUSED, SERVICE_REASON_QUESTION_WRONG, 4, NULL);
}

void gallery_question_typing(struct gallery *gallery)
{
    gallery_question_asked(gallery);
    gallery_tap(gallery, "question.answer");
    gallery_type(gallery, gallery_text(gallery, "妈妈", "妈", "在长沙市芙蓉区住了五十年的外祖母和外祖父"));
}

static void ask_reset(struct gallery *gallery, enum service_reset_state state)
{
    gallery_question_asked(gallery);
    gallery_tap(gallery, "question.forgotten");
    gallery->services.visit.reset = (struct service_reset){.id = "reset-0",
                                                           .kind = SERVICE_RESET_ANSWER,
                                                           .state = state,
                                                           .code = "4071",
                                                           .until_utc_s = GALLERY_NOW_UTC_S + 600};
    gallery_answer(gallery, SERVICE_RESET_ASK, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_reset_code(struct gallery *gallery)
{
    ask_reset(gallery, SERVICE_RESET_IS_ASKED);
}

void gallery_reset_refused(struct gallery *gallery)
{
    ask_reset(gallery, SERVICE_RESET_IS_REFUSED);
}

void gallery_reset_answer(struct gallery *gallery)
{
    ask_reset(gallery, SERVICE_RESET_IS_PROVEN);
}

void gallery_reset_proof(struct gallery *gallery)
{
    ask_reset(gallery, SERVICE_RESET_IS_GRANTED);
}

void gallery_reset_proof_wrong(struct gallery *gallery)
{
    gallery_reset_proof(gallery);
    gallery_tap(gallery, "reset.proof");
    gallery_type(gallery, "480012");
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "reset.prove");
    gallery_answer(gallery, SERVICE_RESET_PROVE, STATUS_REFUSED, SERVICE_REASON_RESET_PROOF, 2, NULL);
}

static void fill_resets(struct gallery *gallery)
{
    static const enum service_reset_kind kinds[] = {SERVICE_RESET_ANSWER, SERVICE_RESET_PASSWORD,
                                                    SERVICE_RESET_PHONE};
    struct service_desk *view = &gallery->services.desk;
    for (size_t i = 0; i < 3; i++) {
        struct service_reset_line *line = &view->resets[view->reset_count++];
        *line =
            (struct service_reset_line){.reset = {.kind = kinds[i], .until_utc_s = GALLERY_NOW_UTC_S + 600},
                                        .wrong = i == 1,
                                        .since_utc_s = GALLERY_NOW_UTC_S - 60 * (int64_t)i};
        (void)snprintf(line->reset.id, sizeof(line->reset.id), "reset-%zu", i);
        (void)snprintf(line->reset.code, sizeof(line->reset.code), "40%zu1", i);
        (void)text_copy(line->terminal, sizeof(line->terminal), "terminal-03");
        (void)text_copy(line->who, sizeof(line->who),
                        i == 0   ? "20251121000000000007"
                        : i == 1 ? "138****0000"
                                 : "");
    }
}

void gallery_holders_reset(struct gallery *gallery)
{
    gallery_holders_empty(gallery);
    fill_resets(gallery);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "holders.row.1");
}

void gallery_holders_granted(struct gallery *gallery)
{
    gallery_holders_reset(gallery);
    gallery_tap(gallery, "reset.id");
    gallery_type(gallery, "110101199003070417");
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "reset.grant");
    (void)strcpy(gallery->services.desk.resets[1].proof, "482613");
    gallery_answer(gallery, SERVICE_DESK_RESET, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_holders_differs(struct gallery *gallery)
{
    gallery_holders_reset(gallery);
    gallery_tap(gallery, "reset.id");
    gallery_type(gallery, "110101199003070361");
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap(gallery, "reset.grant");
    gallery_answer(gallery, SERVICE_DESK_RESET, STATUS_REFUSED, SERVICE_REASON_ID_DIFFERS, 2, NULL);
}
