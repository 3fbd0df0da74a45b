/* The authority's part of issuing: asking, asking about, confirming and withdrawing a certificate. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/request.h"
#include "kiosk/services/service_binding.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_own.h"
#include "kiosk/services/service_pair.h"
#include "kiosk/services/service_soft.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_supersede.h"
#include "kiosk/services/service_term.h"
#include "kiosk/store/store_order.h"

enum { WAIT_ROUNDS = 30, WAIT_STEP_MS = 1000, WAIT_LONGEST_MS = 5000 };

/* --- the request ------------------------------------------------------------------------------------- */

enum status service_request_subject(struct service_issue_run *run)
{
    return service_subject_of_request(run->context, &run->order, run->product, run->operation, &run->values,
                                      &run->subject, &run->job->failure);
}

static enum status sign_request(struct service_issue_run *run, struct buf *request)
{
    struct failure *failure = &run->job->failure;
    struct buf tbs;
    struct buf signature;
    buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        request_tbs(&run->subject, bytes_view(run->public_key.bytes, run->public_key.length), &tbs, failure);
    if (status == STATUS_OK) {
        status = token_sign(run->context->drivers.token, &run->identity, &run->pin, &run->key_id, tbs.data,
                            tbs.length, &signature, failure);
        if (status != STATUS_OK)
            run->job->reason = service_key_reason(status);
    }
    if (status == STATUS_OK)
        status = request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), request, failure);
    buf_wipe(&tbs);
    buf_wipe(&signature);
    return status;
}

static enum status store_request(struct service_issue_run *run, const struct buf *request)
{
    struct store *store = run->context->store;
    struct failure *failure = &run->job->failure;
    char intention[STORE_ID_BYTES];
    char request_id[STORE_ID_BYTES];
    order_id_make(run->context->settings->random, request_id);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    /* Given up while the key was being made: asked in the same change, so that no certificate can follow. */
    status = service_step_allowed(run->context, run->order.id, ORDER_EVENT_KEY_PROVEN, &run->order, failure);
    if (status == STATUS_OK)
        status = store_certificate_insert(store, request_id, run->order.id, run->key.mark, request->data,
                                          request->length, failure);
    if (status == STATUS_OK)
        status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_REQUEST_CERTIFICATE,
                                         request_id, intention, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        status = store_certificate_load(store, request_id, &run->certificate, failure);
    run->has_certificate = status == STATUS_OK;
    return status;
}

static enum status make_request(struct service_issue_run *run)
{
    struct buf request;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    enum status status = sign_request(run, &request);
    if (status == STATUS_OK)
        status = store_request(run, &request);
    buf_wipe(&request);
    return status;
}

/* --- the answer -------------------------------------------------------------------------------------- */

static enum status join_chain(const struct authority_outcome *outcome, struct buf *chain)
{
    enum status status = STATUS_OK;
    for (size_t i = 1; i < outcome->certificate_count && status == STATUS_OK; i++)
        status = buf_append(chain, outcome->certificates[i].data, outcome->certificates[i].length);
    return status;
}

static enum status take_issued(struct service_context *context, const struct store_certificate *certificate,
                               const struct authority_outcome *outcome, struct failure *failure)
{
    struct certificate_summary summary;
    struct buf chain;
    buf_init(&chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
    enum status status = outcome->certificate_count == 0 ? STATUS_MALFORMED : join_chain(outcome, &chain);
    const struct buf *leaf = &outcome->certificates[0];
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(leaf), &summary, failure);
    if (status == STATUS_OK) {
        const struct store_certificate_facts facts = {.serial = summary.serial,
                                                      .subject = summary.subject,
                                                      .not_after_utc_s = summary.not_after_utc_s,
                                                      .der = leaf->data,
                                                      .der_length = leaf->length,
                                                      .chain = chain.data,
                                                      .chain_length = chain.length};
        status = store_certificate_step(context->store, certificate->request_id, STORE_CERTIFICATE_REQUESTED,
                                        STORE_CERTIFICATE_ISSUED, &facts, failure);
    }
    if (status == STATUS_OK)
        status = service_pair_take(context, certificate, outcome, false, failure);
    secret_wipe_bytes(&summary, sizeof(summary));
    buf_wipe(&chain);
    return status;
}

static enum status take_inside(struct service_context *context, const struct store_certificate *certificate,
                               const struct authority_outcome *outcome, struct failure *failure)
{
    char intention[STORE_ID_BYTES];
    bool issued = outcome->answer == AUTHORITY_ISSUED || outcome->answer == AUTHORITY_CONFIRMED;
    enum status status =
        service_intention_begin(context, certificate->order_id, STORE_INTENTION_REQUEST_CERTIFICATE,
                                certificate->request_id, intention, failure);
    if (status == STATUS_OK && issued)
        status = take_issued(context, certificate, outcome, failure);
    else if (status == STATUS_OK)
        status = store_certificate_step(context->store, certificate->request_id, STORE_CERTIFICATE_REQUESTED,
                                        outcome->answer == AUTHORITY_REVOKED ? STORE_CERTIFICATE_REVOKED
                                                                             : STORE_CERTIFICATE_REFUSED,
                                        NULL, failure);
    if (status == STATUS_OK && !issued)
        status = service_soft_end(context, certificate, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, issued, authority_answer_name(outcome->answer),
                                       failure);
    return status;
}

