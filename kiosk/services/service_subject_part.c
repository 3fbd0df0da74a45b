#include "kiosk/services/service_subject_part.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_order.h"

enum { ORDERS_MAX = 32, CERTIFICATES_MAX = 32 };

/* The attributes whose fields the form asks for. */
static enum status part_of(const struct service_visit *visit, const struct form_values *values,
                           struct subject *out)
{
    const struct form *form = product_operation_form(visit->product, visit->operation);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < visit->product->subject_count && status == STATUS_OK; i++) {
        struct buf value;
        enum subject_attribute attribute;
        buf_init(&value, LIMIT_FIELD_BYTES);
        status = subject_attribute_from_name(visit->product->subjects[i].name, &attribute);
        if (status == STATUS_OK)
            status = form_fill(form, values, visit->product->subjects[i].pattern, &value);
        if (status == STATUS_OK && value.length > 0)
            status = subject_add(out, attribute, (const char *)value.data);
        if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
        buf_wipe(&value);
    }
    return status;
}

static bool is_part(const struct subject *part, const struct subject *whole)
{
    for (size_t i = 0; i < part->count; i++) {
        const char *value = subject_value(whole, part->items[i].attribute);
        if (value == NULL || strcmp(value, part->items[i].value) != 0)
            return false;
    }
    return true;
}

static enum status fits(struct service_context *context, const struct store_certificate *certificate,
                        const struct subject *part, bool *out, struct failure *failure)
{
    struct subject *whole = calloc(1, sizeof(*whole));
    check(whole != NULL);
    enum status status = service_subject_named(context, certificate, whole, failure);
    *out = status == STATUS_OK && is_part(part, whole);
    secret_wipe_bytes(whole, sizeof(*whole));
    free(whole);
    return status;
}

/* The live certificates of one order. A second one that fits is CONFLICT. */
static enum status search_order(struct service_context *context, const struct order *order,
                                const struct subject *part, char found[STORE_ID_BYTES],
                                struct failure *failure)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    enum status status =
        store_certificate_list(context->store, order->id, rows, CERTIFICATES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool is_it = false;
        if (rows[i].state != STORE_CERTIFICATE_CONFIRMED && rows[i].state != STORE_CERTIFICATE_HELD)
            continue;
        status = fits(context, &rows[i], part, &is_it, failure);
        if (status == STATUS_OK && is_it && found[0] != 0 && strcmp(found, rows[i].request_id) != 0)
            status = STATUS_CONFLICT;
        if (status == STATUS_OK && is_it)
            (void)memcpy(found, rows[i].request_id, STORE_ID_BYTES);
    }
    return status;
}

/* The orders of this product that can be found by this value. */
static enum status search(struct service_context *context, struct service_job *job,
                          const struct service_visit *visit, const struct subject *part,
                          enum store_order_lookup lookup, const char *value, char found[STORE_ID_BYTES])
{
    struct order orders[ORDERS_MAX];
    size_t count = 0;
    const struct store_order_filter filter = {
        .by_lookup = true, .lookup = lookup, .lookup_value = value, .newest_first = true};
    enum status status =
        *value == 0 ? STATUS_OK
                    : store_order_list(context->store, &filter, orders, ORDERS_MAX, &count, &job->failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (strcmp(orders[i].product, visit->order.product) == 0)
            status = search_order(context, &orders[i], part, found, &job->failure);
    return status;
}

enum status service_subject_settle_part(struct service_context *context, struct service_job *job,
                                        const struct service_visit *visit, const struct form_values *values)
{
    const struct form *form = product_operation_form(visit->product, visit->operation);
    const char *field = service_load_field(form, values, FORM_SUBJECT_AGENT, FORM_KIND_RESIDENT_ID);
    char found[STORE_ID_BYTES] = "";
    struct store_certificate certificate;
    struct subject *part = calloc(1, sizeof(*part));
    check(part != NULL);
    enum status status = part_of(visit, values, part);
    if (status == STATUS_OK)
        status = search(context, job, visit, part, STORE_ORDER_LOOKUP_PHONE, job->request.phone, found);
    if (status == STATUS_OK && field != NULL)
        status = search(context, job, visit, part, STORE_ORDER_LOOKUP_ID_NUMBER,
                        form_value(form, values, field), found);
    secret_wipe_bytes(part, sizeof(*part));
    free(part);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CERTIFICATES_MANY, 0);
    if (status == STATUS_OK && found[0] == 0)
        return service_job_refuse(job, SERVICE_REASON_NO_CERTIFICATE, 0);
    if (status == STATUS_OK)
        status = store_certificate_load(context->store, found, &certificate, &job->failure);
    if (status == STATUS_OK)
        status = service_subject_admit(context, job, visit->product, visit->operation, visit->wish.years,
                                       &certificate);
    return status == STATUS_OK ? service_subject_keep(context, &visit->order, found, &job->failure) : status;
}
