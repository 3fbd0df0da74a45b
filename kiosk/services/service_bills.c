/* Bills: the money that came for somebody's orders, on the orders worker. Only what was really paid is told:
 * codes that were closed, and attempts that failed, are none of the holder's bills. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_record.h"
#include "kiosk/store/store_payment.h"

enum { ATTEMPTS_MAX = 16 };

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

static enum status add_order(struct service_context *context, const struct order *order, void *argument,
                             struct failure *failure)
{
    struct service_bills *bills = argument;
    struct store_payment payments[ATTEMPTS_MAX];
    size_t count = 0;
    enum status status =
        store_payment_list(context->store, order->id, payments, ATTEMPTS_MAX, &count, failure);
    for (size_t i = count; i > 0 && status == STATUS_OK && bills->count < SERVICE_BILLS_MAX; i--)
        if (payments[i - 1].paid_utc_s != 0)
            add(bills, order, &payments[i - 1]);
    return status == STATUS_OK && bills->count == SERVICE_BILLS_MAX ? STATUS_FULL : status;
}

void service_bill_list_run(struct service_context *context, struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    enum status status = service_record_each(context, job, add_order, &patch->visit.bills);
    if (status == STATUS_OK)
        patch->changes |= PATCH_BILLS;
    service_job_finish(job, status);
}
