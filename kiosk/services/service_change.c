#include "kiosk/services/service_change.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/services/service_deed.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_order.h"

struct change {
    struct service_context *context;
    struct service_job *job;
    struct order order;
    enum product_operation_code code;
    struct store_certificate certificate; /* the order is about */
    bool is_elsewhere;                    /* nothing is known here of it */
};

static enum status refuse(const struct change *change, enum service_reason reason)
{
    return service_job_refuse(change->job, reason, 0);
}

/* Terminal and desk may both have found the order waiting: the second one announces nothing. */
static enum status announce(const struct change *change, enum store_intention_kind kind, const char *subject,
                            char intention[STORE_ID_BYTES])
{
    return service_intention_announce(change->context,
                                      &(struct service_intention_act){.order_id = change->order.id,
                                                                      .kind = kind,
                                                                      .subject = subject,
                                                                      .ends = ORDER_EVENT_ACTED,
                                                                      .certificate = &change->certificate},
                                      intention, &change->job->failure);
}

/* The act's result, how the certificate stands now and the order's step stand together. */
static enum status finish(struct change *change, const char *intention, const char *outcome,
                          enum store_certificate_state state)
{
    struct service_context *context = change->context;
    struct failure *failure = &change->job->failure;
    const struct store_certificate *certificate = &change->certificate;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    if (certificate->state != state)
        status = store_certificate_step(context->store, certificate->request_id, certificate->state, state,
                                        NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, outcome, failure);
    if (status == STATUS_OK)
        status = service_step(context, change->order.id, ORDER_EVENT_ACTED, &change->order, failure);
    return store_end(context->store, status, failure);
}

/* --- unlocking --------------------------------------------------------------------------------------- */

/* The key of the certificate is in the writer, and it was made here: only then its SO PIN can be derived. */
static enum status find_key(const struct change *change, struct store_key *key)
{
    struct service_context *context = change->context;
    struct store_key other;
    enum status status = service_key_look(context, &change->job->failure);
    const struct token_info *info = &service_key_own(context)->info;
    if (status != STATUS_OK) {
        change->job->reason = service_key_reason(status);
        return status;
    }
    if (info->presence == TOKEN_ABSENT)
        return refuse(change, SERVICE_REASON_NO_KEY);
    status = store_key_load(context->store, change->certificate.key_mark, key, &change->job->failure);
    if (status != STATUS_OK)
        return status;
    if (strcmp(info->identity.mark, key->mark) == 0)
        return STATUS_OK;
    bool is_ours = info->identity.mark[0] != 0 &&
                   store_key_load(context->store, info->identity.mark, &other, NULL) == STATUS_OK;
    return refuse(change, is_ours ? SERVICE_REASON_KEY_OTHER : SERVICE_REASON_KEY_FOREIGN);
}

static enum status unlock_key(const struct change *change, const struct store_key *key)
{
    struct service_context *context = change->context;
    struct failure *failure = &change->job->failure;
    struct secret so = {0};
    struct secret transport = {0};
    enum status status = service_key_so_pin(context, key, &so, failure);
    if (status == STATUS_OK)
        status = service_key_transport_pin(context, key, &transport, failure);
    if (status == STATUS_OK)
        status = token_unlock_pin(context->drivers.token, &service_key_own(context)->info.identity, &so,
                                  &transport, failure);
    secret_wipe(&so);
    secret_wipe(&transport);
    if (status == STATUS_REFUSED || status == STATUS_BAD_STATE)
        return refuse(change, SERVICE_REASON_KEY_LOCKED);
    if (status != STATUS_OK)
        change->job->reason = service_key_reason(status);
    return status;
}

/* The key has the transport PIN afterwards, until its holder sets the own one in the next step. */
static enum status unlock(struct change *change)
{
    struct store_key key;
    char intention[STORE_ID_BYTES];
    if (change->certificate.state != STORE_CERTIFICATE_CONFIRMED)
        return refuse(change, SERVICE_REASON_KEY_UNFIT);
    enum status status = find_key(change, &key);
    if (status == STATUS_OK)
        status = announce(change, STORE_INTENTION_UNLOCK_KEY, key.mark, intention);
    if (status == STATUS_OK)
        status = unlock_key(change, &key);
    if (status == STATUS_OK)
        status = finish(change, intention, "unlocked", change->certificate.state);
    return status;
}

