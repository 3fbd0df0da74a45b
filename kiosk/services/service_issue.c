#include "kiosk/services/service_issue.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_eseal.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_own.h"
#include "kiosk/services/service_pair.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/services/service_soft.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_supersede.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_order.h"

enum { CERTIFICATES_MAX = 32 };

/* Whether the key was made for this order and is in its holder's hands. */
static enum status is_handed_over(struct service_context *context, const char *order_id, const char *mark,
                                  bool *out, struct failure *failure)
{
    struct store_key key;
    enum status status = store_key_load(context->store, mark, &key, failure);
    *out = status == STATUS_OK && key.state == STORE_KEY_DELIVERED && strcmp(key.order_id, order_id) == 0;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static bool is_alive(const struct store_certificate *row)
{
    return row->state != STORE_CERTIFICATE_REVOKED && row->state != STORE_CERTIFICATE_REFUSED;
}

/* Of several keys of an order the one in work counts; while the next one is to be made none does. */
enum status service_issue_certificate(struct service_context *context, const char *order_id,
                                      struct store_certificate *out, struct failure *failure)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    struct order order;
    size_t count = 0;
    const struct store_certificate *handed_over = NULL;
    enum status status = store_order_load(context->store, order_id, &order, failure);
    if (status == STATUS_OK)
        status = store_certificate_list(context->store, order_id, rows, CERTIFICATES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool is_gone = false;
        if (!is_alive(&rows[i]))
            continue;
        status = is_handed_over(context, order_id, rows[i].key_mark, &is_gone, failure);
        if (is_gone) {
            handed_over = &rows[i];
        } else if (status == STATUS_OK) {
            *out = rows[i];
            return STATUS_OK;
        }
    }
    if (status != STATUS_OK || handed_over == NULL || order.state == ORDER_STATE_ISSUING)
        return status == STATUS_OK ? STATUS_NOT_FOUND : status;
    *out = *handed_over;
    return STATUS_OK;
}

/* --- progress ---------------------------------------------------------------------------------------- */

