#include "kiosk/services/service_holder.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/signature.h"
#include "kiosk/services/service_carried.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_own.h"
#include "kiosk/services/service_revocation.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_trust.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"
#include "kiosk/store/store_wish.h"

enum { DAY_S = 86400, CHALLENGE_BYTES = 32 };

/* --- what the store knows ---------------------------------------------------------------------------- */

static bool is_stored_leaf(struct service_context *context, const struct store_certificate *row,
                           const struct buf *leaf)
{
    struct buf stored;
    buf_init(&stored, LIMIT_CERTIFICATE_BYTES);
    bool same = store_certificate_part(context->store, row->request_id, STORE_CERTIFICATE_DER, &stored,
                                       NULL) == STATUS_OK &&
                bytes_is_equal(bytes_of_buf(&stored), bytes_of_buf(leaf));
    buf_wipe(&stored);
    return same;
}

/* The row of the certificate and what its order was about. Returns: NOT_FOUND when it was not made here. */
static enum status find_stored(struct service_context *context, struct service_holder_found *found,
                               struct store_certificate *row, struct failure *failure)
{
    struct service_holder *view = &found->view;
    struct order order;
    char origin[STORE_ID_BYTES];
    const struct product_operation *operation = NULL;
    enum status status = store_certificate_load_by_serial(context->store, view->serial, row, failure);
    if (status == STATUS_OK && !is_stored_leaf(context, row, &found->leaf))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = store_order_load(context->store, row->order_id, &order, failure);
    if (status != STATUS_OK)
        return status;
    (void)text_copy(view->request_id, sizeof(view->request_id), row->request_id);
    (void)text_copy(view->order_id, sizeof(view->order_id), row->order_id);
    (void)text_copy(view->class_id, sizeof(view->class_id), order.class_id);
    (void)!service_product_of(context, &order, &view->product, &operation); /* it may be offered no more */
    status = service_carried_origin(context, row, origin, failure);
    view->has_seal = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static bool is_ours(struct service_context *context, const struct token_identity *identity)
{
    struct store_key key;
    return identity->mark[0] != 0 &&
           store_key_load(context->store, identity->mark, &key, NULL) == STATUS_OK &&
           key.state != STORE_KEY_BLANK;
}

/* --- how it stands ----------------------------------------------------------------------------------- */

unsigned service_holder_soon_days(const struct product *product)
{
    return product != NULL && product->renewal_days > 0 ? product->renewal_days : SERVICE_HOLDER_SOON_DAYS;
}

static enum service_holder_state state_of(const struct service_context *context,
                                          const struct service_holder *view, enum chain_verdict verdict)
{
    switch (verdict) {
    case CHAIN_GOOD:
        return view->not_after_utc_s - service_now_utc_s(context) <
                       (int64_t)service_holder_soon_days(view->product) * DAY_S
                   ? SERVICE_HOLDER_SOON
                   : SERVICE_HOLDER_VALID;
    case CHAIN_REVOKED:
        return SERVICE_HOLDER_REVOKED;
    case CHAIN_EXPIRED:
        return SERVICE_HOLDER_EXPIRED;
    case CHAIN_NOT_YET_VALID:
        return SERVICE_HOLDER_EARLY;
    case CHAIN_CRL_MISSING:
    case CHAIN_CRL_STALE:
        return SERVICE_HOLDER_UNCHECKED;
    case CHAIN_MALFORMED:
    case CHAIN_KEY_DIFFERS:
    case CHAIN_SUBJECT_DIFFERS:
    case CHAIN_ISSUER_UNKNOWN:
    case CHAIN_SIGNATURE_WRONG:
    case CHAIN_USAGE_WRONG:
    case CHAIN_REFUSED:
    case CHAIN_VERDICT_COUNT_:
        break;
    }
    return SERVICE_HOLDER_UNKNOWN;
}

/* Certificates between ours and the root stand in the store beside it. */
static enum status ask_trust(struct service_context *context, const struct service_holder_found *found,
                             bool of_others, enum chain_verdict *out, struct failure *failure)
{
    struct buf chain;
    buf_init(&chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
    enum status status = found->view.request_id[0] == 0
                             ? STATUS_NOT_FOUND
                             : store_certificate_part(context->store, found->view.request_id,
                                                      STORE_CERTIFICATE_CHAIN, &chain, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = service_trust_check(context,
                                     &(struct service_trust_question){.leaf = bytes_of_buf(&found->leaf),
                                                                      .chain = &chain,
                                                                      .of_others = of_others},
                                     out, failure);
    buf_wipe(&chain);
    return status;
}

/* A certificate that the hall's own roots do not vouch for may be of an authority that it recognises. */
static enum service_holder_state state_of_others(struct service_context *context,
                                                 const struct service_holder_found *found)
{
    enum chain_verdict verdict = CHAIN_MALFORMED;
    struct failure failure = {0};
    enum status status = ask_trust(context, found, true, &verdict, &failure);
    if (status != STATUS_OK)
        log_failure("holder", "reading the roots of recognised authorities", status, &failure);
    if (status != STATUS_OK || (verdict != CHAIN_GOOD && verdict != CHAIN_EXPIRED))
        return SERVICE_HOLDER_UNKNOWN;
    return verdict == CHAIN_GOOD ? SERVICE_HOLDER_FOREIGN : SERVICE_HOLDER_FOREIGN_PAST;
}

/* Why the authority withdrew it, when it did so by itself. */
static enum status tell_ground(struct service_context *context, struct service_holder *view,
                               struct failure *failure)
{
    struct service_certificate_revocation revocation;
    enum status status = service_revocation_load(context, view->request_id, &revocation, failure);
    if (status == STATUS_OK && view->product != NULL)
        (void)text_copy(view->ground, sizeof(view->ground),
                        product_ground_text(view->product, revocation.ground));
    secret_wipe_bytes(&revocation, sizeof(revocation));
    return status;
}

/* What the store says of its own certificates comes first: a revocation list may be a day old. */
static enum status judge(struct service_context *context, struct service_holder_found *found,
                         struct failure *failure)
{
    struct service_holder *view = &found->view;
    struct store_certificate row;
    enum chain_verdict verdict = CHAIN_MALFORMED;
    enum status status = find_stored(context, found, &row, failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool is_revoked = status == STATUS_OK && row.state == STORE_CERTIFICATE_REVOKED;
    bool is_held = status == STATUS_OK && row.state == STORE_CERTIFICATE_HELD;
    status = ask_trust(context, found, false, &verdict, failure);
    if (status != STATUS_OK)
        return status;
    view->state = is_revoked ? SERVICE_HOLDER_REVOKED
                  : is_held  ? SERVICE_HOLDER_HELD
                             : state_of(context, view, verdict);
    if (is_revoked)
        status = tell_ground(context, view, failure);
    if (view->state == SERVICE_HOLDER_UNKNOWN)
        view->state = state_of_others(context, found);
    return status;
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status summarize(struct service_holder_found *found, struct failure *failure)
{
    struct certificate_summary summary;
    struct service_holder *view = &found->view;
    enum status status = certificate_summarize(bytes_of_buf(&found->leaf), &summary, failure);
    if (status != STATUS_OK)
        return status;
    (void)text_copy(view->owner, sizeof(view->owner),
                    summary.common_name[0] != 0 ? summary.common_name : summary.subject);
    (void)text_copy(view->issuer, sizeof(view->issuer), summary.issuer_common_name);
    (void)text_copy(view->serial, sizeof(view->serial), summary.serial);
    view->not_before_utc_s = summary.not_before_utc_s;
    view->not_after_utc_s = summary.not_after_utc_s;
    secret_wipe_bytes(&summary, sizeof(summary));
    return STATUS_OK;
}

/* One certificate of several on a key. */
struct candidate {
    struct token_key_id id;
    struct buf leaf;
    bool is_live; /* by the store: confirmed or held, and not replaced by a later one */
    int64_t not_after_utc_s;
};

static bool is_live(struct service_context *context, const char *serial)
{
    struct store_certificate row;
    bool is_replaced = true;
    return store_certificate_load_by_serial(context->store, serial, &row, NULL) == STATUS_OK &&
           (row.state == STORE_CERTIFICATE_CONFIRMED || row.state == STORE_CERTIFICATE_HELD) &&
           store_subject_is_replaced(context->store, row.request_id, &is_replaced, NULL) == STATUS_OK &&
           !is_replaced;
}

/* What another program put there is a candidate too, the last one. */
static enum status read_candidate(struct service_context *context, const struct token_identity *identity,
                                  const struct token_key_id *id, struct candidate *out,
                                  struct failure *failure)
{
    struct certificate_summary summary = {0};
    enum status status = token_read_certificate(context->drivers.token, identity, TOKEN_ROLE_SIGN,
                                                id->length > 0 ? id : NULL, &out->leaf, &out->id, failure);
    if (status == STATUS_OK && certificate_summarize(bytes_of_buf(&out->leaf), &summary, NULL) == STATUS_OK) {
        out->not_after_utc_s = summary.not_after_utc_s;
        out->is_live = is_live(context, summary.serial);
    }
    secret_wipe_bytes(&summary, sizeof(summary));
    return status;
}

static enum status keep_better(struct service_holder_found *found, struct candidate *best,
                               const struct candidate *other)
{
    bool is_better = found->leaf.length == 0 || (other->is_live && !best->is_live) ||
                     (other->is_live == best->is_live && other->not_after_utc_s > best->not_after_utc_s);
    if (!is_better)
        return STATUS_OK;
    best->is_live = other->is_live;
    best->not_after_utc_s = other->not_after_utc_s;
    found->key_id = other->id;
    buf_clear(&found->leaf);
    return buf_append(&found->leaf, other->leaf.data, other->leaf.length);
}

/* A renewed key may still carry the old certificate: the live one that ends last speaks for it.
 * Returns: NOT_FOUND when there is none. */
static enum status choose_certificate(struct service_context *context, struct service_holder_found *found,
                                      const struct token_objects *objects, struct failure *failure)
{
    struct candidate best = {.not_after_utc_s = INT64_MIN};
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < objects->count && status == STATUS_OK; i++) {
        const struct token_object *object = &objects->object[i];
        struct candidate other = {.not_after_utc_s = INT64_MIN};
        if (object->kind != TOKEN_OBJECT_CERTIFICATE || object->role != TOKEN_ROLE_SIGN)
            continue;
        buf_init(&other.leaf, LIMIT_CERTIFICATE_BYTES);
        status = read_candidate(context, &found->identity, &object->id, &other, failure);
        if (status == STATUS_OK)
            status = keep_better(found, &best, &other);
        buf_wipe(&other.leaf);
    }
    return status == STATUS_OK && found->leaf.length == 0 ? STATUS_NOT_FOUND : status;
}

static enum service_object_kind kind_of(const struct token_object *object)
{
    bool is_certificate = object->kind == TOKEN_OBJECT_CERTIFICATE;
    if (object->kind == TOKEN_OBJECT_OTHER)
        return SERVICE_OBJECT_DATA;
    if (object->role == TOKEN_ROLE_SIGN)
        return is_certificate ? SERVICE_OBJECT_SIGN_CERTIFICATE : SERVICE_OBJECT_SIGN_KEY;
    if (object->role == TOKEN_ROLE_ENCRYPT)
        return is_certificate ? SERVICE_OBJECT_ENCRYPT_CERTIFICATE : SERVICE_OBJECT_ENCRYPT_KEY;
    return is_certificate ? SERVICE_OBJECT_FOREIGN_CERTIFICATE : SERVICE_OBJECT_FOREIGN_KEY;
}

/* The end of a certificate on the key. Returns: 0 when it cannot be read. */
static int64_t end_of(struct service_context *context, const struct token_identity *identity,
                      const struct token_object *object)
{
    struct certificate_summary summary = {0};
    struct buf der;
    int64_t end_utc_s = 0;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    if (object->kind == TOKEN_OBJECT_CERTIFICATE &&
        token_read_certificate(context->drivers.token, identity, object->role,
                               object->id.length > 0 ? &object->id : NULL, &der, NULL, NULL) == STATUS_OK &&
        certificate_summarize(bytes_of_buf(&der), &summary, NULL) == STATUS_OK)
        end_utc_s = summary.not_after_utc_s;
    secret_wipe_bytes(&summary, sizeof(summary));
    buf_wipe(&der);
    return end_utc_s;
}

static void list_objects(struct service_context *context, struct service_holder *view,
                         const struct token_objects *objects)
{
    const struct token_identity *identity = &service_key_own(context)->info.identity;
    view->objects = objects->count;
    for (unsigned i = 0; i < objects->count && i < SERVICE_OBJECTS_MAX; i++)
        view->object[i] = (struct service_object){kind_of(&objects->object[i]),
                                                  end_of(context, identity, &objects->object[i])};
}

static enum status read_certificate(struct service_context *context, struct service_holder_found *found,
                                    struct failure *failure)
{
    struct token *token = context->drivers.token;
    struct token_objects objects;
    enum status status = token_list(token, &found->identity, NULL, &objects, failure);
    if (status != STATUS_OK)
        return status;
    list_objects(context, &found->view, &objects);
    status = choose_certificate(context, found, &objects, failure);
    if (status == STATUS_NOT_FOUND) {
        found->view.state = SERVICE_HOLDER_NONE;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = summarize(found, failure);
    if (status == STATUS_MALFORMED) { /* something another program put there */
        found->view.state = SERVICE_HOLDER_UNKNOWN;
        return STATUS_OK;
    }
    return status == STATUS_OK ? judge(context, found, failure) : status;
}

static void name_key(struct service_context *context, struct service_holder_found *found)
{
    found->identity = service_key_own(context)->info.identity;
    found->view.is_ours = is_ours(context, &found->identity);
    (void)text_copy(found->view.key_serial, sizeof(found->view.key_serial), found->identity.serial);
    (void)text_copy(found->view.key_model, sizeof(found->view.key_model), found->identity.model);
    (void)text_copy(found->view.key_maker, sizeof(found->view.key_maker),
                    service_key_own(context)->info.manufacturer);
    (void)text_copy(found->view.key_label, sizeof(found->view.key_label), found->identity.label);
    if (!found->view.is_ours)
        return;
    (void)text_copy(found->view.mark, sizeof(found->view.mark), found->identity.mark);
    (void)!store_key_number_load(context->store, found->identity.mark, found->view.key_number, NULL);
}

enum status service_holder_read(struct service_context *context, struct service_job *job,
                                struct service_holder_found *out)
{
    struct store *store = NULL;
    buf_init(&out->leaf, LIMIT_CERTIFICATE_BYTES);
    enum status status = service_store(context, &store);
    if (status != STATUS_OK)
        return status;
    status = service_key_look(context, &job->failure);
    if (status == STATUS_OK && service_key_own(context)->info.presence == TOKEN_ABSENT)
        return service_job_refuse(job, SERVICE_REASON_NO_KEY, 0);
    if (status == STATUS_OK) {
        name_key(context, out);
        status = service_key_own(context)->info.presence == TOKEN_CARRYING
                     ? read_certificate(context, out, &job->failure)
                     : STATUS_OK;
    }
    if (out->view.state == SERVICE_HOLDER_UNREAD && status == STATUS_OK)
        out->view.state = SERVICE_HOLDER_NONE;
    if (status == STATUS_LOST || status == STATUS_CONFLICT)
        job->reason = service_key_reason(status);
    return status;
}

void service_holder_release(struct service_holder_found *found)
{
    buf_wipe(&found->leaf);
    secret_wipe_bytes(found, sizeof(*found));
}

/* --- the proof --------------------------------------------------------------------------------------- */

/* A certificate speaks for its holder while this hall made it and nobody withdrew it; an expired one still
 * does, or it could not be renewed. */
static bool can_speak(const struct service_holder *view)
{
    switch (view->state) {
    case SERVICE_HOLDER_VALID:
    case SERVICE_HOLDER_SOON:
    case SERVICE_HOLDER_EARLY:
    case SERVICE_HOLDER_EXPIRED:
    case SERVICE_HOLDER_HELD:
    case SERVICE_HOLDER_UNCHECKED:
        return view->request_id[0] != 0;
    case SERVICE_HOLDER_UNREAD:
    case SERVICE_HOLDER_NONE:
    case SERVICE_HOLDER_REVOKED:
    case SERVICE_HOLDER_FOREIGN:
    case SERVICE_HOLDER_FOREIGN_PAST:
    case SERVICE_HOLDER_UNKNOWN:
    case SERVICE_HOLDER_STATE_COUNT_:
        break;
    }
    return false;
}

enum status service_holder_prove(struct service_context *context, struct service_job *job,
                                 struct service_holder_found *found)
{
    return can_speak(&found->view) ? service_holder_prove_unknown(context, job, found)
                                   : service_job_refuse(job, SERVICE_REASON_KEY_UNFIT, 0);
}

enum status service_holder_prove_unknown(struct service_context *context, struct service_job *job,
                                         struct service_holder_found *found)
{
    uint8_t nonce[CHALLENGE_BYTES];
    struct buf signature;
    if (found->leaf.length == 0 || found->view.state == SERVICE_HOLDER_REVOKED)
        return service_job_refuse(job, SERVICE_REASON_KEY_UNFIT, 0);
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    random_fill(context->settings->random, nonce, sizeof(nonce)); /* anew, or an old answer would pass */
    enum status status = token_sign(context->drivers.token, &found->identity, &job->request.secret,
                                    &found->key_id, nonce, sizeof(nonce), &signature, &job->failure);
    if (status != STATUS_OK) {
        status = service_key_refuse_pin(context, job, status);
    } else {
        status = signature_check(bytes_of_buf(&found->leaf), bytes_view(nonce, sizeof(nonce)),
                                 bytes_of_buf(&signature), &job->failure);
        found->view.is_proven = status == STATUS_OK;
        if (status == STATUS_REFUSED)
            job->reason = SERVICE_REASON_KEY_UNFIT;
        if (status == STATUS_OK)
            service_own_tidy(context, &found->identity, &job->request.secret);
        (void)!service_key_look(context, NULL); /* a right PIN gives all tries back */
    }
    buf_release(&signature);
    return status;
}

/* --- the requests ------------------------------------------------------------------------------------ */

static void give(struct service_job *job, const struct service_holder *view)
{
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_HOLDER;
    patch->visit.holder = *view;
}

void service_key_read_run(struct service_context *context, struct service_job *job)
{
    struct service_holder_found found = {0};
    enum status status = service_holder_read(context, job, &found);
    if (status == STATUS_OK)
        give(job, &found.view);
    service_holder_release(&found);
    service_job_finish(job, status);
}

/* Who proved to be the holder is reached at the number the certificate's order was made with. */
static enum status log_in(struct service_context *context, struct service_job *job,
                          const struct service_holder *view)
{
    struct order order;
    struct service_patch *patch = service_job_patch(job);
    enum status status = store_order_load(context->store, view->order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_load_phone(context, &order, patch->visit.phone, sizeof(patch->visit.phone));
    patch->visit.login = SERVICE_LOGIN_BY_KEY;
    if (status == STATUS_OK)
        patch->changes |= PATCH_LOGIN;
    return status;
}

void service_key_login_run(struct service_context *context, struct service_job *job)
{
    struct service_holder_found found = {0};
    enum status status = service_holder_read(context, job, &found);
    if (status == STATUS_OK)
        status = service_holder_prove(context, job, &found);
    if (status == STATUS_OK)
        status = log_in(context, job, &found.view);
    if (status == STATUS_OK)
        found.view.must_change = service_shipment_must_change(context, found.view.order_id,
                                                              found.view.product, &job->request.secret);
    if (status == STATUS_OK)
        give(job, &found.view);
    service_holder_release(&found);
    service_job_finish(job, status);
}

/* The certificate that was shown may be worked on today. */
static enum status admit(struct service_context *context, struct service_job *job, const struct order *order,
                         const char *request_id)
{
    struct store_certificate certificate;
    struct store_wish wish = {0};
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK)
        status = store_wish_load(context->store, order->id, &wish, &job->failure);
    if (status == STATUS_NOT_FOUND) /* an order from before there were wishes */
        status = STATUS_OK;
    if (status == STATUS_OK)
        status = store_certificate_load(context->store, request_id, &certificate, &job->failure);
    if (status == STATUS_OK && certificate.state != STORE_CERTIFICATE_CONFIRMED)
        return service_job_refuse(job, SERVICE_REASON_KEY_UNFIT, 0);
    return status == STATUS_OK
               ? service_subject_admit(context, job, product, operation, wish.years, &certificate)
               : status;
}

/* The order goes on with the certificate that was shown, and with no other afterwards. */
static enum status show(struct service_context *context, struct service_job *job,
                        const struct service_holder *view)
{
    struct order order;
    struct failure *failure = &job->failure;
    enum status status =
        service_step_allowed(context, job->request.order_id, ORDER_EVENT_KEY_SHOWN, &order, failure);
    if (status == STATUS_OK && (view->product == NULL || strcmp(view->product->id, order.product) != 0))
        return service_job_refuse(job, SERVICE_REASON_KEY_OTHER, 0);
    if (status == STATUS_OK)
        status = service_subject_match(context, order.id, view->request_id, failure);
    if (status == STATUS_CONFLICT)
        return service_job_refuse(job, SERVICE_REASON_KEY_OTHER, 0);
    if (status == STATUS_OK)
        status = admit(context, job, &order, view->request_id);
    if (status == STATUS_OK)
        status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = service_subject_keep(context, &order, view->request_id, failure);
    if (status == STATUS_OK)
        status = service_wish_reprice(context, order.id, failure);
    if (status == STATUS_OK)
        status = service_step(context, order.id, ORDER_EVENT_KEY_SHOWN, &order, failure);
    return store_end(context->store, status, failure);
}

/* What the operation that the order follows makes of a key that nobody here knows. */
static enum status ways_of(struct service_context *context, const char *order_id, bool *has_other,
                           bool *is_other, struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_load_operation(context, order_id, NULL, &product, &operation, failure);
    if (status != STATUS_OK)
        return status;
    *has_other = product_operation_fallback(product, operation) != NULL;
    *is_other = product_operation_is_fallback(operation);
    return STATUS_OK;
}

/* The holder of a key without an order here: the short way is closed, the other one begins with the PIN. */
static enum status show_unknown(struct service_context *context, struct service_job *job,
                                struct service_holder_found *found)
{
    struct order order;
    struct failure *failure = &job->failure;
    enum status status = service_holder_prove_unknown(context, job, found);
    if (status == STATUS_OK)
        status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = service_own_keep_unknown(context, job->request.order_id, &found->identity, failure);
    if (status == STATUS_OK)
        status = service_step(context, job->request.order_id, ORDER_EVENT_KEY_SHOWN, &order, failure);
    return store_end(context->store, status, failure);
}

static enum status show_found(struct service_context *context, struct service_job *job,
                              struct service_holder_found *found)
{
    bool has_other = false, is_other = false;
    bool is_unknown = found->leaf.length > 0 && found->view.request_id[0] == 0;
    enum status status = ways_of(context, job->request.order_id, &has_other, &is_other, &job->failure);
    if (status == STATUS_OK && is_unknown && has_other)
        return service_job_refuse(job, SERVICE_REASON_KEY_UNKNOWN, 0);
    if (status == STATUS_OK && is_unknown && is_other)
        return show_unknown(context, job, found);
    if (status == STATUS_OK)
        status = service_holder_prove(context, job, found);
    return status == STATUS_OK ? show(context, job, &found->view) : status;
}

void service_key_show_run(struct service_context *context, struct service_job *job)
{
    struct service_holder_found found = {0};
    enum status status = service_holder_read(context, job, &found);
    if (status == STATUS_OK)
        status = show_found(context, job, &found);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, true);
    if (status == STATUS_OK)
        give(job, &found.view);
    service_holder_release(&found);
    service_job_finish(job, status);
}
