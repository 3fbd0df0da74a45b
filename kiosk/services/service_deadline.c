#include "kiosk/services/service_deadline.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_term.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_revocation.h"

enum { ORDERS_AT_ONCE = 64, HOUR_S = 3600 };

struct deadlines {
    struct service_context *context;
    struct service_certificate_deadline *out;
    size_t count;
};

/* What has no hours comes after everything that has. */
static int compare(const void *left, const void *right)
{
    const struct service_certificate_deadline *one = left;
    const struct service_certificate_deadline *other = right;
    if ((one->due_utc_s == 0) != (other->due_utc_s == 0))
        return one->due_utc_s == 0 ? 1 : -1;
    return (one->due_utc_s > other->due_utc_s) - (one->due_utc_s < other->due_utc_s);
}

/* Of more than there is room for the first due stay. */
static struct service_certificate_deadline *find_room(struct deadlines *list)
{
    if (list->count < SERVICE_CERTIFICATE_DEADLINES_MAX)
        return &list->out[list->count++];
    struct service_certificate_deadline *last = list->out;
    for (size_t i = 1; i < list->count; i++)
        if (compare(&list->out[i], last) > 0)
            last = &list->out[i];
    return last;
}

static void add(struct deadlines *list, const struct order *order, bool by_authority, int64_t approved_utc_s,
                unsigned hours)
{
    struct service_certificate_deadline line = {
        .order = *order,
        .by_authority = by_authority,
        .approved_utc_s = approved_utc_s,
        .due_utc_s = hours == 0 ? 0 : approved_utc_s + (int64_t)hours * HOUR_S};
    struct service_certificate_deadline *room = find_room(list);
    if (list->count == SERVICE_CERTIFICATE_DEADLINES_MAX && room->order.id[0] != 0 &&
        compare(&line, room) > 0)
        return;
    (void)!service_load_unit(list->context, order, line.unit, sizeof(line.unit));
    *room = line;
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

/* Unpaid orders may lie there in any number, so the list is read to its end. */
static enum status add_orders_of(struct deadlines *list, const char *product_id, struct order *orders,
                                 struct failure *failure)
{
    static const enum order_state approved[] = {ORDER_STATE_PAYING, ORDER_STATE_ISSUING, ORDER_STATE_ACTING};
    struct store_order_filter filter = {
        .states = approved, .states_count = sizeof(approved) / sizeof(approved[0]), .product = product_id};
    enum status status = STATUS_OK;
    size_t count = ORDERS_AT_ONCE;
    for (; status == STATUS_OK && count == ORDERS_AT_ONCE; filter.offset += ORDERS_AT_ONCE) {
        status = store_order_list(list->context->store, &filter, orders, ORDERS_AT_ONCE, &count, failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = add_order(list, &orders[i], failure);
    }
    return status;
}

static bool has_deadlines(const struct product *product)
{
    for (size_t i = 0; i < product->operation_count; i++)
        if (product->operations[i].done_hours > 0)
            return true;
    return false;
}

static enum status add_orders(struct deadlines *list, struct failure *failure)
{
    const struct catalogue *catalogue = list->context->settings->catalogue;
    struct order *orders = calloc(ORDERS_AT_ONCE, sizeof(*orders));
    enum status status = STATUS_OK;
    check(orders != NULL);
    for (size_t i = 0; i < catalogue->count && status == STATUS_OK; i++)
        if (has_deadlines(catalogue->products[i]))
            status = add_orders_of(list, catalogue->products[i]->id, orders, failure);
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
