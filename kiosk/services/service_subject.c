#include "kiosk/services/service_subject.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_subject_part.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_subject.h"

bool service_subject_is_needed(const struct product_operation *operation)
{
    return !product_operation_is_first(operation) && !product_operation_takes_old_lock(operation);
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

/* --- the day ----------------------------------------------------------------------------------------- */

static enum status admit_renewal(const struct product *product, struct service_job *job, int64_t from_utc_s,
                                 int64_t now_utc_s, int64_t end_utc_s)
{
    if (now_utc_s < from_utc_s)
        return service_job_refuse(job, SERVICE_REASON_RENEWAL_EARLY, from_utc_s);
    if (now_utc_s > end_utc_s && !product->renewal_after_expiry)
        return service_job_refuse(job, SERVICE_REASON_RENEWAL_LATE, end_utc_s);
    return STATUS_OK;
}

enum status service_subject_admit(struct service_context *context, struct service_job *job,
                                  const struct product *product, const struct product_operation *operation,
                                  unsigned years, const struct store_certificate *certificate)
{
    int64_t now_utc_s = service_now_utc_s(context), end_utc_s = certificate->not_after_utc_s;
    enum product_operation_code code = product_operation_code(operation);
    if (code == PRODUCT_OPERATION_RENEW)
        return admit_renewal(product, job, product_term_opens_utc_s(product, operation, years, end_utc_s),
                             now_utc_s, end_utc_s);
    bool needs_live =
        order_steps_is_on_own_key(&operation->steps) ||
        (product_operation_term(operation) == PRODUCT_TERM_KEPT && code != PRODUCT_OPERATION_RECOVER);
    if (needs_live && now_utc_s > end_utc_s)
        return service_job_refuse(job, SERVICE_REASON_RENEWAL_LATE, certificate->not_after_utc_s);
    return STATUS_OK;
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

enum status service_subject_named(struct service_context *context,
                                  const struct store_certificate *certificate, struct subject *out,
                                  struct failure *failure)
{
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        store_certificate_part(context->store, certificate->request_id, STORE_CERTIFICATE_DER, &der, failure);
    if (status == STATUS_OK)
        status = certificate_subject(bytes_of_buf(&der), out, failure);
    buf_wipe(&der);
    return status;
}

static bool is_same_number(const struct subject *left, const struct subject *right)
{
    const char *one = subject_value(left, SUBJECT_SERIAL_NUMBER);
    const char *other = subject_value(right, SUBJECT_SERIAL_NUMBER);
    return one == NULL || other == NULL || strcmp(one, other) == 0;
}

static enum status is_named(struct service_context *context, const struct product_operation *operation,
                            const struct store_certificate *certificate, const struct subject *wanted,
                            bool *same, struct failure *failure)
{
    struct subject *named = calloc(1, sizeof(*named));
    check(named != NULL);
    enum status status = service_subject_named(context, certificate, named, failure);
    *same = status == STATUS_OK &&
            (product_operation_code(operation) == PRODUCT_OPERATION_CHANGE ? is_same_number(named, wanted)
                                                                           : subject_is_equal(named, wanted));
    secret_wipe_bytes(named, sizeof(*named));
    free(named);
    return status;
}

static enum status find(struct service_context *context, struct service_job *job,
                        const struct service_visit *visit, const struct subject *wanted, bool knew_another)
{
    char text[SUBJECT_TEXT_BYTES];
    char request_id[STORE_ID_BYTES];
    struct store_certificate certificate;
    enum status status = subject_text(wanted, text, sizeof(text));
    if (status == STATUS_OK)
        status = store_subject_find(context->store, visit->order.product, text, request_id, &job->failure);
    secret_wipe_bytes(text, sizeof(text));
    if (status == STATUS_NOT_FOUND)
        return service_job_refuse(
            job, knew_another ? SERVICE_REASON_SUBJECT_DIFFERS : SERVICE_REASON_NO_CERTIFICATE, 0);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CERTIFICATES_MANY, 0);
    if (status == STATUS_OK)
        status = store_certificate_load(context->store, request_id, &certificate, &job->failure);
    if (status == STATUS_OK)
        status = service_subject_admit(context, job, visit->product, visit->operation, visit->wish.years,
                                       &certificate);
    return status == STATUS_OK ? service_subject_keep(context, &visit->order, request_id, &job->failure)
                               : status;
}

/* A key that was shown is the order's for good; without one the form may lead to another certificate. */
static enum status settle(struct service_context *context, struct service_job *job,
                          const struct service_visit *visit, const struct subject *wanted)
{
    struct store_certificate certificate;
    bool same = false;
    bool was_shown = order_steps_has(&visit->operation->steps, ORDER_STEP_KEY);
    enum status known = service_subject_load(context, visit->order.id, &certificate, &job->failure);
    if (known != STATUS_OK && known != STATUS_NOT_FOUND)
        return known;
    enum status status = known == STATUS_OK
                             ? is_named(context, visit->operation, &certificate, wanted, &same, &job->failure)
                             : STATUS_OK;
    if (status != STATUS_OK || same)
        return status;
    return was_shown && known == STATUS_OK ? service_job_refuse(job, SERVICE_REASON_SUBJECT_DIFFERS, 0)
                                           : find(context, job, visit, wanted, known == STATUS_OK);
}

/* An application made anew may be of a holder whose certificate is long gone, or was made elsewhere. */
static bool needs_none(const struct product_operation *operation)
{
    return operation->by_papers || product_operation_code(operation) == PRODUCT_OPERATION_REAPPLY;
}

enum status service_subject_is_elsewhere(struct service_context *context, const char *order_id,
                                         const struct product_operation *operation, bool *out,
                                         struct failure *failure)
{
    struct store_subject subject;
    enum status status = load(context, order_id, &subject, failure);
    *out = status == STATUS_OK && operation->by_papers && subject.request_id[0] == 0;
    return status;
}

enum status service_subject_settle(struct service_context *context, struct service_job *job,
                                   const struct service_visit *visit, const struct form_values *values)
{
    if (!service_subject_is_needed(visit->operation) || product_operation_is_fallback(visit->operation))
        return STATUS_OK; /* nothing here is known of the certificate: the clerk compares the papers */
    struct subject *wanted = calloc(1, sizeof(*wanted));
    check(wanted != NULL);
    enum status status = service_subject_wanted(visit->product, visit->operation, values, wanted);
    if (status == STATUS_OK)
        status = settle(context, job, visit, wanted);
    else if (status == STATUS_NOT_FOUND && order_steps_has(&visit->operation->steps, ORDER_STEP_KEY))
        status = STATUS_OK; /* a form that does not ask who the holder is leaves it to the key */
    else if (status == STATUS_NOT_FOUND)
        status = service_subject_settle_part(context, job, visit, values);
    if (job->reason == SERVICE_REASON_NO_CERTIFICATE && needs_none(visit->operation)) {
        job->reason = SERVICE_REASON_NONE;
        status = STATUS_OK;
    }
    secret_wipe_bytes(wanted, sizeof(*wanted));
    free(wanted);
    return status;
}

/* --- the new certificate's holder -------------------------------------------------------------------- */

/* A renewal names its holder as the certificate it renews does, whatever its form asks. */
enum status service_subject_of_request(struct service_context *context, const struct order *order,
                                       const struct product *product,
                                       const struct product_operation *operation,
                                       const struct form_values *values, struct subject *out,
                                       struct failure *failure)
{
    struct store_certificate old;
    if (product_operation_code(operation) != PRODUCT_OPERATION_RENEW)
        return service_subject_wanted(product, operation, values, out);
    enum status status = service_subject_load(context, order->id, &old, failure);
    if (status == STATUS_NOT_FOUND && product_operation_is_fallback(operation))
        return service_subject_wanted(product, operation, values, out);
    return status == STATUS_OK ? service_subject_named(context, &old, out, failure) : status;
}
