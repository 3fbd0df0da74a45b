#include "kiosk/services/service_counts.h"

#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/services/service_mine.h"
#include "kiosk/services/service_soft.h"

/* Counted in the store: the list shows the newest only. */
static enum status count_states(struct service_context *context, struct store_order_filter *filter,
                                bool (*counts)(enum order_state state), int64_t *out, struct failure *failure)
{
    enum order_state states[ORDER_STATE_COUNT_];
    filter->states = states;
    filter->states_count = 0;
    for (unsigned i = 0; i < ORDER_STATE_COUNT_; i++)
        if (counts((enum order_state)i))
            states[filter->states_count++] = (enum order_state)i;
    enum status status = store_order_count(context->store, filter, out, failure);
    filter->states = NULL;
    filter->states_count = 0;
    return status;
}

static bool is_open(enum order_state state)
{
    return !order_state_is_final(state);
}

static bool is_rejected(enum order_state state)
{
    return state == ORDER_STATE_REJECTED;
}

static bool waits_for_money(enum order_state state)
{
    return state == ORDER_STATE_PAYING;
}

static bool waits_for_key(enum order_state state)
{
    return state == ORDER_STATE_ISSUING || state == ORDER_STATE_PIN || state == ORDER_STATE_COLLECTING;
}

enum status service_counts_load(struct service_context *context, struct store_order_filter *filter,
                                struct service_order_counts *out, struct failure *failure)
{
    const struct {
        bool (*counts)(enum order_state state);
        int64_t *out;
    } all[] = {{is_open, &out->open},
               {is_rejected, &out->rejected},
               {waits_for_money, &out->paying},
               {waits_for_key, &out->fetching}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && status == STATUS_OK; i++)
        status = count_states(context, filter, all[i].counts, all[i].out, failure);
    return status;
}

static enum status add_soft(struct service_context *context, const struct order *order, void *argument,
                            struct failure *failure)
{
    struct service_order_counts *out = argument;
    (void)failure;
    out->soft += service_soft_is_offered(context, order);
    return STATUS_OK;
}

enum status service_counts_add_certificates(struct service_context *context, struct service_job *job,
                                            struct service_order_counts *out)
{
    struct service_mine *mine = calloc(1, sizeof(*mine));
    check(mine != NULL);
    out->soft = out->certificates = out->ending = 0;
    enum status status = service_mine_load(context, job, mine);
    for (size_t i = 0; i < mine->count && status == STATUS_OK; i++) {
        enum service_holder_state state = mine->certificates[i].state;
        out->ending += state == SERVICE_HOLDER_SOON;
        out->certificates +=
            state == SERVICE_HOLDER_VALID || state == SERVICE_HOLDER_SOON || state == SERVICE_HOLDER_HELD;
    }
    free(mine);
    return status == STATUS_OK && context->settings->settings->desk_soft_certificate
               ? service_record_each(context, job, add_soft, out)
               : status;
}
