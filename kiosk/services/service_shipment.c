#include "kiosk/services/service_shipment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/order/carrier.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_notice.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_shipment.h"

enum { KEYS_MAX = 8, ATTEMPTS_MAX = 32 };

static enum service_shipment_state state_of(enum store_shipment_state state)
{
    switch (state) {
    case STORE_SHIPMENT_WISHED:
        return SERVICE_SHIPMENT_WISHED;
    case STORE_SHIPMENT_MADE:
        return SERVICE_SHIPMENT_MADE;
    case STORE_SHIPMENT_SENT:
        return SERVICE_SHIPMENT_SENT;
    case STORE_SHIPMENT_STATE_COUNT_:
        break;
    }
    return SERVICE_SHIPMENT_NONE;
}

static void fill(const struct store_shipment *row, struct service_shipment *out)
{
    *out = (struct service_shipment){.state = state_of(row->state), .since_utc_s = row->updated_utc_s};
    (void)text_copy(out->carrier, sizeof(out->carrier), row->carrier);
    (void)text_copy(out->tracking, sizeof(out->tracking), row->tracking);
}

static const struct store_payment *find_paid(const struct store_payment *attempts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (attempts[i].state == STORE_PAYMENT_PAID)
            return &attempts[i];
    return NULL;
}

/* The day it leaves follows from when it was paid and from the product's hour. */
static enum status promise(struct service_context *context, const char *order_id,
                           struct service_shipment *out, struct failure *failure)
{
    struct order order;
    struct store_payment attempts[ATTEMPTS_MAX];
    size_t count = 0;
    enum status status = store_order_load(context->store, order_id, &order, failure);
    const struct product *product =
        status == STATUS_OK ? catalogue_find(context->settings->catalogue, order.product) : NULL;
    if (product == NULL || product->pickup_cut_off[0] == 0)
        return status;
    status = store_payment_list(context->store, order_id, attempts, ATTEMPTS_MAX, &count, failure);
    const struct store_payment *paid = find_paid(attempts, count);
    if (status == STATUS_OK && paid != NULL)
        out->leaves_utc_s = calendar_leaves(context->settings->catalogue->calendar, paid->paid_utc_s,
                                            product->pickup_cut_off);
    return status;
}

enum status service_shipment_load(struct service_context *context, const char *order_id,
                                  struct service_shipment *out, struct failure *failure)
{
    struct store_shipment row;
    enum status status = store_shipment_load(context->store, order_id, &row, failure);
    *out = (struct service_shipment){.state = SERVICE_SHIPMENT_NONE};
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    fill(&row, out);
    return row.state == STORE_SHIPMENT_SENT ? STATUS_OK : promise(context, order_id, out, failure);
}

enum status service_shipment_is_wished(struct service_context *context, const char *order_id, bool *out,
                                       struct failure *failure)
{
    struct store_shipment row;
    enum status status = store_shipment_load(context->store, order_id, &row, failure);
    *out = status == STATUS_OK && row.state == STORE_SHIPMENT_WISHED;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

bool service_shipment_must_change(struct service_context *context, const char *order_id,
                                  const struct product *product, const struct secret *pin)
{
    struct store_shipment row;
    struct failure failure = {0};
    if (product == NULL || store_shipment_load(context->store, order_id, &row, NULL) != STATUS_OK ||
        !row.must_change)
        return false;
    if (secret_is_equal(pin->bytes, pin->length, product->pin_default, strlen(product->pin_default)))
        return true;
    enum status status = store_shipment_changed(context->store, order_id, &failure);
    if (status != STATUS_OK) /* told again at the next login */
        log_failure("shipment", "noting that a PIN was changed elsewhere", status, &failure);
    return false;
}

/* --- wished for, at the terminal ----------------------------------------------------------------------- */

/* Before it is paid, or paid and no key begun: then somebody else can make it. */
static enum status check_wish(struct service_context *context, const struct order *order,
                              struct failure *failure)
{
    struct store_key keys[KEYS_MAX];
    size_t count = 0;
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    if (product == NULL || product->pickup_address_count == 0 ||
        (order->state != ORDER_STATE_PAYING && order->state != ORDER_STATE_ISSUING))
        return failure_set(failure, STATUS_BAD_STATE, "shipment", 0, "nothing to be sent now");
    enum status status = store_key_list_order(context->store, order->id, keys, KEYS_MAX, &count, failure);
    return status == STATUS_OK && count > 0
               ? failure_set(failure, STATUS_BAD_STATE, "shipment", 0, "its key was begun")
               : status;
}

static enum status wish(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = check_wish(context, &order, &job->failure);
    if (status == STATUS_OK)
        status = job->request.flag ? store_shipment_wish(store, order.id, &job->failure)
                                   : store_shipment_forget(store, order.id, &job->failure);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, order.id, false);
    return status;
}

void service_shipment_wish_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, wish(context, job));
}

/* --- at the desk --------------------------------------------------------------------------------------- */