static void report(struct service_issue_run *run, enum service_issue_stage stage, bool is_running)
{
    static const int percents[] = {5, 20, 55, 75, 88, 100};
    struct service_job *job = service_job_new(SERVICE_ISSUE_RUN);
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_ISSUE;
    patch->visit.issue = (struct service_issue){.is_running = is_running,
                                                .stage = stage,
                                                .percent = percents[stage],
                                                .stage_started_ms = service_now_ms(run->context)};
    (void)text_copy(patch->visit.issue.key_serial, sizeof(patch->visit.issue.key_serial),
                    run->identity.serial);
    (void)text_copy(patch->visit.issue.key_number, sizeof(patch->visit.issue.key_number), run->key_number);
    (void)service_job_end(job, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(run->context, job);
}

static enum status refuse(struct service_issue_run *run, enum service_reason reason)
{
    run->job->reason = reason;
    return STATUS_REFUSED;
}

static enum status token_failed(struct service_issue_run *run, enum status status)
{
    if (status != STATUS_OK && run->job->reason == SERVICE_REASON_NONE)
        run->job->reason = service_key_reason(status);
    return status;
}

/* --- what is there ----------------------------------------------------------------------------------- */

static enum status optional(enum status status, bool *found)
{
    *found = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Whether the order had a certificate before that was withdrawn. */
static enum status find_withdrawn(struct service_issue_run *run)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    enum status status = store_certificate_list(run->context->store, run->order.id, rows, CERTIFICATES_MAX,
                                                &count, &run->job->failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        run->was_withdrawn = run->was_withdrawn || rows[i].state == STORE_CERTIFICATE_REVOKED;
    return status;
}

/* A certificate whose revocation was begun is not gone on with: the revocation is finished first. */
static enum status finish_revocation(struct service_issue_run *run)
{
    char id[STORE_ID_BYTES];
    struct failure *failure = &run->job->failure;
    enum status status =
        service_intention_find(run->context, run->order.id, STORE_INTENTION_REVOKE_CERTIFICATE,
                               run->certificate.request_id, id, failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = service_key_open(run->context, failure);
    if (status == STATUS_OK)
        status = service_request_revoke(run->context, &run->certificate, failure);
    if (status != STATUS_OK)
        run->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    run->has_certificate = status != STATUS_OK;
    return status;
}

static enum status leave_to_desk(struct service_context *context, const char *order_id,
                                 struct failure *failure)
{
    bool is_wished = false;
    enum status status = service_shipment_is_wished(context, order_id, &is_wished, failure);
    return is_wished ? failure_set(failure, STATUS_BAD_STATE, "issue", 0, "the desk makes this key") : status;
}

static enum status load(struct service_issue_run *run)
{
    struct service_context *context = run->context;
    struct failure *failure = &run->job->failure;
    const char *order_id = run->job->request.order_id;
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_step_allowed(context, order_id, ORDER_EVENT_KEY_PROVEN, &run->order, failure);
    if (status == STATUS_OK && !context->settings->is_desk)
        status = leave_to_desk(context, order_id, failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &run->order, &run->product, &run->operation);
    if (status == STATUS_OK)
        status = store_field_load(store, order_id, &run->values, failure);
    if (status == STATUS_OK)
        status = optional(service_key_of_order(context, order_id, &run->key, failure), &run->has_key);
    if (status == STATUS_OK)
        status = optional(service_issue_certificate(context, order_id, &run->certificate, failure),
                          &run->has_certificate);
    if (status == STATUS_OK)
        status = find_withdrawn(run);
    if (status == STATUS_OK)
        run->is_own = order_steps_is_on_own_key(&run->operation->steps);
    if (status == STATUS_OK)
        status = store_claim_take(store, order_id, (int)context->settings->settings->order_lease_s, failure);
    if (status == STATUS_OK && service_soft_is_open(context, order_id))
        status = refuse(run, SERVICE_REASON_SOFT_OPEN);
    if (status == STATUS_OK)
        status = service_request_subject(run);
    if (status == STATUS_OK && run->has_certificate)
        status = finish_revocation(run);
    return status;
}

/* --- format ------------------------------------------------------------------------------------------ */

static enum status format_act(struct service_issue_run *run)
{
    const struct token_info *info = &service_key_own(run->context)->info;
    struct token *token = run->context->drivers.token;
    if (strcmp(info->identity.mark, run->key.mark) ==
        0) { /* formatted before a pull, its PIN was not yet set */
        run->identity = info->identity;
        return token_unlock_pin(token, &run->identity, &run->so_pin, &run->pin, &run->job->failure);
    }
    struct token_format format = {.title = run->product->key_label,
                                  .so_pin = &run->so_pin,
                                  .transport_pin = &run->pin,
                                  .may_erase = info->presence != TOKEN_BLANK};
    (void)memcpy(format.mark, run->key.mark, sizeof(format.mark));
    struct token_identity expected = info->identity;
    return token_format(token, &expected, &format, &run->identity, &run->job->failure);
}

/* The act was found done; what announced it, if anything, ends. */
static enum status end_found(struct service_issue_run *run, enum store_intention_kind kind,
                             const char *outcome)
{
    char id[STORE_ID_BYTES];
    struct failure *failure = &run->job->failure;
    enum status status =
        service_intention_find(run->context, run->order.id, kind, run->key.mark, id, failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    return status == STATUS_OK ? service_intention_end(run->context, id, true, outcome, failure) : status;
}

static enum status stage_format(struct service_issue_run *run)
{
    char intention[STORE_ID_BYTES];
    const struct token_info *info = &service_key_own(run->context)->info;
    if (run->is_own) /* nothing on the holder's key is put at risk but its PIN */
        return service_own_prove_pin(run);
    if (strcmp(info->identity.mark, run->key.mark) == 0 && info->user_pin != TOKEN_PIN_UNSET) {
        run->identity = info->identity;
        return end_found(run, STORE_INTENTION_FORMAT_KEY, "found-formatted");
    }
    enum status status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_FORMAT_KEY,
                                                 run->key.mark, intention, &run->job->failure);
    if (status == STATUS_OK)
        status = token_failed(run, format_act(run));
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true, "formatted", &run->job->failure);
    return status;
}

/* --- generate ---------------------------------------------------------------------------------------- */

/* The id follows from the mark, on a key that carries older pairs from the order too, so that a run after a
 * kill asks for the same one. */
static void find_key_id(struct service_issue_run *run)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    if (run->is_own) {
        service_own_key_id(run->key.mark, run->order.id, &run->key_id);
        return;
    }
    crypto_sha256(run->key.mark, strlen(run->key.mark), digest);
    run->key_id.length = TOKEN_KEY_ID_BYTES;
    (void)memcpy(run->key_id.bytes, digest, TOKEN_KEY_ID_BYTES);
}

static enum status generate_act(struct service_issue_run *run)
{
    struct token *token = run->context->drivers.token;
    enum token_algorithm algorithm = run->product->algorithm == PRODUCT_ALGORITHM_EC_P256
                                         ? TOKEN_ALGORITHM_EC_P256
                                         : TOKEN_ALGORITHM_RSA_2048;
    enum status status =
        token_destroy(token, &run->identity, &run->pin, TOKEN_ROLE_SIGN, run->is_own ? &run->key_id : NULL,
                      &run->job->failure); /* half a pair of an interrupted run */
    if (status == STATUS_OK)
        status = (run->product->encryption ? token_generate_unwrapping : token_generate)(
            token, &run->identity, &run->pin, TOKEN_ROLE_SIGN, algorithm, &run->key_id, run->job->job.cancel,
            &run->public_key, &run->job->failure);
    return status;
}

/* Both halves are there, under our id, made here and not to be taken out. */
static enum status find_pair(struct service_issue_run *run)
{
    struct token *token = run->context->drivers.token;
    struct token_key_check sound = {0};
    enum status status = token_public_key(token, &run->identity, TOKEN_ROLE_SIGN, &run->key_id,
                                          &run->public_key, &run->job->failure);
    if (status == STATUS_OK)
        status = token_check_key(token, &run->identity, &run->pin, &run->key_id, &sound, &run->job->failure);
    if (status == STATUS_OK && !token_key_check_is_sound(&sound))
        return failure_set(&run->job->failure, STATUS_REFUSED, "token_check_key", 0,
                           "the key pair is not sound");
    return status;
}

static enum status stage_generate(struct service_issue_run *run)
{
    char intention[STORE_ID_BYTES];
    find_key_id(run);
    enum status found = find_pair(run);
    if (found == STATUS_OK && run->is_own && run->was_withdrawn && !run->has_certificate)
        found = STATUS_NOT_FOUND; /* whatever was wrong with the certificate, its pair goes with it */
    if (found != STATUS_NOT_FOUND && found != STATUS_OK)
        return token_failed(run, found);
    if (found == STATUS_NOT_FOUND && run->has_certificate)
        return refuse(run,
                      SERVICE_REASON_WRITE_FAILED); /* the certified key is gone: another key is needed */
    if (found == STATUS_OK)
        return end_found(run, STORE_INTENTION_GENERATE_KEY, "found-generated");
    enum status status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_GENERATE_KEY,
                                                 run->key.mark, intention, &run->job->failure);
    if (status == STATUS_OK)
        status = token_failed(run, generate_act(run));
    if (status == STATUS_OK)
        status = token_failed(run, find_pair(run));
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true, "generated", &run->job->failure);
    return status;
}

