#include "kiosk/services/service_holders.h"

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_reset.h"
#include "kiosk/store/store_feedback.h"

static void show(const struct store_feedback *from, struct service_feedback *out)
{
    *out = (struct service_feedback){.kind = (enum service_feedback_kind)from->kind,
                                     .at_utc_s = from->created_utc_s};
    (void)text_copy(out->id, sizeof(out->id), from->id);
    (void)text_copy(out->text, sizeof(out->text), from->text);
    (void)text_copy(out->phone, sizeof(out->phone), from->phone);
    (void)text_copy(out->terminal, sizeof(out->terminal), from->terminal);
    (void)text_copy(out->clerk, sizeof(out->clerk), from->clerk);
}

static enum status load_feedback(struct service_context *context, struct service_desk *out,
                                 struct failure *failure)
{
    struct store_feedback rows[SERVICE_FEEDBACKS_MAX];
    enum status status =
        store_feedback_list(context->store, rows, SERVICE_FEEDBACKS_MAX, &out->feedback_count, failure);
    for (size_t i = 0; i < out->feedback_count && status == STATUS_OK; i++)
        show(&rows[i], &out->feedbacks[i]);
    secret_wipe_bytes(rows, sizeof(rows));
    return status;
}

static enum status open_store(struct service_context *context)
{
    struct store *store = NULL;
    return service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
}

enum status service_holders_load(struct service_context *context, struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    enum status status = load_feedback(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        status = service_reset_list(context, &patch->desk, &job->failure);
    if (status == STATUS_OK)
        patch->changes |= PATCH_DESK_HOLDERS;
    return status;
}

void service_desk_holders_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = service_holders_load(context, job);
    service_job_finish(job, status);
}

void service_desk_feedback_done_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = store_feedback_finish(context->store, job->request.text, service_desk_clerk(context),
                                       &job->failure);
    if (status == STATUS_CONFLICT)
        status = service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = service_holders_load(context, job);
    service_job_finish(job, status);
}
