#include "drivers/payment/payment_fake.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/payment/payment_drivers.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/text.h"

enum { TRADES = 64, DELAY_SLICE_MS = 10 };

struct fake_trade {
    char out_trade_no[PAYMENT_NUMBER_BYTES];
    char out_request_no[PAYMENT_NUMBER_BYTES]; /* "" while nothing is given back */
    int64_t amount_fen;
    int64_t refund_fen; /* asked for under out_request_no */
    int64_t returned_fen;
    int64_t paid_utc_s;
    enum payment_state state;
    bool refund_is_pending;
};

struct fake_fault {
    enum status status;
    bool done;
    int remaining;
};

struct payment_fake {
    const struct clock *clock; /* borrowed; NULL reads the machine's */
    atomic_flag busy;          /* remote control and payment thread meet here, each for a few instructions */
    struct fake_trade trades[TRADES];
    size_t trade_count;
    struct fake_fault faults[PAYMENT_FAKE_CALL_COUNT_];
    bool holds_refunds;
    bool pays_first; /* the next cancel comes too late */
    int64_t said_amount_fen;
    int64_t delay_ms;
    int64_t taken_fen;
    int64_t returned_fen;
};

static void lock(struct payment_fake *fake)
{
    while (atomic_flag_test_and_set(&fake->busy)) {
    }
}

static void unlock(struct payment_fake *fake)
{
    atomic_flag_clear(&fake->busy);
}

static struct fake_trade *find(struct payment_fake *fake, const char *out_trade_no)
{
    for (size_t i = 0; i < fake->trade_count; i++)
        if (strcmp(fake->trades[i].out_trade_no, out_trade_no) == 0)
            return &fake->trades[i];
    return NULL;
}

static int64_t now_utc_s(const struct payment_fake *fake)
{
    return clock_utc_s(fake->clock == NULL ? clock_system() : fake->clock);
}

/* Waits the scripted time. Returns: CANCELLED when asked to stop, TIMED_OUT past the call's time. */
static enum status wait_scripted(struct payment_fake *fake, const struct payment_call *call)
{
    lock(fake);
    int64_t left_ms = fake->delay_ms;
    unlock(fake);
    int64_t allowed_ms = call->timeout_ms;
    while (left_ms > 0) {
        if (job_cancel_is_requested(call->cancel))
            return STATUS_CANCELLED;
        if (allowed_ms <= 0)
            return STATUS_UNKNOWN;
        clock_sleep_ms(clock_system(), DELAY_SLICE_MS);
        left_ms -= DELAY_SLICE_MS;
        allowed_ms -= DELAY_SLICE_MS;
    }
    return job_cancel_is_requested(call->cancel) ? STATUS_CANCELLED : STATUS_OK;
}

/* A call begins: the script's delay has passed, the lock is held when OK is returned, and *lost says how the
 * call will end although its work is done. */
static enum status begin(struct payment_fake *fake, const struct payment_call *call,
                         enum payment_fake_call kind, enum status *lost, struct failure *failure)
{
    enum status status = wait_scripted(fake, call);
    if (status != STATUS_OK)
        return failure_set(failure, status, "payment_fake", 0, "while waiting");
    lock(fake);
    struct fake_fault *fault = &fake->faults[kind];
    *lost = STATUS_OK;
    if (fault->remaining == 0)
        return STATUS_OK;
    fault->remaining--;
    if (fault->done) {
        *lost = fault->status;
        return STATUS_OK;
    }
    unlock(fake);
    return failure_set(failure, fault->status, "payment_fake", 0, "scripted");
}

static enum status end(struct payment_fake *fake, enum status status, enum status lost,
                       struct failure *failure)
{
    unlock(fake);
    if (lost != STATUS_OK)
        status = lost;
    if (status != STATUS_OK)
        (void)failure_set(failure, status, "payment_fake", 0, "%s",
                          lost != STATUS_OK ? "reply lost" : "refused");
    return status;
}

static enum status add_trade(struct payment_fake *fake, const struct payment_order *order)
{
    if (fake->trade_count == TRADES)
        return STATUS_REFUSED;
    struct fake_trade *trade = &fake->trades[fake->trade_count];
    *trade = (struct fake_trade){.amount_fen = order->amount_fen, .state = PAYMENT_UNSCANNED};
    if (!text_copy(trade->out_trade_no, sizeof(trade->out_trade_no), order->out_trade_no))
        return STATUS_REFUSED;
    fake->trade_count++;
    return STATUS_OK;
}

static enum status fake_create(void *context, const struct payment_call *call,
                               const struct payment_order *order, struct payment_code *out,
                               struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    enum status status = begin(fake, call, PAYMENT_FAKE_CREATE, &lost, failure);
    if (status != STATUS_OK)
        return status;
    const struct fake_trade *trade = find(fake, order->out_trade_no);
    if (trade == NULL)
        status = add_trade(fake, order);
    else if (trade->amount_fen != order->amount_fen || trade->state != PAYMENT_UNSCANNED)
        status = STATUS_REFUSED;
    if (status == STATUS_OK && lost == STATUS_OK) {
        *out = (struct payment_code){.valid_until_utc_s = now_utc_s(fake) + order->expires_s};
        (void)snprintf(out->qr_text, sizeof(out->qr_text), "https://pay.invalid/%s", order->out_trade_no);
    }
    return end(fake, status, lost, failure);
}

