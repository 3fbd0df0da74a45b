#include "kiosk/services/service_soft.h"

#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_wish.h"

enum { KEYS_MAX = 32 };

/* --- whether it may ------------------------------------------------------------------------------------ */

bool service_soft_is_allowed(const struct service_context *context, const struct product *product)
{
    return context->settings->is_desk && context->settings->settings->desk_soft_certificate && product->soft;
}

/* A seal has its place in a chip, further keys are chips, and an old key comes back to a chip alone. */
static bool fits(struct service_context *context, const struct order *order,
                 const struct product_operation *operation)
{
    struct store_wish wish = {.quantity = 1};
    struct service_shipment shipment;
    enum status status = store_wish_load(context->store, order->id, &wish, NULL);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return false;
    return !wish.seal && wish.quantity <= 1 && !order_steps_is_on_own_key(&operation->steps) &&
           product_operation_code(operation) != PRODUCT_OPERATION_RECOVER &&
           service_shipment_load(context, order->id, &shipment, NULL) == STATUS_OK &&
           shipment.state == SERVICE_SHIPMENT_NONE;
}

/* No key was begun, or whatever was is given up. */
static bool is_untouched(struct service_context *context, const char *order_id)
{
    struct store_key keys[KEYS_MAX];
    struct store_certificate certificate;
    size_t count = 0;
    bool is_free =
        store_key_list_order(context->store, order_id, keys, KEYS_MAX, &count, NULL) == STATUS_OK &&
        service_issue_certificate(context, order_id, &certificate, NULL) == STATUS_NOT_FOUND;
    for (size_t i = 0; i < count && is_free; i++)
        is_free = keys[i].state == STORE_KEY_FAILED;
    return is_free;
}

/* --- how far it is ------------------------------------------------------------------------------------- */

enum status service_soft_load(struct service_context *context, const char *order_id, struct store_soft *row,
                              struct store_certificate *certificate, struct failure *failure)
{
    enum status status = store_soft_load_order(context->store, order_id, row, failure);
    if (status == STATUS_OK)
        status = store_certificate_load(context->store, row->request_id, certificate, failure);
    bool is_over = status == STATUS_OK && (certificate->state == STORE_CERTIFICATE_REVOKED ||
                                           certificate->state == STORE_CERTIFICATE_REFUSED);
    return is_over ? STATUS_NOT_FOUND : status;
}

bool service_soft_is_open(struct service_context *context, const char *order_id)
{
    struct store_soft row;
    struct store_certificate certificate;
    return service_soft_load(context, order_id, &row, &certificate, NULL) == STATUS_OK;
}

/* Of a product that has them, wherever this runs. */
static enum service_certificate_soft look_at(struct service_context *context, const struct order *order)
{
    struct store_soft row;
    struct store_certificate certificate;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    if (order->state != ORDER_STATE_ISSUING ||
        service_product_of(context, order, &product, &operation) != STATUS_OK || !product->soft)
        return SERVICE_CERTIFICATE_SOFT_NONE;
    enum status status = service_soft_load(context, order->id, &row, &certificate, NULL);
    if (status == STATUS_OK)
        return row.has_key ? SERVICE_CERTIFICATE_SOFT_OPEN : SERVICE_CERTIFICATE_SOFT_WRITTEN;
    return status == STATUS_NOT_FOUND && fits(context, order, operation) && is_untouched(context, order->id)
               ? SERVICE_CERTIFICATE_SOFT_OFFERED
               : SERVICE_CERTIFICATE_SOFT_NONE;
}

enum service_certificate_soft service_soft_look(struct service_context *context, const struct order *order)
{
    bool is_here = context->settings->is_desk && context->settings->settings->desk_soft_certificate;
    return is_here ? look_at(context, order) : SERVICE_CERTIFICATE_SOFT_NONE;
}

bool service_soft_is_offered(struct service_context *context, const struct order *order)
{
    return context->settings->settings->desk_soft_certificate &&
           look_at(context, order) == SERVICE_CERTIFICATE_SOFT_OFFERED;
}

/* --- its end ------------------------------------------------------------------------------------------- */

static enum status step_key(struct service_context *context, const struct store_certificate *certificate,
                            enum store_key_state to, struct failure *failure)
{
    struct store_key key;
    enum status status = store_key_load(context->store, certificate->key_mark, &key, failure);
    return status == STATUS_OK && key.state == STORE_KEY_IN_WORK
               ? store_key_step(context->store, key.mark, STORE_KEY_IN_WORK, to, NULL, failure)
               : status;
}

enum status service_soft_end(struct service_context *context, const struct store_certificate *certificate,
                             struct failure *failure)
{
    struct store_soft row;
    enum status status = store_soft_load(context->store, certificate->request_id, &row, failure);
    if (status == STATUS_OK)
        status = store_soft_drop(context->store, certificate->request_id, failure);
    if (status == STATUS_OK)
        status = step_key(context, certificate, STORE_KEY_FAILED, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_soft_hand_over(struct service_context *context,
                                   const struct store_certificate *certificate, struct order *order,
                                   struct failure *failure)
{
    struct store_soft row;
    enum status status = store_soft_load(context->store, certificate->request_id, &row, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = step_key(context, certificate, STORE_KEY_DELIVERED, failure);
    if (status == STATUS_OK && order->state == ORDER_STATE_PIN)
        status = service_step(context, order->id, ORDER_EVENT_PIN_SET, order, failure);
    if (status == STATUS_OK && order->state == ORDER_STATE_COLLECTING)
        status = service_step(context, order->id, ORDER_EVENT_TAKEN, order, failure);
    return status;
}