/* --- revoking, holding, releasing
 * ---------------------------------------------------------------------------------------- */

enum authority_reason service_change_reason_of(const char *id, enum authority_reason otherwise)
{
    static const struct {
        const char *id;
        enum authority_reason reason;
    } reasons[] = {
#define SERVICE_CHANGE_REASON(id, code) {id, AUTHORITY_REASON_##code},
#include "kiosk/services/service_change_reasons.def"
#undef SERVICE_CHANGE_REASON
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (strcmp(reasons[i].id, id) == 0)
            return reasons[i].reason;
    return otherwise;
}

enum status service_change_reason(struct service_context *context, const char *order_id,
                                  enum authority_reason otherwise, enum authority_reason *out,
                                  struct failure *failure)
{
    char id[STORE_NAME_BYTES] = "";
    enum status status = service_subject_reason(context, order_id, id, failure);
    *out = service_change_reason_of(id, otherwise);
    return status;
}

/* What the authority is told, and how the certificate stands afterwards. */
static const struct standing {
    enum product_operation_code code;
    enum store_certificate_state from, to;
    const char *outcome;
} standings[] = {
    {PRODUCT_OPERATION_REVOKE, STORE_CERTIFICATE_CONFIRMED, STORE_CERTIFICATE_REVOKED, "revoked"},
    {PRODUCT_OPERATION_REVOKE, STORE_CERTIFICATE_HELD, STORE_CERTIFICATE_REVOKED, "revoked"},
    {PRODUCT_OPERATION_SUSPEND, STORE_CERTIFICATE_CONFIRMED, STORE_CERTIFICATE_HELD, "held"},
    {PRODUCT_OPERATION_RESUME, STORE_CERTIFICATE_HELD, STORE_CERTIFICATE_CONFIRMED, "released"}};

/* The change from how the certificate stands, or the one that was made already by somebody who was first. */
static const struct standing *standing_of(enum product_operation_code code,
                                          enum store_certificate_state state, bool *is_done)
{
    for (size_t i = 0; i < sizeof(standings) / sizeof(standings[0]); i++) {
        if (standings[i].code != code || (standings[i].from != state && standings[i].to != state))
            continue;
        *is_done = standings[i].to == state;
        return &standings[i];
    }
    return NULL;
}

static enum status tell(const struct change *change)
{
    enum authority_reason reason = AUTHORITY_REASON_RELEASE;
    enum status status = STATUS_OK;
    if (change->code == PRODUCT_OPERATION_SUSPEND)
        reason = AUTHORITY_REASON_HOLD;
    else if (change->code == PRODUCT_OPERATION_REVOKE)
        status = service_change_reason(change->context, change->order.id, AUTHORITY_REASON_UNSPECIFIED,
                                       &reason, &change->job->failure);
    if (status != STATUS_OK)
        return status;
    status = authority_revoke(change->context->drivers.authority, change->certificate.serial, reason,
                              &change->job->failure);
    if (service_request_is_silence(status))
        change->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    return status;
}

static enum status restate(struct change *change)
{
    char intention[STORE_ID_BYTES];
    bool is_done = false;
    const struct standing *standing = standing_of(change->code, change->certificate.state, &is_done);
    if (standing == NULL)
        return refuse(change, SERVICE_REASON_KEY_UNFIT);
    enum status status =
        announce(change, STORE_INTENTION_REVOKE_CERTIFICATE, change->certificate.request_id, intention);
    if (status == STATUS_OK && !is_done)
        status = tell(change);
    if (status == STATUS_OK)
        status = finish(change, intention, standing->outcome, standing->to);
    return status;
}

/* --- among a unit's people --------------------------------------------------------------------------- */

static bool has_deeds(struct service_context *context, const char *order_id)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    bool has = service_load_order(context, order_id, visit, NULL) == STATUS_OK &&
               service_deed_is_asked(context, visit);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return has;
}

/* Nobody who comes later can make it possible. */
static bool is_over(enum service_reason reason)
{
    return reason == SERVICE_REASON_UNIT_REFUSED || reason == SERVICE_REASON_UNIT_HAS_MANAGER ||
           reason == SERVICE_REASON_UNIT_IS_MEMBER;
}

