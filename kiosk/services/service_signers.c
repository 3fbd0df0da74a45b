#include "kiosk/services/service_signers.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"

enum { DECISIONS_MAX = 32 };

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

enum status service_signers_fill(struct service_context *context, const struct service_visit *visit,
                                 struct service_case *out, struct failure *failure)
{
    struct store_decision all[DECISIONS_MAX];
    struct store_decision_signer signer;
    size_t count = 0;
    size_t signatures = 0;
    out->signers = product_operation_signers(visit->product, visit->operation);
    if (out->signers < 2)
        return STATUS_OK;
    enum status status =
        store_decision_list_order(context->store, out->order.id, all, DECISIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (all[i].state != STORE_DECISION_COLLECTING || strcmp(all[i].action, "approve") != 0)
            continue;
        status = store_decision_signers(context->store, all[i].id, &signer, 1, &signatures, failure);
        (void)text_copy(out->signed_by, sizeof(out->signed_by), signatures > 0 ? signer.name : "");
    }
    return status;
}

bool service_signers_is_collecting(struct service_context *context, const char *decision_id)
{
    struct store_decision decision;
    return store_decision_load(context->store, decision_id, &decision, NULL) == STATUS_OK &&
           decision.state == STORE_DECISION_COLLECTING;
}
