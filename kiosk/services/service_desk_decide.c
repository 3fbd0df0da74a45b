/* What a clerk decides: on what was displayed, signed, taken back for a while. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_desk_state.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/services/service_original.h"
#include "kiosk/services/service_seal.h"
#include "kiosk/services/service_signers.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_rejection.h"

/* --- what was displayed ------------------------------------------------------------------------------ */

/* What was displayed: order, version, the values that were on the screen (hashed there) and the digest of
 * every page that was, each with its length before it so that no two displays have the same bytes. */
static void mix(struct buf *bytes, const void *value, size_t length)
{
    check(buf_append_sized(bytes, value, length) == STATUS_OK);
}

static void hash_displayed(const struct desk_state *state, const struct service_request *request,
                           uint8_t out[CRYPTO_SHA256_BYTES])
{
    struct buf bytes;
    buf_init(&bytes, LIMIT_CONFIG_BYTES);
    mix(&bytes, state->order_id, strlen(state->order_id));
    mix(&bytes, &state->version, sizeof(state->version));
    mix(&bytes, request->displayed_hash, sizeof(request->displayed_hash));
    for (size_t i = 0; i < state->page_count; i++) {
        if (!state->pages[i].seen)
            continue;
        mix(&bytes, state->pages[i].paper, strlen(state->pages[i].paper));
        mix(&bytes, state->pages[i].sha256, sizeof(state->pages[i].sha256));
    }
    crypto_sha256(bytes.data, bytes.length, out);
    buf_release(&bytes);
}

/* --- deciding ---------------------------------------------------------------------------------------- */

static enum status sign(struct service_context *context, struct service_job *job, const char *decision_id)
{
    struct store_decision_signer signer = {.method = "password"};
    (void)text_copy(signer.name, sizeof(signer.name), service_desk_state(context)->clerk);
    return store_decision_sign(context->store, decision_id, &signer, &job->failure);
}

/* The decision a colleague began on the same display and that still lacks a signature. */
static enum status find_begun(struct service_context *context, struct service_job *job,
                              struct store_decision *decision)
{
    struct store_decision open;
    enum status status = store_decision_load_open(context->store, decision->order_id, &open, &job->failure);
    if (status != STATUS_OK)
        return status;
    if (open.state != STORE_DECISION_COLLECTING || strcmp(open.action, decision->action) != 0 ||
        memcmp(open.displayed_hash, decision->displayed_hash, sizeof(open.displayed_hash)) != 0)
        return STATUS_NOT_FOUND;
    *decision = open;
    return STATUS_OK;
}

/* Signed with the first, or with the last of the signatures the product asks for. */
enum status service_desk_decide(struct service_context *context, struct service_job *job,
                                struct store_decision *decision)
{
    enum status status = find_begun(context, job, decision);
    if (status != STATUS_NOT_FOUND)
        return status == STATUS_OK ? sign(context, job, decision->id) : status;
    status = store_decision_insert(context->store, decision, &job->failure);
    if (status == STATUS_OK && job->request.rejections != NULL)
        status = store_rejection_put(context->store, decision->id, job->request.rejections, &job->failure);
    return status == STATUS_OK ? sign(context, job, decision->id) : status;
}

static enum status check_unchanged(struct service_context *context, struct service_job *job,
                                   enum order_event event)
{
    const struct desk_state *state = service_desk_state(context);
    struct order order;
    enum status status = service_step_allowed(context, job->request.order_id, event, &order, &job->failure);
    bool is_shown =
        strcmp(state->order_id, job->request.order_id) == 0 && state->version == job->request.version;
    int64_t applied = 0;
    if (status == STATUS_OK)
        status = store_decision_count_applied(context->store, order.id, &applied, &job->failure);
    if (status == STATUS_BAD_STATE ||
        (status == STATUS_OK && (!is_shown || order.version != state->version || applied != state->applied)))
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status;
}

