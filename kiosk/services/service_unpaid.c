#include "kiosk/services/service_unpaid.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_claim.h"

enum { DAY_S = 86400 };

static bool is_over(const struct service_context *context, const struct order *order)
{
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    if (product == NULL || product->payment_later_days == 0)
        return false;
    int64_t last_utc_s = order->updated_utc_s + (int64_t)product->payment_later_days * DAY_S;
    return service_now_utc_s(context) >= clock_hall_day_utc_s(last_utc_s) + DAY_S;
}

void service_unpaid_close(struct service_context *context, const struct order *order)
{
    struct order after;
    struct failure failure = {0};
    struct store_claim claim;
    bool has_code = true;
    if (!is_over(context, order) || strcmp(context->visit.order_id, order->id) == 0)
        return; /* who stands before it may still pay */
    enum status status = store_claim_load(context->store, order->id, &claim, &failure);
    if (status == STATUS_OK)
        status = service_hand_has_code(context, order->id, &has_code, &failure);
    if (status == STATUS_OK && claim.owner[0] == 0 && !has_code)
        status = service_step(context, order->id, ORDER_EVENT_EXPIRED, &after, &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT && status != STATUS_BAD_STATE)
        log_failure("payment", "closing an unpaid order", status, &failure);
}
