#include "tests/kill/kill_applicant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "tests/kill/kill_help.h"
#include "tests/support/hall_order.h"
#include "tests/support/token_sim.h"

enum { TURN_MS = 100, LINGER_MS = 10000 };

static const struct service_visit *visit_of(struct kill_program *kill)
{
    return services_visit(kill->program.services);
}

static bool is_in(struct kill_program *kill, enum order_state state)
{
    return visit_of(kill)->has_order && visit_of(kill)->order.state == state;
}

static void ask(struct kill_program *kill, uint64_t id)
{
    struct service_reply reply = hall_wait(&kill->program, id);
    if (reply.status != STATUS_OK)
        log_info("applicant", "%s: %s, %s", service_kind_name(reply.kind), status_name(reply.status),
                 service_reason_name(reply.reason));
}

/* As it is stored, whoever holds it. Returns: false before there is one. */
static bool look(struct kill_program *kill, const char *order_id, struct hall_order_sum *out)
{
    if (order_id[0] == 0)
        return false;
    hall_order_sum(&kill->hall, order_id, out);
    return true;
}

static enum order_state stored_state(struct kill_program *kill, const char *order_id)
{
    struct hall_order_sum *sum = calloc(1, sizeof(*sum));
    check(sum != NULL);
    enum order_state state = look(kill, order_id, sum) ? sum->order.state : ORDER_STATE_COUNT_;
    free(sum);
    return state;
}

/* --- steps --------------------------------------------------------------------------------------------- */

static void be_helped(struct kill_program *kill, const struct hall_applicant *applicant)
{
    bool was_there = visit_of(kill)->has_order;
    if (!was_there)
        hall_applicant_step(applicant);
    if (visit_of(kill)->has_order && !was_there)
        kill_help_begin(&kill->program);
    kill_help_take(&kill->program);
}

/* The second key of the order, named after it, once the first has its PIN. */
static void change_key(struct kill_program *kill, const struct hall_applicant *applicant)
{
    char name[64];
    struct token_sim sim = {.insertions = (unsigned)kill_program_now_ms()};
    const char *dir = getenv("SIM_KEY_DIR");
    check(dir != NULL);
    (void)snprintf(sim.dir, sizeof(sim.dir), "%s", dir);
    (void)snprintf(name, sizeof(name), "second-%.8s", applicant->order_id);
    if (!kill->has_changed_key)
        token_sim_insert(&sim, name);
    kill->has_changed_key = true;
}

/* A transfer is asked for once; then a clerk may take cash in its place. */
static void pay_by_hand(struct kill_program *kill)
{
    if (visit_of(kill)->payment.state == SERVICE_PAY_NONE)
        ask(kill, service_pay_transfer(kill->program.services));
    else
        hall_run(&kill->program, TURN_MS);
}

/* Paid and gone home: the desk makes and sends the key. */
static void order_parcel(struct kill_program *kill, const struct hall_applicant *applicant)
{
    bool is_open = visit_of(kill)->has_order;
    if (is_in(kill, ORDER_STATE_PAYING) && visit_of(kill)->shipment.state == SERVICE_SHIPMENT_NONE)
        ask(kill, service_shipment_wish(kill->program.services, true));
    else if (is_open && !is_in(kill, ORDER_STATE_PAYING))
        services_end_visit(kill->program.services);
    else if (is_open || stored_state(kill, applicant->order_id) == ORDER_STATE_PAYING)
        hall_applicant_step(applicant);
    else
        hall_run(&kill->program, TURN_MS);
}

void kill_applicant_step(struct kill_program *kill, const struct hall_applicant *applicant)
{
    enum kill_story story = kill->arguments.story;
    if (story == KILL_STORY_TWO_KEYS && is_in(kill, ORDER_STATE_ISSUING) && visit_of(kill)->keys_made == 1)
        change_key(kill, applicant);
    if (story == KILL_STORY_HELPED)
        be_helped(kill, applicant);
    else if (story == KILL_STORY_COURIER)
        order_parcel(kill, applicant);
    else if (story == KILL_STORY_SOFT) /* everything happens at the desk */
        hall_run(&kill->program, TURN_MS);
    else if (story == KILL_STORY_BY_HAND && is_in(kill, ORDER_STATE_PAYING))
        pay_by_hand(kill);
    else
        hall_applicant_step(applicant);
}

/* --- the end ------------------------------------------------------------------------------------------- */

bool kill_applicant_is_over(struct kill_program *kill, const struct hall_applicant *applicant)
{
    if (kill->arguments.story == KILL_STORY_HELPED)
        return kill_help_is_over(&kill->program, applicant->order_id);
    if (kill->arguments.story == KILL_STORY_COURIER || kill->arguments.story == KILL_STORY_SOFT) {
        enum order_state state = stored_state(kill, applicant->order_id);
        return state != ORDER_STATE_COUNT_ && order_state_is_final(state);
    }
    return hall_applicant_is_over(applicant);
}

/* What a renewal left on the key goes when its holder shows it again. */
static void show_key_again(struct kill_program *kill)
{
    struct secret pin = {0};
    services_end_visit(kill->program.services);
    if (secret_set(&pin, HALL_PIN, strlen(HALL_PIN)) == STATUS_OK)
        ask(kill, service_key_login(kill->program.services, &pin));
    secret_wipe(&pin);
}

void kill_applicant_linger(struct kill_program *kill, const struct hall_applicant *applicant)
{
    struct hall_order_sum *sum = calloc(1, sizeof(*sum));
    int64_t until_ms = kill_program_now_ms() + LINGER_MS;
    char order_id[ORDER_ID_BYTES];
    const char *id = visit_of(kill)->has_order ? visit_of(kill)->order.id : applicant->order_id;
    check(sum != NULL);
    (void)snprintf(order_id, sizeof(order_id), "%s", id);
    if (kill->arguments.story == KILL_STORY_RENEWAL)
        show_key_again(kill);
    do {
        hall_run(&kill->program, TURN_MS);
        hall_order_sum(&kill->hall, order_id, sum);
    } while (hall_order_acts(sum) > 0 && kill_program_now_ms() < until_ms);
    free(sum);
}
