/* The terminal's requests of services.h: each fills a job and sends it; nothing is decided here. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_example.h"
#include "kiosk/services/service_state.h"

static struct service_job *job_for_visit(const struct services *services, enum service_kind kind)
{
    struct service_job *job = service_job_new(kind);
    const struct service_visit *visit = &services->visit;
    struct service_request *request = &job->request;
    if (visit->has_order)
        (void)memcpy(request->order_id, visit->order.id, sizeof(request->order_id));
    (void)memcpy(request->phone, visit->phone, sizeof(request->phone));
    request->login = visit->login;
    (void)memcpy(request->appointment, visit->appointment.text, sizeof(request->appointment));
    (void)memcpy(request->class_id, visit->class_id, sizeof(request->class_id));
    request->product = visit->product;
    request->operation = visit->operation;
    request->version = visit->order.version;
    request->devices = services->devices;
    (void)memcpy(request->reason, visit->reason, sizeof(request->reason));
    (void)memcpy(request->copy_of, visit->copy_of, sizeof(request->copy_of));
    request->wish = visit->wish;
    (void)memcpy(request->holder_request_id, visit->holder.request_id, sizeof(request->holder_request_id));
    if (visit->holder.is_proven)
        (void)memcpy(request->holder_order_id, visit->holder.order_id, sizeof(request->holder_order_id));
    return job;
}

static void give_values(const struct services *services, struct service_request *request)
{
    request->values = calloc(1, sizeof(*request->values));
    check(request->values != NULL);
    form_values_init(request->values);
    check(form_values_copy(request->values, &services->values) == STATUS_OK);
}

static uint64_t send_code(struct services *services, const char *phone, bool aloud)
{
    struct service_job *job = job_for_visit(services, SERVICE_LOGIN_SEND);
    (void)text_copy(job->request.phone, sizeof(job->request.phone), phone);
    job->request.flag = aloud;
    return services_send(services, job);
}

uint64_t service_login_send(struct services *services, const char *phone)
{
    return send_code(services, phone, false);
}

uint64_t service_login_speak(struct services *services, const char *phone)
{
    return send_code(services, phone, true);
}

uint64_t service_login_verify(struct services *services, const char *phone, const struct secret *code)
{
    struct service_job *job = job_for_visit(services, SERVICE_LOGIN_VERIFY);
    (void)text_copy(job->request.phone, sizeof(job->request.phone), phone);
    service_request_give_secret(&job->request, code);
    return services_send(services, job);
}

static uint64_t send_plain(struct services *services, enum service_kind kind)
{
    return services_send(services, job_for_visit(services, kind));
}

uint64_t service_order_list(struct services *services)
{
    return send_plain(services, SERVICE_ORDER_LIST);
}

uint64_t service_bill_list(struct services *services)
{
    return send_plain(services, SERVICE_BILL_LIST);
}

uint64_t service_mine_list(struct services *services)
{
    return send_plain(services, SERVICE_MINE_LIST);
}

uint64_t service_feedback_send(struct services *services, enum service_feedback_kind kind, const char *text)
{
    struct service_job *job = job_for_visit(services, SERVICE_FEEDBACK_SEND);
    service_request_give_text(&job->request, text);
    service_request_give_name(&job->request, service_feedback_kind_name(kind));
    return services_send(services, job);
}

uint64_t service_order_find(struct services *services, const char *acceptance_end)
{
    struct service_job *job = job_for_visit(services, SERVICE_ORDER_FIND);
    service_request_give_text(&job->request, acceptance_end);
    return services_send(services, job);
}

uint64_t service_order_find_ticket(struct services *services, const char *ticket)
{
    struct service_job *job = job_for_visit(services, SERVICE_ORDER_FIND);
    service_request_give_text(&job->request, ticket);
    job->request.flag = true;
    return services_send(services, job);
}

static uint64_t send_of(struct services *services, enum service_kind kind, const char *order_id)
{
    struct service_job *job = job_for_visit(services, kind);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    return services_send(services, job);
}

uint64_t service_order_record(struct services *services, const char *order_id)
{
    return send_of(services, SERVICE_ORDER_RECORD, order_id);
}

uint64_t service_order_cancel(struct services *services, const char *order_id)
{
    return send_of(services, SERVICE_ORDER_CANCEL, order_id);
}

uint64_t service_receipt_print_of(struct services *services, const char *order_id)
{
    return send_of(services, SERVICE_RECEIPT_PRINT, order_id);
}

uint64_t service_order_create(struct services *services)
{
    return send_plain(services, SERVICE_ORDER_CREATE);
}

uint64_t service_order_open(struct services *services, const char *order_id)
{
    return send_of(services, SERVICE_ORDER_OPEN, order_id);
}

uint64_t service_order_divert(struct services *services)
{
    return send_plain(services, SERVICE_ORDER_DIVERT);
}

uint64_t service_order_save(struct services *services)
{
    struct service_job *job = job_for_visit(services, SERVICE_ORDER_SAVE);
    give_values(services, &job->request);
    return services_send(services, job);
}

uint64_t service_order_event(struct services *services, enum order_event event)
{
    struct service_job *job = job_for_visit(services, SERVICE_ORDER_EVENT);
    job->request.event = event;
    return services_send(services, job);
}

uint64_t service_order_refresh(struct services *services)
{
    return send_plain(services, SERVICE_ORDER_REFRESH);
}

uint64_t service_question_answer(struct services *services, const char *answer)
{
    struct service_job *job = job_for_visit(services, SERVICE_QUESTION_ANSWER);
    service_request_give_text(&job->request, answer);
    return services_send(services, job);
}

uint64_t service_reset_ask(struct services *services, enum service_reset_kind kind, const char *alias)
{
    struct service_job *job = job_for_visit(services, SERVICE_RESET_ASK);
    service_request_give_text(&job->request, alias);
    service_request_give_name(&job->request, service_reset_kind_name(kind));
    return services_send(services, job);
}

/* About what was asked for in this visit, and no other. */
static struct service_job *job_for_reset(const struct services *services, enum service_kind kind)
{
    struct service_job *job = job_for_visit(services, kind);
    service_request_give_name(&job->request, services->visit.reset.id);
    return job;
}

