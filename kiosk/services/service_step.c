#include "kiosk/services/service_step.h"

#include "kiosk/base/log.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_invoice.h"
#include "kiosk/services/service_notice.h"
#include "kiosk/store/store_order.h"

static enum status ask_machine(const struct service_context *context, const struct order *order,
                               enum order_event event, struct order_transition *out)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK)
        status = order_apply(order, event, &operation->steps, out);
    return status;
}

static enum status load_and_ask(struct service_context *context, const char *order_id, enum order_event event,
                                struct order *order, struct order_transition *transition,
                                struct failure *failure)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, order_id, order, failure);
    if (status == STATUS_OK)
        status = ask_machine(context, order, event, transition);
    bool ends_unpaid =
        event == ORDER_EVENT_CANCELLED || event == ORDER_EVENT_CLOSED || event == ORDER_EVENT_EXPIRED;
    if (status == STATUS_OK && ends_unpaid)
        status = service_hand_may_end(context, order->id, failure);
    return status;
}

enum status service_step_allowed(struct service_context *context, const char *order_id,
                                 enum order_event event, struct order *order, struct failure *failure)
{
    struct order_transition transition;
    return load_and_ask(context, order_id, event, order, &transition, failure);
}

/* What goes with a step: an attempt by hand does not outlive its order's waiting for money, what was paid
 * owes an invoice, what went back does not, and what an applicant is told of stands stored with what
 * happened. */
static enum status store_step(struct service_context *context, const struct order *order,
                              const struct order_transition *transition, struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_order_apply(context->store, order, transition, failure);
    if (status == STATUS_OK && transition->from == ORDER_STATE_PAYING)
        status = service_hand_close(context, order->id, failure);
    if (status == STATUS_OK && transition->event == ORDER_EVENT_PAID)
        status = service_invoice_open(context, order, failure);
    if (status == STATUS_OK && transition->event == ORDER_EVENT_REFUNDED)
        status = store_invoice_void(context->store, order->id, failure);
    if (status == STATUS_OK)
        status = service_notice_of_step(context, order, transition->event, failure);
    return store_end(context->store, status, failure);
}

enum status service_step(struct service_context *context, const char *order_id, enum order_event event,
                         struct order *order, struct failure *failure)
{
    struct order_transition transition;
    enum status status = load_and_ask(context, order_id, event, order, &transition, failure);
    if (status == STATUS_BAD_STATE)
        return failure_set(failure, status, "order_apply", 0, "%s refused in %s", order_event_name(event),
                           order_state_name(order->state));
    if (status != STATUS_OK)
        return status;
    order_enter(order, &transition, service_now_utc_s(context));
    status = store_step(context, order, &transition, failure);
    if (status == STATUS_OK)
        log_info("order", "%s: %s -> %s by %s", order->acceptance, order_state_name(transition.from),
                 order_state_name(transition.to), order_event_name(event));
    return status;
}

bool service_step_is_possible(const struct service_context *context, const struct order *order,
                              enum order_event event)
{
    struct order_transition transition;
    return ask_machine(context, order, event, &transition) == STATUS_OK;
}
