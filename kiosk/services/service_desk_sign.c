/* Who a clerk is: by name and password, at the desk or as the second to sign. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"

static enum status explain_lock(struct service_context *context, struct service_job *job, const char *name)
{
    struct store_clerk clerk;
    int64_t left_s = 0;
    if (store_clerk_load(context->store, name, &clerk, &job->failure) == STATUS_OK)
        left_s = clerk.locked_until_utc_s - service_now_utc_s(context);
    return service_job_refuse(job, SERVICE_REASON_LOCKED, left_s > 0 ? left_s : 0);
}

enum status service_desk_check_password(struct service_context *context, struct service_job *job,
                                        const char *name, struct store_clerk *out)
{
    const struct settings *settings = context->settings->settings;
    const struct store_clerk_limits limits = {.tries = (int)settings->login_clerk_tries,
                                              .lock_s = (int)settings->login_clerk_lock_s};
    enum status status =
        store_clerk_sign_in(context->store, name, &job->request.secret, &limits, out, &job->failure);
    if (status == STATUS_REFUSED)
        return service_job_refuse(job, SERVICE_REASON_PASSWORD_WRONG, 0);
    return status == STATUS_BAD_STATE ? explain_lock(context, job, name) : status;
}

enum status service_desk_find_colleague(struct service_context *context, struct service_job *job,
                                        const char *clerk, struct store_clerk *out)
{
    const char *name = job->request.more;
    if (strcmp(name, clerk) == 0)
        return service_job_refuse(job, SERVICE_REASON_SAME_PERSON, 0);
    return service_desk_check_password(context, job, name, out);
}

enum status service_desk_find_second(struct service_context *context, struct service_job *job,
                                     struct store_clerk *out)
{
    return service_desk_find_colleague(context, job, service_desk_clerk(context), out);
}

void service_desk_sign_in_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_clerk clerk;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_desk_check_password(context, job, job->request.text, &clerk);
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes |= PATCH_DESK_SIGN;
        patch->desk.signed_in = true;
        patch->desk.is_supervisor = clerk.role == STORE_CLERK_SUPERVISOR;
        service_desk_sign_on(context, clerk.name);
        (void)text_copy(patch->desk.clerk, sizeof(patch->desk.clerk), clerk.name);
    }
    service_job_finish(job, status);
}
