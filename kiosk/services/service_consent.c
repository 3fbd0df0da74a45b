#include "kiosk/services/service_consent.h"

#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_consent.h"
#include "kiosk/store/store_order.h"

enum { HOUR_S = 3600 };

/* The certificate is on its key, and whoever has it is there or has gone. */
static bool is_received(const struct order *order)
{
    return order->state == ORDER_STATE_COLLECTING || order->state == ORDER_STATE_DONE;
}

static void fill(const struct store_consent *said, struct service_consent *out)
{
    out->state = said->objection[0] == 0 ? SERVICE_CONSENT_GIVEN : SERVICE_CONSENT_OBJECTED;
    out->at_utc_s = said->said_utc_s;
    (void)text_copy(out->objection, sizeof(out->objection), said->objection);
}

/* Until the limit has passed since the key was taken. */
static void fill_open(const struct order *order, const struct product *product, int64_t now_utc_s,
                      struct service_consent *out)
{
    out->state = SERVICE_CONSENT_ASKED;
    if (order->state != ORDER_STATE_DONE)
        return;
    out->at_utc_s = order->updated_utc_s + (int64_t)product->consent_hours * HOUR_S;
    if (now_utc_s >= out->at_utc_s)
        out->state = SERVICE_CONSENT_SILENT;
}

enum status service_consent_load(struct service_context *context, const struct order *order,
                                 struct service_consent *out, struct failure *failure)
{
    struct store_consent said;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    *out = (struct service_consent){.state = SERVICE_CONSENT_NONE};
    if (!is_received(order) || service_product_of(context, order, &product, &operation) != STATUS_OK ||
        !product->consent_asked || !order_steps_has(&operation->steps, ORDER_STEP_ISSUE))
        return STATUS_OK;
    enum status status = store_consent_load(context->store, order->id, &said, failure);
    if (status == STATUS_OK)
        fill(&said, out);
    else if (status == STATUS_NOT_FOUND)
        fill_open(order, product, service_now_utc_s(context), out);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status say(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    struct service_consent now;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_consent_load(context, &order, &now, &job->failure);
    if (status == STATUS_OK && now.state != SERVICE_CONSENT_ASKED)
        status = STATUS_BAD_STATE;
    return status == STATUS_OK ? store_consent_put(store, order.id, job->request.more, &job->failure)
                               : status;
}

void service_consent_say_run(struct service_context *context, struct service_job *job)
{
    enum status status = say(context, job);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}
