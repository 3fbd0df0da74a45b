#include "drivers/payment/payment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/payment/payment_drivers.h"
#include "kiosk/base/check.h"

/* The list of channels; a further one is one more line. */
static const struct payment_driver *const drivers[] = {
    &payment_alipay_driver,
    &payment_wechat_driver,
    &payment_fake_driver,
    &payment_none_driver,
};

struct payment {
    const struct payment_ops *ops;
    void *context; /* owned */
};

enum status payment_new_take(const struct payment_ops *ops, void *context, struct payment **out)
{
    struct payment *payment = calloc(1, sizeof(*payment));
    if (payment == NULL)
        return STATUS_NO_MEMORY;
    *payment = (struct payment){.ops = ops, .context = context};
    *out = payment;
    return STATUS_OK;
}

void *payment_context_of(const struct payment *payment, const struct payment_ops *ops)
{
    return payment != NULL && payment->ops == ops ? payment->context : NULL;
}

enum status payment_open(const struct payment_settings *settings, struct payment **out,
                         struct failure *failure)
{
    for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        if (strcmp(drivers[i]->name, settings->driver) == 0)
            return drivers[i]->open(settings, out, failure);
    return failure_set(failure, STATUS_NOT_FOUND, "payment_open", 0, "no payment driver \"%s\"",
                       settings->driver);
}

void payment_close_channel(struct payment *payment)
{
    if (payment == NULL)
        return;
    payment->ops->close_driver(payment->context);
    free(payment);
}

const char *payment_name(const struct payment *payment)
{
    return payment->ops->name;
}

/* Numbers are made by us and stored; another shape would be refused by some channel after money moved. */
static bool is_number(const char *number, size_t longest)
{
    size_t length = number == NULL ? 0 : strlen(number);
    if (length < 12 || length > longest)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)number[i]) && number[i] != '_')
            return false;
    return true;
}

static bool is_trade_number(const char *number)
{
    return is_number(number, 32);
}

enum status payment_create(struct payment *payment, const struct payment_call *call,
                           const struct payment_order *order, struct payment_code *out,
                           struct failure *failure)
{
    check(is_trade_number(order->out_trade_no));
    check(order->amount_fen > 0);
    return payment->ops->create(payment->context, call, order, out, failure);
}

enum status payment_query(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                          int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    check(is_trade_number(out_trade_no));
    return payment->ops->query(payment->context, call, out_trade_no, amount_fen, out, failure);
}

enum status payment_cancel(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                           enum payment_cancel_outcome *out, struct failure *failure)
{
    check(is_trade_number(out_trade_no));
    return payment->ops->cancel(payment->context, call, out_trade_no, out, failure);
}

enum status payment_close(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                          struct failure *failure)
{
    check(is_trade_number(out_trade_no));
    return payment->ops->close(payment->context, call, out_trade_no, failure);
}

enum status payment_refund(struct payment *payment, const struct payment_call *call,
                           const struct payment_refund_request *request, enum payment_refund_state *out,
                           struct failure *failure)
{
    check(is_trade_number(request->out_trade_no));
    check(is_number(request->out_request_no, PAYMENT_NUMBER_BYTES - 1));
    check(request->amount_fen > 0 && request->total_fen >= request->amount_fen);
    return payment->ops->refund(payment->context, call, request, out, failure);
}

enum status payment_refund_query(struct payment *payment, const struct payment_call *call,
                                 const char *out_trade_no, const char *out_request_no, int64_t amount_fen,
                                 enum payment_refund_state *out, struct failure *failure)
{
    check(is_trade_number(out_trade_no));
    check(is_number(out_request_no, PAYMENT_NUMBER_BYTES - 1));
    return payment->ops->refund_query(payment->context, call, out_trade_no, out_request_no, amount_fen, out,
                                      failure);
}

enum status payment_verify_notification(struct payment *payment, const void *form, size_t length,
                                        struct payment_notice *out, struct failure *failure)
{
    if (payment->ops->verify_notification == NULL)
        return failure_set(failure, STATUS_UNSUPPORTED, "payment_verify_notification", 0,
                           "the channel has no notifications");
    return payment->ops->verify_notification(payment->context, form, length, out, failure);
}

enum status payment_probe(struct payment *payment, const struct payment_call *call, struct failure *failure)
{
    return payment->ops->probe(payment->context, call, failure);
}
