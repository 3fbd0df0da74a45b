#include "kiosk/services/service_attention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_presence.h"

enum { ROWS_MAX = 2 * SERVICE_TERMINALS_MAX, DEAD_AFTER_S = 8, DECISIONS_MAX = 32 };

static const char kind_name[] = "desk";

enum status service_attention_tell(struct service_context *context, const char *order_id, size_t seen,
                                   struct failure *failure)
{
    struct store_presence presence = {.devices = "{}"};
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    (void)text_copy(presence.kind, sizeof(presence.kind), kind_name);
    (void)text_copy(presence.order_id, sizeof(presence.order_id), order_id);
    (void)snprintf(presence.field, sizeof(presence.field), "%zu", seen);
    return status == STATUS_OK ? store_presence_put(store, &presence, failure) : status;
}

static bool has_open(const struct store_presence *row, const char *order_id, int64_t now_utc_s)
{
    return strcmp(row->kind, kind_name) == 0 && strcmp(row->order_id, order_id) == 0 &&
           now_utc_s - row->heartbeat_utc_s <= DEAD_AFTER_S;
}

static enum status read_desks(struct service_context *context, const char *order_id,
                              struct service_attention *out, struct failure *failure)
{
    struct store_presence rows[ROWS_MAX];
    size_t count = 0;
    enum status status = store_presence_list(context->store, rows, ROWS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (!has_open(&rows[i], order_id, service_now_utc_s(context)))
            continue;
        size_t seen = (size_t)strtoul(rows[i].field, NULL, 10);
        out->is_open = true;
        out->seen = seen > out->seen ? seen : out->seen;
    }
    return status;
}

/* The queue is worked off oldest first. */
static enum status read_queue(struct service_context *context, const struct order *order,
                              struct service_attention *out, struct failure *failure)
{
    struct order waiting[SERVICE_QUEUE_MAX];
    const struct store_order_filter filter = {.states = &order->state, .states_count = 1};
    size_t count = 0;
    enum status status =
        store_order_list(context->store, &filter, waiting, SERVICE_QUEUE_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        out->ahead += waiting[i].updated_utc_s < order->updated_utc_s;
    return status;
}

/* How often the person was refused, so that a screen tells a new refusal from one that was read. */
static enum status count_refusals(struct service_context *context, const struct order *order,
                                  struct service_attention *out, struct failure *failure)
{
    struct store_decision *all = calloc(DECISIONS_MAX, sizeof(*all));
    size_t count = 0;
    check(all != NULL);
    enum status status =
        store_decision_list_order(context->store, order->id, all, DECISIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        out->refusals += strcmp(all[i].action, "identify-refuse") == 0;
    free(all);
    return status;
}

enum status service_attention_load(struct service_context *context, const struct order *order,
                                   struct service_attention *out, struct failure *failure)
{
    struct service_attention found = {0};
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    bool waits = order->state == ORDER_STATE_IDENTIFYING || order->state == ORDER_STATE_REVIEWING;
    if (status == STATUS_OK && waits)
        status = read_desks(context, order->id, &found, failure);
    if (status == STATUS_OK && waits)
        status = read_queue(context, order, &found, failure);
    if (status == STATUS_OK && order->state == ORDER_STATE_IDENTIFYING)
        status = count_refusals(context, order, &found, failure);
    if (status == STATUS_OK)
        *out = found;
    return status;
}