static enum status describe(const struct payment_fake *fake, const struct fake_trade *trade,
                            int64_t amount_fen, struct payment_trade *out)
{
    struct payment_trade said = {.state = trade == NULL ? PAYMENT_UNSCANNED : trade->state};
    if (said.state == PAYMENT_UNSCANNED || trade == NULL) {
        *out = said;
        return STATUS_OK;
    }
    said.amount_fen = fake->said_amount_fen != 0 ? fake->said_amount_fen : trade->amount_fen;
    if (said.amount_fen != amount_fen)
        return STATUS_CONFLICT;
    (void)snprintf(said.trade_no, sizeof(said.trade_no), "FAKE%.60s", trade->out_trade_no);
    (void)text_copy(said.buyer, sizeof(said.buyer), "138****0000");
    said.paid_utc_s = trade->paid_utc_s;
    *out = said;
    return STATUS_OK;
}

static enum status fake_query(void *context, const struct payment_call *call, const char *out_trade_no,
                              int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    struct payment_trade trade = {0};
    enum status status = begin(fake, call, PAYMENT_FAKE_QUERY, &lost, failure);
    if (status != STATUS_OK)
        return status;
    status = describe(fake, find(fake, out_trade_no), amount_fen, &trade);
    if (status == STATUS_OK && lost == STATUS_OK)
        *out = trade;
    return end(fake, status, lost, failure);
}

static void give_back(struct payment_fake *fake, struct fake_trade *trade, int64_t amount_fen)
{
    trade->returned_fen += amount_fen;
    fake->returned_fen += amount_fen;
    if (trade->returned_fen >= trade->amount_fen)
        trade->state = PAYMENT_REFUNDED;
}

static void take_money(struct payment_fake *fake, struct fake_trade *trade)
{
    trade->state = PAYMENT_PAID;
    trade->paid_utc_s = now_utc_s(fake);
    fake->taken_fen += trade->amount_fen;
}

static enum status fake_cancel(void *context, const struct payment_call *call, const char *out_trade_no,
                               enum payment_cancel_outcome *out, struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    enum status status = begin(fake, call, PAYMENT_FAKE_CANCEL, &lost, failure);
    if (status != STATUS_OK)
        return status;
    struct fake_trade *trade = find(fake, out_trade_no);
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_CLOSED;
    if (trade != NULL && fake->pays_first) {
        fake->pays_first = false;
        take_money(fake, trade);
        return end(fake, STATUS_REFUSED, lost, failure);
    }
    if (trade != NULL && trade->state == PAYMENT_PAID)
        give_back(fake, trade, trade->amount_fen - trade->returned_fen);
    if (trade != NULL && trade->state == PAYMENT_REFUNDED)
        outcome = PAYMENT_CANCEL_GIVEN_BACK;
    else if (trade != NULL)
        trade->state = PAYMENT_CLOSED;
    if (lost == STATUS_OK)
        *out = outcome;
    return end(fake, STATUS_OK, lost, failure);
}

static enum status fake_close(void *context, const struct payment_call *call, const char *out_trade_no,
                              struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    enum status status = begin(fake, call, PAYMENT_FAKE_CLOSE, &lost, failure);
    if (status != STATUS_OK)
        return status;
    struct fake_trade *trade = find(fake, out_trade_no);
    if (trade == NULL || trade->state != PAYMENT_WAITING)
        status = STATUS_REFUSED;
    else
        trade->state = PAYMENT_CLOSED;
    return end(fake, status, lost, failure);
}

/* A repeat with the same number moves nothing; another amount under it is refused. */
static enum status refund_once(struct payment_fake *fake, struct fake_trade *trade,
                               const struct payment_refund_request *request)
{
    if (trade == NULL)
        return STATUS_REFUSED;
    if (strcmp(trade->out_request_no, request->out_request_no) == 0)
        return trade->returned_fen == request->amount_fen || trade->refund_is_pending ? STATUS_OK
                                                                                      : STATUS_REFUSED;
    if (trade->state != PAYMENT_PAID || request->amount_fen > trade->amount_fen - trade->returned_fen)
        return STATUS_REFUSED;
    (void)text_copy(trade->out_request_no, sizeof(trade->out_request_no), request->out_request_no);
    trade->refund_fen = request->amount_fen;
    trade->refund_is_pending = fake->holds_refunds;
    if (!fake->holds_refunds)
        give_back(fake, trade, request->amount_fen);
    return STATUS_OK;
}

static enum status fake_refund(void *context, const struct payment_call *call,
                               const struct payment_refund_request *request, enum payment_refund_state *out,
                               struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    enum status status = begin(fake, call, PAYMENT_FAKE_REFUND, &lost, failure);
    if (status != STATUS_OK)
        return status;
    struct fake_trade *trade = find(fake, request->out_trade_no);
    status = refund_once(fake, trade, request);
    if (status == STATUS_OK && lost == STATUS_OK)
        *out = trade->refund_is_pending ? PAYMENT_REFUND_PENDING : PAYMENT_REFUND_DONE;
    return end(fake, status, lost, failure);
}

