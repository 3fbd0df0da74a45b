#include "kiosk/services/service_pay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_channel.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_late.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_order.h"

enum { OUT_TRADE_NO_LENGTH = 28, CODE_SLACK_S = 60 };

struct service_pay_own *service_pay_own(struct service_context *context)
{
    if (context->own == NULL) {
        context->own = calloc(1, sizeof(struct service_pay_own));
        check(context->own != NULL);
        service_pace_init(&((struct service_pay_own *)context->own)->pace,
                          context->settings->settings->payment_poll_ms);
    }
    return context->own;
}

void service_payment_close(struct service_context *context)
{
    service_channel_close(context);
    free(context->own);
    context->own = NULL;
}

enum status service_pay_open(struct service_context *context, struct failure *failure)
{
    struct payment *first = NULL;
    return service_channel_open(context, "", &first, failure);
}

static struct payment_call call_now(const struct job_cancel *cancel)
{
    return (struct payment_call){.timeout_ms = SERVICE_PAY_TIMEOUT_MS, .cancel = cancel};
}

static bool is_open(enum store_payment_state state)
{
    return state == STORE_PAYMENT_CREATED || state == STORE_PAYMENT_SHOWN || state == STORE_PAYMENT_CLOSING;
}

/* --- intentions -------------------------------------------------------------------------------------- */

enum status service_pay_intention(struct service_context *context, const struct store_payment *attempt,
                                  struct store_intention *out, struct failure *failure)
{
    char id[STORE_ID_BYTES];
    bool refunding = attempt->state == STORE_PAYMENT_REFUNDING;
    enum status status = service_intention_find(
        context, attempt->order_id, refunding ? STORE_INTENTION_REFUND : STORE_INTENTION_TAKE_PAYMENT,
        attempt->out_trade_no, id, failure);
    return status == STATUS_OK ? store_intention_load(context->store, id, out, failure) : status;
}

/* --- what the gateway said --------------------------------------------------------------------------- */

static enum status step(struct service_context *context, const struct store_payment *attempt,
                        enum store_payment_state to, struct failure *failure)
{
    return store_payment_step(context->store, attempt->out_trade_no, attempt->state, to,
                              &(struct store_payment_facts){0}, failure);
}

static enum status take_paid(struct service_context *context, const struct store_intention *intention,
                             const struct store_payment *attempt, const struct payment_trade *trade,
                             struct failure *failure)
{
    const char *outcome = "";
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = service_late_take(context, attempt, trade, &outcome, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention->id, true, outcome, failure);
    status = store_end(context->store, status, failure);
    if (status == STATUS_OK)
        log_info("payment", "%s is %s", attempt->out_trade_no, outcome);
    return status;
}

static enum status end_unpaid(struct service_context *context, const struct store_intention *intention,
                              const struct store_payment *attempt, const char *outcome,
                              struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = step(context, attempt, STORE_PAYMENT_CLOSED, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention->id, true, outcome, failure);
    if (status == STATUS_OK)
        status = service_late_begin(context, attempt, failure);
    return store_end(context->store, status, failure);
}

/* --- asking ------------------------------------------------------------------------------------------ */

static bool is_expired(const struct service_context *context, const struct store_payment *attempt)
{
    int64_t since =
        attempt->expires_utc_s != 0 ? attempt->expires_utc_s : attempt->created_utc_s + CODE_SLACK_S;
    return service_now_utc_s(context) >= since;
}

static void remember(struct service_context *context, const char *out_trade_no, enum status status,
                     enum payment_state state)
{
    struct service_pay_own *own = service_pay_own(context);
    (void)text_copy(own->out_trade_no, sizeof(own->out_trade_no), out_trade_no);
    own->scanned = status == STATUS_OK && state == PAYMENT_WAITING;
    own->unknown = status != STATUS_OK;
    own->alarm = status == STATUS_CONFLICT;
}

