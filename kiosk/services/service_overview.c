/* The desk's wall and queue in one look, and the desk worker's idle round. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_consent.h"
#include "kiosk/services/service_context.h"
#include "kiosk/services/service_deadline.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_soft.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_counters.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_presence.h"

enum { LOOK_EVERY_MS = 500, RECENT_S = 86400 };

static enum device_state device_named(const struct json *devices, const char *kind)
{
    const char *name = json_text(devices, kind, "");
    for (unsigned i = 0; i < DEVICE_STATE_COUNT_; i++)
        if (strcmp(device_state_name((enum device_state)i), name) == 0)
            return (enum device_state)i;
    return DEVICE_ABSENT;
}

/* What no terminal of ours writes is taken for unknown. */
static int number_up_to(const struct json *devices, const char *name, int most)
{
    int64_t value = json_number(devices, name, 0);
    return value < 0 || value > most ? 0 : (int)value;
}

static void read_devices(const char *text, struct service_terminal *terminal)
{
    struct service_devices *out = &terminal->devices;
    struct json *json = NULL;
    if (json_parse(text, strlen(text), &json) != STATUS_OK)
        return;
    out->printer = device_named(json, "printer");
    out->scanner = device_named(json, "scanner");
    out->writer = device_named(json, "writer");
    out->authority = device_named(json, "authority");
    out->payment = device_named(json, "payment");
    out->sms = device_named(json, "sms");
    out->idcard = device_named(json, "idcard");
    out->key = (enum service_key_presence)number_up_to(json, "key", SERVICE_KEY_FAULTY);
    out->paper_percent = number_up_to(json, "paper", 100);
    out->marker_percent = number_up_to(json, "marker", 100);
    terminal->trouble_since_utc_s = json_number(json, "since", 0);
    json_free(json);
}

static void fill_order(struct service_context *context, const struct order *order,
                       struct service_terminal *out)
{
    (void)text_copy(out->acceptance, sizeof(out->acceptance), order->acceptance);
    (void)text_copy(out->order_id, sizeof(out->order_id), order->id);
    (void)text_copy(out->product, sizeof(out->product), order->product);
    (void)text_copy(out->operation, sizeof(out->operation), order->operation);
    out->state = order->state;
    (void)!service_load_person(context, order, out->person, sizeof(out->person));
}

static void fill_terminal(struct service_context *context, const struct store_presence *from,
                          struct service_terminal *out)
{
    struct order order;
    *out = (struct service_terminal){.seen_utc_s = from->heartbeat_utc_s,
                                     .step_since_utc_s = from->step_since_utc_s,
                                     .visit_since_utc_s = from->started_utc_s,
                                     .call_since_utc_s = from->call_since_utc_s,
                                     .is_logged_in = from->is_logged_in,
                                     .is_calling =
                                         from->call_since_utc_s != 0 && from->call_answered_by[0] == 0};
    (void)text_copy(out->id, sizeof(out->id), from->owner);
    (void)text_copy(out->screen, sizeof(out->screen), from->step);
    (void)text_copy(out->field, sizeof(out->field), from->field);
    (void)text_copy(out->machine, sizeof(out->machine), from->machine);
    (void)text_copy(out->place, sizeof(out->place), from->place);
    (void)text_copy(out->visit, sizeof(out->visit), from->visit);
    out->is_alive = service_now_utc_s(context) - from->heartbeat_utc_s <= SERVICE_DEAD_AFTER_S;
    read_devices(from->devices, out);
    if (from->order_id[0] != 0 && store_order_load(context->store, from->order_id, &order, NULL) == STATUS_OK)
        fill_order(context, &order, out);
    service_act_fill(context, out);
}

static enum status load_terminals(struct service_context *context, struct service_desk *out,
                                  struct failure *failure)
{
    struct store_presence rows[2 * SERVICE_TERMINALS_MAX]; /* with the desks' */
    size_t count = 0;
    enum status status =
        store_presence_list(context->store, rows, 2 * SERVICE_TERMINALS_MAX, &count, failure);
    out->terminal_count = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (strcmp(rows[i].kind, "terminal") == 0 && out->terminal_count < SERVICE_TERMINALS_MAX)
            fill_terminal(context, &rows[i], &out->terminals[out->terminal_count++]);
    return status;
}

