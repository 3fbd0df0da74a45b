#include "kiosk/services/service_revocation.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_change.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_revocation.h"

enum { REVOCATIONS_MAX = 16, SIGNERS = 2 };

/* --- begun --------------------------------------------------------------------------------------------- */

enum status service_revocation_begin(struct service_context *context, const struct store_decision *decision,
                                     struct failure *failure)
{
    struct store_revocation rows[REVOCATIONS_MAX];
    char intention[STORE_ID_BYTES];
    size_t count = 0;
    enum status status =
        store_revocation_list(context->store, decision->order_id, rows, REVOCATIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (strcmp(rows[i].decision_id, decision->id) == 0)
            return service_intention_begin(context, decision->order_id, STORE_INTENTION_REVOKE_CERTIFICATE,
                                           rows[i].request_id, intention, failure);
    return status == STATUS_OK
               ? failure_set(failure, STATUS_BAD_STATE, "revocation", 0, "the decision names no certificate")
               : status;
}

/* --- done ---------------------------------------------------------------------------------------------- */

static bool is_live(const struct store_certificate *certificate)
{
    return certificate->state == STORE_CERTIFICATE_CONFIRMED || certificate->state == STORE_CERTIFICATE_HELD;
}

static enum status end_inside(struct service_context *context, const struct store_certificate *certificate,
                              const char *intention_id, struct failure *failure)
{
    enum status status = STATUS_OK;
    if (is_live(certificate))
        status = store_certificate_step(context->store, certificate->request_id, certificate->state,
                                        STORE_CERTIFICATE_REVOKED, NULL, failure);
    if (status == STATUS_OK)
        status = store_revocation_end(context->store, certificate->request_id, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention_id, true, "revoked-by-authority", failure);
    return status;
}

enum status service_revocation_carry_out(struct service_context *context,
                                         const struct store_certificate *certificate,
                                         const char *intention_id, struct failure *failure)
{
    struct store_revocation row;
    enum status status = store_revocation_load(context->store, certificate->request_id, &row, failure);
    if (status == STATUS_OK && row.done_utc_s != 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = service_key_open(context, failure);
    if (status == STATUS_OK && is_live(certificate)) /* else its holder was first */
        status =
            authority_revoke(context->drivers.authority, certificate->serial,
                             service_change_reason_of(row.ground, AUTHORITY_REASON_UNSPECIFIED), failure);
    if (status == STATUS_OK)
        status = store_begin(context->store, failure);
    return status == STATUS_OK
               ? store_end(context->store, end_inside(context, certificate, intention_id, failure), failure)
               : status;
}

/* --- told ---------------------------------------------------------------------------------------------- */

static enum status fill_evidence(struct service_context *context, const struct store_revocation *row,
                                 struct service_certificate_revocation *out, struct failure *failure)
{
    struct store_decision decision;
    struct order order;
    struct buf words;
    buf_init(&words, ORDER_REASON_BYTES);
    enum status status = store_decision_load(context->store, row->decision_id, &decision, failure);
    if (status == STATUS_OK)
        status = store_decision_reason(context->store, &decision, &words, failure);
    if (status == STATUS_OK && words.length > 0)
        (void)text_copy(out->evidence, sizeof(out->evidence), (const char *)words.data);
    buf_wipe(&words);
    if (status == STATUS_OK && row->evidence_order_id[0] != 0 &&
        store_order_load(context->store, row->evidence_order_id, &order, NULL) == STATUS_OK)
        (void)text_copy(out->evidence_order, sizeof(out->evidence_order), order.acceptance);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* the person is forgotten */
}

static enum status fill_signers(struct service_context *context, const struct store_revocation *row,
                                struct service_certificate_revocation *out, struct failure *failure)
{
    struct store_decision_signer signers[SIGNERS];
    size_t count = 0;
    enum status status =
        store_decision_signers(context->store, row->decision_id, signers, SIGNERS, &count, failure);
    if (status == STATUS_OK && count > 0)
        (void)text_copy(out->begun_by, sizeof(out->begun_by), signers[0].name);
    if (status == STATUS_OK && count > 1)
        (void)text_copy(out->signed_by, sizeof(out->signed_by), signers[1].name);
    return status;
}

enum status service_revocation_load(struct service_context *context, const char *request_id,
                                    struct service_certificate_revocation *out, struct failure *failure)
{
    struct store_revocation row;
    *out = (struct service_certificate_revocation){0};
    enum status status = store_revocation_load(context->store, request_id, &row, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    (void)text_copy(out->ground, sizeof(out->ground), row.ground);
    out->begun_utc_s = row.created_utc_s;
    out->done_utc_s = row.done_utc_s;
    status = fill_evidence(context, &row, out, failure);
    return status == STATUS_OK ? fill_signers(context, &row, out, failure) : status;
}