/* A rightly signed reply about another trade or amount is an alarm and decides nothing. */
static enum status query(struct service_context *context, const struct store_payment *attempt,
                         struct payment_trade *trade, struct failure *failure)
{
    struct payment_call call = call_now(NULL);
    enum status status = payment_query(service_channel_of(context, attempt->channel), &call,
                                       attempt->out_trade_no, attempt->amount_fen, trade, failure);
    service_pace_asked(&service_pay_own(context)->pace, attempt->out_trade_no, service_now_ms(context));
    remember(context, attempt->out_trade_no, status, trade->state);
    if (status != STATUS_CONFLICT)
        return status;
    log_failure("payment", "the gateway speaks of another trade, a clerk must act", status, failure);
    return STATUS_UNKNOWN;
}

/* --- closing ----------------------------------------------------------------------------------------- */

/* A channel that cannot take back what was paid refuses to close it: it counts as paid in time. */
static enum status take_if_paid(struct service_context *context, const struct store_intention *intention,
                                const struct store_payment *attempt, struct failure *failure)
{
    struct payment_trade trade = {0};
    enum status status = query(context, attempt, &trade, failure);
    if (status != STATUS_OK)
        return status;
    return trade.state == PAYMENT_PAID ? take_paid(context, intention, attempt, &trade, failure)
                                       : STATUS_BUSY;
}

static enum status close_at_gateway(struct service_context *context, const struct store_intention *intention,
                                    struct store_payment *attempt, struct failure *failure)
{
    enum payment_cancel_outcome outcome;
    enum status status = STATUS_OK;
    if (attempt->state != STORE_PAYMENT_CLOSING) {
        status = step(context, attempt, STORE_PAYMENT_CLOSING, failure);
        attempt->state = STORE_PAYMENT_CLOSING;
    }
    if (status != STATUS_OK)
        return status;
    struct payment_call call = call_now(NULL);
    status = payment_cancel(service_channel_of(context, attempt->channel), &call, attempt->out_trade_no,
                            &outcome, failure);
    if (status == STATUS_REFUSED)
        return take_if_paid(context, intention, attempt, failure);
    if (status != STATUS_OK)
        return status; /* stays CLOSING; the next round asks again */
    return end_unpaid(context, intention, attempt,
                      outcome == PAYMENT_CANCEL_GIVEN_BACK ? "given-back" : "closed", failure);
}

/* A code nobody may pay any more: its order is paid, cancelled or ended, or a clerk takes the money. */
static bool is_idle(struct service_context *context, const struct store_payment *attempt)
{
    struct order order;
    struct store_payment by_hand;
    return service_step_allowed(context, attempt->order_id, ORDER_EVENT_PAID, &order, NULL) ==
               STATUS_BAD_STATE ||
           service_hand_find(context, attempt->order_id, &by_hand, NULL) == STATUS_OK;
}

static enum status advance_open(struct service_context *context, const struct store_intention *intention,
                                struct store_payment *attempt, bool close, struct failure *failure)
{
    struct payment_trade trade = {0};
    enum status status = query(context, attempt, &trade, failure);
    if (status != STATUS_OK)
        return status;
    if (trade.state == PAYMENT_PAID)
        return take_paid(context, intention, attempt, &trade, failure);
    if (trade.state == PAYMENT_CLOSED || trade.state == PAYMENT_REFUNDED) {
        /* We never refunded an unpaid attempt: both words mean that nothing is held. */
        return attempt->state == STORE_PAYMENT_CREATED
                   ? close_at_gateway(context, intention, attempt, failure)
                   : end_unpaid(context, intention, attempt, "closed", failure);
    }
    if (close || attempt->state == STORE_PAYMENT_CLOSING || is_expired(context, attempt) ||
        is_idle(context, attempt))
        return close_at_gateway(context, intention, attempt, failure);
    return STATUS_OK;
}

