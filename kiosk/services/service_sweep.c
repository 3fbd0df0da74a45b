/* What the certificates worker finishes without an applicant: open requests and confirmations inquired about,
 * certificates of orders that were given up revoked. Needs no key in the writer. */

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/services/service_change.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_own.h"
#include "kiosk/services/service_revocation.h"
#include "kiosk/services/service_supersede.h"
#include "kiosk/store/store_order.h"

enum { CLOSED_MAX = 16 };

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

/* An order is about another order's certificate: it has replaced it, or is to change it. */
static enum status act_on_other(struct service_context *context, const struct store_intention *intention,
                                const struct store_certificate *certificate, struct failure *failure)
{
    bool supersedes = false;
    enum status status = service_supersede_is_of(context, intention->order_id, &supersedes, failure);
    if (status != STATUS_OK)
        return status;
    return supersedes ? service_supersede_carry_out(context, intention->order_id, failure)
                      : service_change_close(context, intention, certificate, failure);
}

static enum status act(struct service_context *context, const struct store_intention *intention,
                       const struct store_certificate *certificate, struct failure *failure)
{
    if (intention->kind == STORE_INTENTION_REVOKE_CERTIFICATE &&
        strcmp(intention->order_id, certificate->order_id) != 0)
        return act_on_other(context, intention, certificate, failure);
    if (intention->kind == STORE_INTENTION_REVOKE_CERTIFICATE) {
        enum status status = service_revocation_carry_out(context, certificate, intention->id, failure);
        if (status != STATUS_NOT_FOUND)
            return status;
    }
    if (intention->kind == STORE_INTENTION_REVOKE_CERTIFICATE &&
        certificate->state != STORE_CERTIFICATE_REVOKED && certificate->state != STORE_CERTIFICATE_REFUSED)
        return service_request_revoke(context, certificate, failure);
    if (intention->kind == STORE_INTENTION_CONFIRM_CERTIFICATE &&
        certificate->state == STORE_CERTIFICATE_PROVEN)
        return service_request_confirm(context, certificate, failure);
    if (intention->kind == STORE_INTENTION_REQUEST_CERTIFICATE &&
        certificate->state == STORE_CERTIFICATE_REQUESTED)
        return inquire(context, certificate, failure);
    if ((intention->kind == STORE_INTENTION_WRITE_CERTIFICATE ||
         intention->kind == STORE_INTENTION_RECOVER_KEY) &&
        certificate->state == STORE_CERTIFICATE_ISSUED)
        return STATUS_OK; /* waits for the key */
    if (intention->kind == STORE_INTENTION_WRITE_SEAL && certificate->state == STORE_CERTIFICATE_PROVEN)
        return STATUS_OK; /* waits for the key */
    return service_intention_end(context, intention->id, false, "overtaken", failure);
}

static enum status finish_certificate(struct service_context *context,
                                      const struct store_intention *intention, const char *request_id,
                                      struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = store_certificate_load(context->store, request_id, &certificate, failure);
    return status == STATUS_OK ? act(context, intention, &certificate, failure) : status;
}