enum status service_request_take(struct service_context *context, const struct store_certificate *certificate,
                                 const struct authority_outcome *outcome, struct failure *failure)
{
    if (outcome->answer == AUTHORITY_WAITING)
        return STATUS_BUSY;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(context->store, take_inside(context, certificate, outcome, failure), failure);
    if (status == STATUS_OK && outcome->answer == AUTHORITY_REFUSED)
        return failure_set(failure, STATUS_REFUSED, "authority", (long)outcome->refusal, "%s: %s",
                           authority_refusal_name(outcome->refusal), outcome->text);
    return status == STATUS_OK && outcome->answer == AUTHORITY_REVOKED ? STATUS_REFUSED : status;
}

bool service_request_is_silence(enum status status)
{
    return status == STATUS_LOST || status == STATUS_UNKNOWN || status == STATUS_TIMED_OUT ||
           status == STATUS_BUSY || status == STATUS_MALFORMED || status == STATUS_UNSUPPORTED ||
           status == STATUS_BAD_STATE;
}

/* --- asking ------------------------------------------------------------------------------------------ */

static enum status ask(struct service_issue_run *run, struct authority_outcome *outcome)
{
    struct service_context *context = run->context;
    struct failure *failure = &run->job->failure;
    struct buf request;
    struct service_term term = {0};
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_REQUEST, &request, failure);
    if (status == STATUS_OK)
        status = service_term_find(context, run->product, run->operation, &run->order, &term, failure);
    if (status == STATUS_OK)
        status = authority_request(context->drivers.authority,
                                   &(struct authority_request){.id = run->certificate.request_id,
                                                               .profile = run->product->certificate_profile,
                                                               .request = bytes_of_buf(&request),
                                                               .days = term.days,
                                                               .until_utc_s = term.until_utc_s,
                                                               .encryption = service_pair_is_asked(run)},
                                   outcome, failure);
    buf_wipe(&request);
    return status;
}

/* Asked about first: a run before this one may have asked already. Same id and key give the same certificate,
 * so asking again after NOT_FOUND cannot make a second one. */
static enum status ask_or_inquire(struct service_issue_run *run, struct authority_outcome *outcome)
{
    enum status status = authority_inquire(run->context->drivers.authority, run->certificate.request_id,
                                           outcome, &run->job->failure);
    if (status == STATUS_NOT_FOUND)
        status = ask(run, outcome);
    return status;
}

static void wait(struct service_issue_run *run, int after_s)
{
    int64_t wait_ms = (int64_t)after_s * WAIT_STEP_MS;
    clock_sleep_ms(run->context->settings->clock, wait_ms > WAIT_LONGEST_MS ? WAIT_LONGEST_MS : wait_ms);
}

static enum status ask_until_answered(struct service_issue_run *run)
{
    enum status status = STATUS_BUSY;
    for (int i = 0; i < WAIT_ROUNDS && status == STATUS_BUSY; i++) {
        struct authority_outcome outcome = {0};
        status = ask_or_inquire(run, &outcome);
        if (status == STATUS_OK)
            status = service_request_take(run->context, &run->certificate, &outcome, &run->job->failure);
        if (status == STATUS_BUSY)
            wait(run, outcome.after_s);
        authority_outcome_release(&outcome);
        if (job_cancel_is_requested(run->job->job.cancel))
            status = STATUS_CANCELLED;
    }
    return status;
}

enum status service_request_certificate(struct service_issue_run *run)
{
    enum status status = run->has_certificate ? STATUS_OK : make_request(run);
    if (status != STATUS_OK || run->certificate.state != STORE_CERTIFICATE_REQUESTED)
        return status;
    status = ask_until_answered(run);
    if (status == STATUS_OK)
        return store_certificate_load(run->context->store, run->certificate.request_id, &run->certificate,
                                      &run->job->failure);
    if (status == STATUS_REFUSED)
        run->job->reason = SERVICE_REASON_AUTHORITY_REFUSED;
    else if (service_request_is_silence(status))
        run->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    return status;
}

enum status service_request_announce(struct service_context *context, const char *order_id,
                                     const struct store_certificate *certificate,
                                     enum store_intention_kind kind, char id[STORE_ID_BYTES],
                                     struct failure *failure)
{
    return service_intention_announce(context,
                                      &(struct service_intention_act){.order_id = order_id,
                                                                      .kind = kind,
                                                                      .subject = certificate->request_id,
                                                                      .ends = ORDER_EVENT_COUNT_,
                                                                      .certificate = certificate},
                                      id, failure);
}

/* --- confirming -------------------------------------------------------------------------------------- */