static enum status fake_refund_query(void *context, const struct payment_call *call, const char *out_trade_no,
                                     const char *out_request_no, int64_t amount_fen,
                                     enum payment_refund_state *out, struct failure *failure)
{
    struct payment_fake *fake = context;
    enum status lost = STATUS_OK;
    (void)amount_fen;
    enum status status = begin(fake, call, PAYMENT_FAKE_REFUND_QUERY, &lost, failure);
    if (status != STATUS_OK)
        return status;
    const struct fake_trade *trade = find(fake, out_trade_no);
    if (trade == NULL)
        status = STATUS_REFUSED;
    else if (lost == STATUS_OK && strcmp(trade->out_request_no, out_request_no) != 0)
        *out = PAYMENT_REFUND_ABSENT;
    else if (lost == STATUS_OK)
        *out = trade->refund_is_pending ? PAYMENT_REFUND_PENDING : PAYMENT_REFUND_DONE;
    return end(fake, status, lost, failure);
}

static enum status fake_probe(void *context, const struct payment_call *call, struct failure *failure)
{
    struct payment_trade trade = {0};
    return fake_query(context, call, "PROBE_0000000000", 1, &trade, failure);
}

static void fake_close_driver(void *context)
{
    free(context);
}

static const struct payment_ops fake_ops = {
    .name = "fake",
    .create = fake_create,
    .query = fake_query,
    .cancel = fake_cancel,
    .close = fake_close,
    .refund = fake_refund,
    .refund_query = fake_refund_query,
    .probe = fake_probe,
    .close_driver = fake_close_driver,
};

static enum status fake_open(const struct payment_settings *settings, struct payment **out,
                             struct failure *failure)
{
    (void)failure;
    struct payment_fake *fake = calloc(1, sizeof(*fake));
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    fake->clock = settings->clock;
    enum status status = payment_new_take(&fake_ops, fake, out);
    if (status != STATUS_OK)
        free(fake);
    return status;
}

const struct payment_driver payment_fake_driver = {.name = "fake", .open = fake_open};

/* --- remote control
 * ------------------------------------------------------------------------------------------- */

struct payment_fake *payment_fake_of(struct payment *payment)
{
    return payment_context_of(payment, &fake_ops);
}

enum status payment_fake_scan(struct payment_fake *fake, const char *out_trade_no)
{
    lock(fake);
    struct fake_trade *trade = find(fake, out_trade_no);
    enum status status = trade == NULL ? STATUS_NOT_FOUND : STATUS_OK;
    if (status == STATUS_OK && trade->state != PAYMENT_UNSCANNED)
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK)
        trade->state = PAYMENT_WAITING;
    unlock(fake);
    return status;
}

enum status payment_fake_pay(struct payment_fake *fake, const char *out_trade_no)
{
    lock(fake);
    struct fake_trade *trade = find(fake, out_trade_no);
    enum status status = trade == NULL ? STATUS_NOT_FOUND : STATUS_OK;
    if (status == STATUS_OK && (trade->state == PAYMENT_PAID || trade->state == PAYMENT_REFUNDED))
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK)
        take_money(fake, trade);
    unlock(fake);
    return status;
}

void payment_fake_fail(struct payment_fake *fake, enum payment_fake_call call, enum status status, bool done,
                       int count)
{
    lock(fake);
    fake->faults[call] = (struct fake_fault){.status = status, .done = done, .remaining = count};
    unlock(fake);
}

static void settle_held(struct payment_fake *fake)
{
    for (size_t i = 0; i < fake->trade_count; i++) {
        struct fake_trade *trade = &fake->trades[i];
        if (trade->refund_is_pending)
            give_back(fake, trade, trade->refund_fen);
        trade->refund_is_pending = false;
    }
}

void payment_fake_pay_first(struct payment_fake *fake)
{
    lock(fake);
    fake->pays_first = true;
    unlock(fake);
}

void payment_fake_hold_refunds(struct payment_fake *fake, bool hold)
{
    lock(fake);
    fake->holds_refunds = hold;
    if (!hold)
        settle_held(fake);
    unlock(fake);
}

void payment_fake_say_amount(struct payment_fake *fake, int64_t amount_fen)
{
    lock(fake);
    fake->said_amount_fen = amount_fen;
    unlock(fake);
}

void payment_fake_delay(struct payment_fake *fake, int64_t delay_ms)
{
    lock(fake);
    fake->delay_ms = delay_ms;
    unlock(fake);
}

int64_t payment_fake_taken_fen(struct payment_fake *fake)
{
    lock(fake);
    int64_t taken_fen = fake->taken_fen;
    unlock(fake);
    return taken_fen;
}

int64_t payment_fake_returned_fen(struct payment_fake *fake)
{
    lock(fake);
    int64_t returned_fen = fake->returned_fen;
    unlock(fake);
    return returned_fen;
}