enum status service_pay_advance(struct service_context *context, const struct store_intention *intention,
                                const char *out_trade_no, bool close, struct failure *failure)
{
    struct store_payment attempt;
    struct payment *channel = NULL;
    enum status status = store_payment_load(context->store, out_trade_no, &attempt, failure);
    if (status == STATUS_OK)
        status = service_channel_open(context, attempt.channel, &channel, failure);
    if (status != STATUS_OK)
        return status;
    if (is_open(attempt.state))
        return advance_open(context, intention, &attempt, close, failure);
    if (attempt.state == STORE_PAYMENT_REFUNDING || attempt.state == STORE_PAYMENT_LATE_PAID)
        return service_refund_advance(context, intention, &attempt, failure);
    if (intention->kind == STORE_INTENTION_CLOSE_PAYMENT && attempt.state == STORE_PAYMENT_CLOSED)
        return service_late_advance(context, intention, &attempt, failure);
    return service_intention_end(context, intention->id, true, store_payment_state_name(attempt.state),
                                 failure);
}

/* --- a new attempt ----------------------------------------------------------------------------------- */

static enum status begin_attempt(struct service_context *context, const struct order *order,
                                 const char *channel, struct store_payment *attempt,
                                 char intention_id[STORE_ID_BYTES], struct failure *failure)
{
    *attempt = (struct store_payment){.amount_fen = order->amount_fen - order->paid_fen};
    service_number_make(context, "CK", OUT_TRADE_NO_LENGTH, attempt->out_trade_no);
    (void)memcpy(attempt->order_id, order->id, sizeof(attempt->order_id));
    (void)text_copy(attempt->channel, sizeof(attempt->channel), service_channel_name(context, channel));
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status =
        store_claim_take(context->store, order->id, (int)context->settings->settings->order_lease_s, failure);
    if (status == STATUS_OK)
        status = store_payment_insert(context->store, attempt, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_begin(context, order->id, STORE_INTENTION_TAKE_PAYMENT,
                                         attempt->out_trade_no, intention_id, failure);
    return store_end(context->store, status, failure);
}

static enum status fail_attempt(struct service_context *context, const struct store_payment *attempt,
                                const char *intention_id, struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = step(context, attempt, STORE_PAYMENT_FAILED, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention_id, false, "never-made", failure);
    return store_end(context->store, status, failure);
}

static enum status make_code(struct service_context *context, struct service_job *job,
                             const struct order *order, const struct product *product)
{
    struct store_payment attempt;
    char intention_id[STORE_ID_BYTES];
    struct payment_code code;
    enum status status =
        begin_attempt(context, order, job->request.more, &attempt, intention_id, &job->failure);
    if (status != STATUS_OK)
        return status;
    const struct payment_order asked = {.out_trade_no = attempt.out_trade_no,
                                        .amount_fen = attempt.amount_fen,
                                        .subject = product->name,
                                        .expires_s = (int)product->payment_screen_s + CODE_SLACK_S};
    struct payment_call call = call_now(job->job.cancel);
    status =
        payment_create(service_channel_of(context, attempt.channel), &call, &asked, &code, &job->failure);
    if (status == STATUS_OK) {
        service_pace_shown(&service_pay_own(context)->pace, attempt.out_trade_no, service_now_ms(context));
        const struct store_payment_facts facts = {
            .qr = code.qr_text, .expires_utc_s = service_now_utc_s(context) + product->payment_screen_s};
        return store_payment_step(context->store, attempt.out_trade_no, STORE_PAYMENT_CREATED,
                                  STORE_PAYMENT_SHOWN, &facts, &job->failure);
    }
    job->reason = status == STATUS_UNKNOWN                              ? SERVICE_REASON_PAYMENT_UNKNOWN
                  : status == STATUS_BUSY || status == STATUS_CANCELLED ? SERVICE_REASON_GATEWAY_SILENT
                                                                        : SERVICE_REASON_GATEWAY_REFUSED;
    if (status != STATUS_UNKNOWN && status != STATUS_CONFLICT)
        (void)!fail_attempt(context, &attempt, intention_id, &job->failure);
    return status;
}

/* --- requests ---------------------------------------------------------------------------------------- */

/* The code that may still be paid, else the newest attempt by a code. Returns: NULL when there is none. */
static const struct store_payment *attempt_in_hand(const struct store_payment *attempts, size_t count)
{
    const struct store_payment *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (!service_hand_is(attempts[i].channel) && (found == NULL || !is_open(found->state)))
            found = &attempts[i];
    return found;
}

/* Returns: NOT_FOUND when there is none, REFUSED when there may be no more. */
static enum status newest(struct service_context *context, const char *order_id, struct store_payment *out,
                          struct failure *failure)
{
    struct store_payment *attempts = calloc(SERVICE_PAY_ATTEMPTS_MAX, sizeof(*attempts));
    size_t count = 0;
    check(attempts != NULL);
    enum status status =
        store_payment_list(context->store, order_id, attempts, SERVICE_PAY_ATTEMPTS_MAX, &count, failure);
    const struct store_payment *found = status == STATUS_OK ? attempt_in_hand(attempts, count) : NULL;
    bool has_one = found != NULL;
    if (has_one)
        *out = *found;
    free(attempts);
    if (status == STATUS_OK && count == SERVICE_PAY_ATTEMPTS_MAX && !(has_one && is_open(out->state)))
        return failure_set(failure, STATUS_REFUSED, "pay", (long)count, "too many codes for one order");
    return status == STATUS_OK && !has_one ? STATUS_NOT_FOUND : status;
}

/* No second code while an earlier attempt is not final: two could be paid. */
static enum status settle_earlier(struct service_context *context, struct service_job *job, bool renew)
{
    struct store_payment earlier;
    struct store_intention intention;
    enum status status = newest(context, job->request.order_id, &earlier, &job->failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !is_open(earlier.state)))
        return STATUS_OK;
    if (status == STATUS_OK)
        status = service_pay_intention(context, &earlier, &intention, &job->failure);
    if (status == STATUS_OK)
        status = service_pay_advance(context, &intention, earlier.out_trade_no, renew, &job->failure);
    if (status == STATUS_OK)
        status = store_payment_load(context->store, earlier.out_trade_no, &earlier, &job->failure);
    if (status == STATUS_OK && !is_open(earlier.state))
        return STATUS_OK;
    job->reason = SERVICE_REASON_PAYMENT_UNKNOWN;
    return status == STATUS_OK ? STATUS_UNKNOWN : status;
}

