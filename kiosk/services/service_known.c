#include "kiosk/services/service_known.h"

#include <string.h>

#include "kiosk/services/service_load.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_source.h"

enum { ORDERS_LOOKED_AT = 8 };

/* --- what may be taken over -------------------------------------------------------------------------- */

static bool is_about_unit(const struct form_field *field)
{
    bool is_subject = field->subject == FORM_SUBJECT_UNIT || field->subject == FORM_SUBJECT_LEGAL ||
                      field->subject == FORM_SUBJECT_INVOICE;
    return is_subject && form_field_is_asked(field) && !field->masked && !field->unique;
}

/* The earlier value of this field, "" for none: of a field that means the same there, and right here. */
static const char *earlier_value(struct service_context *context, const struct form *form,
                                 const struct form_field *field, const struct form *earlier_form,
                                 const struct form_values *earlier)
{
    struct form_error error;
    const struct form_field *there = form_find(earlier_form, field->id);
    if (!is_about_unit(field) || there == NULL || there->kind != field->kind ||
        there->subject != field->subject)
        return "";
    const char *value = form_values_get(earlier, field->id);
    return *value != 0 && form_check(form, earlier, field, service_now_utc_s(context), &error) ? value : "";
}

static enum status put_values(struct service_context *context, const struct order *order,
                              const struct order *source, const struct form_values *earlier, size_t *taken,
                              struct failure *failure)
{
    const struct product *product = NULL, *before = NULL;
    const struct product_operation *operation = NULL, *operation_before = NULL;
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK)
        status = service_product_of(context, source, &before, &operation_before);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* the catalogue no longer has it */
    const struct form *form = product_operation_form(product, operation);
    const struct form *earlier_form = product_operation_form(before, operation_before);
    for (size_t i = 0; form != NULL && earlier_form != NULL && i < form->field_count && status == STATUS_OK;
         i++) {
        const char *value = earlier_value(context, form, &form->fields[i], earlier_form, earlier);
        if (*value == 0)
            continue;
        status = store_field_put(context->store, order->id, form->fields[i].id, value, failure);
        ++*taken;
    }
    return status;
}

static enum status take_over(struct service_context *context, const struct order *order,
                             const struct order *source, size_t *taken, struct failure *failure)
{
    struct form_values earlier;
    form_values_init(&earlier);
    enum status status = store_field_load(context->store, source->id, &earlier, failure);
    if (status == STATUS_OK)
        status = put_values(context, order, source, &earlier, taken, failure);
    if (status == STATUS_OK && *taken > 0)
        status = store_source_put(context->store, order->id, source->id, source->created_utc_s, failure);
    form_values_wipe(&earlier);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* its person is forgotten */
}

/* --- whose ------------------------------------------------------------------------------------------- */

/* The order that made the certificate of the key whose PIN was right, else those of the number, newest first;
 * a form that nobody completed says nothing. */
static enum status list(struct service_context *context, const struct service_request *request,
                        struct order out[ORDERS_LOOKED_AT], size_t *count, struct failure *failure)
{
    static const enum order_state states[] = {
        ORDER_STATE_PRINTING, ORDER_STATE_SCANNING,   ORDER_STATE_IDENTIFYING, ORDER_STATE_REVIEWING,
        ORDER_STATE_REJECTED, ORDER_STATE_PAYING,     ORDER_STATE_ISSUING,     ORDER_STATE_ACTING,
        ORDER_STATE_PIN,      ORDER_STATE_COLLECTING, ORDER_STATE_DONE};
    struct store_order_filter filter = {.states = states,
                                        .states_count = sizeof(states) / sizeof(states[0]),
                                        .by_lookup = true,
                                        .lookup = STORE_ORDER_LOOKUP_PHONE,
                                        .lookup_value = request->phone,
                                        .newest_first = true};
    *count = 0;
    if (request->holder_order_id[0] != 0) {
        *count = 1;
        return store_order_load(context->store, request->holder_order_id, &out[0], failure);
    }
    return request->phone[0] == 0
               ? STATUS_OK
               : store_order_list(context->store, &filter, out, ORDERS_LOOKED_AT, count, failure);
}

