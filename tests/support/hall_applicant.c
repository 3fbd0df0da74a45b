#include "tests/support/hall_applicant.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "tests/support/hall_visit.h"

enum { TURN_MS = 100 };

static struct services *at(const struct hall_applicant *applicant)
{
    return applicant->program->services;
}

static const struct service_visit *visit_of(const struct hall_applicant *applicant)
{
    return services_visit(at(applicant));
}

static bool ask(const struct hall_applicant *applicant, uint64_t id)
{
    struct service_reply reply = hall_wait(applicant->program, id);
    if (reply.status != STATUS_OK)
        log_info("applicant", "%s: %s, %s", service_kind_name(reply.kind), status_name(reply.status),
                 service_reason_name(reply.reason));
    return reply.status == STATUS_OK;
}

static bool log_in(const struct hall_applicant *applicant)
{
    struct secret code = {0};
    return ask(applicant, service_login_send(at(applicant), applicant->phone)) &&
           applicant->read_code(applicant->context, applicant->phone, &code) &&
           ask(applicant, service_login_verify(at(applicant), applicant->phone, &code));
}

static void open_new(const struct hall_applicant *applicant)
{
    const struct product *product = catalogue_find(applicant->program->hall->catalogue, "ezca-cqzfcg");
    if (visit_of(applicant)->phone[0] == 0 && !log_in(applicant))
        return;
    services_choose(at(applicant), product, product_find_operation(product, "new"), "supplier");
    if (ask(applicant, service_order_create(at(applicant))) && applicant->opened != NULL)
        applicant->opened(applicant->context, visit_of(applicant)->order.id);
}

static void fill_form(const struct hall_applicant *applicant)
{
    hall_visit_fill(applicant->program);
    if (ask(applicant, service_order_save(at(applicant))))
        (void)ask(applicant, service_order_event(at(applicant), ORDER_EVENT_FORM_COMPLETED));
}

static void lay(const struct hall_applicant *applicant, struct page_image sheet)
{
    if (applicant->lay_take != NULL)
        applicant->lay_take(applicant->context, sheet);
    else
        hall_glass_lay(&applicant->program->glass, sheet);
}

static void scan_papers(const struct hall_applicant *applicant)
{
    const struct service_visit *visit = visit_of(applicant);
    for (size_t i = 0; i < visit->page_count; i++) {
        char paper[ORDER_NAME_BYTES];
        (void)snprintf(paper, sizeof(paper), "%s", visit->pages[i].paper);
        if (visit->pages[i].state != SERVICE_PAGE_MISSING)
            continue;
        lay(applicant, hall_sheet_of(applicant->program->hall, &visit->order, paper));
        if (!ask(applicant, service_scan_page(at(applicant), paper)))
            return;
    }
    (void)ask(applicant, service_order_event(at(applicant), ORDER_EVENT_SCANNED));
}

static void pay(const struct hall_applicant *applicant)
{
    const struct service_payment *payment = &visit_of(applicant)->payment;
    if (payment->state == SERVICE_PAY_SHOWN || payment->state == SERVICE_PAY_SCANNED) {
        applicant->pay(applicant->context, payment->out_trade_no);
        hall_run(applicant->program, TURN_MS);
    } else if (ask(applicant, service_issue_ready(at(applicant), false))) {
        (void)ask(applicant, service_pay_start(at(applicant)));
    }
}

static void set_pin(const struct hall_applicant *applicant)
{
    struct secret pin = {0};
    if (applicant->waits_with_pin)
        hall_run(applicant->program, TURN_MS);
    else if (secret_set(&pin, HALL_PIN, strlen(HALL_PIN)) == STATUS_OK)
        (void)ask(applicant, service_pin_set(at(applicant), &pin));
}

static void issue(const struct hall_applicant *applicant)
{
    struct secret pin = {0};
    if (!applicant->is_on_own_key)
        (void)ask(applicant, service_issue_run(at(applicant), false));
    else if (secret_set(&pin, HALL_PIN, strlen(HALL_PIN)) == STATUS_OK)
        (void)ask(applicant, service_issue_run_own(at(applicant), &pin));
    secret_wipe(&pin);
}

static void go_on(const struct hall_applicant *applicant)
{
    switch (visit_of(applicant)->order.state) {
    case ORDER_STATE_DRAFT:
        fill_form(applicant);
        break;
    case ORDER_STATE_PRINTING:
        (void)ask(applicant, service_form_print(at(applicant)));
        break;
    case ORDER_STATE_SCANNING:
        scan_papers(applicant);
        break;
    case ORDER_STATE_PAYING:
        pay(applicant);
        break;
    case ORDER_STATE_ISSUING:
        issue(applicant);
        break;
    case ORDER_STATE_PIN:
        set_pin(applicant);
        break;
    case ORDER_STATE_COLLECTING:
        (void)ask(applicant, service_order_event(at(applicant), ORDER_EVENT_TAKEN));
        break;
    case ORDER_STATE_KEY:
    case ORDER_STATE_ACTING:
    case ORDER_STATE_IDENTIFYING:
    case ORDER_STATE_REVIEWING:
    case ORDER_STATE_REJECTED:
    case ORDER_STATE_REFUNDING:
    case ORDER_STATE_DONE:
    case ORDER_STATE_REFUNDED:
    case ORDER_STATE_CANCELLED:
    case ORDER_STATE_CLOSED:
    case ORDER_STATE_COUNT_:
        hall_run(applicant->program, TURN_MS); /* somebody else's turn */
        break;
    }
}

bool hall_applicant_is_over(const struct hall_applicant *applicant)
{
    const struct service_visit *visit = visit_of(applicant);
    return visit->has_order && order_state_is_final(visit->order.state);
}

void hall_applicant_step(const struct hall_applicant *applicant)
{
    if (visit_of(applicant)->has_order)
        go_on(applicant);
    else if (applicant->order_id[0] != 0)
        (void)ask(applicant, service_order_open(at(applicant), applicant->order_id));
    else
        open_new(applicant);
}