/* The channel the applicant chose can be asked, and the product takes it. */
static enum status open_chosen(struct service_context *context, struct service_job *job,
                               const struct product *product)
{
    struct payment *channel = NULL;
    bool is_second = strcmp(job->request.more, product_payment_name(PRODUCT_PAYMENT_WECHAT)) == 0;
    enum status status =
        is_second && !product_takes(product, PRODUCT_PAYMENT_WECHAT)
            ? failure_set(&job->failure, STATUS_REFUSED, "pay", 0, "the product does not take this channel")
            : service_channel_open(context, job->request.more, &channel, &job->failure);
    if (status != STATUS_OK)
        job->reason = SERVICE_REASON_GATEWAY_REFUSED;
    return status;
}

/* Money that a clerk takes, or that a voucher says is on its way, is not asked for a second time; a transfer
 * that was only spoken of makes way for the code. */
static enum status settle_by_hand(struct service_context *context, struct service_job *job)
{
    struct service_hand hand;
    enum status status = service_hand_load(context, job->request.order_id, &hand, &job->failure);
    if (status != STATUS_OK || hand.channel[0] == 0 || hand.pay_back)
        return status;
    bool is_spoken_of = strcmp(hand.channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0 &&
                        !hand.is_signed && hand.voucher != SERVICE_VOUCHER_WAITS;
    return is_spoken_of ? service_hand_close(context, job->request.order_id, &job->failure)
                        : service_job_refuse(job, SERVICE_REASON_MONEY_BY_HAND, 0);
}

static enum status pay_start(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = settle_earlier(context, job, true);
    if (status == STATUS_OK)
        status =
            service_step_allowed(context, job->request.order_id, ORDER_EVENT_PAID, &order, &job->failure);
    if (status == STATUS_BAD_STATE) {
        job->reason = SERVICE_REASON_ALREADY_PAID;
        return status;
    }
    if (status == STATUS_OK &&
        atomic_load(&context->shared->issue_ready_until_ms) < service_now_ms(context)) {
        job->reason = SERVICE_REASON_NO_KEY;
        return STATUS_REFUSED;
    }
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        status = open_chosen(context, job, product);
    if (status == STATUS_OK)
        status = settle_by_hand(context, job);
    return status == STATUS_OK ? make_code(context, job, &order, product) : status;
}

static void overlay(struct service_context *context, struct service_payment *payment)
{
    const struct service_pay_own *own = service_pay_own(context);
    if (payment->state != SERVICE_PAY_SHOWN || strcmp(own->out_trade_no, payment->out_trade_no) != 0)
        return;
    if (own->alarm)
        payment->state = SERVICE_PAY_ALARM;
    else if (own->unknown)
        payment->state = SERVICE_PAY_UNKNOWN;
    else if (own->scanned)
        payment->state = SERVICE_PAY_SCANNED;
}

void service_pay_end(struct service_context *context, struct service_job *job, enum status status)
{
    if (service_load_patch(context, job, job->request.order_id, false) == STATUS_OK)
        overlay(context, &job->patch->visit.payment);
    service_job_finish(job, status);
}

static enum status ready(struct service_context *context, struct failure *failure)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    return status == STATUS_OK ? service_pay_open(context, failure) : status;
}