/* Done, the order goes on; refused by whom it concerns, it ends and what was paid goes back. */
static enum status follow_deed(struct service_context *context, struct service_job *job, const char *order_id,
                               enum status done)
{
    struct order order;
    enum order_event event = done == STATUS_OK ? ORDER_EVENT_ACTED : ORDER_EVENT_GIVEN_UP;
    if (done != STATUS_OK && !is_over(job->reason))
        return done;
    int lease_s = (int)context->settings->settings->order_lease_s;
    enum status status = store_claim_take(context->store, order_id, lease_s, &job->failure);
    if (status == STATUS_OK)
        status = service_step(context, order_id, event, &order, &job->failure);
    return status;
}

static enum status run_deeds(struct service_context *context, struct service_job *job, const char *order_id,
                             bool begins)
{
    struct order order;
    enum status status = service_step_allowed(context, order_id, ORDER_EVENT_ACTED, &order, &job->failure);
    if (status != STATUS_OK)
        return status;
    return follow_deed(context, job, order_id, service_deed_run(context, job, order_id, begins));
}

/* The deed is looked at without a claim: an order may wait for days, and its applicant may come any time. */
static void finish_deeds(struct service_context *context, const struct order *order)
{
    struct service_job *job = service_job_new(SERVICE_CHANGE_RUN);
    enum status status = run_deeds(context, job, order->id, false);
    if (status == STATUS_OK) {
        service_load_report(context, SERVICE_CHANGE_RUN, order->id);
        if (strcmp(context->visit.order_id, order->id) != 0)
            (void)!store_claim_release(context->store, order->id, NULL);
    } else if (status != STATUS_CONFLICT && status != STATUS_REFUSED) {
        log_failure("change", "carrying out what an order asks among people", status, &job->failure);
    }
    service_job_free(&job->job);
}

/* --- left open ---------------------------------------------------------------------------------------- */

/* The change was asked for and its order ended without the answer: whether the authority did it all the same.
 */
static enum status find_lost(struct service_context *context, const struct store_certificate *certificate,
                             bool *is_done, struct failure *failure)
{
    struct authority_outcome outcome = {0};
    enum status status =
        authority_inquire(context->drivers.authority, certificate->request_id, &outcome, failure);
    *is_done = status == STATUS_OK && outcome.answer == AUTHORITY_REVOKED;
    authority_outcome_release(&outcome);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status close_inside(struct service_context *context, const struct store_intention *intention,
                                const struct store_certificate *certificate, const struct standing *standing,
                                struct failure *failure)
{
    enum status status = STATUS_OK;
    if (standing != NULL && certificate->state != standing->to)
        status = store_certificate_step(context->store, certificate->request_id, certificate->state,
                                        standing->to, NULL, failure);
    return status == STATUS_OK
               ? service_intention_end(context, intention->id, standing != NULL,
                                       standing != NULL ? standing->outcome : "overtaken", failure)
               : status;
}

/* What the order's change makes of the certificate; a deed (service_deed.h) only ever revokes one. */
static enum status find_standing(struct service_context *context, const struct order *order,
                                 enum store_certificate_state state, const struct standing **out,
                                 bool *is_done)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_product_of(context, order, &product, &operation);
    enum product_operation_code code = status == STATUS_OK ? product_operation_code(operation) : 0;
    bool holds = code == PRODUCT_OPERATION_SUSPEND || code == PRODUCT_OPERATION_RESUME;
    if (status == STATUS_OK)
        *out = standing_of(holds ? code : PRODUCT_OPERATION_REVOKE, state, is_done);
    return status;
}

enum status service_change_close(struct service_context *context, const struct store_intention *intention,
                                 const struct store_certificate *certificate, struct failure *failure)
{
    struct order order;
    const struct standing *standing = NULL;
    bool is_done = false;
    enum status status = store_order_load(context->store, intention->order_id, &order, failure);
    if (status != STATUS_OK || order.state == ORDER_STATE_ACTING)
        return status;
    status = find_standing(context, &order, certificate->state, &standing, &is_done);
    if (standing != NULL && !is_done && standing->to == STORE_CERTIFICATE_REVOKED)
        status = find_lost(context, certificate, &is_done, failure);
    if (status == STATUS_OK)
        status = store_begin(context->store, failure);
    return status == STATUS_OK
               ? store_end(context->store,
                           close_inside(context, intention, certificate, is_done ? standing : NULL, failure),
                           failure)
               : status;
}

