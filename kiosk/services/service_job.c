#include "kiosk/services/service_job.h"

#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

struct service_job *service_job_new(enum service_kind kind)
{
    struct service_job *job = calloc(1, sizeof(*job));
    check(job != NULL);
    job->kind = kind;
    job->job.what = service_kind_name(kind);
    return job;
}

static void free_values(struct form_values *values)
{
    if (values == NULL)
        return;
    form_values_wipe(values);
    free(values);
}

static void free_rejections(struct order_rejections *rejections)
{
    if (rejections == NULL)
        return;
    secret_wipe_bytes(rejections, sizeof(*rejections));
    free(rejections);
}

void service_job_free(struct job *queued)
{
    if (queued == NULL)
        return;
    struct service_job *job = (struct service_job *)queued;
    free_values(job->request.values);
    free_rejections(job->request.rejections);
    free(job->request.audit);
    free(job->request.stock);
    service_image_free(job->image);
    service_patch_free(job->patch);
    job_cancel_drop(job->job.cancel);
    secret_wipe_bytes(job, sizeof(*job));
    free(job);
}

enum status service_job_end(struct service_job *job, enum status status, enum service_reason reason,
                            int64_t number)
{
    job->job.status = status;
    job->reason = reason;
    job->number = number;
    return status;
}

enum status service_job_refuse(struct service_job *job, enum service_reason reason, int64_t number)
{
    job->reason = reason;
    job->number = number;
    return STATUS_REFUSED;
}

/* BUSY and FULL of the store have words of their own; CONFLICT means that somebody else was first. */
static enum service_reason reason_of(enum status status)
{
    if (status == STATUS_BUSY)
        return SERVICE_REASON_STORE_BUSY;
    if (status == STATUS_FULL)
        return SERVICE_REASON_DISK_FULL;
    return status == STATUS_CONFLICT ? SERVICE_REASON_CHANGED : SERVICE_REASON_NONE;
}

void service_job_finish(struct service_job *job, enum status status)
{
    job->job.status = status;
    if (job->reason == SERVICE_REASON_NONE)
        job->reason = reason_of(status);
}

struct service_patch *service_job_patch(struct service_job *job)
{
    if (job->patch == NULL) {
        job->patch = calloc(1, sizeof(*job->patch));
        check(job->patch != NULL);
        form_values_init(&job->patch->values);
    }
    return job->patch;
}

void service_request_give_text(struct service_request *request, const char *text)
{
    (void)text_copy(request->text, sizeof(request->text), text);
}

void service_request_give_name(struct service_request *request, const char *name)
{
    (void)text_copy(request->more, sizeof(request->more), name);
}

void service_request_give_secret(struct service_request *request, const struct secret *secret)
{
    check(secret_set(&request->secret, secret->bytes, secret->length) == STATUS_OK);
}