/* What is on hold is taken up first; only what is on hold is taken up. */
static enum status check_hold(struct service_context *context, struct service_job *job, const char *action)
{
    struct store_decision hold;
    enum status status = store_decision_load_hold(context->store, job->request.order_id, job->request.version,
                                                  &hold, &job->failure);
    if (status == STATUS_OK)
        return strcmp(action, "take-up") == 0 ? STATUS_OK
                                              : service_job_refuse(job, SERVICE_REASON_ON_HOLD, 0);
    if (status == STATUS_NOT_FOUND)
        return strcmp(action, "take-up") == 0 ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
                                              : STATUS_OK;
    return status;
}

static bool is_hold(const char *action)
{
    return strcmp(action, "hold") == 0 || strcmp(action, "take-up") == 0;
}

static bool is_at_once(const char *action)
{
    return strcmp(action, "identify-refuse") == 0 || is_hold(action) || service_lock_decides(action);
}

/* Letting a person through may be taken back for a while; sending one back says so at once. */
static int64_t undo_s_of(const struct service_context *context, const char *action)
{
    return is_at_once(action) ? 0 : context->settings->settings->review_undo_s;
}

static void tell_decided(struct service_context *context, struct service_job *job, const char *action)
{
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_DESK_DECIDED;
    patch->desk.opened.decided = true;
    patch->desk.opened.approved = strcmp(action, "approve") == 0 || strcmp(action, "identify") == 0;
    patch->desk.opened.undo_until_utc_s = service_now_utc_s(context) + undo_s_of(context, action);
    patch->desk.opened.waits_second =
        service_signers_is_collecting(context, service_desk_state(context)->decision_id);
}

/* Inside a change: who may approve is judged by the signatures and originals of the moment the own one is
 * added; a decision and the note it was put aside with land together; who sends back ends what colleagues
 * approved before. */
static enum status store_inside(struct service_context *context, struct service_job *job,
                                struct store_decision *decision)
{
    enum status status = STATUS_OK;
    if (strcmp(decision->action, "reject") == 0)
        status = service_signers_drop(context, job);
    if (strcmp(decision->action, "approve") == 0)
        status = service_signers_check(context, job);
    if (status == STATUS_OK && strcmp(decision->action, "approve") == 0)
        status = service_original_check(context, job);
    if (status == STATUS_OK)
        status = service_seal_check(context, job, decision->action);
    if (status == STATUS_OK)
        status = service_desk_decide(context, job, decision);
    if (status == STATUS_OK && strcmp(decision->action, "hold") == 0)
        status = store_decision_explain(context->store, decision, job->request.text, &job->failure);
    return status;
}

static enum status decide(struct service_context *context, struct service_job *job, const char *action)
{
    struct desk_state *state = service_desk_state(context);
    struct store_decision decision = {.order_version = state->version, .undo_s = undo_s_of(context, action)};
    enum status status = service_signers_required(context, job, action, &decision.required);
    decision.of = decision.required;
    order_id_make(context->settings->random, decision.id);
    (void)memcpy(decision.order_id, job->request.order_id, sizeof(decision.order_id));
    (void)text_copy(decision.action, sizeof(decision.action), action);
    hash_displayed(state, &job->request, decision.displayed_hash);
    if (status == STATUS_OK)
        status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(context->store, store_inside(context, job, &decision), &job->failure);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        (void)memcpy(state->decision_id, decision.id, sizeof(state->decision_id));
    return status;
}

static enum status decide_open(struct service_context *context, struct service_job *job,
                               enum order_event event, const char *action)
{
    struct store *store = NULL;
    enum status status =
        service_desk_state(context)->signed_in ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = check_unchanged(context, job, event);
    if (status == STATUS_OK)
        status = check_hold(context, job, action);
    return status == STATUS_OK ? decide(context, job, action) : status;
}

static void decide_and_end(struct service_context *context, struct service_job *job, enum order_event event,
                           const char *action)
{
    enum status status = decide_open(context, job, event, action);
    if (status == STATUS_OK)
        tell_decided(context, job, action);
    service_job_finish(job, status);
}