uint64_t service_reset_look(struct services *services)
{
    return services_send(services, job_for_reset(services, SERVICE_RESET_LOOK));
}

uint64_t service_reset_prove(struct services *services, const char *proof)
{
    struct service_job *job = job_for_reset(services, SERVICE_RESET_PROVE);
    service_request_give_text(&job->request, proof);
    return services_send(services, job);
}

uint64_t service_reset_drop(struct services *services)
{
    return send_plain(services, SERVICE_RESET_DROP);
}

uint64_t service_reset_answer(struct services *services, const char *question, const char *answer)
{
    struct service_job *job = job_for_reset(services, SERVICE_RESET_SET_ANSWER);
    service_request_give_text(&job->request, answer);
    (void)text_copy(job->request.question, sizeof(job->request.question), question);
    return services_send(services, job);
}

uint64_t service_ticket_make(struct services *services)
{
    return send_plain(services, SERVICE_TICKET_MAKE);
}

uint64_t service_notice_send(struct services *services)
{
    return send_plain(services, SERVICE_NOTICE_SEND);
}

static uint64_t send_presence(struct services *services, const char *screen, const char *field)
{
    struct service_job *job = job_for_visit(services, SERVICE_PRESENCE);
    service_request_give_text(&job->request, screen);
    service_request_give_name(&job->request, field);
    return services_send(services, job);
}

void services_tell_devices(struct services *services)
{
    (void)send_presence(services, "", "");
}

uint64_t service_presence(struct services *services, const char *screen, const char *field)
{
    return send_presence(services, screen, field);
}

uint64_t service_call_clerk(struct services *services, bool calling)
{
    struct service_job *job = job_for_visit(services, SERVICE_PRESENCE);
    job->request.is_call = true;
    job->request.flag = calling;
    return services_send(services, job);
}

uint64_t service_act_done(struct services *services, const char *act_id)
{
    struct service_job *job = job_for_visit(services, SERVICE_ACT_DONE);
    service_request_give_text(&job->request, act_id);
    return services_send(services, job);
}

static uint64_t send_drawing(struct services *services, enum service_kind kind, const char *paper,
                             int width_px)
{
    struct service_job *job = job_for_visit(services, kind);
    service_request_give_name(&job->request, paper);
    job->request.width_px = width_px;
    return services_send(services, job);
}

