#include "kiosk/services/service_late.h"

#include "kiosk/base/log.h"
#include "kiosk/services/service_channel.h"
#include "kiosk/services/service_step.h"

enum { WATCH_S = 600 };

enum status service_late_begin(struct service_context *context, const struct store_payment *attempt,
                               struct failure *failure)
{
    char id[STORE_ID_BYTES];
    return service_intention_begin(context, attempt->order_id, STORE_INTENTION_CLOSE_PAYMENT,
                                   attempt->out_trade_no, id, failure);
}

static enum status go(struct service_context *context, struct store_payment *attempt,
                      enum store_payment_state to, const struct payment_trade *trade, struct failure *failure)
{
    const struct store_payment_facts facts = {.trade_no = trade->trade_no, .paid_utc_s = trade->paid_utc_s};
    enum status status =
        store_payment_step(context->store, attempt->out_trade_no, attempt->state, to, &facts, failure);
    if (status == STATUS_OK)
        attempt->state = to;
    return status;
}

enum status service_late_take(struct service_context *context, const struct store_payment *attempt,
                              const struct payment_trade *trade, const char **outcome,
                              struct failure *failure)
{
    struct order order;
    struct store_payment row = *attempt;
    enum status waits = service_step_allowed(context, row.order_id, ORDER_EVENT_PAID, &order, failure);
    if (waits != STATUS_OK && waits != STATUS_BAD_STATE)
        return waits;
    enum status status = STATUS_OK;
    if (waits == STATUS_BAD_STATE || row.state == STORE_PAYMENT_CLOSED || row.state == STORE_PAYMENT_FAILED)
        status = go(context, &row, STORE_PAYMENT_LATE_PAID, trade, failure);
    if (status == STATUS_OK && waits == STATUS_OK)
        status = go(context, &row, STORE_PAYMENT_PAID, trade, failure);
    if (status == STATUS_OK && waits == STATUS_OK)
        status = service_step(context, row.order_id, ORDER_EVENT_PAID, &order, failure);
    else if (status == STATUS_OK)
        status = service_refund_begin(context, &row, failure);
    *outcome = waits == STATUS_OK ? "paid" : "late-paid";
    return status;
}

static enum status take_found(struct service_context *context, const struct store_intention *intention,
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
        log_warn("payment", "%s was paid after it was closed: %s", attempt->out_trade_no, outcome);
    return status;
}

enum status service_late_advance(struct service_context *context, const struct store_intention *intention,
                                 struct store_payment *attempt, struct failure *failure)
{
    struct payment_trade trade = {0};
    const struct payment_call call = {.timeout_ms = SERVICE_PAY_TIMEOUT_MS};
    enum status status = payment_query(service_channel_of(context, attempt->channel), &call,
                                       attempt->out_trade_no, attempt->amount_fen, &trade, failure);
    if (status != STATUS_OK)
        return status;
    if (trade.state == PAYMENT_PAID)
        return take_found(context, intention, attempt, &trade, failure);
    if (service_now_utc_s(context) - attempt->updated_utc_s < WATCH_S)
        return STATUS_OK;
    return service_intention_end(context, intention->id, true, "closed", failure);
}