void service_pay_start_run(struct service_context *context, struct service_job *job)
{
    enum status status = ready(context, &job->failure);
    if (status == STATUS_OK)
        status = pay_start(context, job);
    service_pay_end(context, job, status);
}

/* The account is told: the order waits for a transfer, with no code beside it that could be paid. */
static enum status pay_transfer(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    struct service_hand hand = {0};
    enum status status = settle_earlier(context, job, true);
    if (status == STATUS_OK)
        status =
            service_step_allowed(context, job->request.order_id, ORDER_EVENT_PAID, &order, &job->failure);
    if (status == STATUS_BAD_STATE) {
        job->reason = SERVICE_REASON_ALREADY_PAID;
        return status;
    }
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK && !product_takes(product, PRODUCT_PAYMENT_TRANSFER))
        status = failure_set(&job->failure, STATUS_REFUSED, "pay", 0, "the product takes no transfer");
    if (status == STATUS_OK)
        status = service_hand_load(context, order.id, &hand, &job->failure);
    if (status != STATUS_OK)
        return status;
    if (hand.channel[0] != 0)
        return strcmp(hand.channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0
                   ? STATUS_OK
                   : service_job_refuse(job, SERVICE_REASON_MONEY_BY_HAND, 0);
    status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status =
        service_hand_open(context, order.id, product_payment_name(PRODUCT_PAYMENT_TRANSFER), &job->failure);
    return store_end(context->store, status, &job->failure);
}

void service_pay_transfer_run(struct service_context *context, struct service_job *job)
{
    enum status status = ready(context, &job->failure);
    if (status == STATUS_OK)
        status = pay_transfer(context, job);
    service_pay_end(context, job, status);
}

static void settle_and_end(struct service_context *context, struct service_job *job, bool close)
{
    struct store_payment attempt;
    struct store_intention intention;
    enum status status = ready(context, &job->failure);
    if (status == STATUS_OK)
        status = newest(context, job->request.order_id, &attempt, &job->failure);
    if (status == STATUS_OK)
        status = service_pay_intention(context, &attempt, &intention, &job->failure);
    if (status == STATUS_OK)
        status = service_pay_advance(context, &intention, attempt.out_trade_no, close, &job->failure);
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK; /* nothing is open: the order as it stands says the rest */
    if (status == STATUS_UNKNOWN || status == STATUS_BUSY)
        job->reason = SERVICE_REASON_PAYMENT_UNKNOWN;
    service_pay_end(context, job, status);
}

void service_pay_check_run(struct service_context *context, struct service_job *job)
{
    settle_and_end(context, job, false);
}

void service_pay_stop_run(struct service_context *context, struct service_job *job)
{
    settle_and_end(context, job, true);
}
