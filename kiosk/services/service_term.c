#include "kiosk/services/service_term.h"

#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_wish.h"

enum { DAY_S = 86400 };

enum status service_term_approved(struct service_context *context, const char *order_id, int64_t *utc_s,
                                  struct failure *failure)
{
    struct store_decision approval;
    enum status status = store_decision_load_applied(context->store, order_id, "approve", &approval, failure);
    if (status == STATUS_OK)
        *utc_s = approval.effective_at_utc_s;
    return status;
}

/* The time on the day the validity counts from; where nobody approves it is the day it was applied for. */
static enum status find_start(struct service_context *context, const struct product *product,
                              const struct order *order, int64_t *utc_s, struct failure *failure)
{
    enum status status = STATUS_OK;
    *utc_s = product->start == PRODUCT_START_ISSUE ? service_now_utc_s(context) : order->created_utc_s;
    if (product->start == PRODUCT_START_ACCEPTANCE)
        status = service_term_approved(context, order->id, utc_s, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static int64_t days_between(int64_t from_utc_s, int64_t to_utc_s)
{
    int64_t days = (clock_hall_day_utc_s(to_utc_s) - clock_hall_day_utc_s(from_utc_s)) / DAY_S;
    return days > 0 ? days : 0;
}

enum status service_term_days(struct service_context *context, const struct product *product,
                              const struct product_operation *operation, const struct order *order,
                              unsigned *days, struct failure *failure)
{
    struct store_wish row = {.years = operation->years};
    int64_t start_utc_s = 0;
    enum status status = store_wish_load(context->store, order->id, &row, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = find_start(context, product, order, &start_utc_s, failure);
    if (status != STATUS_OK)
        return status;
    int64_t whole = product_term_days(product, operation, row.years),
            left = whole - days_between(start_utc_s, service_now_utc_s(context));
    *days = whole == 0 ? 0 : left > 0 ? (unsigned)left : 1; /* 0: the profile's own */
    return STATUS_OK;
}
