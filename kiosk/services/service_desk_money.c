/* What clerks decide about money: a paid order is given up, by two of them; a refused refund is asked for
 * again. Both are decisions about the row that was displayed, without undo time: nothing is lost that could
 * not be begun again, and the money must not wait. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_order.h"

static enum status sign_second(struct service_context *context, const struct store_decision *decision,
                               const char *name, struct failure *failure)
{
    struct store_decision_signer signer = {.method = "password"};
    (void)text_copy(signer.name, sizeof(signer.name), name);
    return store_decision_sign(context->store, decision->id, &signer, failure);
}

/* The first of two confirmations may have had its effect between reading and signing. */
static enum status check_attempt(struct service_context *context, struct service_job *job,
                                 const struct store_payment *as_read)
{
    struct store_payment now;
    enum status status = store_payment_load(context->store, as_read->out_trade_no, &now, &job->failure);
    return status == STATUS_OK && now.state != as_read->state ? STATUS_CONFLICT : status;
}

/* Inside a change: decision, note, reason and signatures land together. */
static enum status store_inside(struct service_context *context, struct service_job *job,
                                struct store_decision *decision,
                                const struct service_desk_line_decision *what)
{
    enum status status = what->hand == NULL ? STATUS_OK : check_attempt(context, job, what->attempt);
    if (status == STATUS_OK)
        status = service_desk_decide(context, job, decision);
    if (status == STATUS_OK && what->hand != NULL) {
        (void)text_copy(what->hand->decision_id, sizeof(what->hand->decision_id), decision->id);
        status = store_hand_put(context->store, what->hand, &job->failure);
        if (status == STATUS_CONFLICT || status == STATUS_MALFORMED)
            status = service_job_refuse(job, SERVICE_REASON_REFERENCE, 0);
    }
    if (status == STATUS_OK && what->revocation != NULL) {
        (void)text_copy(what->revocation->decision_id, sizeof(what->revocation->decision_id), decision->id);
        status = store_revocation_put(context->store, what->revocation, &job->failure);
    }
    if (status == STATUS_OK && job->request.text[0] != 0)
        status = store_decision_explain(context->store, decision, job->request.text, &job->failure);
    if (status == STATUS_OK && what->second[0] != 0)
        status = sign_second(context, decision, what->second, &job->failure);
    return status;
}

enum status service_desk_decide_line(struct service_context *context, struct service_job *job,
                                     const struct service_desk_line_decision *what)
{
    int64_t signers = what->second[0] != 0 ? 2 : 1;
    struct store_decision decision = {
        .order_version = job->request.version, .required = signers, .of = signers};
    order_id_make(context->settings->random, decision.id);
    (void)memcpy(decision.order_id, job->request.order_id, sizeof(decision.order_id));
    (void)text_copy(decision.action, sizeof(decision.action), what->action);
    (void)memcpy(decision.displayed_hash, job->request.displayed_hash, sizeof(decision.displayed_hash));
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(context->store, store_inside(context, job, &decision, what), &job->failure);
    if (job->reason == SERVICE_REASON_REFERENCE) /* the change tells its first failure, the job why */
        return STATUS_REFUSED;
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        service_decision_apply_due(context);
    return status;
}

enum status service_desk_open_line(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    if (!service_desk_has_clerk(context))
        return STATUS_BAD_STATE;
    enum status status = service_store(context, &store);
    return status == STATUS_OK && !job->request.flag ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
                                                     : status;
}

static enum status decide(struct service_context *context, struct service_job *job, const char *action)
{
    return service_desk_decide_line(context, job,
                                    &(struct service_desk_line_decision){.action = action, .second = ""});
}

/* An order without money is forced to its end: one of the two is a supervisor. */
static enum status check_force(struct service_context *context, struct service_job *job,
                               const struct store_clerk *second)
{
    struct store_clerk clerk;
    enum status status = store_clerk_load(context->store, service_desk_clerk(context), &clerk, &job->failure);
    bool may = second->role == STORE_CLERK_SUPERVISOR || clerk.role == STORE_CLERK_SUPERVISOR;
    return status == STATUS_OK && !may ? service_job_refuse(job, SERVICE_REASON_SUPERVISOR, 0) : status;
}

static enum status give_up(struct service_context *context, struct service_job *job)
{
    struct order order;
    struct store_clerk second;
    if (job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_MALFORMED, "give-up", 0, "no reason");
    enum status status =
        service_step_allowed(context, job->request.order_id, ORDER_EVENT_GIVEN_UP, &order, &job->failure);
    if (status == STATUS_BAD_STATE)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = service_desk_find_second(context, job, &second);
    bool is_force = status == STATUS_OK && order.paid_fen == 0;
    if (is_force)
        status = check_force(context, job, &second);
    return status == STATUS_OK ? service_desk_decide_line(context, job,
                                                          &(struct service_desk_line_decision){
                                                              .action = is_force ? "force-close" : "give-up",
                                                              .second = second.name})
                               : status;
}

void service_desk_give_up_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = give_up(context, job);
    service_job_finish(job, status);
}

/* Closed as it is displayed; one that is being carried out free of charge is forced to its end by two. */
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
    return status == STATUS_OK ? service_job_refuse(job, SERVICE_REASON_SUPERVISOR, 0) : status;
}

void service_desk_close_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = close_order(context, job);
    service_job_finish(job, status);
}

void service_desk_refund_retry_run(struct service_context *context, struct service_job *job)
{
    bool has_alarm = false;
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = service_refund_has_alarm(context, job->request.order_id, &has_alarm, &job->failure);
    if (status == STATUS_OK)
        status = has_alarm ? decide(context, job, "refund-retry")
                           : service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    service_job_finish(job, status);
}
