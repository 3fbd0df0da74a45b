/* The channel of a hall without payment: it answers at once that somebody must set one up. */
#include "drivers/payment/payment_drivers.h"

static enum status refuse(struct failure *failure)
{
    return failure_set(failure, STATUS_CONFIG, "payment", 0, "no payment channel is set up");
}

static enum status none_create(void *context, const struct payment_call *call,
                               const struct payment_order *order, struct payment_code *out,
                               struct failure *failure)
{
    (void)context, (void)call, (void)order, (void)out;
    return refuse(failure);
}

static enum status none_query(void *context, const struct payment_call *call, const char *out_trade_no,
                              int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    (void)context, (void)call, (void)out_trade_no, (void)amount_fen, (void)out;
    return refuse(failure);
}

static enum status none_cancel(void *context, const struct payment_call *call, const char *out_trade_no,
                               enum payment_cancel_outcome *out, struct failure *failure)
{
    (void)context, (void)call, (void)out_trade_no, (void)out;
    return refuse(failure);
}

static enum status none_close(void *context, const struct payment_call *call, const char *out_trade_no,
                              struct failure *failure)
{
    (void)context, (void)call, (void)out_trade_no;
    return refuse(failure);
}

static enum status none_refund(void *context, const struct payment_call *call,
                               const struct payment_refund_request *request, enum payment_refund_state *out,
                               struct failure *failure)
{
    (void)context, (void)call, (void)request, (void)out;
    return refuse(failure);
}

static enum status none_refund_query(void *context, const struct payment_call *call, const char *out_trade_no,
                                     const char *out_request_no, int64_t amount_fen,
                                     enum payment_refund_state *out, struct failure *failure)
{
    (void)context, (void)call, (void)out_trade_no, (void)out_request_no, (void)amount_fen, (void)out;
    return refuse(failure);
}

static enum status none_probe(void *context, const struct payment_call *call, struct failure *failure)
{
    (void)context, (void)call;
    return refuse(failure);
}

static void none_close_driver(void *context)
{
    (void)context; /* there is none */
}

static const struct payment_ops none_ops = {
    .name = "none",
    .create = none_create,
    .query = none_query,
    .cancel = none_cancel,
    .close = none_close,
    .refund = none_refund,
    .refund_query = none_refund_query,
    .probe = none_probe,
    .close_driver = none_close_driver,
};

static enum status none_open(const struct payment_settings *settings, struct payment **out,
                             struct failure *failure)
{
    (void)settings, (void)failure;
    return payment_new_take(&none_ops, NULL, out);
}

const struct payment_driver payment_none_driver = {.name = "none", .open = none_open};