static enum status confirmed_inside(struct service_context *context,
                                    const struct store_certificate *certificate, const char *intention,
                                    struct failure *failure)
{
    struct order order;
    enum status status =
        store_certificate_step(context->store, certificate->request_id, STORE_CERTIFICATE_PROVEN,
                               STORE_CERTIFICATE_CONFIRMED, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, "confirmed", failure);
    if (status == STATUS_OK)
        status = service_step(context, certificate->order_id, ORDER_EVENT_KEY_PROVEN, &order, failure);
    if (status == STATUS_OK)
        status = service_own_hand_over(context, &order, failure);
    if (status == STATUS_OK)
        status = service_soft_hand_over(context, certificate, &order, failure);
    if (status == STATUS_OK)
        status = service_binding_make(context, &order, failure);
    return status == STATUS_OK ? service_supersede_begin(context, &order, failure) : status;
}

enum status service_request_confirm(struct service_context *context,
                                    const struct store_certificate *certificate, struct failure *failure)
{
    char intention[STORE_ID_BYTES];
    enum status status = service_request_announce(context, certificate->order_id, certificate,
                                                  STORE_INTENTION_CONFIRM_CERTIFICATE, intention, failure);
    if (status == STATUS_OK)
        status = authority_confirm(context->drivers.authority, certificate->request_id, true, failure);
    if (status != STATUS_OK)
        return status;
    status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(context->store, confirmed_inside(context, certificate, intention, failure), failure);
}

/* --- withdrawing ------------------------------------------------------------------------------------- */

/* A certificate that was asked for may exist although no answer came: the authority is asked about it first.
 * An unconfirmed one is declined, which withdraws it; a confirmed one is revoked by its serial. */
static enum status withdraw(struct service_context *context, const struct store_certificate *certificate,
                            struct failure *failure)
{
    struct authority *authority = context->drivers.authority;
    if (certificate->state == STORE_CERTIFICATE_CONFIRMED || certificate->state == STORE_CERTIFICATE_HELD)
        return authority_revoke(authority, certificate->serial, AUTHORITY_REASON_CESSATION, failure);
    enum status status = authority_confirm(authority, certificate->request_id, false, failure);
    if (status == STATUS_NOT_FOUND && certificate->state == STORE_CERTIFICATE_REQUESTED)
        return STATUS_OK;                                          /* it never arrived */
    if (status == STATUS_BAD_STATE && certificate->serial[0] != 0) /* confirmed, and the answer was lost */
        return authority_revoke(authority, certificate->serial, AUTHORITY_REASON_CESSATION, failure);
    return status;
}

/* Whatever else was open about the certificate ends with it. */
static enum status end_others(struct service_context *context, const struct store_certificate *certificate,
                              struct failure *failure)
{
    static const enum store_intention_kind others[] = {
        STORE_INTENTION_REQUEST_CERTIFICATE, STORE_INTENTION_RECOVER_KEY, STORE_INTENTION_WRITE_CERTIFICATE,
        STORE_INTENTION_WRITE_SEAL, STORE_INTENTION_CONFIRM_CERTIFICATE};
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]) && status == STATUS_OK; i++) {
        char id[STORE_ID_BYTES];
        status = service_intention_find(context, certificate->order_id, others[i], certificate->request_id,
                                        id, failure);
        if (status == STATUS_OK)
            status = service_intention_end(context, id, false, "withdrawn", failure);
        else if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    return status;
}

/* An order that waits for the holder's PIN has lost the proven key it waited with. */
static enum status fail_proven_key(struct service_context *context, const char *order_id,
                                   struct failure *failure)
{
    struct order order;
    enum status status = service_step_allowed(context, order_id, ORDER_EVENT_KEY_FAILED, &order, failure);
    if (status == STATUS_OK)
        status = service_step(context, order_id, ORDER_EVENT_KEY_FAILED, &order, failure);
    return status == STATUS_BAD_STATE ? STATUS_OK : status;
}

static enum status revoked_inside(struct service_context *context,
                                  const struct store_certificate *certificate, const char *intention,
                                  struct failure *failure)
{
    enum status status = store_certificate_step(context->store, certificate->request_id, certificate->state,
                                                STORE_CERTIFICATE_REVOKED, NULL, failure);
    if (status == STATUS_OK)
        status = end_others(context, certificate, failure);
    if (status == STATUS_OK)
        status = service_soft_end(context, certificate, failure);
    if (status == STATUS_OK)
        status = fail_proven_key(context, certificate->order_id, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, "revoked", failure);
    return status;
}

enum status service_request_revoke(struct service_context *context,
                                   const struct store_certificate *certificate, struct failure *failure)
{
    char intention[STORE_ID_BYTES];
    enum status status = service_request_announce(context, certificate->order_id, certificate,
                                                  STORE_INTENTION_REVOKE_CERTIFICATE, intention, failure);
    if (status == STATUS_OK)
        status = withdraw(context, certificate, failure);
    if (status != STATUS_OK)
        return status;
    status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(context->store, revoked_inside(context, certificate, intention, failure), failure);
}