/* --- write ------------------------------------------------------------------------------------------- */

static enum status write_act(struct service_issue_run *run)
{
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(run->context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_DER, &der, &run->job->failure);
    if (status == STATUS_OK)
        status = token_failed(run, token_write_certificate(run->context->drivers.token, &run->identity,
                                                           &run->pin, TOKEN_ROLE_SIGN, &run->key_id, der.data,
                                                           der.length, &run->job->failure));
    buf_wipe(&der);
    return status;
}

static enum status store_step_and_result(struct service_issue_run *run, enum store_certificate_state to,
                                         const char *intention, const char *outcome)
{
    struct store *store = run->context->store;
    struct failure *failure = &run->job->failure;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status =
        store_certificate_step(store, run->certificate.request_id, run->certificate.state, to, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true, outcome, failure);
    status = store_end(store, status, failure);
    if (status == STATUS_OK)
        run->certificate.state = to;
    return status;
}

/* A wrong certificate (another key or name, an unknown authority, revoked) is declined at once, so that the
 * next try may ask for another one; it is never written, never handed over. */
enum status service_issue_check(struct service_issue_run *run)
{
    enum status status = service_proof_certificate(run);
    if (status == STATUS_OK)
        return status;
    run->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    if (status != STATUS_REFUSED)
        return status;
    struct failure failure = {0};
    enum status declined = service_request_revoke(run->context, &run->certificate, &failure);
    if (declined != STATUS_OK)
        log_failure("issue", "declining a wrong certificate", declined, &failure);
    run->job->reason = SERVICE_REASON_AUTHORITY_REFUSED;
    return status;
}

