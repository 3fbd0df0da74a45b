#include "kiosk/services/service_binding.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_unit.h"

enum { HELD_MAX = 64 };

/* A conflict would end the change around it, so that it is looked up before. */
static enum status bind(struct service_context *context, const char *unit_id, const char *zone,
                        struct failure *failure)
{
    struct store_holding held[HELD_MAX];
    struct store_holding binding = {.kind = STORE_HOLDING_ZONE};
    size_t count = 0;
    enum status status = store_holding_list(context->store, unit_id, false, held, HELD_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (held[i].kind == STORE_HOLDING_ZONE && strcmp(held[i].text, zone) == 0)
            return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (count == HELD_MAX) { /* no reason to keep a key from its holder */
        log_warn("binding", "unit %s holds too much to be bound", unit_id);
        return STATUS_OK;
    }
    (void)text_copy(binding.unit_id, sizeof(binding.unit_id), unit_id);
    (void)text_copy(binding.text, sizeof(binding.text), zone);
    return store_holding_add(context->store, &binding, NULL, failure);
}

enum status service_binding_make(struct service_context *context, const struct order *order,
                                 struct failure *failure)
{
    struct store_unit unit;
    char name[SERVICE_TEXT_BYTES], credit_code[SERVICE_TEXT_BYTES];
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    if (product == NULL || product->binding_zone[0] == 0)
        return STATUS_OK;
    enum status status = service_load_unit(context, order, name, sizeof(name));
    if (status == STATUS_OK)
        status = service_load_credit_code(context, order, credit_code, sizeof(credit_code));
    if (status != STATUS_OK || credit_code[0] == 0)
        return status;
    status = store_unit_keep(context->store, credit_code, name, NULL, &unit, failure);
    return status == STATUS_OK ? bind(context, unit.id, product->binding_zone, failure) : status;
}
