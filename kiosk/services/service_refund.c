/* Giving money back: begun by rule or by a clerk's decision, retried under one refund number until it is
 * there. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/services/service_channel.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_unpaid.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_pickup.h"

enum { REFUND_NO_LENGTH = 30, CERTIFICATES_MAX = 16, KEYS_MAX = 32 };
enum { CLOCK_SLACK_MS = 60000, CLOCK_TRUST_MS = 600000 };

enum status service_refund_begin(struct service_context *context, const struct store_payment *attempt,
                                 struct failure *failure)
{
    char refund_no[REFUND_NO_LENGTH + 1];
    char intention_id[STORE_ID_BYTES];
    service_number_make(context, "CKR", REFUND_NO_LENGTH, refund_no);
    const struct store_payment_facts facts = {.refund_no = refund_no};
    if (service_hand_is(attempt->channel))
        return service_hand_refund(context, attempt, failure);
    enum status status = store_payment_step(context->store, attempt->out_trade_no, attempt->state,
                                            STORE_PAYMENT_REFUNDING, &facts, failure);
    if (status == STATUS_OK)
        status = service_intention_begin(context, attempt->order_id, STORE_INTENTION_REFUND,
                                         attempt->out_trade_no, intention_id, failure);
    if (status == STATUS_OK)
        service_pace_refund_begun(&service_pay_own(context)->pace, attempt->out_trade_no,
                                  service_now_ms(context));
    return status;
}

/* --- one refund -------------------------------------------------------------------------------------- */

static bool holds_money(enum store_payment_state state)
{
    return state == STORE_PAYMENT_PAID || state == STORE_PAYMENT_LATE_PAID ||
           state == STORE_PAYMENT_REFUNDING || state == STORE_PAYMENT_REFUND_ALARM;
}

enum status service_refund_settle(struct service_context *context, const char *order_id,
                                  struct failure *failure)
{
    struct store_payment *attempts = calloc(SERVICE_PAY_ATTEMPTS_MAX, sizeof(*attempts));
    size_t count = 0;
    struct order order;
    bool held = false;
    check(attempts != NULL);
    enum status status =
        store_payment_list(context->store, order_id, attempts, SERVICE_PAY_ATTEMPTS_MAX, &count, failure);
    for (size_t i = 0; i < count; i++)
        held = held || holds_money(attempts[i].state);
    free(attempts);
    if (status != STATUS_OK || held)
        return status;
    status = service_step_allowed(context, order_id, ORDER_EVENT_REFUNDED, &order, failure);
    if (status == STATUS_BAD_STATE)
        return STATUS_OK; /* a late payment of an order that lives on */
    return status == STATUS_OK ? service_step(context, order_id, ORDER_EVENT_REFUNDED, &order, failure)
                               : status;
}

static enum status end_refund(struct service_context *context, const struct store_intention *intention,
                              const struct store_payment *attempt, enum store_payment_state to,
                              struct failure *failure)
{
    bool done = to == STORE_PAYMENT_REFUNDED;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_payment_step(context->store, attempt->out_trade_no, attempt->state, to, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention->id, done, done ? "refunded" : "refused", failure);
    if (status == STATUS_OK && done)
        status = service_refund_settle(context, attempt->order_id, failure);
    return store_end(context->store, status, failure);
}

static enum status send_refund(struct service_context *context, const struct store_payment *attempt,
                               enum payment_refund_state *state, struct failure *failure)
{
    const struct payment_call call = {.timeout_ms = SERVICE_PAY_TIMEOUT_MS};
    const struct payment_refund_request request = {.out_trade_no = attempt->out_trade_no,
                                                   .out_request_no = attempt->refund_no,
                                                   .amount_fen = attempt->amount_fen,
                                                   .total_fen = attempt->amount_fen,
                                                   .reason = "certificate not issued"};
    enum status status =
        payment_refund(service_channel_of(context, attempt->channel), &call, &request, state, failure);
    service_pace_refund_sent(&service_pay_own(context)->pace, attempt->out_trade_no, status == STATUS_OK,
                             service_now_ms(context));
    return status;
}

static enum status query_refund(struct service_context *context, const struct store_payment *attempt,
                                enum payment_refund_state *state, struct failure *failure)
{
    const struct payment_call call = {.timeout_ms = SERVICE_PAY_TIMEOUT_MS};
    enum status status =
        payment_refund_query(service_channel_of(context, attempt->channel), &call, attempt->out_trade_no,
                             attempt->refund_no, attempt->amount_fen, state, failure);
    service_pace_refund_asked(&service_pay_own(context)->pace, attempt->out_trade_no, status == STATUS_OK,
                              *state == PAYMENT_REFUND_ABSENT, service_now_ms(context));
    return status;
}

