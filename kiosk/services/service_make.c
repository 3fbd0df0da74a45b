/* A key is made at the desk for a holder who is not there: the same stages as at a terminal, then the
 * product's default PIN, which leaves with the key; on the certificates worker of a desk that has a writer
 * (desk.writer). A terminal unlocked by a clerk would need no second writer, but it would stand idle for
 * applicants meanwhile, show one person's order in the open hall, and need a way to unlock it; the worker
 * runs at a desk as it is. */
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_shipment.h"

/* Made with the default PIN; a run that was killed before this finds the order where it left it. */
static enum status finish(struct service_context *context, struct service_job *job,
                          const struct product *product)
{
    struct order order;
    struct failure *failure = &job->failure;
    const char *id = job->request.order_id;
    enum status status = store_order_load(context->store, id, &order, failure);
    if (status == STATUS_OK && order.state == ORDER_STATE_PIN) {
        status = secret_set(&job->request.secret, product->pin_default, strlen(product->pin_default));
        if (status == STATUS_OK)
            status = service_pin_give(context, job);
        if (status == STATUS_OK)
            status = store_order_load(context->store, id, &order, failure);
    }
    if (status == STATUS_OK && order.state == ORDER_STATE_COLLECTING)
        status =
            store_shipment_make(context->store, id, product->pin_must_change, job->request.text, failure);
    return status;
}

static enum status check(struct service_context *context, struct service_job *job, struct order *order,
                         const struct product **product)
{
    struct store *store = NULL;
    bool is_wished = false;
    if (!context->settings->settings->desk_writer || job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_UNSUPPORTED, "make", 0,
                           "no writer at this desk, or no clerk");
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, order, &job->failure);
    if (status == STATUS_OK)
        *product = catalogue_find(context->settings->catalogue, order->product);
    if (status == STATUS_OK)
        status = service_shipment_is_wished(context, order->id, &is_wished, &job->failure);
    if (status == STATUS_OK && (*product == NULL || (*product)->pin_default[0] == 0 || !is_wished))
        status = failure_set(&job->failure, STATUS_BAD_STATE, "make", 0, "nothing to be made for a courier");
    return status;
}

/* The order stays the applicant's: nothing of it becomes this program's visit. */
static void keep_private(struct service_job *job)
{
    if (job->patch != NULL)
        job->patch->changes &= ~(uint64_t)(PATCH_ORDER | PATCH_VALUES);
}

void service_desk_make_run(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    enum status status = check(context, job, &order, &product);
    if (status == STATUS_OK && order.state == ORDER_STATE_ISSUING) {
        service_issue_run_run(context, job);
        status = job->job.status;
    }
    if (status == STATUS_OK)
        status = finish(context, job, product);
    if (context->store != NULL &&
        store_claim_release(context->store, job->request.order_id, NULL) != STATUS_OK)
        log_debug("issue", "the claim on a key made at the desk ends with its lease");
    keep_private(job);
    service_job_finish(job, status);
}
