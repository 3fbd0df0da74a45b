/* The payment worker's idle round: open codes are asked about at their pace, refunds and watches now and
 * then, what others left is taken over, the gateway is probed. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/services/service_pay.h"

static void report_order(struct service_context *context, const char *order_id)
{
    if (strcmp(order_id, context->visit.order_id) != 0)
        return;
    struct service_job *report = service_job_new(SERVICE_PAY_WATCH);
    (void)memcpy(report->request.order_id, context->visit.order_id, sizeof(report->request.order_id));
    service_pay_end(context, report, STATUS_OK);
    service_report(context, report);
}

static void advance_one(struct service_context *context, const struct store_intention *intention)
{
    struct failure failure = {0};
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES];
    service_intention_argument(intention, "subject", out_trade_no, sizeof(out_trade_no));
    enum status status = service_intention_keep(context, intention, &failure);
    if (status == STATUS_OK)
        status = service_pay_advance(context, intention, out_trade_no, false, &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("payment", "inquiring", status, &failure);
    report_order(context, intention->order_id);
}

static void advance_code(struct service_context *context, const struct store_intention *intention)
{
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES];
    service_intention_argument(intention, "subject", out_trade_no, sizeof(out_trade_no));
    if (intention->kind == STORE_INTENTION_TAKE_PAYMENT &&
        service_pace_may_ask(&service_pay_own(context)->pace, out_trade_no, service_now_ms(context)))
        advance_one(context, intention);
}

/* Refunds and watches over closed codes are in no hurry, and gateways count calls. */
static void advance_other(struct service_context *context, const struct store_intention *intention)
{
    if (intention->kind == STORE_INTENTION_REFUND || intention->kind == STORE_INTENTION_CLOSE_PAYMENT)
        advance_one(context, intention);
}

/* What waits for a key or a person is not given away while this program lives. */
static void keep_one(struct service_context *context, const struct store_intention *intention)
{
    struct failure failure = {0};
    enum status status = service_intention_keep(context, intention, &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("services", "keeping an open intention", status, &failure);
}

/* Taken over for this owner; whoever of its workers handles the kind finds it among its own. */
static void take_over(struct service_context *context)
{
    struct store_intention *taken = calloc(SERVICE_INTENTIONS_MAX, sizeof(*taken));
    size_t count = 0;
    struct failure failure = {0};
    check(taken != NULL);
    enum status status =
        store_intention_take_over(context->store, (int)context->settings->settings->order_lease_s, taken,
                                  SERVICE_INTENTIONS_MAX, &count, &failure);
    if (status != STATUS_OK)
        log_failure("services", "taking over intentions", status, &failure);
    for (size_t i = 0; i < count; i++)
        log_info("services", "took over an open %s", store_intention_kind_name(taken[i].kind));
    free(taken);
}

static void report_gateway(struct service_context *context, bool answers)
{
    struct service_job *report = service_job_new(SERVICE_DEVICES);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_GATEWAY;
    patch->devices.payment = answers ? DEVICE_READY : DEVICE_OFFLINE;
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}

/* Returns: whether the gateway answers. */
static bool probe(struct service_context *context)
{
    struct failure failure = {0};
    struct payment_call call = (struct payment_call){.timeout_ms = SERVICE_PAY_TIMEOUT_MS};
    enum status status = service_pay_open(context, &failure);
    if (status == STATUS_OK)
        status = payment_probe(context->drivers.payment, &call, &failure);
    if (status != STATUS_OK)
        log_failure("payment", "probing the gateway", status, &failure);
    report_gateway(context, status == STATUS_OK);
    return status == STATUS_OK;
}

enum { PROBE_EVERY_MS = 60000, PROBE_AGAIN_MS = 15000 };

void service_payment_idle(struct service_context *context)
{
    struct service_pay_own *own = service_pay_own(context);
    struct store *store = NULL;
    int64_t now_ms = service_now_ms(context);
    const struct settings *settings = context->settings->settings;
    if (service_store(context, &store) != STATUS_OK)
        return;
    service_intention_each(context, advance_code);
    if (now_ms >= own->next_sweep_ms) {
        own->next_sweep_ms = now_ms + settings->intention_retry_s * 1000;
        service_intention_each(context, keep_one);
        take_over(context);
        service_refund_sweep(context);
        service_intention_each(context, advance_other);
    }
    if (now_ms >= own->next_probe_ms)
        own->next_probe_ms = now_ms + (probe(context) ? PROBE_EVERY_MS : PROBE_AGAIN_MS);
}