/* The case stays open and is shown as it is now. */
static enum status decide_now(struct service_context *context, struct service_job *job, const char *action)
{
    enum status status = decide_open(context, job, ORDER_EVENT_APPROVED, action);
    if (status != STATUS_OK)
        return status;
    service_desk_state(context)->decision_id[0] =
        0; /* not to be taken back: the opposite is decided instead */
    service_decision_apply_due(context);
    return service_desk_load_case(context, job);
}

void service_desk_hold_run(struct service_context *context, struct service_job *job)
{
    bool holds = job->request.flag;
    enum status status = holds && job->request.text[0] == 0
                             ? failure_set(&job->failure, STATUS_MALFORMED, "hold", 0, "no note")
                             : decide_now(context, job, holds ? "hold" : "take-up");
    service_job_finish(job, status);
}

void service_desk_lock_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, decide_now(context, job, service_lock_action(job->request.flag)));
}

void service_desk_approve_run(struct service_context *context, struct service_job *job)
{
    if (job->request.flag)
        decide_and_end(context, job, ORDER_EVENT_APPROVED, "approve");
    else
        service_job_finish(job, service_job_refuse(job, SERVICE_REASON_PAGES_UNSEEN, 0));
}

void service_desk_reject_run(struct service_context *context, struct service_job *job)
{
    if (job->request.rejections != NULL && job->request.rejections->count > 0)
        decide_and_end(context, job, ORDER_EVENT_REJECTED, "reject");
    else
        service_job_finish(job, STATUS_MALFORMED);
}

/* Both halves of who the person is come back with the reason, so that either may be mended. */
static enum status fill_refusal(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    const char *fields[2] = {"", ""};
    struct form_values values;
    form_values_init(&values);
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        status = service_load_values(context, order.id, &values, &job->failure);
    if (status == STATUS_OK)
        product_operation_person(product, operation, &values, &fields[0], &fields[1]);
    form_values_wipe(&values);
    if (status != STATUS_OK)
        return status;
    struct order_rejections *items = job->request.rejections = calloc(1, sizeof(*items));
    check(items != NULL);
    items->count = 2;
    for (size_t i = 0; i < items->count; i++) {
        items->item[i].kind = ORDER_ITEM_FIELD;
        (void)text_copy(items->item[i].item, sizeof(items->item[i].item), fields[i]);
        (void)text_copy(items->item[i].reason, sizeof(items->item[i].reason), job->request.text);
    }
    return STATUS_OK;
}

/* The applicant may try again at once, before the same clerk or another. */
static void refuse_person(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status =
        service_desk_state(context)->signed_in ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = job->request.text[0] == 0 ? STATUS_MALFORMED : fill_refusal(context, job);
    if (status != STATUS_OK) {
        service_job_finish(job, status);
        return;
    }
    decide_and_end(context, job, ORDER_EVENT_IDENTIFIED, "identify-refuse");
    if (job->job.status != STATUS_OK)
        return;
    service_desk_state(context)->order_id[0] = 0;
    service_desk_tell_attention(context);
    service_decision_apply_due(context);
}

void service_desk_identify_run(struct service_context *context, struct service_job *job)
{
    if (job->request.flag)
        decide_and_end(context, job, ORDER_EVENT_IDENTIFIED, "identify");
    else
        refuse_person(context, job);
}

void service_desk_undo_run(struct service_context *context, struct service_job *job)
{
    struct desk_state *state = service_desk_state(context);
    struct store *store = NULL;
    enum status status = state->decision_id[0] != 0 ? service_store(context, &store) : STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = store_decision_withdraw(store, state->decision_id, job->request.text, &job->failure);
    if (status == STATUS_CONFLICT)
        status = service_job_refuse(job, SERVICE_REASON_TOO_LATE, 0);
    if (status == STATUS_OK) {
        state->decision_id[0] = 0;
        service_job_patch(job)->changes |= PATCH_DESK_DECIDED; /* decided: false */
    }
    service_job_finish(job, status);
}
