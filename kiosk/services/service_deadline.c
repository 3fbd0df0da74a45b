#include "kiosk/services/service_deadline.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_term.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_revocation.h"

enum { HOUR_S = 3600 };

struct deadlines {
    struct service_context *context;
    struct service_certificate_deadline *out;
    size_t count;
};

static void add(struct deadlines *list, const struct order *order, bool by_authority, int64_t approved_utc_s,
                unsigned hours)
{
    if (list->count == SERVICE_CERTIFICATE_DEADLINES_MAX)
        return;
    struct service_certificate_deadline *line = &list->out[list->count++];
    *line = (struct service_certificate_deadline){.order = *order,
                                                  .by_authority = by_authority,
                                                  .approved_utc_s = approved_utc_s,
                                                  .due_utc_s = approved_utc_s + (int64_t)hours * HOUR_S};
    (void)!service_load_unit(list->context, order, line->unit, sizeof(line->unit));
}

/* --- asked for by holders ------------------------------------------------------------------------------ */

static enum status add_order(struct deadlines *list, const struct order *order, struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    int64_t approved_utc_s = 0;
    if (service_product_of(list->context, order, &product, &operation) != STATUS_OK ||
        operation->done_hours == 0)
        return STATUS_OK;
    enum status status = service_term_approved(list->context, order->id, &approved_utc_s, failure);
    if (status == STATUS_OK)
        add(list, order, false, approved_utc_s, operation->done_hours);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status add_orders(struct deadlines *list, struct failure *failure)
{
    static const enum order_state approved[] = {ORDER_STATE_PAYING, ORDER_STATE_ISSUING, ORDER_STATE_ACTING};
    const struct store_order_filter filter = {.states = approved,
                                              .states_count = sizeof(approved) / sizeof(approved[0])};
    struct order *orders = calloc(SERVICE_QUEUE_MAX, sizeof(*orders));
    size_t count = 0;
    check(orders != NULL);
    enum status status =
        store_order_list(list->context->store, &filter, orders, SERVICE_QUEUE_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_order(list, &orders[i], failure);
    free(orders);
    return status;
}

/* --- begun by the authority ---------------------------------------------------------------------------- */

/* What the product's own revocation promises holds for the authority, too. */
static unsigned hours_of(const struct service_context *context, const struct order *order)
{
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    for (size_t i = 0; product != NULL && i < product->operation_count; i++)
        if (product_operation_code(&product->operations[i]) == PRODUCT_OPERATION_REVOKE)
            return product->operations[i].done_hours;
    return 0;
}

static enum status add_revocations(struct deadlines *list, struct failure *failure)
{
    struct store_revocation rows[SERVICE_CERTIFICATE_DEADLINES_MAX];
    size_t count = 0;
    enum status status = store_revocation_list(list->context->store, "", rows,
                                               SERVICE_CERTIFICATE_DEADLINES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct order order;
        status = store_order_load(list->context->store, rows[i].order_id, &order, failure);
        if (status == STATUS_OK)
            add(list, &order, true, rows[i].created_utc_s, hours_of(list->context, &order));
    }
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct service_certificate_deadline *one = left;
    const struct service_certificate_deadline *other = right;
    return (one->due_utc_s > other->due_utc_s) - (one->due_utc_s < other->due_utc_s);
}

enum status service_deadline_list(struct service_context *context, struct service_certificate_deadline *out,
                                  size_t *count, struct failure *failure)
{
    struct deadlines list = {.context = context, .out = out};
    enum status status = add_orders(&list, failure);
    if (status == STATUS_OK)
        status = add_revocations(&list, failure);
    qsort(out, list.count, sizeof(*out), compare);
    *count = list.count;
    return status;
}