/* A key its holder has already keeps its state; what is to be done on it waits while its order does. */
static enum status waits_on_holder(struct service_context *context, const struct store_intention *intention,
                                   bool *out, struct failure *failure)
{
    struct order order;
    bool unlocks = intention->kind == STORE_INTENTION_UNLOCK_KEY;
    bool is_own = false;
    enum status status = service_own_is_order(context, intention->order_id, &is_own, failure);
    if (status == STATUS_OK)
        status = store_order_load(context->store, intention->order_id, &order, failure);
    *out = status == STATUS_OK && (unlocks || is_own) &&
           order.state == (unlocks ? ORDER_STATE_ACTING : ORDER_STATE_ISSUING);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What was to be done on a key waits for the key, unless it was given up. */
static enum status finish_key(struct service_context *context, const struct store_intention *intention,
                              const char *mark, struct failure *failure)
{
    struct store_key key;
    bool waits = true;
    enum status status = store_key_load(context->store, mark, &key, failure);
    if (status == STATUS_OK && key.state != STORE_KEY_IN_WORK)
        status = waits_on_holder(context, intention, &waits, failure);
    return status == STATUS_OK && !waits
               ? service_intention_end(context, intention->id, false, "overtaken", failure)
               : status;
}

static void finish_one(struct service_context *context, const struct store_intention *intention)
{
    struct failure failure = {0};
    char subject[STORE_INTENTION_JSON_BYTES];
    enum status status = STATUS_OK;
    service_intention_argument(intention, "subject", subject, sizeof(subject));
    switch (intention->kind) {
    case STORE_INTENTION_REVOKE_CERTIFICATE:
    case STORE_INTENTION_CONFIRM_CERTIFICATE:
    case STORE_INTENTION_REQUEST_CERTIFICATE:
    case STORE_INTENTION_WRITE_CERTIFICATE:
    case STORE_INTENTION_WRITE_SEAL:
    case STORE_INTENTION_RECOVER_KEY:
        status = finish_certificate(context, intention, subject, &failure);
        break;
    case STORE_INTENTION_FORMAT_KEY:
    case STORE_INTENTION_GENERATE_KEY:
    case STORE_INTENTION_SET_PIN:
    case STORE_INTENTION_UNLOCK_KEY:
        status = finish_key(context, intention, subject, &failure);
        break;
    case STORE_INTENTION_TAKE_PAYMENT:
    case STORE_INTENTION_CLOSE_PAYMENT:
    case STORE_INTENTION_REFUND:
    case STORE_INTENTION_PRINT:
    case STORE_INTENTION_IDENTIFY:
    case STORE_INTENTION_SEND_MESSAGE:
    case STORE_INTENTION_COUNT_:
        break; /* other workers' */
    }
    if (status != STATUS_OK && status != STATUS_NOT_FOUND && status != STATUS_CONFLICT)
        log_failure("issue", "finishing an open intention", status, &failure);
}

static enum status end_given_up(struct service_context *context, const char *order_id,
                                struct failure *failure)
{
    struct store_certificate live;
    struct store_key key;
    enum status status = STATUS_OK;
    while (status == STATUS_OK) { /* of several keys each has one */
        status = service_issue_certificate(context, order_id, &live, failure);
        if (status == STATUS_OK)
            status = service_request_revoke(context, &live, failure);
    }
    if (status != STATUS_NOT_FOUND)
        return status;
    status = service_key_of_order(context, order_id, &key, failure);
    if (status == STATUS_OK && key.state == STORE_KEY_IN_WORK)
        status = service_issue_end_key(context, &key, failure);
    else if (status == STATUS_OK) /* its holder's own: what was begun on it is left off */
        status = service_issue_end_acts(context, order_id, key.mark, failure);
    return status;
}

static void finish_given_up(struct service_context *context, const struct order *order)
{
    struct failure failure = {0};
    enum status ended = end_given_up(context, order->id, &failure);
    if (ended != STATUS_OK && ended != STATUS_NOT_FOUND && ended != STATUS_CONFLICT)
        log_failure("issue", "ending the certificate and key of a given-up order", ended, &failure);
}

/* Closed orders grow without end and held no money, so hardly ever a certificate: the newest are looked at.
 */
static void finish_closed(struct service_context *context)
{
    static const enum order_state closed = ORDER_STATE_CLOSED;
    struct order orders[CLOSED_MAX];
    size_t count = 0;
    struct failure failure = {0};
    enum status status = store_order_list(
        context->store,
        &(struct store_order_filter){.states = &closed, .states_count = 1, .newest_first = true}, orders,
        CLOSED_MAX, &count, &failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        finish_given_up(context, &orders[i]);
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
    service_change_sweep(context);
    service_load_each(context, ORDER_STATE_REFUNDING, finish_given_up);
    finish_closed(context);
}
