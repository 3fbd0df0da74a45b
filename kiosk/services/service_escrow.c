#include "kiosk/services/service_escrow.h"

#include "kiosk/base/log.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_pair.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_encryption.h"

/* One key on its way back. */
struct escrow {
    struct service_context *context;
    struct service_job *job;
    const struct order *order;
    const struct store_certificate *certificate;
};

/* Who signed the order's applied approval; their sign-in names, borrowed from `signers`. */
static enum status approvers_of(const struct escrow *escrow,
                                struct store_decision_signer signers[AUTHORITY_APPROVERS],
                                struct authority_recovery *recovery)
{
    struct store_decision approval;
    struct store *store = escrow->context->store;
    struct failure *failure = &escrow->job->failure;
    enum status status = store_decision_load_applied(store, escrow->order->id, "approve", &approval, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = store_decision_signers(store, approval.id, signers, AUTHORITY_APPROVERS,
                                    &recovery->approver_count, failure);
    for (size_t i = 0; i < recovery->approver_count && status == STATUS_OK; i++)
        recovery->approvers[i] = signers[i].name;
    return status;
}

static enum status ask(const struct escrow *escrow, const char *serial, struct authority_outcome *outcome)
{
    struct store_decision_signer signers[AUTHORITY_APPROVERS];
    struct authority_recovery recovery = {.id = escrow->certificate->request_id, .serial = serial};
    enum status status = approvers_of(escrow, signers, &recovery);
    if (status == STATUS_OK)
        status =
            authority_recover(escrow->context->drivers.authority, &recovery, outcome, &escrow->job->failure);
    if (service_request_is_silence(status))
        escrow->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    return status;
}

/* What came is stored and the act ends, in one change. */
static enum status keep(const struct escrow *escrow, const char *intention,
                        const struct authority_outcome *outcome)
{
    struct store *store = escrow->context->store;
    struct failure *failure = &escrow->job->failure;
    bool given = outcome->answer == AUTHORITY_ISSUED && outcome->encryption_certificate.length > 0;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    if (given)
        status = service_pair_take(escrow->context, escrow->certificate, outcome, true, failure);
    if (status == STATUS_OK)
        status =
            service_intention_end(escrow->context, intention, given,
                                  given ? "recovered" : authority_refusal_name(outcome->refusal), failure);
    status = store_end(store, status, failure);
    if (status != STATUS_OK || given)
        return status;
    log_warn("escrow", "%s: the authority gives no key back: %s", escrow->order->acceptance, outcome->text);
    return service_job_refuse(escrow->job, SERVICE_REASON_AUTHORITY_REFUSED, 0);
}

/* The authority may be asked again: the same id and serial give the same half. */
enum status service_escrow_recover(struct service_context *context, struct service_job *job,
                                   const struct order *order, const struct store_certificate *certificate,
                                   const struct store_certificate *old)
{
    char intention[STORE_ID_BYTES];
    struct store_encryption half;
    struct authority_outcome outcome = {0};
    const struct escrow escrow = {context, job, order, certificate};
    enum status status = store_encryption_load(context->store, old->request_id, &half, &job->failure);
    if (status == STATUS_OK)
        status = service_intention_begin(context, order->id, STORE_INTENTION_RECOVER_KEY,
                                         certificate->request_id, intention, &job->failure);
    if (status == STATUS_OK)
        status = ask(&escrow, half.serial, &outcome);
    if (status == STATUS_OK)
        status = keep(&escrow, intention, &outcome);
    authority_outcome_release(&outcome);
    return status;
}
