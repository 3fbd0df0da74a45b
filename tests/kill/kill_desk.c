/* kill_desk: the clerk's program without a screen, and a clerk who approves what was looked at.
 *
 *   kill_desk --config FILE --clerk NAME [--order ID] [--give-up | --help-at-a-distance] [--plan P] [--record
 * FILE]
 *
 * Every order that waits is opened: its person is accepted, then its pages are looked at and it is approved;
 * with --help-at-a-distance acts are sent to the terminal instead (kill_help.h); with --give-up every order
 * whose key is proven is given up instead of being finished. Runs until it is killed. Exit codes: 64
 * arguments, 70 not started or not signed in. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "tests/kill/kill_help.h"
#include "tests/kill/kill_points.h"
#include "tests/kill/kill_program.h"
#include "tests/support/hall_visit.h"

enum { NAP_MS = 30 };

static struct kill_program self;

static struct services *services(void)
{
    return self.program.services;
}

static bool ask(uint64_t id)
{
    struct service_reply reply = hall_wait(&self.program, id);
    if (reply.status != STATUS_OK)
        log_info("clerk", "%s: %s, %s", service_kind_name(reply.kind), status_name(reply.status),
                 service_reason_name(reply.reason));
    return reply.status == STATUS_OK;
}

static void review(const char *order_id)
{
    const struct service_case *opened = &services_desk(services())->opened;
    kill_points_watch(order_id);
    if (!ask(service_desk_case(services(), order_id)))
        return;
    if (opened->order.state == ORDER_STATE_IDENTIFYING) {
        (void)ask(service_desk_identify(services(), true, ""));
        return;
    }
    for (size_t i = 0; i < opened->page_count; i++)
        if (!ask(service_desk_page(services(), opened->pages[i].paper, 200)))
            return;
    hall_desk_see_fields(services(), self.hall.catalogue);
    (void)ask(service_desk_approve(services()));
}

/* The second signature is a colleague's, whom the hall has beside the clerk. */
static void give_up(const char *order_id)
{
    struct secret password = {0};
    kill_points_watch(order_id);
    if (secret_set(&password, "zhanghao-2026", 13) == STATUS_OK)
        (void)ask(service_desk_give_up(services(), order_id, "the applicant left", "lin", &password));
}

static void look_round(void)
{
    const struct service_desk *desk = services_desk(services());
    char id[ORDER_ID_BYTES] = "";
    if (!ask(service_desk_overview(services())))
        return;
    if (self.arguments.helps) {
        kill_help_give(&self.program, self.arguments.order);
        return;
    }
    if (desk->queue_count > 0) {
        (void)memcpy(id, desk->queue[0].order.id, sizeof(id));
        review(id);
    }
    for (size_t i = 0; self.arguments.gives_up && i < desk->recent_count; i++) {
        if (desk->recent[i].order.state != ORDER_STATE_PIN)
            continue;
        (void)memcpy(id, desk->recent[i].order.id, sizeof(id));
        give_up(id);
    }
}

static bool sign_in(void)
{
    struct secret password = {0};
    return secret_set(&password, "zhanghao-2026", 13) == STATUS_OK &&
           ask(service_desk_sign_in(services(), self.arguments.clerk, &password));
}

int main(int argc, char **argv)
{
    int code = kill_program_begin(&self, argc, argv, true);
    if (code == 0 && !sign_in())
        code = KILL_EXIT_START;
    while (code == 0) {
        look_round();
        (void)poll(NULL, 0, NAP_MS);
    }
    kill_program_end(&self);
    return code;
}
