/* Bills: the money that came for somebody's orders, on the orders worker. Only what was really paid is told:
 * codes that were closed, and attempts that failed, are none of the holder's bills. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_record.h"
#include "kiosk/store/store_payment.h"

enum { ORDERS_AT_ONCE = 20, ATTEMPTS_MAX = 16 };

static void add(struct service_bills *bills, const struct order *order, const struct store_payment *payment)
{
    struct service_bill *bill = &bills->bills[bills->count++];
    bool is_back = payment->state == STORE_PAYMENT_REFUNDED;
    *bill = (struct service_bill){.amount_fen = payment->amount_fen,
                                  .paid_utc_s = payment->paid_utc_s,
                                  .state = is_back                                ? SERVICE_BILL_REFUNDED
                                           : payment->state == STORE_PAYMENT_PAID ? SERVICE_BILL_PAID
                                                                                  : SERVICE_BILL_REFUNDING};
    (void)text_copy(bill->order_id, sizeof(bill->order_id), order->id);
    (void)text_copy(bill->acceptance, sizeof(bill->acceptance), order->acceptance);
    (void)text_copy(bill->product, sizeof(bill->product), order->product);
    (void)text_copy(bill->operation, sizeof(bill->operation), order->operation);
    (void)text_copy(bill->channel, sizeof(bill->channel), payment->channel);
    bills->kept_fen += is_back ? 0 : payment->amount_fen;
}

static enum status add_order(struct service_context *context, const struct order *order,
                             struct service_bills *bills, struct failure *failure)
{
    struct store_payment payments[ATTEMPTS_MAX];
    size_t count = 0;
    enum status status =
        store_payment_list(context->store, order->id, payments, ATTEMPTS_MAX, &count, failure);
    for (size_t i = count; i > 0 && status == STATUS_OK && bills->count < SERVICE_BILLS_MAX; i--)
        if (payments[i - 1].paid_utc_s != 0)
            add(bills, order, &payments[i - 1]);
    return status;
}

static enum status collect(struct service_context *context, struct store_order_filter *filter,
                           struct service_bills *bills, struct failure *failure)
{
    struct order orders[ORDERS_AT_ONCE];
    size_t count = ORDERS_AT_ONCE;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && count == ORDERS_AT_ONCE && bills->count < SERVICE_BILLS_MAX) {
        status = store_order_list(context->store, filter, orders, ORDERS_AT_ONCE, &count, failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = add_order(context, &orders[i], bills, failure);
        filter->offset += count;
    }
    return status;
}

void service_bill_list_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_order_filter filter;
    char value[SERVICE_TEXT_BYTES] = "";
    struct service_patch *patch = service_job_patch(job);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_record_filter(context, job, value, sizeof(value), &filter);
    if (status == STATUS_OK)
        status = collect(context, &filter, &patch->visit.bills, &job->failure);
    secret_wipe_bytes(value, sizeof(value));
    if (status == STATUS_OK)
        patch->changes |= PATCH_BILLS;
    service_job_finish(job, status);
}