/* A key that is written is given its number first, once; the holder's own key has whatever number it came
 * with. */
static enum status give_number(struct service_issue_run *run)
{
    const char *pattern = run->product->key_number;
    return pattern[0] == 0 || run->is_own ? STATUS_OK
                                          : store_key_number_draw(run->context->store, run->key.mark, pattern,
                                                                  run->key_number, &run->job->failure);
}

static enum status stage_write(struct service_issue_run *run)
{
    char intention[STORE_ID_BYTES];
    enum status status = give_number(run);
    if (run->certificate.state != STORE_CERTIFICATE_ISSUED)
        return status;
    if (status == STATUS_OK)
        status = service_issue_check(run);
    if (status == STATUS_OK)
        status = service_pair_obtain(run);
    if (status == STATUS_OK)
        status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_WRITE_CERTIFICATE,
                                         run->certificate.request_id, intention, &run->job->failure);
    if (status == STATUS_OK)
        status = write_act(run);
    if (status == STATUS_OK)
        status = service_pair_write(run);
    if (status == STATUS_OK)
        status = store_step_and_result(run, STORE_CERTIFICATE_WRITTEN, intention, "written");
    return status;
}

/* --- verify and confirm ------------------------------------------------------------------------------ */

static enum status stage_verify(struct service_issue_run *run)
{
    struct service_context *context = run->context;
    enum status status = STATUS_OK;
    if (run->certificate.state == STORE_CERTIFICATE_WRITTEN) {
        status = service_issue_check(run);
        if (status == STATUS_OK)
            status = token_failed(run, service_proof_make(run));
        if (status == STATUS_OK)
            status = service_pair_prove(run);
        if (status == STATUS_OK)
            status =
                store_certificate_step(context->store, run->certificate.request_id, STORE_CERTIFICATE_WRITTEN,
                                       STORE_CERTIFICATE_PROVEN, NULL, &run->job->failure);
        if (status == STATUS_OK)
            run->certificate.state = STORE_CERTIFICATE_PROVEN;
    }
    if (status == STATUS_OK && run->certificate.state == STORE_CERTIFICATE_PROVEN)
        status = service_eseal_write(run);
    if (status == STATUS_OK) {
        status = service_request_confirm(context, &run->certificate, &run->job->failure);
        if (status != STATUS_OK && service_request_is_silence(status))
            run->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    }
    return status;
}

/* The new certificate is proven: the one it replaces is withdrawn and taken off the key. What fails here is
 * made up for by the sweep, and when the key's PIN is given the next time. */