uint64_t service_form_preview(struct services *services, int width_px)
{
    return send_drawing(services, SERVICE_FORM_PREVIEW, "", width_px);
}

uint64_t service_form_print(struct services *services)
{
    return send_plain(services, SERVICE_FORM_PRINT);
}

uint64_t service_account_print(struct services *services)
{
    return send_plain(services, SERVICE_ACCOUNT_PRINT);
}

uint64_t service_receipt_print(struct services *services)
{
    return send_plain(services, SERVICE_RECEIPT_PRINT);
}

static uint64_t send_scan(struct services *services, struct service_job *job)
{
    service_scan_cancel(services);
    services->scan_cancel = job_cancel_new();
    job->job.cancel = job_cancel_hold(services->scan_cancel);
    return services_send(services, job);
}

uint64_t service_scan_page(struct services *services, const char *paper_id)
{
    struct service_job *job = job_for_visit(services, SERVICE_SCAN_PAGE);
    service_request_give_name(&job->request, paper_id);
    return send_scan(services, job);
}

uint64_t service_ticket_scan(struct services *services)
{
    return send_scan(services, job_for_visit(services, SERVICE_TICKET_SCAN));
}

void service_scan_cancel(struct services *services)
{
    job_cancel_request(services->scan_cancel);
    job_cancel_drop(services->scan_cancel);
    services->scan_cancel = NULL;
}

static uint64_t send_card(struct services *services, enum service_kind kind)
{
    struct service_job *job = job_for_visit(services, kind);
    service_card_cancel(services);
    services->card_cancel = job_cancel_new();
    job->job.cancel = job_cancel_hold(services->card_cancel);
    return services_send(services, job);
}

uint64_t service_phone_begin(struct services *services)
{
    return send_plain(services, SERVICE_PHONE_BEGIN);
}

static uint64_t send_sample(struct services *services, enum service_kind kind, const char *paper_id,
                            const char *zone, int width_px)
{
    struct service_job *job = job_for_visit(services, kind);
    service_request_give_name(&job->request, paper_id);
    service_request_give_text(&job->request, zone);
    job->request.width_px = width_px;
    return services_send(services, job);
}

uint64_t service_sample_preview(struct services *services, const char *paper_id, const char *zone,
                                int width_px)
{
    return send_sample(services, SERVICE_SAMPLE_PREVIEW, paper_id, zone, width_px);
}

uint64_t service_sample_choose(struct services *services, const char *paper_id, const char *zone)
{
    return send_sample(services, SERVICE_SAMPLE_CHOOSE, paper_id, zone, 0);
}

uint64_t service_card_identify(struct services *services)
{
    return send_card(services, SERVICE_CARD_IDENTIFY);
}

uint64_t service_card_read(struct services *services)
{
    return send_card(services, SERVICE_CARD_READ);
}

void service_card_cancel(struct services *services)
{
    job_cancel_request(services->card_cancel);
    job_cancel_drop(services->card_cancel);
    services->card_cancel = NULL;
}

void services_card_forget(struct services *services)
{
    secret_wipe_bytes(&services->visit.card, sizeof(services->visit.card));
}

uint64_t service_example_show(struct services *services, const char *paper_id, int width_px)
{
    return send_drawing(services, SERVICE_EXAMPLE_SHOW, paper_id, width_px);
}

bool services_has_example(const struct services *services, const char *paper_id)
{
    const struct service_visit *visit = &services->visit;
    const struct product_paper *paper =
        visit->product == NULL ? NULL : product_find_paper(visit->product, paper_id);
    return paper != NULL && visit->operation != NULL &&
           service_example_template(visit->operation, paper)[0] != 0;
}

uint64_t service_blank_print(struct services *services, const struct product *product,
                             const struct product_operation *operation, const char *head)
{
    struct service_job *job = job_for_visit(services, SERVICE_BLANK_PRINT);
    job->request.product = product;
    job->request.operation = operation;
    service_request_give_text(&job->request, head);
    return services_send(services, job);
}

uint64_t service_consent_say(struct services *services, enum service_objection objection)
{
    struct service_job *job = job_for_visit(services, SERVICE_CONSENT_SAY);
    service_request_give_name(&job->request,
                              objection == SERVICE_OBJECTION_COUNT_ ? "" : service_objection_name(objection));
    return services_send(services, job);
}