enum status service_known_recall(struct service_context *context, struct service_job *job,
                                 const struct order *order)
{
    struct order earlier[ORDERS_LOOKED_AT];
    size_t count = 0, taken = 0;
    enum status status = list(context, &job->request, earlier, &count, &job->failure);
    for (size_t i = 0; i < count && taken == 0 && status == STATUS_OK; i++)
        if (strcmp(earlier[i].id, order->id) != 0)
            status = take_over(context, order, &earlier[i], &taken, &job->failure);
    return status;
}

enum status service_known_visitor(struct service_context *context, struct service_job *job,
                                  const struct order *order)
{
    const struct form *form = product_operation_form(job->request.product, job->request.operation);
    struct form_values acting;
    form_values_init(&acting);
    enum status status = form == NULL ? STATUS_OK : form_tell_agent(form, job->request.wish.agent, &acting);
    for (size_t i = 0; i < acting.count && status == STATUS_OK; i++)
        status = store_field_put(context->store, order->id, acting.value[i].id, acting.value[i].text,
                                 &job->failure);
    const char *field = service_load_field(form, &acting, FORM_SUBJECT_AGENT, FORM_KIND_MOBILE);
    if (status == STATUS_OK && field != NULL && job->request.phone[0] != 0)
        status = store_field_put(context->store, order->id, field, job->request.phone, &job->failure);
    form_values_wipe(&acting);
    return status;
}

enum status service_known_load(struct service_context *context, struct service_visit *visit,
                               struct failure *failure)
{
    struct store_source source;
    enum status status = store_source_load(context->store, visit->order.id, &source, failure);
    visit->known = (struct service_known){0};
    if (status == STATUS_OK)
        visit->known = (struct service_known){.is_asked = source.confirmed_utc_s == 0 &&
                                                          visit->order.state == ORDER_STATE_DRAFT,
                                              .filled_utc_s = source.filled_utc_s};
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* --- what the holder says ---------------------------------------------------------------------------- */

/* What was taken over and stands there unchanged is gone. */
static enum status drop_values(struct service_context *context, const struct order *order,
                               struct failure *failure)
{
    struct store_source source;
    struct form_values earlier, values;
    form_values_init(&earlier);
    form_values_init(&values);
    enum status status = store_source_load(context->store, order->id, &source, failure);
    if (status == STATUS_OK)
        status = store_field_load(context->store, source.source_id, &earlier, failure);
    if (status == STATUS_OK)
        status = store_field_load(context->store, order->id, &values, failure);
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    if (status == STATUS_OK)
        status = service_product_of(context, order, &product, &operation);
    const struct form *form = status == STATUS_OK ? product_operation_form(product, operation) : NULL;
    for (size_t i = 0; form != NULL && i < form->field_count && status == STATUS_OK; i++) {
        const char *id = form->fields[i].id;
        const char *value = form_values_get(&values, id);
        if (is_about_unit(&form->fields[i]) && *value != 0 &&
            strcmp(value, form_values_get(&earlier, id)) == 0)
            status = store_field_put(context->store, order->id, id, "", failure);
    }
    form_values_wipe(&earlier);
    form_values_wipe(&values);
    return status;
}

static enum status settle(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK && order.state != ORDER_STATE_DRAFT)
        status = failure_set(&job->failure, STATUS_BAD_STATE, "known", 0, "the form is closed");
    if (status == STATUS_OK)
        status = store_begin(store, &job->failure);
    if (status != STATUS_OK)
        return status;
    if (!job->request.flag)
        status = drop_values(context, &order, &job->failure);
    if (status == STATUS_OK)
        status = store_source_settle(store, order.id, job->request.flag, &job->failure);
    return store_end(store, status, &job->failure);
}

void service_order_known_run(struct service_context *context, struct service_job *job)
{
    enum status status = settle(context, job);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, true);
    service_job_finish(job, status);
}
