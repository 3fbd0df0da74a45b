/* Feedback: what somebody says about the hall, at the terminal. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_context.h"
#include "kiosk/store/store_feedback.h"

const char *service_feedback_kind_name(enum service_feedback_kind kind)
{
    return store_feedback_kind_name((enum store_feedback_kind)kind);
}

static enum store_feedback_kind kind_named(const char *name)
{
    int kind = 0;
    while (kind < STORE_FEEDBACK_KIND_COUNT_ &&
           strcmp(store_feedback_kind_name((enum store_feedback_kind)kind), name) != 0)
        kind++;
    return (enum store_feedback_kind)kind;
}

void service_feedback_send_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_feedback feedback = {.kind = kind_named(job->request.more)};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK && !text_copy(feedback.text, sizeof(feedback.text), job->request.text))
        status = STATUS_FULL;
    (void)text_copy(feedback.phone, sizeof(feedback.phone), job->request.phone);
    if (status == STATUS_OK)
        status = store_feedback_add(store, &feedback, &job->failure);
    secret_wipe_bytes(&feedback, sizeof(feedback));
    service_job_finish(job, status);
}
