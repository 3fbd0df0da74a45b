#include "kiosk/services/service_old_lock.h"

#include "kiosk/base/text.h"
#include "kiosk/services/service_holder.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_old_lock.h"

enum status service_old_lock_load(struct service_context *context, struct service_visit *visit,
                                  struct failure *failure)
{
    struct store_old_lock lock;
    enum status status = store_old_lock_load(context->store, visit->order.id, &lock, failure);
    visit->old_lock = (struct service_old_lock){.is_shown = status == STATUS_OK};
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    visit->old_lock.is_known = lock.is_known;
    (void)text_copy(visit->old_lock.issuer, sizeof(visit->old_lock.issuer), lock.issuer);
    (void)text_copy(visit->old_lock.serial, sizeof(visit->old_lock.serial), lock.serial);
    (void)text_copy(visit->old_lock.key_serial, sizeof(visit->old_lock.key_serial), lock.key_serial);
    return STATUS_OK;
}

/* A lock that was made here, or of our own authority elsewhere, is no old one. */
static bool is_ours(const struct service_holder *view)
{
    return view->is_ours || view->request_id[0] != 0 ||
           (view->state != SERVICE_HOLDER_NONE && view->state != SERVICE_HOLDER_FOREIGN &&
            view->state != SERVICE_HOLDER_UNKNOWN && view->state != SERVICE_HOLDER_UNREAD);
}

/* Nothing that can be read is a lock, too, for who judges it by looking at it. */
static enum status read_lock(struct service_context *context, struct service_job *job,
                             const struct product_operation *operation, struct store_old_lock *out)
{
    struct service_holder_found found = {0};
    *out = (struct store_old_lock){.is_known = false};
    enum status status = service_holder_read(context, job, &found);
    bool is_unread = status != STATUS_OK;
    if (status == STATUS_OK && is_ours(&found.view))
        status = service_job_refuse(job, SERVICE_REASON_OLD_LOCK_OURS, 0);
    if (status == STATUS_OK) {
        (void)text_copy(out->issuer, sizeof(out->issuer), found.view.issuer);
        (void)text_copy(out->serial, sizeof(out->serial), found.view.serial);
        (void)text_copy(out->key_serial, sizeof(out->key_serial), found.identity.serial);
        out->is_known = found.leaf.length > 0 && product_operation_knows_issuer(operation, out->issuer);
    }
    service_holder_release(&found);
    if (is_unread && job->request.flag) {
        job->reason = SERVICE_REASON_NONE;
        status = STATUS_OK;
    }
    if (status == STATUS_OK && !out->is_known && !job->request.flag)
        status = service_job_refuse(job, SERVICE_REASON_OLD_LOCK_UNKNOWN, 0);
    return status;
}

static enum status keep(struct service_context *context, struct service_job *job,
                        const struct store_old_lock *lock)
{
    struct order order;
    struct failure *failure = &job->failure;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_old_lock_put(context->store, job->request.order_id, lock, failure);
    if (status == STATUS_OK)
        status = service_step(context, job->request.order_id, ORDER_EVENT_KEY_SHOWN, &order, failure);
    if (status == STATUS_OK)
        status = store_audit_append(context->store,
                                    &(struct store_audit_entry){.action = "order.old-lock",
                                                                .subject = order.acceptance,
                                                                .detail = lock->serial},
                                    failure);
    return store_end(context->store, status, failure);
}

void service_old_lock_show_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    struct store_old_lock lock;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    const char *order_id = job->request.order_id;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_step_allowed(context, order_id, ORDER_EVENT_KEY_SHOWN, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK && !product_operation_takes_old_lock(operation))
        status = failure_set(&job->failure, STATUS_BAD_STATE, "old_lock", 0, "no old lock is taken in");
    if (status == STATUS_OK)
        status = read_lock(context, job, operation, &lock);
    if (status == STATUS_OK)
        status = keep(context, job, &lock);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, order_id, true);
    service_job_finish(job, status);
}
