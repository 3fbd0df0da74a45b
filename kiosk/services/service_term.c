#include "kiosk/services/service_term.h"

#include "kiosk/services/service_subject.h"
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

/* Who asked for more before the old end keeps what was left then, however long the rest took; an end that is
 * kept counts as it is now. */
static int64_t counted_from(const struct product_operation *operation, const struct order *order,
                            int64_t start_utc_s, int64_t old_end_utc_s, int64_t now_utc_s)
{
    if (product_operation_term(operation) == PRODUCT_TERM_KEPT)
        return now_utc_s;
    return order->created_utc_s < old_end_utc_s ? order->created_utc_s : start_utc_s;
}

enum status service_term_after(struct service_context *context, const struct product *product,
                               const struct product_operation *operation, const struct order *order,
                               int64_t old_end_utc_s, struct service_term *out, struct failure *failure)
{
    struct store_wish row = {.years = operation->years};
    int64_t start_utc_s = 0, now_utc_s = service_now_utc_s(context);
    enum status status = store_wish_load(context->store, order->id, &row, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = find_start(context, product, order, &start_utc_s, failure);
    if (status != STATUS_OK)
        return status;
    int64_t whole = product_term_days(product, operation, row.years),
            left = whole - days_between(start_utc_s, now_utc_s);
    *out = (struct service_term){.days = whole == 0 ? 0 : left > 0 ? (unsigned)left : 1};
    if (product_operation_term(operation) != PRODUCT_TERM_WHOLE && old_end_utc_s != 0)
        out->until_utc_s = product_term_end_utc_s(
            product, operation, row.years,
            counted_from(operation, order, start_utc_s, old_end_utc_s, now_utc_s), old_end_utc_s);
    return STATUS_OK;
}

enum status service_term_find(struct service_context *context, const struct product *product,
                              const struct product_operation *operation, const struct order *order,
                              struct service_term *out, struct failure *failure)
{
    struct store_certificate old = {0};
    enum status status = service_subject_load(context, order->id, &old, failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    return service_term_after(context, product, operation, order,
                              status == STATUS_OK ? old.not_after_utc_s : 0, out, failure);
}

int64_t service_term_end_utc_s(const struct service_term *term, int64_t now_utc_s)
{
    if (term->until_utc_s != 0)
        return term->until_utc_s;
    return term->days == 0 ? 0 : now_utc_s + (int64_t)term->days * DAY_S;
}