/* One line of address out of the fields the product names. */
static void write_address(const struct product *product, const struct form_values *values,
                          struct service_parcel *out)
{
    size_t used = 0;
    (void)text_copy(out->receiver, sizeof(out->receiver), form_values_get(values, product->pickup_receiver));
    (void)text_copy(out->phone, sizeof(out->phone), form_values_get(values, product->pickup_phone));
    for (size_t i = 0; i < product->pickup_address_count && used < sizeof(out->address); i++)
        used += (size_t)snprintf(out->address + used, sizeof(out->address) - used, "%s%s", i == 0 ? "" : " ",
                                 form_values_get(values, product->pickup_address[i]));
}

static enum status fill_parcel(struct service_context *context, const struct store_shipment *row,
                               struct service_parcel *out, struct failure *failure)
{
    struct form_values values;
    form_values_init(&values);
    *out = (struct service_parcel){0};
    fill(row, &out->shipment);
    if (row->state != STORE_SHIPMENT_SENT)
        (void)!promise(context, row->order_id, &out->shipment, failure); /* the parcel is listed without */
    enum status status = store_order_load(context->store, row->order_id, &out->order, failure);
    const struct product *product =
        status == STATUS_OK ? catalogue_find(context->settings->catalogue, out->order.product) : NULL;
    if (status == STATUS_OK && product != NULL)
        status = store_field_load(context->store, row->order_id, &values, failure);
    if (status == STATUS_OK && product != NULL)
        write_address(product, &values, out);
    if (status == STATUS_OK)
        (void)!service_load_unit(context, &out->order, out->unit, sizeof(out->unit));
    form_values_wipe(&values);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* the person is forgotten */
}

static void fill_notice(struct service_context *context, const struct store_notice *row,
                        struct service_notice *out)
{
    struct order order;
    *out = (struct service_notice){.tries = row->tries,
                                   .since_utc_s = row->created_utc_s,
                                   .may_try = row->state != STORE_NOTICE_WAITING};
    (void)text_copy(out->id, sizeof(out->id), row->id);
    (void)text_copy(out->kind, sizeof(out->kind), store_notice_kind_name(row->kind));
    (void)text_copy(out->state, sizeof(out->state), store_notice_state_name(row->state));
    (void)text_copy(out->reason, sizeof(out->reason), row->reason);
    if (store_order_load(context->store, row->order_id, &order, NULL) == STATUS_OK)
        (void)text_copy(out->acceptance, sizeof(out->acceptance), order.acceptance);
}

static enum status list_notices(struct service_context *context, struct service_desk *desk,
                                struct failure *failure)
{
    struct store_notice rows[SERVICE_PARCELS_MAX];
    enum status status =
        store_notice_list_failed(context->store, rows, SERVICE_PARCELS_MAX, &desk->notice_count, failure);
    for (size_t i = 0; i < desk->notice_count && status == STATUS_OK; i++)
        fill_notice(context, &rows[i], &desk->notices[i]);
    return status;
}

static enum status list(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_shipment rows[SERVICE_PARCELS_MAX];
    size_t count = 0;
    struct service_desk *desk = &service_job_patch(job)->desk;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_shipment_list(store, rows, SERVICE_PARCELS_MAX, &count, &job->failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = fill_parcel(context, &rows[i], &desk->parcels[i], &job->failure);
    desk->parcel_count = count;
    if (status == STATUS_OK)
        status = list_notices(context, desk, &job->failure);
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_PARCELS;
    return status;
}

void service_desk_parcels_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? list(context, job) : STATUS_BAD_STATE);
}

/* The number stands, the order is done and its holder told, in one change. */
static enum status send_inside(struct service_context *context, const char *order_id, enum carrier carrier,
                               const char *number, struct failure *failure)
{
    struct order order;
    enum status status = store_shipment_send(context->store, order_id, carrier_name(carrier), number,
                                             service_desk_clerk(context), failure);
    if (status == STATUS_OK)
        status = service_step(context, order_id, ORDER_EVENT_TAKEN, &order, failure);
    if (status == STATUS_OK)
        status = service_notice_add(context, &order, STORE_NOTICE_SHIPPED, "1", failure);
    return status;
}

static enum status send(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum carrier carrier;
    char number[CARRIER_NUMBER_BYTES];
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = carrier_find(job->request.more, &carrier);
    if (status == STATUS_OK && carrier_number(carrier, job->request.text, number) != STATUS_OK)
        status = service_job_refuse(job, SERVICE_REASON_TRACKING, 0);
    if (status == STATUS_OK)
        status = store_begin(store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(store, send_inside(context, job->request.order_id, carrier, number, &job->failure),
                       &job->failure);
    if (status == STATUS_CONFLICT || status == STATUS_BAD_STATE)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? list(context, job) : status;
}

void service_desk_send_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? send(context, job) : STATUS_BAD_STATE);
}

static enum status send_again(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_notice_again(store, job->request.text, service_desk_clerk(context), &job->failure);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? list(context, job) : status;
}

void service_desk_notice_again_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? send_again(context, job) : STATUS_BAD_STATE);
}