static void leave_old(struct service_issue_run *run)
{
    struct failure failure = {0};
    enum status status = service_supersede_carry_out(run->context, run->order.id, &failure);
    if (status != STATUS_OK)
        log_failure("issue", "withdrawing the certificate that was replaced", status, &failure);
    if (run->is_own)
        service_own_tidy(run->context, &run->identity, &run->pin);
}

/* --- the whole --------------------------------------------------------------------------------------- */

static enum status run_stages(struct service_issue_run *run)
{
    static enum status (*const stages[])(struct service_issue_run * run) = {
        stage_format, stage_generate, service_request_certificate, stage_write, stage_verify};
    enum status status = load(run);
    if (status == STATUS_OK)
        status = service_issue_find_key(run);
    for (unsigned i = 0; i < sizeof(stages) / sizeof(stages[0]) && status == STATUS_OK; i++) {
        report(run, (enum service_issue_stage)i, true);
        int64_t started_ms = service_now_ms(run->context);
        status = job_cancel_is_requested(run->job->job.cancel) ? STATUS_CANCELLED : stages[i](run);
        log_info("issue", "%s stage %u: %s in %lld ms", run->order.acceptance, i, status_name(status),
                 (long long)(service_now_ms(run->context) - started_ms));
    }
    if (status == STATUS_OK)
        leave_old(run);
    return status;
}

static void release(struct service_issue_run *run)
{
    form_values_wipe(&run->values);
    secret_wipe_bytes(&run->subject, sizeof(run->subject));
    secret_wipe(&run->pin);
    secret_wipe(&run->so_pin);
}

void service_issue_run_run(struct service_context *context, struct service_job *job)
{
    struct service_issue_run run = {.context = context, .job = job};
    form_values_init(&run.values);
    enum status status = run_stages(&run);
    if (status == STATUS_OK)
        report(&run, SERVICE_ISSUE_PROVEN, false);
    else if (run.is_own)
        job->reason = service_own_reason(job->reason);
    release(&run);
    (void)service_key_look(context, NULL);
    service_key_report(context);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    if (job->patch != NULL && status != STATUS_OK) {
        job->patch->changes |= PATCH_ISSUE;
        job->patch->visit.issue.is_running = false;
    }
    service_job_finish(job, status);
}

/* --- another key ------------------------------------------------------------------------------------- */

static enum status revoke_live(struct service_context *context, struct service_job *job)
{
    struct store_certificate certificate;
    enum status status =
        service_issue_certificate(context, job->request.order_id, &certificate, &job->failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = service_request_revoke(context, &certificate, &job->failure);
    /* An authority that does not know what it issued is a matter for people. */
    return status == STATUS_NOT_FOUND ? STATUS_UNKNOWN : status;
}

static enum status check_abandon(struct service_context *context, struct service_job *job)
{
    struct order order;
    int lease_s = (int)context->settings->settings->order_lease_s;
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK && order.state != ORDER_STATE_ISSUING && order.state != ORDER_STATE_PIN)
        status = failure_set(&job->failure, STATUS_BAD_STATE, "abandon", 0, "the order is %s",
                             order_state_name(order.state));
    if (status == STATUS_OK)
        status = store_claim_take(context->store, order.id, lease_s, &job->failure);
    return status;
}

/* First the certificate is revoked, then the key is given up: killed between the two, the same key may still
 * be made again. */
static enum status abandon(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_key key;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_key_open(context, &job->failure);
    if (status == STATUS_OK)
        status = check_abandon(context, job);
    if (status == STATUS_OK)
        status = revoke_live(context, job);
    if (status != STATUS_OK)
        return status;
    status = service_key_of_order(context, job->request.order_id, &key, &job->failure);
    if (status == STATUS_OK && key.state == STORE_KEY_IN_WORK) /* never the holder's own */
        status = service_issue_end_key(context, &key, &job->failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

void service_issue_abandon_run(struct service_context *context, struct service_job *job)
{
    enum status status = abandon(context, job);
    if (status == STATUS_LOST || status == STATUS_UNKNOWN || status == STATUS_TIMED_OUT)
        job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}
