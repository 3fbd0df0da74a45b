/* What a clerk decides about money: a paid order is given up, a refused refund is asked for again. Both are
 * decisions about the row that was displayed, without undo time: nothing is lost that could not be begun
 * again, and the money must not wait. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_order.h"

/* Inside a change: decision, reason and signature land together. */
static enum status store_inside(struct service_context *context, struct service_job *job,
                                struct store_decision *decision)
{
    enum status status = service_desk_decide(context, job, decision);
    if (status == STATUS_OK && job->request.text[0] != 0)
        status = store_decision_explain(context->store, decision, job->request.text, &job->failure);
    return status;
}

static enum status decide(struct service_context *context, struct service_job *job, const char *action)
{
    struct store_decision decision = {.order_version = job->request.version, .required = 1, .of = 1};
    order_id_make(context->settings->random, decision.id);
    (void)memcpy(decision.order_id, job->request.order_id, sizeof(decision.order_id));
    (void)text_copy(decision.action, sizeof(decision.action), action);
    (void)memcpy(decision.displayed_hash, job->request.displayed_hash, sizeof(decision.displayed_hash));
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(context->store, store_inside(context, job, &decision), &job->failure);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        service_decision_apply_due(context);
    return status;
}

/* A row that no clerk had before the eyes is decided about by nobody. */
static enum status open_store(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    if (!service_desk_has_clerk(context))
        return STATUS_BAD_STATE;
    enum status status = service_store(context, &store);
    return status == STATUS_OK && !job->request.flag ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
                                                     : status;
}

static enum status give_up(struct service_context *context, struct service_job *job)
{
    struct order order;
    if (job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_MALFORMED, "give-up", 0, "no reason");
    enum status status =
        service_step_allowed(context, job->request.order_id, ORDER_EVENT_GIVEN_UP, &order, &job->failure);
    if (status == STATUS_BAD_STATE)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? decide(context, job, "give-up") : status;
}

void service_desk_give_up_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context, job);
    if (status == STATUS_OK)
        status = give_up(context, job);
    service_job_finish(job, status);
}

/* Closed as it is displayed; one whose key is being made free of charge is forced to its end. */
static enum status close_order(struct service_context *context, struct service_job *job)
{
    struct order order;
    const char *id = job->request.order_id;
    if (job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_MALFORMED, "close", 0, "no reason");
    enum status status = service_step_allowed(context, id, ORDER_EVENT_CLOSED, &order, &job->failure);
    if (status == STATUS_OK)
        return decide(context, job, "close");
    if (status == STATUS_BAD_STATE)
        status = service_step_allowed(context, id, ORDER_EVENT_GIVEN_UP, &order, &job->failure);
    if (status == STATUS_OK && order.paid_fen > 0)
        return service_job_refuse(job, SERVICE_REASON_MONEY_HELD, 0);
    if (status == STATUS_BAD_STATE)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? decide(context, job, "force-close") : status;
}

void service_desk_close_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context, job);
    if (status == STATUS_OK)
        status = close_order(context, job);
    service_job_finish(job, status);
}

void service_desk_refund_retry_run(struct service_context *context, struct service_job *job)
{
    bool has_alarm = false;
    enum status status = open_store(context, job);
    if (status == STATUS_OK)
        status = service_refund_has_alarm(context, job->request.order_id, &has_alarm, &job->failure);
    if (status == STATUS_OK)
        status = has_alarm ? decide(context, job, "refund-retry")
                           : service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    service_job_finish(job, status);
}
