#include "kiosk/services/service_supersede.h"

#include "kiosk/services/service_change.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_key.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_order.h"

static bool is_live(const struct store_certificate *certificate)
{
    return certificate->state == STORE_CERTIFICATE_CONFIRMED || certificate->state == STORE_CERTIFICATE_HELD;
}

/* Whether the order makes a certificate, so that the one it is about is replaced. */
static bool makes_certificate(struct service_context *context, const struct order *order)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    return service_product_of(context, order, &product, &operation) == STATUS_OK &&
           order_steps_has(&operation->steps, ORDER_STEP_ISSUE);
}

enum status service_supersede_is_of(struct service_context *context, const char *order_id, bool *out,
                                    struct failure *failure)
{
    struct order order;
    enum status status = store_order_load(context->store, order_id, &order, failure);
    *out = status == STATUS_OK && makes_certificate(context, &order);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_supersede_begin(struct service_context *context, const struct order *order,
                                    struct failure *failure)
{
    char intention[STORE_ID_BYTES];
    struct store_certificate old;
    if ((order->state != ORDER_STATE_COLLECTING && order->state != ORDER_STATE_DONE) ||
        !makes_certificate(context, order))
        return STATUS_OK;
    enum status status = service_subject_load(context, order->id, &old, failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !is_live(&old)))
        return STATUS_OK;
    return status == STATUS_OK
               ? service_intention_begin(context, order->id, STORE_INTENTION_REVOKE_CERTIFICATE,
                                         old.request_id, intention, failure)
               : status;
}

static enum status end(struct service_context *context, const struct store_certificate *old,
                       const char *intention, struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    if (is_live(old))
        status = store_certificate_step(context->store, old->request_id, old->state,
                                        STORE_CERTIFICATE_REVOKED, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, "superseded", failure);
    return store_end(context->store, status, failure);
}

static enum status withdraw(struct service_context *context, const char *order_id,
                            const struct store_certificate *old, struct failure *failure)
{
    enum authority_reason reason = AUTHORITY_REASON_SUPERSEDED;
    enum status status =
        service_change_reason(context, order_id, AUTHORITY_REASON_SUPERSEDED, &reason, failure);
    if (status == STATUS_OK)
        status = service_key_open(context, failure);
    return status == STATUS_OK ? authority_revoke(context->drivers.authority, old->serial, reason, failure)
                               : status;
}

enum status service_supersede_carry_out(struct service_context *context, const char *order_id,
                                        struct failure *failure)
{
    char intention[STORE_ID_BYTES];
    struct order order;
    struct store_certificate old;
    enum status status = store_order_load(context->store, order_id, &order, failure);
    if (status == STATUS_OK && !makes_certificate(context, &order))
        return STATUS_OK;
    if (status == STATUS_OK)
        status = service_subject_load(context, order_id, &old, failure);
    if (status == STATUS_OK)
        status = service_intention_find(context, order_id, STORE_INTENTION_REVOKE_CERTIFICATE, old.request_id,
                                        intention, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    if (is_live(&old))
        status = withdraw(context, order_id, &old, failure);
    return status == STATUS_OK ? end(context, &old, intention, failure) : status;
}
