/* kill_terminal: the applicant's program without a screen, and an applicant who never gives up.
 *
 *   kill_terminal --config FILE [--order ID | --phone NUMBER --sms-port N] --pay-port N
 *                 [--plan P] [--record FILE] [--ca-pid-file FILE] [--lie NAME]
 *                 [--patience S]
 *
 * It looks where the order stands and goes on from there: logs in, fills, prints, scans, waits, pays what is
 * shown, has the key made, sets the PIN, takes the key. Killed and started again it goes on. The id of a new
 * order is printed. Exit codes: 0 the order is over, 3 it got nowhere for too long, 64 arguments, 70 not
 * started. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "tests/kill/kill_points.h"
#include "tests/kill/kill_program.h"
#include "tests/support/hall_order.h"
#include "tests/support/sim_client.h"

enum { NAP_MS = 20, POLL_MS = 100, LINGER_MS = 10000 };

static struct kill_program self;

static struct services *services(void)
{
    return self.program.services;
}

static const struct service_visit *visit(void)
{
    return services_visit(services());
}

/* Asked once; what did not work is asked again from where the order then stands. */
static bool ask(uint64_t id)
{
    struct service_reply reply = hall_wait(&self.program, id);
    if (reply.status != STATUS_OK)
        log_info("applicant", "%s: %s, %s", service_kind_name(reply.kind), status_name(reply.status),
                 service_reason_name(reply.reason));
    return reply.status == STATUS_OK;
}

/* --- up to the review -------------------------------------------------------------------------------- */

static bool read_code(struct secret *code)
{
    char path[96];
    const struct sim_client sms = {.port = (uint16_t)self.arguments.sms_port};
    (void)snprintf(path, sizeof(path), "/control/messages?number=%s", self.arguments.phone);
    struct json *messages = sim_client_get(&sms, path);
    if (messages == NULL || json_length(messages) == 0) {
        json_free(messages);
        return false;
    }
    const char *text = json_text(json_element(messages, 0), "code", "");
    bool ok = secret_set(code, text, strlen(text)) == STATUS_OK;
    json_free(messages);
    return ok;
}

static bool log_in(void)
{
    struct secret code = {0};
    const char *phone = self.arguments.phone;
    return ask(service_login_send(services(), phone)) && read_code(&code) &&
           ask(service_login_verify(services(), phone, &code));
}

static void open_new(void)
{
    const struct product *product = catalogue_find(self.hall.catalogue, "ezca-cqzfcg");
    if (visit()->phone[0] == 0 && !log_in())
        return;
    services_choose(services(), product, product_find_operation(product, "new"), "supplier");
    if (!ask(service_order_create(services())))
        return;
    kill_points_watch(visit()->order.id);
    (void)printf("%s\n", visit()->order.id);
    (void)fflush(stdout);
}

static void find_order(void)
{
    if (self.arguments.order[0] != 0)
        (void)ask(service_order_open(services(), self.arguments.order));
    else
        open_new();
}

static void fill_form(void)
{
    hall_visit_fill(&self.program);
    if (ask(service_order_save(services())))
        (void)ask(service_order_event(services(), ORDER_EVENT_FORM_COMPLETED));
}

static void scan_papers(void)
{
    for (size_t i = 0; i < visit()->page_count; i++) {
        char paper[ORDER_NAME_BYTES];
        (void)snprintf(paper, sizeof(paper), "%s", visit()->pages[i].paper);
        if (visit()->pages[i].state != SERVICE_PAGE_MISSING)
            continue;
        hall_glass_lay(&self.program.glass, strcmp(paper, "application") == 0
                                                ? hall_sheet_form(&self.hall, &visit()->order)
                                                : hall_sheet_copy());
        if (!ask(service_scan_page(services(), paper)))
            return;
    }
    (void)ask(service_order_event(services(), ORDER_EVENT_SCANNED));
}

/* --- from paying on ---------------------------------------------------------------------------------- */

/* A code on the screen is paid; one that was paid already is refused by the gateway. */
static void pay_code(void)
{
    const struct sim_client gateway = {.port = (uint16_t)self.arguments.pay_port};
    (void)sim_client_post(&gateway, "/control/pay?out_trade_no=%s", visit()->payment.out_trade_no);
}

static void pay(void)
{
    enum service_pay_state state = visit()->payment.state;
    if (state == SERVICE_PAY_SHOWN || state == SERVICE_PAY_SCANNED) {
        pay_code();
        hall_run(&self.program, POLL_MS);
    } else if (ask(service_issue_ready(services(), false))) {
        (void)ask(service_pay_start(services()));
    }
}

static void set_pin(void)
{
    struct secret pin = {0};
    if (secret_set(&pin, HALL_PIN, strlen(HALL_PIN)) == STATUS_OK)
        (void)ask(service_pin_set(services(), &pin));
}

static void collect(void)
{
    (void)ask(service_order_event(services(), ORDER_EVENT_TAKEN));
}

static void go_on(void)
{
    switch (visit()->order.state) {
    case ORDER_STATE_DRAFT:
        fill_form();
        break;
    case ORDER_STATE_PRINTING:
        (void)ask(service_form_print(services()));
        break;
    case ORDER_STATE_SCANNING:
        scan_papers();
        break;
    case ORDER_STATE_PAYING:
        pay();
        break;
    case ORDER_STATE_ISSUING:
        (void)ask(service_issue_run(services(), false));
        break;
    case ORDER_STATE_PIN:
        set_pin();
        break;
    case ORDER_STATE_COLLECTING:
        collect();
        break;
    case ORDER_STATE_IDENTIFYING:
    case ORDER_STATE_REVIEWING:
    case ORDER_STATE_REJECTED:
    case ORDER_STATE_REFUNDING:
    case ORDER_STATE_DONE:
    case ORDER_STATE_REFUNDED:
    case ORDER_STATE_CANCELLED:
    case ORDER_STATE_CLOSED:
    case ORDER_STATE_COUNT_:
        hall_run(&self.program, POLL_MS); /* somebody else's turn */
        break;
    }
}

/* A desk that gives orders up decides when; the holder then waits with the PIN. */
static bool is_waiting_for_the_desk(void)
{
    return self.arguments.gives_up && visit()->order.state == ORDER_STATE_PIN;
}

/* What was left open by a kill is finished before the terminal is switched off, as in any hall. */
static void linger(void)
{
    struct hall_order_sum *sum = calloc(1, sizeof(*sum));
    int64_t until_ms = kill_program_now_ms() + LINGER_MS;
    check(sum != NULL);
    do {
        hall_run(&self.program, POLL_MS);
        hall_order_sum(&self.hall, visit()->order.id, sum);
    } while (hall_order_acts(sum) > 0 && kill_program_now_ms() < until_ms);
    free(sum);
}

int main(int argc, char **argv)
{
    int code = kill_program_begin(&self, argc, argv, false);
    int64_t until_ms = kill_program_now_ms() + (int64_t)self.arguments.patience_s * 1000;
    while (code == 0 && !(visit()->has_order && order_state_is_final(visit()->order.state))) {
        if (kill_program_now_ms() > until_ms)
            code = KILL_EXIT_STUCK;
        else if (!visit()->has_order)
            find_order();
        else if (is_waiting_for_the_desk())
            hall_run(&self.program, POLL_MS);
        else
            go_on();
        (void)poll(NULL, 0, NAP_MS);
    }
    if (code == 0)
        linger();
    kill_program_end(&self);
    return code;
}
