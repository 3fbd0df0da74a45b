/* Cases of paying, making the key, its PIN and leaving. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

/* As long as the gateway's real codes are: a modulus of 33 modules. */
#define CODE "https://qr.alipay.com/bax08021njm7zjmwvzxa008b"

enum { SHOWN_S = 272, LAST_S = 43 };

/* --- pay --------------------------------------------------------------------------------------------- */

static void code(struct gallery *gallery, int left_s)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    gallery->services.key = (struct service_key){.presence = SERVICE_KEY_BLANK, .serial = "1118010066463"};
    struct service_payment *payment = &gallery->services.visit.payment;
    *payment = (struct service_payment){.state = SERVICE_PAY_SHOWN,
                                        .amount_fen = 48000,
                                        .channel = "alipay",
                                        .qr_text = CODE,
                                        .out_trade_no = "CK112110530412000000000000ab",
                                        .until_utc_s = GALLERY_NOW_UTC_S + left_s,
                                        .attempt = 1};
    gallery_screen(gallery, SCREEN_PAY);
}

/* The code was shown, then the gateway or the clock said something else. */
static void turned(struct gallery *gallery, enum service_pay_state state)
{
    code(gallery, SHOWN_S);
    gallery->services.visit.payment.state = state;
    gallery_report(gallery, SERVICE_PAY_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

static void not_ready(struct gallery *gallery, enum status status, enum service_reason reason)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    gallery->services.visit.payment.amount_fen = 48000;
    gallery_screen(gallery, SCREEN_PAY);
    gallery_answer(gallery, SERVICE_ISSUE_READY, status, reason, 0, NULL);
}

void gallery_pay_code(struct gallery *gallery)
{
    code(gallery, SHOWN_S + 1);
}

/* The applicant chose the other way to pay. */
void gallery_pay_wechat(struct gallery *gallery)
{
    code(gallery, SHOWN_S + 1);
    struct service_payment *payment = &gallery->services.visit.payment;
    (void)text_copy(payment->channel, sizeof(payment->channel), "wechat");
    (void)text_copy(payment->qr_text, sizeof(payment->qr_text), "weixin://wxpay/bizpayurl?pr=p4lpSuKzz");
    gallery_screen(gallery, SCREEN_PAY);
}

void gallery_pay_last_minute(struct gallery *gallery)
{
    code(gallery, LAST_S + 1);
}

void gallery_pay_scanned(struct gallery *gallery)
{
    turned(gallery, SERVICE_PAY_SCANNED);
}

void gallery_pay_preparing(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    gallery->services.visit.payment.amount_fen = 48000;
    gallery_screen(gallery, SCREEN_PAY);
}

void gallery_pay_expired(struct gallery *gallery)
{
    turned(gallery, SERVICE_PAY_CLOSED);
}

void gallery_pay_unknown(struct gallery *gallery)
{
    turned(gallery, SERVICE_PAY_UNKNOWN);
    gallery_wait(gallery, 71000);
}

void gallery_pay_alarm(struct gallery *gallery)
{
    turned(gallery, SERVICE_PAY_ALARM);
}

void gallery_pay_refunding(struct gallery *gallery)
{
    turned(gallery, SERVICE_PAY_REFUNDING);
}

/* Paid just now; the next page comes in a moment. */
void gallery_pay_result(struct gallery *gallery)
{
    code(gallery, SHOWN_S);
    struct service_visit *visit = &gallery->services.visit;
    visit->payment.state = SERVICE_PAY_PAID;
    (void)text_copy(visit->payment.trade_no, sizeof(visit->payment.trade_no), "2025112122001471410500328466");
    visit->order.state = ORDER_STATE_ISSUING;
    visit->order.paid_fen = visit->order.amount_fen;
    gallery_report(gallery, SERVICE_PAY_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

/* Of a product that is paid for before anybody looks at the papers. */
void gallery_pay_first(struct gallery *gallery)
{
    const struct product *product = catalogue_find(gallery->catalogue, "dfca-hnzj-unit");
    gallery_order(gallery, ORDER_STATE_PAYING);
    gallery->services.visit.product = product;
    gallery->services.visit.operation = product_find_operation(product, "new");
    (void)text_copy(gallery->services.visit.class_id, sizeof(gallery->services.visit.class_id),
                    product->classes[0].id);
    gallery->services.visit.payment.amount_fen = 19000;
    gallery_screen(gallery, SCREEN_PAY);
    gallery_answer(gallery, SERVICE_ISSUE_READY, STATUS_NOT_FOUND, SERVICE_REASON_NO_KEY, 0, NULL);
}

void gallery_pay_no_key(struct gallery *gallery)
{
    not_ready(gallery, STATUS_NOT_FOUND, SERVICE_REASON_NO_KEY);
}

/* And there is none in the drawer. */
void gallery_pay_keys_out(struct gallery *gallery)
{
    gallery_pay_no_key(gallery);
    gallery_tap(gallery, "keys.none");
}

void gallery_pay_parcel(struct gallery *gallery)
{
    gallery_pay_keys_out(gallery);
    gallery_tap(gallery, "pay.parcel");
}

void gallery_issue_parcel(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_ISSUING);
    gallery->services.visit.shipment.state = SERVICE_SHIPMENT_WISHED;
    gallery_screen(gallery, SCREEN_ISSUE);
}

void gallery_pay_key_carries(struct gallery *gallery)
{
    not_ready(gallery, STATUS_REFUSED, SERVICE_REASON_KEY_CARRIES);
}

void gallery_pay_authority(struct gallery *gallery)
{
    not_ready(gallery, STATUS_LOST, SERVICE_REASON_AUTHORITY_SILENT);
}

void gallery_pay_gateway(struct gallery *gallery)
{
    gallery_pay_preparing(gallery);
    gallery_answer(gallery, SERVICE_ISSUE_READY, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_answer(gallery, SERVICE_PAY_START, STATUS_LOST, SERVICE_REASON_GATEWAY_SILENT, 0, NULL);
}

/* --- issue ------------------------------------------------------------------------------------------- */

static void issuing(struct gallery *gallery, enum service_issue_stage stage, int percent)
{
    gallery_order(gallery, ORDER_STATE_ISSUING);
    gallery->services.key = (struct service_key){.presence = SERVICE_KEY_BLANK, .serial = "1118010066463"};
    struct service_issue *issue = &gallery->services.visit.issue;
    *issue = (struct service_issue){
        .is_running = true, .stage = stage, .percent = percent, .key_serial = "8600251103071"};
    if (stage >= SERVICE_ISSUE_WRITE) /* drawn then */
        (void)text_copy(issue->key_number, sizeof(issue->key_number), "1118010066463");
    gallery_screen(gallery, SCREEN_ISSUE);
}

static void issue_stopped(struct gallery *gallery, enum status status, enum service_reason reason)
{
    issuing(gallery, SERVICE_ISSUE_WRITE, 68);
    gallery->services.visit.issue.is_running = false;
    gallery->services.key.presence = SERVICE_KEY_ABSENT;
    gallery_answer(gallery, SERVICE_ISSUE_RUN, status, reason, 0, NULL);
}

/* Paid for already. */
void gallery_issue_keys_out(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_NOT_FOUND, SERVICE_REASON_NO_KEY);
    gallery->services.visit.order.paid_fen = gallery->services.visit.order.amount_fen;
    gallery_tap(gallery, "keys.none");
}

void gallery_issue_format(struct gallery *gallery)
{
    issuing(gallery, SERVICE_ISSUE_FORMAT, 4);
}

void gallery_issue_generate(struct gallery *gallery)
{
    issuing(gallery, SERVICE_ISSUE_GENERATE, 26);
}

void gallery_issue_request(struct gallery *gallery)
{
    issuing(gallery, SERVICE_ISSUE_REQUEST, 52);
    gallery_wait(gallery, 70000); /* the authority takes its time */
}

void gallery_issue_write(struct gallery *gallery)
{
    issuing(gallery, SERVICE_ISSUE_WRITE, 68);
}

void gallery_issue_verify(struct gallery *gallery)
{
    issuing(gallery, SERVICE_ISSUE_VERIFY, 92);
}

void gallery_issue_pulled(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_LOST, SERVICE_REASON_KEY_PULLED);
}

void gallery_issue_other_key(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_REFUSED, SERVICE_REASON_KEY_OTHER);
}