static uint64_t send_page(struct services *services, enum service_kind kind, const char *paper_id)
{
    struct service_job *job = job_for_visit(services, kind);
    service_request_give_name(&job->request, paper_id);
    return services_send(services, job);
}

uint64_t service_page_same(struct services *services, const char *paper_id)
{
    return send_page(services, SERVICE_PAGE_SAME, paper_id);
}

uint64_t service_page_delete(struct services *services, const char *paper_id)
{
    return send_page(services, SERVICE_PAGE_DELETE, paper_id);
}

uint64_t service_page_add(struct services *services, const char *paper_id, const char *title)
{
    struct service_job *job = job_for_visit(services, SERVICE_PAGE_ADD);
    service_request_give_name(&job->request, paper_id);
    service_request_give_text(&job->request, title);
    return services_send(services, job);
}

uint64_t service_page_preview(struct services *services, const char *paper_id, int width_px)
{
    return send_drawing(services, SERVICE_PAGE_PREVIEW, paper_id, width_px);
}

static uint64_t send_flag(struct services *services, enum service_kind kind, bool flag)
{
    struct service_job *job = job_for_visit(services, kind);
    job->request.flag = flag;
    return services_send(services, job);
}

uint64_t service_order_known(struct services *services, bool holds)
{
    return send_flag(services, SERVICE_ORDER_KNOWN, holds);
}

uint64_t service_key_read(struct services *services)
{
    return send_plain(services, SERVICE_KEY_READ);
}

static uint64_t send_secret(struct services *services, enum service_kind kind, const struct secret *secret)
{
    struct service_job *job = job_for_visit(services, kind);
    service_request_give_secret(&job->request, secret);
    return services_send(services, job);
}

uint64_t service_key_login(struct services *services, const struct secret *pin)
{
    return send_secret(services, SERVICE_KEY_LOGIN, pin);
}

uint64_t service_key_new_pin(struct services *services, const struct secret *pin)
{
    return send_secret(services, SERVICE_KEY_NEW_PIN, pin);
}

uint64_t service_key_show(struct services *services, const struct secret *pin)
{
    return send_secret(services, SERVICE_KEY_SHOW, pin);
}

uint64_t service_old_lock_show(struct services *services, bool for_clerk)
{
    return send_flag(services, SERVICE_OLD_LOCK_SHOW, for_clerk);
}

uint64_t service_change_run(struct services *services)
{
    return send_plain(services, SERVICE_CHANGE_RUN);
}

uint64_t service_issue_ready(struct services *services, bool may_erase)
{
    return send_flag(services, SERVICE_ISSUE_READY, may_erase);
}

uint64_t service_issue_run(struct services *services, bool may_erase)
{
    return send_flag(services, SERVICE_ISSUE_RUN, may_erase);
}

uint64_t service_issue_run_own(struct services *services, const struct secret *pin)
{
    return send_secret(services, SERVICE_ISSUE_RUN, pin);
}

uint64_t service_issue_abandon(struct services *services)
{
    return send_plain(services, SERVICE_ISSUE_ABANDON);
}

uint64_t service_pin_set(struct services *services, const struct secret *pin)
{
    return send_secret(services, SERVICE_PIN_SET, pin);
}

uint64_t service_pay_start(struct services *services)
{
    return send_plain(services, SERVICE_PAY_START);
}

uint64_t service_pay_start_by(struct services *services, enum product_payment channel)
{
    struct service_job *job = job_for_visit(services, SERVICE_PAY_START);
    service_request_give_name(&job->request, product_payment_name(channel));
    return services_send(services, job);
}

uint64_t service_pay_transfer(struct services *services)
{
    return send_plain(services, SERVICE_PAY_TRANSFER);
}

uint64_t service_invoice_request(struct services *services, const char *order_id)
{
    struct service_job *job = job_for_visit(services, SERVICE_INVOICE_REQUEST);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    return services_send(services, job);
}

uint64_t service_pay_check(struct services *services)
{
    return send_plain(services, SERVICE_PAY_CHECK);
}

uint64_t service_pay_stop(struct services *services)
{
    return send_plain(services, SERVICE_PAY_STOP);
}