/* As much of the mobile number as a person is asked for to be found by. */
static void fill_phone_tail(struct service_context *context, const struct order *order,
                            char out[SERVICE_PHONE_TAIL_BYTES])
{
    char phone[SERVICE_PHONE_BYTES];
    if (service_load_phone(context, order, phone, sizeof(phone)) == STATUS_OK) {
        size_t length = strlen(phone), digits = SERVICE_PHONE_TAIL_BYTES - 1;
        (void)text_copy(out, SERVICE_PHONE_TAIL_BYTES, length > digits ? phone + length - digits : phone);
    }
    secret_wipe_bytes(phone, sizeof(phone));
}

static void fill_line(struct service_context *context, const struct order *order,
                      struct service_queue_line *out)
{
    *out = (struct service_queue_line){
        .order = *order,
        .waiting_since_utc_s = order->updated_utc_s,
        .due_utc_s = service_load_due(context, order),
        .may_close = service_step_is_possible(context, order, ORDER_EVENT_CLOSED),
        .may_give_up = service_step_is_possible(context, order, ORDER_EVENT_GIVEN_UP),
        .soft = service_soft_look(context, order)};
    (void)!service_load_unit(context, order, out->unit, sizeof(out->unit));
    fill_phone_tail(context, order, out->phone_tail);
    (void)!service_consent_load(context, order, &out->consent, NULL);
    (void)!store_key_number_load_order(context->store, order->id, out->key_number, NULL);
}

static enum status load_lines(struct service_context *context, const struct store_order_filter *filter,
                              struct service_queue_line *out, size_t *count, struct failure *failure)
{
    struct order orders[SERVICE_QUEUE_MAX];
    enum status status = store_order_list(context->store, filter, orders, SERVICE_QUEUE_MAX, count, failure);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        fill_line(context, &orders[i], &out[i]);
    return status;
}

/* Refused refunds are told in every list the order stands in. */
static void mark_alarms(const struct service_desk *desk, struct service_queue_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < desk->alarm_count; j++)
            if (strcmp(lines[i].order.id, desk->alarms[j].order.id) == 0)
                lines[i].alarm = true;
}

static enum status load_alarms(struct service_context *context, struct service_desk *desk,
                               struct failure *failure)
{
    const struct store_order_filter refused = {.by_alarm = true};
    enum status status = load_lines(context, &refused, desk->alarms, &desk->alarm_count, failure);
    if (status != STATUS_OK)
        return status;
    mark_alarms(desk, desk->alarms, desk->alarm_count);
    mark_alarms(desk, desk->queue, desk->queue_count);
    mark_alarms(desk, desk->recent, desk->recent_count);
    return STATUS_OK;
}

static bool is_recent(const struct service_desk *desk, const struct order *order)
{
    for (size_t i = 0; i < desk->recent_count; i++)
        if (strcmp(desk->recent[i].order.id, order->id) == 0)
            return true;
    return false;
}

static enum status add_soft(struct service_context *context, const struct product *product,
                            struct service_desk *desk, struct failure *failure)
{
    static const enum order_state issuing = ORDER_STATE_ISSUING;
    const struct store_order_filter waiting = {
        .product = product->id, .states = &issuing, .states_count = 1, .newest_first = true};
    struct order orders[SERVICE_QUEUE_MAX];
    size_t count = 0;
    enum status status =
        store_order_list(context->store, &waiting, orders, SERVICE_QUEUE_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK && desk->soft_count < SERVICE_SOFT_MAX; i++) {
        if (is_recent(desk, &orders[i]) ||
            service_soft_look(context, &orders[i]) == SERVICE_CERTIFICATE_SOFT_NONE)
            continue;
        fill_line(context, &orders[i], &desk->soft[desk->soft_count++]);
    }
    return status;
}

/* A review may take longer than the day of which orders are listed. */
static enum status load_soft(struct service_context *context, struct service_desk *desk,
                             struct failure *failure)
{
    const struct catalogue *catalogue = context->settings->catalogue;
    enum status status = STATUS_OK;
    desk->soft_count = 0;
    for (size_t i = 0; i < catalogue->count && status == STATUS_OK; i++)
        if (service_soft_is_allowed(context, catalogue->products[i]))
            status = add_soft(context, catalogue->products[i], desk, failure);
    return status;
}