void gallery_issue_write_failed(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_IO, SERVICE_REASON_WRITE_FAILED);
}

void gallery_issue_authority(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_LOST, SERVICE_REASON_AUTHORITY_SILENT);
}

void gallery_issue_refused(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_REFUSED, SERVICE_REASON_AUTHORITY_REFUSED);
}

void gallery_issue_carries(struct gallery *gallery)
{
    issue_stopped(gallery, STATUS_REFUSED, SERVICE_REASON_KEY_CARRIES);
}

/* --- PIN --------------------------------------------------------------------------------------------- */

static void digits(struct gallery *gallery, const char *pin)
{
    for (const char *digit = pin; *digit != 0; digit++) {
        char id[] = {'p', 'a', 'd', '.', *digit, 0};
        gallery_tap(gallery, id);
    }
}

void gallery_pin_empty(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_PIN);
    gallery->services.key = (struct service_key){.presence = SERVICE_KEY_CARRYING,
                                                 .is_this_orders = true,
                                                 .pin_min_bytes = 6,
                                                 .pin_max_bytes = 16,
                                                 .serial = "1118010066463"};
    gallery_screen(gallery, SCREEN_PIN);
}

void gallery_pin_first(struct gallery *gallery)
{
    gallery_pin_empty(gallery);
    digits(gallery, "8351");
}

