/* 授权码: an order that waits for its key is fetched by whoever holds number and code, at any terminal; the
 * desk makes the code and puts it on paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_paper.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_pickup.h"

enum { DAY_S = 86400, SUBJECT_BYTES = 32 };

/* --- at the terminal --------------------------------------------------------------------------------- */

static enum status explain(struct service_context *context, struct service_job *job,
                           const struct store_pickup_verdict *verdict)
{
    switch (verdict->outcome) {
    case STORE_PICKUP_RIGHT:
        return STATUS_OK;
    case STORE_PICKUP_WRONG:
        return service_job_refuse(job, SERVICE_REASON_PICKUP_WRONG, verdict->tries_left);
    case STORE_PICKUP_EXPIRED:
        return service_job_refuse(job, SERVICE_REASON_PICKUP_OVER, 0);
    case STORE_PICKUP_LOCKED:
        return service_job_refuse(job, SERVICE_REASON_LOCKED,
                                  verdict->until_utc_s - service_now_utc_s(context));
    }
    return STATUS_BAD_STATE;
}

/* From here to the key in the hand the code is good; before there is nothing to fetch, after it nobody may.
 */
static bool waits_for_holder(enum order_state state)
{
    return state == ORDER_STATE_ISSUING || state == ORDER_STATE_PIN || state == ORDER_STATE_COLLECTING;
}

static enum status check_code(struct service_context *context, struct service_job *job, struct order *order)
{
    struct store *store = NULL;
    struct store_pickup_verdict verdict = {0};
    const struct settings *settings = context->settings->settings;
    const struct store_pickup_limits limits = {.tries = (int)settings->pickup_tries,
                                               .lock_s = (int)settings->pickup_lock_s};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_pickup_check(store, job->request.text, &job->request.secret, &limits, &verdict,
                                    &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    if (status == STATUS_OK)
        status = store_order_load(store, verdict.order_id, order, &job->failure);
    if (status == STATUS_OK && !waits_for_holder(order->state))
        status = service_job_refuse(job, SERVICE_REASON_PICKUP_OVER, 0);
    return status;
}

void service_order_pickup_run(struct service_context *context, struct service_job *job)
{
    struct order order;
    enum status status = check_code(context, job, &order);
    if (status == STATUS_OK)
        status = service_order_take(context, job, order.id);
    service_job_finish(job, status);
}

/* --- at the desk ------------------------------------------------------------------------------------- */

static enum status fill(struct service_context *context, const struct order *order, const char *code,
                        const struct store_pickup *pickup, struct service_sheet *sheet,
                        struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    char what[256];
    char day[32] = "";
    char count[24];
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK)
        status = service_sheet_open(sheet, context->settings->settings->paths_assets, "pickup-slip",
                                    service_now_utc_s(context), failure);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(what, sizeof(what), "%s %s", product->name, operation->label);
    (void)snprintf(count, sizeof(count), "%lld", (long long)pickup->number);
    (void)clock_format_hall(pickup->expires_utc_s, "%Y-%m-%d", day, sizeof(day));
    service_sheet_add_product(sheet, product);
    service_sheet_add(sheet, "product", what);
    service_sheet_add(sheet, "acceptance_number", order->acceptance);
    service_sheet_add(sheet, "hall", context->settings->settings->hall_name);
    service_sheet_add(sheet, "valid_until", day);
    service_sheet_add(sheet, "count", count);
    service_sheet_add(sheet, "code", code);
    return STATUS_OK;
}

/* Each slip is another code, so a slip that was lost is never printed again: a fresh one takes its place. */
static enum status print(struct service_context *context, struct service_job *job, const struct order *order,
                         const char *code)
{
    struct store_pickup pickup = {0};
    struct service_sheet sheet = {0};
    char subject[SUBJECT_BYTES];
    char intention[STORE_ID_BYTES] = "";
    enum status status = store_pickup_load(context->store, order->id, &pickup, &job->failure);
    if (status == STATUS_OK)
        status = fill(context, order, code, &pickup, &sheet, &job->failure);
    if (status == STATUS_OK) {
        (void)snprintf(subject, sizeof(subject), "slip-%lld", (long long)pickup.number);
        status = service_intention_begin(context, order->id, STORE_INTENTION_PRINT, subject, intention,
                                         &job->failure);
    }
    if (status == STATUS_OK) {
        status = service_desk_hand_over(context, job, &sheet, intention);
        enum status ended = service_intention_end(context, intention, status == STATUS_OK,
                                                  status_name(status), &job->failure);
        status = status == STATUS_OK ? ended : status;
    }
    job->number = pickup.number;
    service_sheet_release(&sheet);
    return status;
}

/* A code is for an order whose key waits, of a product that hands keys over like this. */
static enum status may_have_code(struct service_context *context, struct service_job *job,
                                 struct order *order)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = store_order_load(context->store, job->request.order_id, order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK &&
        (!product_hands_over(product, PRODUCT_PICKUP_CODE) || order->state != ORDER_STATE_ISSUING))
        status = service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status;
}

void service_desk_slip_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES] = "";
    int64_t life_s = context->settings->settings->pickup_days * DAY_S;
    enum status status = service_desk_has_clerk(context) ? STATUS_OK : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = service_store(context, &store);
    if (status == STATUS_OK)
        status = may_have_code(context, job, &order);
    if (status == STATUS_OK)
        status = service_desk_open_printer(context, &job->failure);
    if (status == STATUS_OK)
        status = store_pickup_new(store, order.id, life_s, service_desk_clerk(context), code, &job->failure);
    if (status == STATUS_OK)
        status = print(context, job, &order, code);
    secret_wipe_bytes(code, sizeof(code));
    service_job_finish(job, status);
}