static enum service_pace_act due(struct service_context *context, const struct store_payment *attempt)
{
    int64_t age_ms = (service_now_utc_s(context) - attempt->updated_utc_s) * 1000;
    return service_pace_refund_due(&service_pay_own(context)->pace, attempt->out_trade_no, age_ms,
                                   service_now_ms(context));
}

/* Asked about or sent, whichever is due; a refund the gateway never heard of is sent in the same round. */
static enum status ask_refund(struct service_context *context, const struct store_payment *attempt,
                              enum payment_refund_state *state, struct failure *failure)
{
    enum status status = STATUS_OK;
    enum service_pace_act act = due(context, attempt);
    if (act == SERVICE_PACE_ASK) {
        status = query_refund(context, attempt, state, failure);
        if (status == STATUS_OK && *state == PAYMENT_REFUND_ABSENT)
            act = due(context, attempt);
    }
    return status == STATUS_OK && act == SERVICE_PACE_REFUND ? send_refund(context, attempt, state, failure)
                                                             : status;
}

enum status service_refund_advance(struct service_context *context, const struct store_intention *intention,
                                   const struct store_payment *attempt, struct failure *failure)
{
    enum payment_refund_state state = PAYMENT_REFUND_PENDING;
    if (attempt->state != STORE_PAYMENT_REFUNDING)
        return STATUS_OK; /* LATE_PAID: service_refund_sweep begins the refund */
    enum status status = ask_refund(context, attempt, &state, failure);
    if (status == STATUS_REFUSED) {
        log_failure("payment", "refund refused, a clerk must act", status, failure);
        return end_refund(context, intention, attempt, STORE_PAYMENT_REFUND_ALARM, failure);
    }
    if (status == STATUS_OK && state == PAYMENT_REFUND_DONE)
        return end_refund(context, intention, attempt, STORE_PAYMENT_REFUNDED, failure);
    return status;
}

/* --- after a refusal --------------------------------------------------------------------------------- */

/* Each attempt in alarm is handed to `act`, which may be NULL. Returns: OK with *count 0 when there is none.
 */
static enum status each_alarm(struct service_context *context, const char *order_id,
                              enum status (*act)(struct service_context *context,
                                                 const struct store_payment *attempt,
                                                 struct failure *failure),
                              size_t *alarms, struct failure *failure)
{
    struct store_payment *attempts = calloc(SERVICE_PAY_ATTEMPTS_MAX, sizeof(*attempts));
    size_t count = 0;
    check(attempts != NULL);
    *alarms = 0;
    enum status status =
        store_payment_list(context->store, order_id, attempts, SERVICE_PAY_ATTEMPTS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (attempts[i].state != STORE_PAYMENT_REFUND_ALARM)
            continue;
        (*alarms)++;
        status = act == NULL ? STATUS_OK : act(context, &attempts[i], failure);
    }
    free(attempts);
    return status;
}

enum status service_refund_has_alarm(struct service_context *context, const char *order_id, bool *out,
                                     struct failure *failure)
{
    size_t alarms = 0;
    enum status status = each_alarm(context, order_id, NULL, &alarms, failure);
    if (status == STATUS_OK)
        *out = alarms > 0;
    return status;
}

/* The refund number stays: the gateway pays it once, whatever became of the first try. */
static enum status reopen(struct service_context *context, const struct store_payment *attempt,
                          struct failure *failure)
{
    char intention_id[STORE_ID_BYTES];
    enum status status =
        store_payment_step(context->store, attempt->out_trade_no, STORE_PAYMENT_REFUND_ALARM,
                           STORE_PAYMENT_REFUNDING, &(struct store_payment_facts){0}, failure);
    if (status == STATUS_OK)
        status = service_intention_begin(context, attempt->order_id, STORE_INTENTION_REFUND,
                                         attempt->out_trade_no, intention_id, failure);
    return status;
}

enum status service_refund_again(struct service_context *context, const char *order_id,
                                 struct failure *failure)
{
    size_t alarms = 0;
    enum status status = each_alarm(context, order_id, reopen, &alarms, failure);
    return status == STATUS_OK && alarms == 0 ? STATUS_BAD_STATE : status;
}

