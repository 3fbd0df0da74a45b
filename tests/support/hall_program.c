#include "tests/support/hall_program.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_order.h"

enum { LIVE_STEP_S = 20, LIVE_STEP_MS = 600, STEPS_OF_A_LEASE = 4 };

void hall_program_restart(struct hall_program *program)
{
    struct failure failure = {0};
    struct hall *hall = program->hall;
    bool is_desk = program->number == 0;
    check(program->services == NULL);
    enum status status =
        services_start(&(struct services_settings){.settings = hall->settings,
                                                   .catalogue = hall->catalogue,
                                                   .clock = &hall->time.clock,
                                                   .random = random_system(),
                                                   .owner = program->owner,
                                                   .is_desk = is_desk,
                                                   .drivers = hall_drivers(hall, program->number,
                                                                           is_desk ? NULL : &program->glass)},
                       &program->services, &failure);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "starting %s: %s %s\n", program->owner, status_name(status), failure.text);
    check(status == STATUS_OK);
}

void hall_program_start(struct hall_program *program, struct hall *hall, int number, const char *owner)
{
    *program = (struct hall_program){.hall = hall, .number = number};
    (void)snprintf(program->owner, sizeof(program->owner), "%s", owner);
    hall_program_restart(program);
}

static void drop_replies(struct hall_program *program)
{
    for (int i = 0; i < HALL_REPLIES; i++)
        service_image_free(program->replies[i].image);
    (void)memset(program->replies, 0, sizeof(program->replies));
}

void hall_program_stop(struct hall_program *program)
{
    services_stop(program->services);
    program->services = NULL;
    drop_replies(program);
}

void hall_program_end(struct hall_program *program)
{
    hall_program_stop(program);
    hall_glass_clear(&program->glass);
}

/* --- the loop ---------------------------------------------------------------------------------------- */

static void keep(struct hall_program *program, const struct service_reply *reply)
{
    struct service_reply *place = &program->replies[reply->id % HALL_REPLIES];
    service_image_free(place->image);
    *place = *reply;
}

static void note(struct hall_program *program, struct service_reply *report)
{
    service_image_free(report->image);
    report->image = NULL;
    program->report[report->kind] = *report;
    program->reports[report->kind]++;
}

static void receive_all(struct hall_program *program)
{
    struct service_reply reply;
    while (services_receive(program->services, &reply)) {
        if (reply.id == 0)
            note(program, &reply);
        else
            keep(program, &reply);
    }
}

void hall_until(struct hall_program *program, const char *what, hall_condition condition,
                const void *argument)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + HALL_PATIENCE_MS;
    for (;;) {
        receive_all(program);
        if (condition(program, argument))
            return;
        if (clock_monotonic_ms(clock_system()) > until_ms) {
            const struct service_visit *visit = services_visit(program->services);
            (void)fprintf(stderr, "%s waited in vain for %s; its order is %s\n", program->owner, what,
                          visit->has_order ? order_state_name(visit->order.state) : "none");
            check(!"waited too long");
        }
        hall_nap(program->hall);
    }
}

static bool is_answered(struct hall_program *program, const void *argument)
{
    const uint64_t *id = argument;
    return program->replies[*id % HALL_REPLIES].id == *id;
}

struct service_reply hall_wait_picture(struct hall_program *program, uint64_t id)
{
    hall_until(program, "a reply", is_answered, &id);
    struct service_reply reply = program->replies[id % HALL_REPLIES];
    program->replies[id % HALL_REPLIES] = (struct service_reply){0};
    return reply;
}

struct service_reply hall_wait(struct hall_program *program, uint64_t id)
{
    struct service_reply reply = hall_wait_picture(program, id);
    service_image_free(reply.image);
    reply.image = NULL;
    return reply;
}

static void tell(const struct hall_program *program, const struct service_reply *reply)
{
    (void)fprintf(stderr, "%s: %s answered %s, %s, %lld\n", program->owner, service_kind_name(reply->kind),
                  status_name(reply->status), service_reason_name(reply->reason), (long long)reply->number);
}

void hall_done(struct hall_program *program, uint64_t id)
{
    struct service_reply reply = hall_wait(program, id);
    if (reply.status != STATUS_OK)
        tell(program, &reply);
    check(reply.status == STATUS_OK);
}

void hall_refused(struct hall_program *program, uint64_t id, enum service_reason reason)
{
    struct service_reply reply = hall_wait(program, id);
    if (reply.status == STATUS_OK || reply.reason != reason)
        tell(program, &reply);
    check(reply.status != STATUS_OK && reply.reason == reason);
}

/* --- conditions -------------------------------------------------------------------------------------- */

static bool is_in_state(struct hall_program *program, const void *argument)
{
    const struct service_visit *visit = services_visit(program->services);
    return visit->has_order && visit->order.state == *(const enum order_state *)argument;
}

