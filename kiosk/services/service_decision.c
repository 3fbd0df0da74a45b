#include "kiosk/services/service_decision.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_revocation.h"
#include "kiosk/services/service_seal.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_sample.h"

enum { DUE_AT_ONCE = 8 };

/* What a decision means for the order; one that leaves it where it is has no event. */
static enum status event_of(const char *action, enum order_event *event)
{
    static const struct {
        const char *action;
        enum order_event event;
    } events[] = {{"approve", ORDER_EVENT_APPROVED},
                  {"reject", ORDER_EVENT_REJECTED},
                  {"identify", ORDER_EVENT_IDENTIFIED},
                  {"identify-refuse", ORDER_EVENT_COUNT_},
                  {"close", ORDER_EVENT_CLOSED},
                  {"force-close", ORDER_EVENT_GIVEN_UP},
                  {"give-up", ORDER_EVENT_GIVEN_UP},
                  {"refund-retry", ORDER_EVENT_COUNT_},
                  {"hold", ORDER_EVENT_COUNT_},
                  {"take-up", ORDER_EVENT_COUNT_},
                  {SERVICE_REVOCATION_ACTION, ORDER_EVENT_COUNT_}};
    if (service_hand_decides(action) || service_lock_decides(action)) {
        *event = ORDER_EVENT_COUNT_; /* it moves the order itself, or leaves it where it is */
        return STATUS_OK;
    }
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        if (strcmp(action, events[i].action) == 0) {
            *event = events[i].event;
            return STATUS_OK;
        }
    }
    return STATUS_UNSUPPORTED;
}

static bool is_revocation(const struct store_decision *decision)
{
    return strcmp(decision->action, SERVICE_REVOCATION_ACTION) == 0;
}

static bool is_retry(const struct store_decision *decision)
{
    return strcmp(decision->action, "refund-retry") == 0;
}

/* A review is about what was displayed; money goes back whatever the order has become. */
static enum status check_version(struct service_context *context, const struct store_decision *decision,
                                 struct failure *failure)
{
    struct order order;
    enum status status = store_order_load(context->store, decision->order_id, &order, failure);
    bool is_review = strcmp(decision->action, "give-up") != 0 &&
                     strcmp(decision->action, "force-close") != 0 && !is_retry(decision) &&
                     !is_revocation(decision) && !service_hand_decides(decision->action);
    return status == STATUS_OK && is_review && order.version != decision->order_version ? STATUS_BAD_STATE
                                                                                        : status;
}

/* Money may be asked for only when the key is still the one that was looked at, and its seal can be made. */
static enum status find_approvable(struct service_context *context, const struct store_decision *decision,
                                   bool *out, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, decision->order_id, visit, failure);
    if (status == STATUS_OK)
        status = service_lock_stands(context, visit, out, failure);
    *out = *out && (!visit->wish.seal || service_seal_is_sure(visit));
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

static enum status apply_inside(struct service_context *context, const struct store_decision *decision,
                                struct failure *failure)
{
    enum order_event event;
    struct order order;
    bool is_approvable = true;
    enum status status = event_of(decision->action, &event);
    if (status == STATUS_OK)
        status = check_version(context, decision, failure);
    if (status == STATUS_OK && event == ORDER_EVENT_APPROVED)
        status = find_approvable(context, decision, &is_approvable, failure);
    if (status == STATUS_OK && !is_approvable) /* what was found stays, and is looked at anew */
        return store_decision_withdraw(context->store, decision->id, "overtaken", failure);
    if (status == STATUS_OK)
        status = store_decision_apply(context->store, decision->id, failure);
    if (status == STATUS_OK && event != ORDER_EVENT_COUNT_)
        status = service_step(context, decision->order_id, event, &order, failure);
    if (status == STATUS_OK && event == ORDER_EVENT_APPROVED) /* with the order, what was cut out for it */
        status = store_sample_approve(context->store, decision->order_id, failure);
    if (status == STATUS_OK && is_retry(decision))
        status = service_refund_again(context, decision->order_id, failure);
    if (status == STATUS_OK && is_revocation(decision))
        status = service_revocation_begin(context, decision, failure);
    if (status == STATUS_OK && service_hand_decides(decision->action))
        status = service_hand_apply(context, decision, failure);
    if (status == STATUS_OK && service_lock_decides(decision->action))
        status = service_lock_apply(context, decision, failure);
    return status;
}

static enum status apply(struct service_context *context, const struct store_decision *decision,
                         struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = apply_inside(context, decision, failure);
    status = store_end(context->store, status, failure);
    if (status == STATUS_OK) { /* our own write does not ring our bell */
        context->next_round_ms = 0;
        service_load_report(context, SERVICE_ORDER_REFRESH, decision->order_id);
    }
    return status;
}

/* BAD_STATE: the order has moved on since the clerk looked (cancelled, decided elsewhere). */
static void withdraw(struct service_context *context, const struct store_decision *decision)
{
    struct failure failure = {0};
    enum status status = store_decision_withdraw(context->store, decision->id, "overtaken", &failure);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("services", "withdrawing an overtaken decision", status, &failure);
}

void service_decision_apply_due(struct service_context *context)
{
    struct store_decision due[DUE_AT_ONCE];
    size_t count = 0;
    struct failure failure = {0};
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_decision_list_due(store, due, DUE_AT_ONCE, &count, &failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        enum status applied = apply(context, &due[i], &failure);
        if (applied == STATUS_BAD_STATE || applied == STATUS_UNSUPPORTED)
            withdraw(context, &due[i]);
        else if (applied != STATUS_OK && applied != STATUS_CONFLICT) /* CONFLICT: another program was first */
            log_failure("services", "applying a decision", applied, &failure);
    }
}

enum status service_decision_fill_hold(struct service_context *context, struct service_case *out,
                                       struct failure *failure)
{
    struct store_decision hold;
    struct store_decision_signer signer;
    struct buf note;
    size_t count = 0;
    enum status status =
        store_decision_load_hold(context->store, out->order.id, out->order.version, &hold, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    buf_init(&note, ORDER_REASON_BYTES);
    status = store_decision_reason(context->store, &hold, &note, failure);
    if (status == STATUS_OK)
        status = store_decision_signers(context->store, hold.id, &signer, 1, &count, failure);
    if (status == STATUS_OK) {
        out->on_hold = true;
        (void)text_copy(out->hold_note, sizeof(out->hold_note),
                        note.length > 0 ? (const char *)note.data : "");
        (void)text_copy(out->hold_clerk, sizeof(out->hold_clerk), count > 0 ? signer.name : "");
    }
    buf_wipe(&note);
    return status;
}