/* --- the whole --------------------------------------------------------------------------------------- */

static enum status load(struct change *change, const char *order_id)
{
    struct service_context *context = change->context;
    struct failure *failure = &change->job->failure;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    int lease_s = (int)context->settings->settings->order_lease_s;
    enum status status = service_step_allowed(context, order_id, ORDER_EVENT_ACTED, &change->order, failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &change->order, &product, &operation);
    if (status == STATUS_OK)
        change->code = product_operation_code(operation);
    if (status == STATUS_OK)
        status = store_claim_take(context->store, order_id, lease_s, failure);
    if (status == STATUS_OK)
        status = service_subject_is_elsewhere(context, order_id, operation, &change->is_elsewhere, failure);
    if (status != STATUS_OK || change->is_elsewhere)
        return status;
    status = service_subject_load(context, order_id, &change->certificate, failure);
    return status == STATUS_OK ? service_key_open(context, failure) : status;
}

/* The clerk who approved has seen to it at the authority; nothing here could be withdrawn. */
static enum status note_elsewhere(struct change *change)
{
    struct service_context *context = change->context;
    struct failure *failure = &change->job->failure;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_audit_append(context->store,
                                &(struct store_audit_entry){.action = "order.elsewhere",
                                                            .subject = change->order.acceptance,
                                                            .detail = change->order.operation},
                                failure);
    if (status == STATUS_OK)
        status = service_step(context, change->order.id, ORDER_EVENT_ACTED, &change->order, failure);
    return store_end(context->store, status, failure);
}

static bool needs_no_key(enum product_operation_code code)
{
    return code == PRODUCT_OPERATION_REVOKE || code == PRODUCT_OPERATION_SUSPEND ||
           code == PRODUCT_OPERATION_RESUME;
}

static enum status act(struct change *change)
{
    if (change->is_elsewhere)
        return note_elsewhere(change);
    if (change->code == PRODUCT_OPERATION_UNLOCK)
        return unlock(change);
    if (needs_no_key(change->code))
        return restate(change);
    return failure_set(&change->job->failure, STATUS_UNSUPPORTED, "change", (long)change->code,
                       "nothing is done for %s", change->order.operation);
}

void service_change_run_run(struct service_context *context, struct service_job *job)
{
    struct change change = {.context = context, .job = job};
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK && has_deeds(context, job->request.order_id)) {
        status = run_deeds(context, job, job->request.order_id, true);
    } else if (status == STATUS_OK) {
        status = load(&change, job->request.order_id);
        if (status == STATUS_OK)
            status = act(&change);
    }
    (void)service_key_look(context, NULL);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}

/* --- without an applicant ---------------------------------------------------------------------------- */

static void finish_one(struct service_context *context, const struct order *order)
{
    struct service_job *job = service_job_new(SERVICE_CHANGE_RUN);
    struct change change = {.context = context, .job = job};
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    if (has_deeds(context, order->id)) {
        finish_deeds(context, order);
    } else if (service_product_of(context, order, &product, &operation) == STATUS_OK &&
               needs_no_key(product_operation_code(operation))) {
        enum status status = load(&change, order->id);
        if (status == STATUS_BAD_STATE) /* somebody was first */
            status = STATUS_CONFLICT;
        if (status == STATUS_OK)
            status = act(&change);
        if (status == STATUS_OK)
            service_load_report(context, SERVICE_CHANGE_RUN, order->id);
        else if (status != STATUS_CONFLICT)
            log_failure("change", "carrying out an approved order", status, &job->failure);
        if (strcmp(context->visit.order_id, order->id) != 0) /* or who holds its intention waits for us */
            (void)!store_claim_release(context->store, order->id, NULL);
    }
    service_job_free(&job->job);
}

void service_change_sweep(struct service_context *context)
{
    service_load_each(context, ORDER_STATE_ACTING, finish_one);
}