void hall_until_state(struct hall_program *program, enum order_state state)
{
    hall_until(program, order_state_name(state), is_in_state, &state);
}

static bool is_paid_like(struct hall_program *program, const void *argument)
{
    return services_visit(program->services)->payment.state == *(const enum service_pay_state *)argument;
}

void hall_until_payment(struct hall_program *program, enum service_pay_state state)
{
    hall_until(program, "a state of the payment", is_paid_like, &state);
}

struct wanted {
    const char *order_id;
    enum order_state state;
    struct store *store;
};

static bool is_stored(struct hall_program *program, const void *argument)
{
    const struct wanted *wanted = argument;
    struct order order;
    (void)program;
    check(store_order_load(wanted->store, wanted->order_id, &order, NULL) == STATUS_OK);
    return order.state == wanted->state;
}

void hall_until_stored(struct hall_program *program, const char *order_id, enum order_state state)
{
    struct wanted wanted = {order_id, state, hall_store(program->hall, "watcher")};
    hall_until(program, order_state_name(state), is_stored, &wanted);
    store_close(wanted.store);
}

static bool has_swept(struct hall_program *program, const void *argument)
{
    (void)argument; /* the gateway is asked for the first time behind the first look round */
    return services_devices(program->services)->payment == DEVICE_READY;
}

void hall_until_swept(struct hall_program *program)
{
    hall_until(program, "the gateway to answer", has_swept, NULL);
}

static bool is_late(struct hall_program *program, const void *argument)
{
    (void)program;
    return clock_monotonic_ms(clock_system()) >= *(const int64_t *)argument;
}

void hall_run(struct hall_program *program, int ms)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + ms;
    hall_until(program, "time", is_late, &until_ms);
}

void hall_live(struct hall_program *program, int seconds)
{
    for (int left = seconds; left > 0; left -= LIVE_STEP_S) {
        hall_pass(program->hall, left < LIVE_STEP_S ? left : LIVE_STEP_S);
        hall_run(program, LIVE_STEP_MS);
    }
}

/* --- the claim --------------------------------------------------------------------------------------- */

struct claimed {
    struct store *store;
    char order_id[ORDER_ID_BYTES];
    int64_t lease_s;
};

static void load_claim(const struct claimed *claimed, struct store_claim *out)
{
    *out = (struct store_claim){0};
    enum status status = store_claim_load(claimed->store, claimed->order_id, out, NULL);
    check(status == STATUS_OK || status == STATUS_NOT_FOUND);
}

static bool is_released(const struct hall_program *program, const struct claimed *claimed)
{
    struct store_claim claim;
    load_claim(claimed, &claim);
    return strcmp(claim.owner, program->owner) != 0;
}

/* Renewed at a third of its length; an order that is not this program's has nothing to be renewed. */
static bool is_kept(const struct hall_program *program, const struct claimed *claimed)
{
    struct store_claim claim;
    load_claim(claimed, &claim);
    return strcmp(claim.owner, program->owner) != 0 ||
           claim.lease_until_utc_s - hall_now_utc_s(program->hall) >= claimed->lease_s / 2;
}

/* Replies stay where they are: a screen may be waiting for them. */
static void await_claim(struct hall_program *program, const struct claimed *claimed,
                        bool (*condition)(const struct hall_program *program, const struct claimed *claimed))
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + HALL_PATIENCE_MS;
    while (!condition(program, claimed)) {
        check(clock_monotonic_ms(clock_system()) < until_ms);
        hall_nap(program->hall);
    }
}

static struct claimed open_claim(const struct hall_program *program, const struct service_visit *visit)
{
    struct claimed claimed = {.store = hall_store(program->hall, "watcher"),
                              .lease_s = program->hall->settings->order_lease_s};
    (void)memcpy(claimed.order_id, visit->order.id, sizeof(claimed.order_id));
    return claimed;
}

void hall_leave(struct hall_program *program)
{
    const struct service_visit *visit = services_visit(program->services);
    bool has_order = visit->has_order; /* "visit" is wiped */
    struct claimed claimed = {0};
    if (has_order)
        claimed = open_claim(program, visit);
    services_end_visit(program->services);
    if (!has_order)
        return;
    await_claim(program, &claimed, is_released);
    store_close(claimed.store);
}

void hall_pass_at(struct hall_program *program, int64_t ms)
{
    const struct service_visit *visit = services_visit(program->services);
    int64_t step_ms = program->hall->settings->order_lease_s * 1000 / STEPS_OF_A_LEASE;
    if (program->number != 0 && visit->has_order && ms > step_ms) {
        struct claimed claimed = open_claim(program, visit);
        for (; ms > step_ms; ms -= step_ms) {
            (void)atomic_fetch_add(&program->hall->time.passed_ms, step_ms);
            await_claim(program, &claimed, is_kept);
        }
        store_close(claimed.store);
    }
    (void)atomic_fetch_add(&program->hall->time.passed_ms, ms);
}