/* Money may be taken for what waits for it and says that it takes it so; it is given back whatever the order.
 */
static bool is_about_money(struct service_context *context, const struct service_queue_line *line)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    if (line->hand.channel[0] != 0)
        return true;
    return line->order.state == ORDER_STATE_PAYING &&
           service_product_of(context, &line->order, &product, &operation) == STATUS_OK &&
           product_takes(product, PRODUCT_PAYMENT_DESK);
}

static enum status add_money(struct service_context *context, const struct store_order_filter *filter,
                             struct service_desk *desk, struct failure *failure)
{
    struct order orders[SERVICE_QUEUE_MAX];
    size_t count = 0;
    enum status status = store_order_list(context->store, filter, orders, SERVICE_QUEUE_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK && desk->money_count < SERVICE_QUEUE_MAX; i++) {
        struct service_queue_line *line = &desk->money[desk->money_count];
        fill_line(context, &orders[i], line);
        status = service_hand_load(context, orders[i].id, &line->hand, failure);
        line->hand.by_two = line->hand.pay_back && service_hand_needs_two(&orders[i]);
        desk->money_count += is_about_money(context, line);
    }
    return status;
}

/* A transfer that was closed: its money may still reach the account. */
static enum status add_late(struct service_context *context, struct service_desk *desk,
                            struct failure *failure)
{
    const struct store_order_filter late = {.by_late = true, .newest_first = true};
    struct order orders[SERVICE_QUEUE_MAX];
    struct store_payment attempt;
    size_t count = 0;
    enum status status = store_order_list(context->store, &late, orders, SERVICE_QUEUE_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK && desk->money_count < SERVICE_QUEUE_MAX; i++) {
        status = service_hand_late(context, &orders[i], &attempt, failure);
        if (status != STATUS_OK)
            break;
        struct service_queue_line *line = &desk->money[desk->money_count++];
        fill_line(context, &orders[i], line);
        line->hand = (struct service_hand){
            .amount_fen = attempt.amount_fen, .since_utc_s = attempt.updated_utc_s, .is_late = true};
        (void)text_copy(line->hand.channel, sizeof(line->hand.channel), attempt.channel);
    }
    return status;
}

static enum status load_money(struct service_context *context, struct service_desk *desk,
                              struct failure *failure)
{
    static const enum order_state paying = ORDER_STATE_PAYING;
    desk->money_count = 0;
    enum status status = add_money(context, &(struct store_order_filter){.by_pay_back = true}, desk, failure);
    if (status == STATUS_OK)
        status = add_money(context, &(struct store_order_filter){.states = &paying, .states_count = 1}, desk,
                           failure);
    return status == STATUS_OK ? add_late(context, desk, failure) : status;
}

static enum status load_counters(struct service_context *context, struct service_counters *out,
                                 struct failure *failure)
{
    struct store_counters counters;
    enum status status = store_counters_load(context->store, clock_hall_day_utc_s(service_now_utc_s(context)),
                                             &counters, failure);
    if (status == STATUS_OK)
        *out = (struct service_counters){.is_known = true,
                                         .begun = counters.begun,
                                         .begun_before = counters.begun_before,
                                         .finished = counters.finished,
                                         .finished_s = counters.finished_s,
                                         .decided = counters.decided,
                                         .approved_first = counters.approved_first,
                                         .rejected = counters.rejected};
    return status;
}

static enum status load_stock(struct service_context *context, struct service_desk *out,
                              struct failure *failure)
{
    struct store_key_sum sums[SERVICE_STOCKS_MAX];
    enum status status = store_key_sums(context->store, sums, SERVICE_STOCKS_MAX, &out->stock_count, failure);
    for (size_t i = 0; i < out->stock_count && status == STATUS_OK; i++) {
        struct service_stock *stock = &out->stocks[i];
        *stock = (struct service_stock){.blank = sums[i].count[STORE_KEY_BLANK],
                                        .in_work = sums[i].count[STORE_KEY_IN_WORK],
                                        .delivered = sums[i].count[STORE_KEY_DELIVERED],
                                        .failed = sums[i].count[STORE_KEY_FAILED]};
        (void)text_copy(stock->model, sizeof(stock->model), sums[i].model);
    }
    if (status == STATUS_OK)
        status = store_key_delivered(context->store, clock_hall_day_utc_s(service_now_utc_s(context)),
                                     out->delivered, SERVICE_STOCK_DAYS, failure);
    return status;
}

