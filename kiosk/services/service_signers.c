#include "kiosk/services/service_signers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/store/store_clerk.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"

enum { SIGNERS_MAX = 4 };

struct signers {
    char decision_id[STORE_ID_BYTES];
    size_t count;
    struct store_decision_signer signer[SIGNERS_MAX];
};

/* Sending back harms nobody; letting through takes as many people as the operation says. */
enum status service_signers_required(struct service_context *context, struct service_job *job,
                                     const char *action, int64_t *out)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        *out = strcmp(action, "approve") == 0 ? (int64_t)product_operation_signers(product, operation) : 1;
    return status;
}

/* The approval that still lacks signatures, and whose it has. Returns: NOT_FOUND when none was begun. */
static enum status load_begun(struct service_context *context, const char *order_id, struct signers *out,
                              struct failure *failure)
{
    struct store_decision open;
    enum status status = store_decision_load_open(context->store, order_id, &open, failure);
    if (status != STATUS_OK)
        return status;
    if (open.state != STORE_DECISION_COLLECTING || strcmp(open.action, "approve") != 0)
        return STATUS_NOT_FOUND;
    (void)memcpy(out->decision_id, open.id, sizeof(out->decision_id));
    return store_decision_signers(context->store, open.id, out->signer, SIGNERS_MAX, &out->count, failure);
}

static struct signers *signers_new(void)
{
    struct signers *signers = calloc(1, sizeof(*signers));
    check(signers != NULL);
    return signers;
}

/* Whether this clerk may sign the stage that comes next: of its role, and not one who has signed. */
static enum status may_sign(struct service_context *context, const struct signers *signers,
                            const struct product_stage *stage, bool *out, struct failure *failure)
{
    struct store_clerk clerk;
    const char *name = service_desk_clerk(context);
    *out = true;
    for (size_t i = 0; i < signers->count; i++)
        *out = *out && strcmp(signers->signer[i].name, name) != 0;
    if (stage == NULL || stage->role == PRODUCT_STAGE_ROLE_ANY)
        return STATUS_OK;
    enum status status = store_clerk_load(context->store, name, &clerk, failure);
    *out = *out && status == STATUS_OK &&
           strcmp(store_clerk_role_name(clerk.role), product_stage_role_name(stage->role)) == 0;
    return status;
}

static void add_names(const struct signers *signers, struct service_case *out)
{
    size_t used = 0;
    for (size_t i = 0; i < signers->count && used < sizeof(out->signed_by); i++)
        used += (size_t)snprintf(out->signed_by + used, sizeof(out->signed_by) - used, "%s%s",
                                 i == 0 ? "" : "、", signers->signer[i].name);
}

enum status service_signers_fill(struct service_context *context, const struct service_visit *visit,
                                 struct service_case *out, struct failure *failure)
{
    struct signers *signers = signers_new();
    bool may = false;
    out->signers = product_operation_signers(visit->product, visit->operation);
    enum status status = load_begun(context, out->order.id, signers, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
        const struct product_stage *stage =
            product_operation_stage(visit->product, visit->operation, signers->count);
        out->signatures = (unsigned)signers->count;
        (void)text_copy(out->stage, sizeof(out->stage), stage == NULL ? "" : stage->label);
        add_names(signers, out);
        status = may_sign(context, signers, stage, &may, failure);
        out->is_barred = status == STATUS_OK && !may;
    }
    free(signers);
    return status;
}

enum status service_signers_check(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    bool may = false;
    struct signers *signers = signers_new();
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        status = load_begun(context, order.id, signers, &job->failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = may_sign(context, signers, product_operation_stage(product, operation, signers->count), &may,
                          &job->failure);
    free(signers);
    return status == STATUS_OK && !may ? service_job_refuse(job, SERVICE_REASON_STAGE_OTHER, 0) : status;
}

enum status service_signers_drop(struct service_context *context, struct service_job *job)
{
    struct signers *signers = signers_new();
    enum status status = load_begun(context, job->request.order_id, signers, &job->failure);
    if (status == STATUS_OK)
        status = store_decision_withdraw(context->store, signers->decision_id, service_desk_clerk(context),
                                         &job->failure);
    free(signers);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

bool service_signers_is_collecting(struct service_context *context, const char *decision_id)
{
    struct store_decision decision;
    return store_decision_load(context->store, decision_id, &decision, NULL) == STATUS_OK &&
           decision.state == STORE_DECISION_COLLECTING;
}
