/* What the desk sees of this terminal, and the orders worker's idle round: claim kept, changes noticed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_attention.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_supervision.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_presence.h"
#include "kiosk/store/store_supervision.h"

enum { HEARTBEAT_MS = 2000, ATTENTION_MS = 1000, CHANGES_AT_ONCE = 64 };

struct presence_state {
    struct store_presence presence;
    int64_t trouble_since_utc_s;
    int64_t next_heartbeat_ms;
    int64_t next_claim_ms;
    int64_t seen_sequence; /* of the journal */
    char seen_order[ORDER_ID_BYTES];
    uint64_t marked_visit; /* the visit the mark was made for */
    struct service_supervision_watch watch;
    int64_t next_attention_ms;
    struct service_attention attention; /* as told last */
};

static struct presence_state *own(struct service_context *context)
{
    if (context->own == NULL) {
        context->own = calloc(1, sizeof(struct presence_state));
        check(context->own != NULL);
        struct presence_state *state = context->own;
        (void)text_copy(state->presence.kind, sizeof(state->presence.kind), "terminal");
        (void)text_copy(state->presence.step, sizeof(state->presence.step), "welcome");
        (void)text_copy(state->presence.machine, sizeof(state->presence.machine),
                        context->settings->settings->terminal_number);
        (void)text_copy(state->presence.place, sizeof(state->presence.place),
                        context->settings->settings->terminal_place);
        state->presence.step_since_utc_s = service_now_utc_s(context);
    }
    return context->own;
}

void service_orders_close(struct service_context *context)
{
    free(context->own);
    context->own = NULL;
}

/* Nobody is there while the welcome page stands, or one that says "out of service" or "ended by a clerk". */
static bool is_visit(const char *step)
{
    return strcmp(step, "welcome") != 0 && strcmp(step, "closed") != 0 && strcmp(step, "stopped") != 0;
}

/* A visit has a mark from its first step to its last, so that a clerk's act never reaches the next person. */
static void mark_visit(struct service_context *context, struct presence_state *state)
{
    struct store_presence *presence = &state->presence;
    bool is_other = state->marked_visit != context->visit.number;
    if (is_other && state->marked_visit != 0)
        presence->call_since_utc_s = 0;
    bool is_there = is_visit(presence->step) || presence->call_since_utc_s != 0;
    if (is_there && (is_other || presence->visit[0] == 0)) {
        order_id_make(context->settings->random, presence->visit);
        presence->started_utc_s = service_now_utc_s(context);
    } else if (!is_there) {
        presence->visit[0] = 0;
        presence->started_utc_s = 0;
    }
    state->marked_visit = context->visit.number;
}

static enum status put(struct service_context *context, struct failure *failure)
{
    struct presence_state *state = own(context);
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    mark_visit(context, state);
    (void)memcpy(state->presence.order_id, context->visit.order_id, sizeof(state->presence.order_id));
    if (status == STATUS_OK)
        status = store_presence_put(store, &state->presence, failure);
    state->next_heartbeat_ms = service_now_ms(context) + HEARTBEAT_MS;
    return status;
}

static bool is_troubled(enum device_state state)
{
    return state != DEVICE_ABSENT && state != DEVICE_READY && state != DEVICE_WORKING;
}

/* Since when any of them is out of order. */
static int64_t trouble_since(const struct service_devices *devices, int64_t before_utc_s, int64_t now_utc_s)
{
    bool is_there = is_troubled(devices->printer) || is_troubled(devices->scanner) ||
                    is_troubled(devices->writer) || is_troubled(devices->authority) ||
                    is_troubled(devices->payment) || is_troubled(devices->sms) ||
                    is_troubled(devices->idcard);
    return !is_there ? 0 : before_utc_s != 0 ? before_utc_s : now_utc_s;
}

static void write_devices(const struct service_devices *devices, int64_t since_utc_s, char *out, size_t size)
{
    const struct {
        const char *kind;
        enum device_state state;
    } rows[] = {{"printer", devices->printer},     {"scanner", devices->scanner}, {"writer", devices->writer},
                {"authority", devices->authority}, {"payment", devices->payment}, {"sms", devices->sms},
                {"idcard", devices->idcard}};
    size_t used = (size_t)snprintf(out, size, "{");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        used += (size_t)snprintf(out + used, size - used, "%s\"%s\":\"%s\"", i == 0 ? "" : ",", rows[i].kind,
                                 device_state_name(rows[i].state));
    (void)snprintf(out + used, size - used, ",\"key\":%d,\"paper\":%d,\"marker\":%d,\"since\":%lld}",
                   (int)devices->key, devices->paper_percent, devices->marker_percent,
                   (long long)since_utc_s);
}

void service_presence_run(struct service_context *context, struct service_job *job)
{
    struct store_presence *presence = &own(context)->presence;
    int64_t *since_utc_s = &own(context)->trouble_since_utc_s;
    *since_utc_s = trouble_since(&job->request.devices, *since_utc_s, service_now_utc_s(context));
    write_devices(&job->request.devices, *since_utc_s, presence->devices, sizeof(presence->devices));
    presence->is_logged_in = job->request.phone[0] != 0 || job->request.holder_order_id[0] != 0;
    if (job->request.text[0] != 0) {
        if (strcmp(presence->step, job->request.text) != 0)
            presence->step_since_utc_s = service_now_utc_s(context);
        (void)text_copy(presence->step, sizeof(presence->step), job->request.text);
        (void)text_copy(presence->field, sizeof(presence->field), job->request.more);
    }
    if (job->request.is_call && !job->request.flag)
        presence->call_since_utc_s = 0;
    else if (job->request.is_call && presence->call_since_utc_s == 0)
        presence->call_since_utc_s = service_now_utc_s(context);
    enum status status = put(context, &job->failure);
    if (status == STATUS_OK && job->request.is_call) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes = PATCH_CALL;
        patch->visit.clerk_called = job->request.flag;
    }
    service_job_finish(job, status);
}

