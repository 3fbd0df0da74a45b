#include "kiosk/services/service_subject.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/pki/certificate.h"
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

enum status service_subject_keep_reason(struct service_context *context, const struct order *order,
                                        const char *reason, struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order->id, &subject, failure);
    return status == STATUS_OK
               ? store_subject_put(context->store, order->id, subject.request_id, reason, failure)
               : status;
}

enum status service_subject_reason(struct service_context *context, const char *order_id,
                                   char reason[STORE_NAME_BYTES], struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order_id, &subject, failure);
    if (status == STATUS_OK)
        (void)memcpy(reason, subject.reason, STORE_NAME_BYTES);
    return status;
}

/* --- the form's holder ------------------------------------------------------------------------------- */

/* The subject is the product's templates over the form; an attribute without a value is left out. */
enum status service_subject_wanted(const struct product *product, const struct product_operation *operation,
                                   const struct form_values *values, struct subject *out)
{
    const struct form *form = product_operation_form(product, operation);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < product->subject_count && status == STATUS_OK; i++) {
        struct buf value;
        enum subject_attribute attribute;
        buf_init(&value, LIMIT_FIELD_BYTES);
        status = subject_attribute_from_name(product->subjects[i].name, &attribute);
        if (status == STATUS_OK)
            status = form_fill(form, values, product->subjects[i].pattern, &value);
        if (status == STATUS_OK && value.length > 0)
            status = subject_add(out, attribute, (const char *)value.data);
        buf_wipe(&value);
    }
    return status;
}

static enum status is_named(struct service_context *context, const struct store_certificate *certificate,
                            const struct subject *wanted, bool *same, struct failure *failure)
{
    struct buf der;
    struct subject *named = calloc(1, sizeof(*named));
    check(named != NULL);
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        store_certificate_part(context->store, certificate->request_id, STORE_CERTIFICATE_DER, &der, failure);
    if (status == STATUS_OK)
        status = certificate_subject(bytes_of_buf(&der), named, failure);
    *same = status == STATUS_OK && subject_is_equal(named, wanted);
    buf_wipe(&der);
    secret_wipe_bytes(named, sizeof(*named));
    free(named);
    return status;
}

static enum status find(struct service_context *context, struct service_job *job, const struct order *order,
                        const struct subject *wanted, bool knew_another)
{
    char text[SUBJECT_TEXT_BYTES];
    char request_id[STORE_ID_BYTES];
    enum status status = subject_text(wanted, text, sizeof(text));
    if (status == STATUS_OK)
        status = store_subject_find(context->store, order->product, text, request_id, &job->failure);
    secret_wipe_bytes(text, sizeof(text));
    if (status == STATUS_NOT_FOUND)
        return service_job_refuse(
            job, knew_another ? SERVICE_REASON_SUBJECT_DIFFERS : SERVICE_REASON_NO_CERTIFICATE, 0);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CERTIFICATES_MANY, 0);
    return status == STATUS_OK ? service_subject_keep(context, order, request_id, &job->failure) : status;
}

enum status service_subject_settle(struct service_context *context, struct service_job *job,
                                   const struct service_visit *visit, const struct form_values *values)
{
    struct store_certificate certificate;
    bool same = false;
    if (!order_steps_has(&visit->operation->steps, ORDER_STEP_ACT))
        return STATUS_OK;
    struct subject *wanted = calloc(1, sizeof(*wanted));
    check(wanted != NULL);
    enum status status = service_subject_wanted(visit->product, visit->operation, values, wanted);
    enum status known = service_subject_load(context, visit->order.id, &certificate, &job->failure);
    if (status == STATUS_OK && known == STATUS_OK)
        status = is_named(context, &certificate, wanted, &same, &job->failure);
    if (status == STATUS_OK && known != STATUS_OK && known != STATUS_NOT_FOUND)
        status = known;
    if (status == STATUS_OK && !same)
        status = find(context, job, &visit->order, wanted, known == STATUS_OK);
    secret_wipe_bytes(wanted, sizeof(*wanted));
    free(wanted);
    return status;
}