void gallery_pin_second(struct gallery *gallery)
{
    gallery_pin_empty(gallery);
    digits(gallery, "83517924");
    gallery_tap(gallery, "bar.next");
    digits(gallery, "83517");
}

void gallery_pin_ready(struct gallery *gallery)
{
    gallery_pin_second(gallery);
    digits(gallery, "924");
}

void gallery_pin_differ(struct gallery *gallery)
{
    gallery_pin_second(gallery);
    digits(gallery, "921");
    gallery_tap(gallery, "bar.next");
}

void gallery_pin_weak(struct gallery *gallery)
{
    gallery_pin_empty(gallery);
    digits(gallery, "123456");
    gallery_tap(gallery, "bar.next");
}

void gallery_pin_letters(struct gallery *gallery)
{
    gallery_pin_first(gallery);
    gallery_tap(gallery, "pad.extra");
}

void gallery_pin_longest(struct gallery *gallery)
{
    gallery_pin_empty(gallery);
    digits(gallery, "8351792483517924");
}

/* --- done -------------------------------------------------------------------------------------------- */

static void made(struct gallery *gallery, enum order_state state, enum service_key_presence presence)
{
    gallery_order(gallery, state);
    gallery->services.key = (struct service_key){.presence = presence, .serial = "1118010066463"};
    struct service_issue *issue = &gallery->services.visit.issue;
    *issue = (struct service_issue){.stage = SERVICE_ISSUE_PROVEN,
                                    .percent = 100,
                                    .serial = "5B2E00A91C4D77F0836A19E2C05F3D48",
                                    .not_after_utc_s = GALLERY_NOW_UTC_S + 365 * 86400,
                                    .key_serial = "1118010066463"};
    (void)text_copy(issue->common_name, sizeof(issue->common_name),
                    form_values_get(&gallery->services.values, "company"));
    gallery_screen(gallery, SCREEN_DONE);
}

void gallery_done_key_in(struct gallery *gallery)
{
    made(gallery, ORDER_STATE_COLLECTING, SERVICE_KEY_CARRYING);
}

void gallery_done_taken(struct gallery *gallery)
{
    made(gallery, ORDER_STATE_DONE, SERVICE_KEY_ABSENT);
}

void gallery_done_left_behind(struct gallery *gallery)
{
    made(gallery, ORDER_STATE_COLLECTING, SERVICE_KEY_CARRYING);
    gallery_wait(gallery, 1000);
    for (int second = 0; second < 61; second++)
        gallery_wait(gallery, 1000);
}

/* Of a product that asks whether the certificate is right. */
void gallery_done_consent(struct gallery *gallery)
{
    gallery->services.visit.consent.state = SERVICE_CONSENT_ASKED;
    made(gallery, ORDER_STATE_COLLECTING, SERVICE_KEY_CARRYING);
}

void gallery_done_objection(struct gallery *gallery)
{
    gallery_done_consent(gallery);
    gallery_tap(gallery, "consent.no");
}

void gallery_done_objected(struct gallery *gallery)
{
    gallery_done_objection(gallery);
    gallery_tap(gallery, "objection.days");
    gallery->services.visit.consent.state = SERVICE_CONSENT_OBJECTED;
    gallery_answer(gallery, SERVICE_CONSENT_SAY, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_done_printing(struct gallery *gallery)
{
    made(gallery, ORDER_STATE_DONE, SERVICE_KEY_ABSENT);
    gallery_tap(gallery, "bar.secondary");
}

void gallery_done_no_paper(struct gallery *gallery)
{
    gallery_done_printing(gallery);
    gallery_answer(gallery, SERVICE_RECEIPT_PRINT, STATUS_REFUSED, SERVICE_REASON_PAPER_OUT, 0, NULL);
}