/* Renewed at a third of its length, so that a slow disk does not lose it. CONFLICT: another terminal has it
 * since this one stood still; what is done here is refused until it is opened again. */
static void keep_claim(struct service_context *context, struct presence_state *state)
{
    struct failure failure = {0};
    int lease_s = (int)context->settings->settings->order_lease_s;
    if (context->visit.order_id[0] == 0 || service_now_ms(context) < state->next_claim_ms)
        return;
    state->next_claim_ms = service_now_ms(context) + (int64_t)lease_s * 1000 / 3;
    enum status status = store_claim_take(context->store, context->visit.order_id, lease_s, &failure);
    if (status == STATUS_OK) /* taken over while this program stood still, or left by another terminal */
        status = store_intention_adopt(context->store, context->visit.order_id, lease_s, &failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        log_failure("services", "keeping the claim", status, &failure);
}

/* The bell only says that something was written; the journal says whether it is about the visit's order. */
static enum status is_about_order(struct service_context *context, struct presence_state *state, bool *out,
                                  struct failure *failure)
{
    struct store_change *changes = calloc(CHANGES_AT_ONCE, sizeof(*changes));
    size_t count = CHANGES_AT_ONCE;
    enum status status = STATUS_OK;
    check(changes != NULL);
    *out = false;
    while (status == STATUS_OK && count == CHANGES_AT_ONCE) {
        status = store_change_list(context->store, state->seen_sequence, changes, CHANGES_AT_ONCE, &count,
                                   failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            *out = *out || strcmp(changes[i].order_id, context->visit.order_id) == 0;
            state->seen_sequence = changes[i].sequence;
        }
    }
    free(changes);
    return status;
}

static void notice_changes(struct service_context *context, struct presence_state *state, bool rang)
{
    bool concerns = false;
    struct failure failure = {0};
    enum status status = STATUS_OK;
    bool is_new = strcmp(state->seen_order, context->visit.order_id) != 0;
    (void)memcpy(state->seen_order, context->visit.order_id, sizeof(state->seen_order));
    if (context->visit.order_id[0] == 0)
        return;
    if (is_new)
        status = store_change_last(context->store, &state->seen_sequence, &failure);
    else if (rang)
        status = is_about_order(context, state, &concerns, &failure);
    if (status != STATUS_OK)
        log_failure("services", "looking for changes", status, &failure);
    else if (is_new || concerns)
        service_load_report(context, SERVICE_ORDER_REFRESH, context->visit.order_id);
}

/* What the clerk did is looked at; an answered call is over. */
static void look_for_acts(struct service_context *context, struct presence_state *state)
{
    struct failure failure = {0};
    bool answered = false;
    enum status status =
        service_supervision_look(context, &state->watch, state->presence.visit, &answered, &failure);
    if (status == STATUS_OK && answered) {
        state->presence.call_since_utc_s = 0;
        status = put(context, &failure);
    }
    if (status != STATUS_OK)
        log_failure("services", "a clerk's acts", status, &failure);
}

void service_act_done_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_supervision_finish(store, job->request.text, STORE_SUPERVISION_EFFECT, &job->failure);
    if (status == STATUS_OK)
        look_for_acts(context, own(context));
    service_job_finish(job, status);
}

static bool is_same_attention(const struct service_attention *a, const struct service_attention *b)
{
    return a->is_open == b->is_open && a->seen == b->seen && a->ahead == b->ahead &&
           a->refusals == b->refusals;
}

/* A clerk opens a case without writing to it, so no bell rings. */
static void notice_attention(struct service_context *context, struct presence_state *state)
{
    struct order order;
    struct service_attention now = {0};
    struct failure failure = {0};
    if (context->visit.order_id[0] == 0 || service_now_ms(context) < state->next_attention_ms)
        return;
    state->next_attention_ms = service_now_ms(context) + ATTENTION_MS;
    enum status status = store_order_load(context->store, context->visit.order_id, &order, &failure);
    if (status == STATUS_OK)
        status = service_attention_load(context, &order, &now, &failure);
    if (status != STATUS_OK)
        log_failure("services", "looking what desks are doing", status, &failure);
    else if (!is_same_attention(&now, &state->attention))
        service_load_report(context, SERVICE_ORDER_REFRESH, context->visit.order_id);
    state->attention = now;
}

void service_orders_idle(struct service_context *context)
{
    bool rang = false;
    struct presence_state *state = own(context);
    struct store *store = NULL;
    struct failure failure = {0};
    if (service_store(context, &store) != STATUS_OK)
        return;
    if (service_now_ms(context) >= state->next_heartbeat_ms) {
        enum status status = put(context, &failure);
        if (status != STATUS_OK)
            log_failure("services", "presence", status, &failure);
    }
    keep_claim(context, state);
    service_decision_apply_due(context);
    if (store_bell(store, &rang, NULL) != STATUS_OK)
        return;
    if (rang || service_supervision_is_due(&state->watch, state->presence.visit))
        look_for_acts(context, state);
    notice_changes(context, state, rang);
    notice_attention(context, state);
}
