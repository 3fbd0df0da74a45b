#include "kiosk/services/service_identity.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_audit.h"

static bool takes(const struct product_operation *operation, enum product_identity way)
{
    for (size_t i = 0; i < operation->identity_count; i++)
        if (operation->identity[i] == way)
            return true;
    return false;
}

static enum status read_names(struct service_context *context, const struct order *order,
                              const struct product *product, const struct product_operation *operation,
                              struct service_identity *out, struct failure *failure)
{
    struct form_values values;
    const struct form *form = product_operation_form(product, operation);
    form_values_init(&values);
    const char *name = "", *number = "";
    enum status status = service_load_values(context, order->id, &values, failure);
    product_operation_person(product, operation, &values, &name, &number);
    if (status == STATUS_OK)
        status = form_normalise(FORM_KIND_NAME, form_value(form, &values, name), &out->name);
    if (status == STATUS_OK)
        status = form_normalise(FORM_KIND_RESIDENT_ID, form_value(form, &values, number), &out->number);
    form_values_wipe(&values);
    return status;
}

enum status service_identity_load(struct service_context *context, const char *order_id,
                                  enum product_identity way, struct service_identity *out,
                                  struct failure *failure)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    buf_init(&out->name, LIMIT_FIELD_BYTES);
    buf_init(&out->number, LIMIT_FIELD_BYTES);
    (void)memcpy(out->order_id, order_id, sizeof(out->order_id));
    enum status status = service_step_allowed(context, order_id, ORDER_EVENT_IDENTIFIED, &order, failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK && !takes(operation, way))
        status = failure_set(failure, STATUS_BAD_STATE, "identity", 0, "%s is not taken",
                             product_identity_name(way));
    return status == STATUS_OK ? read_names(context, &order, product, operation, out, failure) : status;
}

void service_identity_forget(struct service_identity *identity)
{
    buf_wipe(&identity->name);
    buf_wipe(&identity->number);
}

static bool is_same(enum form_kind kind, const struct buf *expected, const char *text)
{
    struct buf folded;
    buf_init(&folded, LIMIT_FIELD_BYTES);
    bool same = expected->length > 0 && form_normalise(kind, text, &folded) == STATUS_OK &&
                folded.length == expected->length &&
                memcmp(folded.data, expected->data, expected->length) == 0;
    buf_wipe(&folded);
    return same;
}

bool service_identity_is(const struct service_identity *identity, const char *name, const char *number)
{
    return is_same(FORM_KIND_NAME, &identity->name, name) &&
           is_same(FORM_KIND_RESIDENT_ID, &identity->number, number);
}

/* The number is kept as its keyed hash only. */
static enum status record(struct service_context *context, const struct service_identity *identity,
                          const char *action, const char *detail, struct failure *failure)
{
    return store_audit_append(context->store,
                              &(struct store_audit_entry){.action = action,
                                                          .subject = identity->order_id,
                                                          .detail = detail,
                                                          .value = identity->number.data,
                                                          .value_length = identity->number.length},
                              failure);
}

enum status service_identity_pass(struct service_context *context, const struct service_identity *identity,
                                  enum product_identity way, const char *intention, struct failure *failure)
{
    struct order order;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = service_step(context, identity->order_id, ORDER_EVENT_IDENTIFIED, &order, failure);
    if (status == STATUS_OK)
        status = record(context, identity, "proof.passed", product_identity_name(way), failure);
    if (status == STATUS_OK && intention[0] != 0)
        status = service_intention_end(context, intention, true, "passed", failure);
    return store_end(context->store, status, failure);
}

void service_identity_refuse(struct service_context *context, const struct service_identity *identity,
                             enum product_identity way, const char *why)
{
    struct failure failure = {0};
    char detail[64];
    (void)snprintf(detail, sizeof(detail), "%s %s", product_identity_name(way), why);
    enum status status = record(context, identity, "proof.refused", detail, &failure);
    if (status != STATUS_OK)
        log_failure("services", "recording an identity refused", status, &failure);
}

void service_identity_idle(struct service_context *context)
{
    if (!context->settings->is_desk)
        service_card_watch(context);
    service_phone_watch(context);
}

void service_identity_close(struct service_context *context)
{
    service_card_close(context);
    service_phone_close(context);
}