/* --- the sweep --------------------------------------------------------------------------------------- */

/* Money goes back only when no valid certificate and no key in work is left: the certificates worker ends
 * them first. */
static bool has_key_in_work(struct service_context *context, const char *order_id)
{
    struct store_key keys[KEYS_MAX];
    size_t count = 0;
    if (store_key_list_order(context->store, order_id, keys, KEYS_MAX, &count, NULL) != STATUS_OK)
        return true;
    for (size_t i = 0; i < count; i++)
        if (keys[i].state == STORE_KEY_IN_WORK)
            return true;
    return false;
}

static bool has_live_certificate(struct service_context *context, const char *order_id)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    if (store_certificate_list(context->store, order_id, rows, CERTIFICATES_MAX, &count, NULL) != STATUS_OK)
        return true;
    for (size_t i = 0; i < count; i++)
        if (rows[i].state != STORE_CERTIFICATE_REVOKED && rows[i].state != STORE_CERTIFICATE_REFUSED)
            return true;
    return false;
}

static enum status begin_refunds_inside(struct service_context *context, const char *order_id,
                                        struct failure *failure)
{
    struct store_payment *attempts = calloc(SERVICE_PAY_ATTEMPTS_MAX, sizeof(*attempts));
    size_t count = 0;
    check(attempts != NULL);
    enum status status =
        store_payment_list(context->store, order_id, attempts, SERVICE_PAY_ATTEMPTS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (attempts[i].state == STORE_PAYMENT_PAID || attempts[i].state == STORE_PAYMENT_LATE_PAID)
            status = service_refund_begin(context, &attempts[i], failure);
    free(attempts);
    return status == STATUS_OK ? service_refund_settle(context, order_id, failure) : status;
}

static void begin_refunds(struct service_context *context, const struct order *order)
{
    struct failure failure = {0};
    if (has_live_certificate(context, order->id) || has_key_in_work(context, order->id))
        return;
    enum status status = store_begin(context->store, &failure);
    if (status == STATUS_OK)
        status = store_end(context->store, begin_refunds_inside(context, order->id, &failure), &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("payment", "beginning a refund", status, &failure);
}

/* A wall clock that jumped forward would give up every order of the hall at once. It is believed again after
 * it has gone along with the monotonic one for a while. */
static bool clock_is_steady(struct service_context *context)
{
    struct service_pay_own *own = service_pay_own(context);
    int64_t now_ms = service_now_ms(context);
    int64_t ahead_ms = clock_utc_ms(context->settings->clock) - now_ms;
    int64_t moved_ms = ahead_ms - own->clock_ahead_ms;
    if (!own->clock_is_known || moved_ms > CLOCK_SLACK_MS || moved_ms < -CLOCK_SLACK_MS) {
        if (own->clock_is_known)
            log_warn("payment", "the clock moved by %lld s; no order is given up by age for now",
                     (long long)(moved_ms / 1000));
        own->clock_ahead_ms = ahead_ms;
        own->clock_steady_from = now_ms + CLOCK_TRUST_MS;
        own->clock_is_known = true;
    }
    return now_ms >= own->clock_steady_from;
}

/* An order somebody may still fetch with a code is not stale, however long it waits. */
static enum status find_code(struct service_context *context, const struct order *order, bool *out,
                             struct failure *failure)
{
    struct store_pickup pickup;
    enum status status = store_pickup_load(context->store, order->id, &pickup, failure);
    *out = status == STATUS_OK && pickup.expires_utc_s > service_now_utc_s(context);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void give_up_stale(struct service_context *context, const struct order *order)
{
    struct failure failure = {0};
    struct order after;
    bool has_code = true;
    if (service_now_utc_s(context) - order->updated_utc_s < context->settings->settings->refund_after_s)
        return;
    enum status status = find_code(context, order, &has_code, &failure);
    if (status == STATUS_OK && !has_code)
        status = service_step(context, order->id, ORDER_EVENT_GIVEN_UP, &after, &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("payment", "giving up a stale order", status, &failure);
}

void service_refund_sweep(struct service_context *context)
{
    service_load_each(context, ORDER_STATE_REFUNDING, begin_refunds);
    if (!clock_is_steady(context))
        return;
    service_load_each(context, ORDER_STATE_ISSUING, give_up_stale);
    service_load_each(context, ORDER_STATE_PIN, give_up_stale);
    service_load_each(context, ORDER_STATE_PAYING, service_unpaid_close);
}
