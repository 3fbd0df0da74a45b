#include "kiosk/services/service_subject.h"

#include <string.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_subject.h"

bool service_subject_is_needed(const struct product_operation *operation)
{
    return order_steps_has(&operation->steps, ORDER_STEP_KEY) ||
           order_steps_has(&operation->steps, ORDER_STEP_ACT);
}

/* What is known so far, empty when nothing is. */
static enum status load(struct service_context *context, const char *order_id, struct store_subject *out,
                        struct failure *failure)
{
    *out = (struct store_subject){0};
    enum status status = store_subject_load(context->store, order_id, out, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_subject_match(struct service_context *context, const char *order_id,
                                  const char *request_id, struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order_id, &subject, failure);
    if (status == STATUS_OK && subject.request_id[0] != 0 && strcmp(subject.request_id, request_id) != 0)
        status = STATUS_CONFLICT;
    return status;
}

enum status service_subject_keep(struct service_context *context, const struct order *order,
                                 const char *request_id, struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order->id, &subject, failure);
    if (status == STATUS_OK)
        status = store_subject_put(context->store, order->id, request_id, subject.reason, failure);
    if (status == STATUS_OK)
        status = store_audit_append(context->store,
                                    &(struct store_audit_entry){.action = "order.subject",
                                                                .subject = order->acceptance,
                                                                .detail = request_id},
                                    failure);
    return status;
}

enum status service_subject_load(struct service_context *context, const char *order_id,
                                 struct store_certificate *out, struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order_id, &subject, failure);
    if (status == STATUS_OK && subject.request_id[0] == 0)
        return STATUS_NOT_FOUND;
    return status == STATUS_OK ? store_certificate_load(context->store, subject.request_id, out, failure)
                               : status;
}
