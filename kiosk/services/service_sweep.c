/* What the certificates worker finishes without an applicant: open requests and confirmations inquired about,
 * certificates of orders that were given up revoked. Needs no key in the writer. */

#include "kiosk/base/log.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/store/store_order.h"

enum { ORDERS_MAX = 16 };

static enum status inquire(struct service_context *context, const struct store_certificate *certificate,
                           struct failure *failure)
{
    struct authority_outcome outcome = {0};
    enum status status =
        authority_inquire(context->drivers.authority, certificate->request_id, &outcome, failure);
    if (status == STATUS_OK)
        status = service_request_take(context, certificate, &outcome, failure);
    authority_outcome_release(&outcome);
    return status == STATUS_NOT_FOUND || status == STATUS_BUSY ? STATUS_OK
                                                               : status; /* asked again with the key */
}

static enum status act(struct service_context *context, const struct store_intention *intention,
                       const struct store_certificate *certificate, struct failure *failure)
{
    if (intention->kind == STORE_INTENTION_REVOKE_CERTIFICATE)
        return service_request_revoke(context, certificate, failure);
    if (intention->kind == STORE_INTENTION_CONFIRM_CERTIFICATE &&
        certificate->state == STORE_CERTIFICATE_PROVEN)
        return service_request_confirm(context, certificate, failure);
    if (intention->kind == STORE_INTENTION_REQUEST_CERTIFICATE &&
        certificate->state == STORE_CERTIFICATE_REQUESTED)
        return inquire(context, certificate, failure);
    return STATUS_OK;
}

static bool is_authoritys(const struct store_intention *intention)
{
    return intention->kind == STORE_INTENTION_REVOKE_CERTIFICATE ||
           intention->kind == STORE_INTENTION_CONFIRM_CERTIFICATE ||
           intention->kind == STORE_INTENTION_REQUEST_CERTIFICATE;
}

static void finish_one(struct service_context *context, const struct store_intention *intention)
{
    struct failure failure = {0};
    struct store_certificate certificate;
    char request_id[STORE_ID_BYTES];
    if (!is_authoritys(intention))
        return;
    service_intention_argument(intention, "subject", request_id, sizeof(request_id));
    enum status status = store_certificate_load(context->store, request_id, &certificate, &failure);
    if (status == STATUS_OK)
        status = act(context, intention, &certificate, &failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND && status != STATUS_CONFLICT)
        log_failure("issue", "finishing an open intention", status, &failure);
}

static void revoke_given_up(struct service_context *context)
{
    static const enum order_state given_up[] = {ORDER_STATE_REFUNDING, ORDER_STATE_CLOSED};
    struct order orders[ORDERS_MAX];
    size_t count = 0;
    struct failure failure = {0};
    enum status status = store_order_list(
        context->store,
        &(struct store_order_filter){.states = given_up, .states_count = 2, .newest_first = true}, orders,
        ORDERS_MAX, &count, &failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct store_certificate live;
        enum status found = service_issue_certificate(context, orders[i].id, &live, &failure);
        if (found == STATUS_OK)
            found = service_request_revoke(context, &live, &failure);
        if (found != STATUS_OK && found != STATUS_NOT_FOUND && found != STATUS_CONFLICT)
            log_failure("issue", "revoking for a given-up order", found, &failure);
    }
}

void service_issue_sweep(struct service_context *context)
{
    struct failure failure = {0};
    enum status status = service_key_open(context, &failure);
    if (status != STATUS_OK) {
        log_failure("issue", "opening the authority", status, &failure);
        return;
    }
    service_intention_each(context, finish_one);
    revoke_given_up(context);
}