/* Only an order in review can be on hold. */
static enum status mark_holds(struct service_context *context, struct service_desk *desk,
                              struct failure *failure)
{
    for (size_t i = 0; i < desk->queue_count; i++) {
        struct store_decision hold;
        struct service_queue_line *line = &desk->queue[i];
        enum status status =
            store_decision_load_hold(context->store, line->order.id, line->order.version, &hold, failure);
        if (status != STATUS_OK && status != STATUS_NOT_FOUND)
            return status;
        line->on_hold = status == STATUS_OK;
    }
    return STATUS_OK;
}

static void fill_event(struct service_context *context, const struct store_change *change,
                       struct service_event *out)
{
    struct order order;
    *out = (struct service_event){.at_utc_s = change->at_utc_ms / 1000};
    (void)text_copy(out->owner, sizeof(out->owner), change->owner);
    (void)snprintf(out->event, sizeof(out->event), "%s.%.32s", store_change_kind_name(change->kind),
                   change->event);
    if (change->order_id[0] != 0 &&
        store_order_load(context->store, change->order_id, &order, NULL) == STATUS_OK)
        (void)text_copy(out->acceptance, sizeof(out->acceptance), order.acceptance);
}

static enum status load_events(struct service_context *context, struct service_desk *out,
                               struct failure *failure)
{
    struct store_change changes[SERVICE_EVENTS_MAX * 2];
    size_t count = 0;
    enum status status =
        store_change_list_newest(context->store, STORE_CHANGE_ORDER, STORE_CHANGE_SUPERVISION, changes,
                                 SERVICE_EVENTS_MAX * 2, &count, failure);
    out->event_count = 0;
    for (size_t i = 0; i < count && status == STATUS_OK && out->event_count < SERVICE_EVENTS_MAX; i++)
        if (changes[i].kind == STORE_CHANGE_ORDER || strcmp(changes[i].to, "open") == 0) /* as wished for */
            fill_event(context, &changes[i], &out->events[out->event_count++]);
    return status;
}

static enum status load_overview(struct service_context *context, struct service_job *job)
{
    static const enum order_state waiting[] = {ORDER_STATE_IDENTIFYING, ORDER_STATE_REVIEWING};
    struct service_patch *patch = service_job_patch(job);
    const struct store_order_filter queue = {.states = waiting, .states_count = 2};
    const struct store_order_filter recent = {.since_utc_s = service_now_utc_s(context) - RECENT_S,
                                              .newest_first = true};
    enum status status = load_terminals(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = load_lines(context, &queue, patch->desk.queue, &patch->desk.queue_count, &job->failure);
    if (status == STATUS_OK)
        status = load_lines(context, &recent, patch->desk.recent, &patch->desk.recent_count, &job->failure);
    if (status == STATUS_OK)
        status = load_soft(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = mark_holds(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = load_stock(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = service_stock_load(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = load_alarms(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = load_money(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status =
            service_deadline_list(context, patch->desk.deadlines, &patch->desk.deadline_count, &job->failure);
    if (status == STATUS_OK)
        status = load_counters(context, &patch->desk.counters, &job->failure);
    if (status == STATUS_OK)
        status = load_events(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        patch->changes |= PATCH_DESK_OVERVIEW;
    return status;
}

void service_desk_overview_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = load_overview(context, job);
    service_job_finish(job, status);
}

/* Something was written, or a heartbeat may have stopped: the clerk sees it without asking. */
void service_desk_idle(struct service_context *context)
{
    struct store *store = NULL;
    bool rang = false;
    if (service_store(context, &store) != STATUS_OK)
        return;
    service_decision_apply_due(context);
    service_desk_keep_attention(context);
    if (store_bell(store, &rang, NULL) != STATUS_OK)
        return;
    if (!rang && service_now_ms(context) < context->next_round_ms)
        return;
    context->next_round_ms = service_now_ms(context) + LOOK_EVERY_MS * 4;
    struct service_job *report = service_job_new(SERVICE_DESK_OVERVIEW);
    service_desk_overview_run(context, report);
    service_report(context, report);
}
