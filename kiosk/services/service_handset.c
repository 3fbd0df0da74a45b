#include "kiosk/services/service_handset.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/request.h"
#include "kiosk/services/service_escrow.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_term.h"
#include "kiosk/services/service_trust.h"
#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_phone.h"

enum { ORDERS_MAX = 64, CERTIFICATES_MAX = 8 };

/* One order's certificate on its way. */
struct phone {
    struct service_context *context;
    struct service_job *job;
    const struct order *order;
    const struct product *product;
    const struct product_operation *operation;
    const struct service_handset_holder *holder;
    struct store_certificate certificate;
    struct store_certificate old; /* the holder's that stands; request_id "" for none */
    bool recovers;                /* its encryption key comes back from escrow */
    enum authority_reason why;    /* it is revoked */
};

static enum status refuse(const struct phone *phone, enum service_reason reason)
{
    return service_job_refuse(phone->job, reason, 0);
}

static enum status reload(struct phone *phone)
{
    return store_certificate_load(phone->context->store, phone->certificate.request_id, &phone->certificate,
                                  &phone->job->failure);
}

/* --- the request ------------------------------------------------------------------------------------- */

static enum status store_request(struct phone *phone, const struct buf *request)
{
    struct store *store = phone->context->store;
    struct failure *failure = &phone->job->failure;
    struct store_key key = {.model = STORE_PHONE_MODEL, .state = STORE_KEY_IN_WORK};
    char request_id[STORE_ID_BYTES];
    char intention[STORE_ID_BYTES];
    order_id_make(phone->context->settings->random, request_id);
    order_id_make(phone->context->settings->random, key.mark);
    (void)text_copy(key.serial, sizeof(key.serial), phone->order->acceptance);
    (void)text_copy(key.label, sizeof(key.label), phone->product->key_label);
    (void)text_copy(key.order_id, sizeof(key.order_id), phone->order->id);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_key_insert(store, &key, failure);
    if (status == STATUS_OK)
        status = store_certificate_insert(store, request_id, phone->order->id, key.mark, request->data,
                                          request->length, failure);
    if (status == STATUS_OK)
        status = service_intention_begin(phone->context, phone->order->id,
                                         STORE_INTENTION_REQUEST_CERTIFICATE, request_id, intention, failure);
    status = store_end(store, status, failure);
    return status == STATUS_OK ? store_certificate_load(store, request_id, &phone->certificate, failure)
                               : status;
}

static enum status find_or_request(struct phone *phone)
{
    struct buf request;
    enum status status = service_issue_certificate(phone->context, phone->order->id, &phone->certificate,
                                                   &phone->job->failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    status = store_phone_load(phone->context->store, phone->order->id, &request, &phone->job->failure);
    if (status == STATUS_NOT_FOUND)
        status = refuse(phone, SERVICE_REASON_PHONE_WAITS);
    if (status == STATUS_OK)
        status = store_request(phone, &request);
    buf_wipe(&request);
    return status;
}

/* The phone's service brings another request. */
static enum status ask_anew(struct phone *phone)
{
    enum status status = store_phone_drop(phone->context->store, phone->order->id, &phone->job->failure);
    return status == STATUS_OK ? refuse(phone, SERVICE_REASON_PHONE_WAITS) : status;
}

/* --- the authority ----------------------------------------------------------------------------------- */

/* The newest of the holder's that stands is the one that is renewed, changed or recovered. One that was made
 * without a pair has nothing in escrow, and a fresh pair takes its place. */
static enum status find_old(struct phone *phone)
{
    struct store_encryption half;
    enum status status =
        service_handset_find(phone->context, phone->job, phone->order, phone->holder, &phone->old);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK || product_operation_code(phone->operation) != PRODUCT_OPERATION_RECOVER)
        return status;
    status = store_encryption_load(phone->context->store, phone->old.request_id, &half, &phone->job->failure);
    phone->recovers = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status ask(struct phone *phone, struct authority_outcome *outcome)
{
    struct buf request;
    struct service_term term = {0};
    struct failure *failure = &phone->job->failure;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(phone->context->store, phone->certificate.request_id,
                                                STORE_CERTIFICATE_REQUEST, &request, failure);
    if (status == STATUS_OK)
        status = service_term_after(phone->context, phone->product, phone->operation, phone->order,
                                    phone->old.not_after_utc_s, &term, failure);
    if (status == STATUS_OK)
        status = authority_request(
            phone->context->drivers.authority,
            &(struct authority_request){.id = phone->certificate.request_id,
                                        .profile = phone->product->certificate_profile,
                                        .request = bytes_of_buf(&request),
                                        .days = term.days,
                                        .until_utc_s = term.until_utc_s,
                                        .encryption = phone->product->encryption && !phone->recovers},
            outcome, failure);
    buf_wipe(&request);
    return status;
}

static enum status request(struct phone *phone)
{
    struct authority_outcome outcome = {0};
    struct failure *failure = &phone->job->failure;
    if (phone->certificate.state != STORE_CERTIFICATE_REQUESTED)
        return STATUS_OK;
    enum status status = authority_inquire(phone->context->drivers.authority, phone->certificate.request_id,
                                           &outcome, failure);
    if (status == STATUS_NOT_FOUND)
        status = ask(phone, &outcome);
    if (status == STATUS_OK)
        status = service_request_take(phone->context, &phone->certificate, &outcome, failure);
    authority_outcome_release(&outcome);
    if (status == STATUS_OK)
        return reload(phone);
    return status == STATUS_REFUSED ? ask_anew(phone) : refuse(phone, SERVICE_REASON_AUTHORITY_SILENT);
}

/* What the clerks approved too few of, or the authority keeps closed, is given once that has changed. */
static enum status recover(struct phone *phone)
{
    struct store_encryption half;
    if (!phone->recovers || phone->certificate.state != STORE_CERTIFICATE_ISSUED)
        return STATUS_OK;
    enum status status = store_encryption_load(phone->context->store, phone->certificate.request_id, &half,
                                               &phone->job->failure);
    return status == STATUS_NOT_FOUND ? service_escrow_recover(phone->context, phone->job, phone->order,
                                                               &phone->certificate, &phone->old)
                                      : status;
}

/* --- judging ----------------------------------------------------------------------------------------- */

/* What is judged, as it lies in the store. */
struct parts {
    struct buf leaf, chain, public_key;
    struct buf half; /* of a pair, else empty */
};

static struct parts *parts_new(void)
{
    struct parts *parts = calloc(1, sizeof(*parts));
    check(parts != NULL);
    buf_init(&parts->leaf, LIMIT_CERTIFICATE_BYTES);
    buf_init(&parts->chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
    buf_init(&parts->public_key, LIMIT_CERTIFICATE_BYTES);
    buf_init(&parts->half, LIMIT_CERTIFICATE_BYTES);
    return parts;
}

static void parts_free(struct parts *parts)
{
    buf_wipe(&parts->leaf);
    buf_wipe(&parts->chain);
    buf_wipe(&parts->public_key);
    buf_wipe(&parts->half);
    free(parts);
}

static enum status read_parts(struct phone *phone, struct parts *out)
{
    struct store *store = phone->context->store;
    struct failure *failure = &phone->job->failure;
    const char *id = phone->certificate.request_id;
    struct buf asked;
    buf_init(&asked, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(store, id, STORE_CERTIFICATE_DER, &out->leaf, failure);
    if (status == STATUS_OK)
        status = store_certificate_part(store, id, STORE_CERTIFICATE_CHAIN, &out->chain, failure);
    if (status == STATUS_OK)
        status = store_certificate_part(store, id, STORE_CERTIFICATE_REQUEST, &asked, failure);
    if (status == STATUS_OK)
        status = request_public_key(bytes_of_buf(&asked), &out->public_key, failure);
    if (status == STATUS_OK)
        status = store_certificate_part(store, id, STORE_CERTIFICATE_ENCRYPTION_DER, &out->half, failure);
    buf_wipe(&asked);
    return status == STATUS_NOT_FOUND && out->public_key.length > 0 ? STATUS_OK : status;
}

static enum status wanted_subject(struct phone *phone, struct subject *out)
{
    struct form_values values;
    form_values_init(&values);
    enum status status = service_load_values(phone->context, phone->order->id, &values, &phone->job->failure);
    if (status == STATUS_OK)
        status = service_subject_wanted(phone->product, phone->operation, &values, out);
    form_values_wipe(&values);
    return status;
}

/* The signing certificate is for the phone's key, and both are for the form's holder, and ours. What comes
 * back is old. */
static enum status judge_parts(struct phone *phone, const struct parts *parts, const struct subject *subject,
                               enum chain_verdict *out)
{
    const struct service_trust_question leaf = {.leaf = bytes_of_buf(&parts->leaf),
                                                .chain = &parts->chain,
                                                .public_key = bytes_of_buf(&parts->public_key),
                                                .subject = subject};
    const struct service_trust_question half = {.leaf = bytes_of_buf(&parts->half),
                                                .chain = &parts->chain,
                                                .subject = subject,
                                                .encrypts = true,
                                                .may_be_expired = phone->recovers};
    enum status status = service_trust_check(phone->context, &leaf, out, &phone->job->failure);
    return status == STATUS_OK && *out == CHAIN_GOOD && parts->half.length > 0
               ? service_trust_check(phone->context, &half, out, &phone->job->failure)
               : status;
}

static enum status judge(struct phone *phone, bool *good)
{
    enum chain_verdict verdict = CHAIN_GOOD;
    struct parts *parts = parts_new();
    struct subject *subject = calloc(1, sizeof(*subject));
    check(subject != NULL);
    enum status status = read_parts(phone, parts);
    if (status == STATUS_OK)
        status = wanted_subject(phone, subject);
    if (status == STATUS_OK)
        status = judge_parts(phone, parts, subject, &verdict);
    if (status == STATUS_OK && verdict != CHAIN_GOOD && service_trust_is_about_us(verdict))
        status = refuse(phone, SERVICE_REASON_AUTHORITY_SILENT);
    *good = verdict == CHAIN_GOOD;
    secret_wipe_bytes(subject, sizeof(*subject));
    free(subject);
    parts_free(parts);
    return status;
}

static enum status move(struct phone *phone, enum store_certificate_state from,
                        enum store_certificate_state to)
{
    return store_certificate_step(phone->context->store, phone->certificate.request_id, from, to, NULL,
                                  &phone->job->failure);
}

/* The request's own signature was the proof; there is nothing to write and read back. */
static enum status prove(struct phone *phone)
{
    bool good = false;
    struct store *store = phone->context->store;
    if (phone->certificate.state != STORE_CERTIFICATE_ISSUED)
        return STATUS_OK;
    enum status status = judge(phone, &good);
    if (status == STATUS_OK && !good) {
        status = service_request_revoke(phone->context, &phone->certificate, &phone->job->failure);
        return status == STATUS_OK ? ask_anew(phone) : status;
    }
    if (status == STATUS_OK)
        status = store_begin(store, &phone->job->failure);
    if (status != STATUS_OK)
        return status;
    status = move(phone, STORE_CERTIFICATE_ISSUED, STORE_CERTIFICATE_WRITTEN);
    if (status == STATUS_OK)
        status = move(phone, STORE_CERTIFICATE_WRITTEN, STORE_CERTIFICATE_PROVEN);
    status = store_end(store, status, &phone->job->failure);
    return status == STATUS_OK ? reload(phone) : status;
}

static enum status confirm(struct phone *phone)
{
    char intention[STORE_ID_BYTES];
    struct service_context *context = phone->context;
    struct failure *failure = &phone->job->failure;
    if (phone->certificate.state != STORE_CERTIFICATE_PROVEN)
        return STATUS_OK;
    enum status status = service_request_announce(context, phone->order->id, &phone->certificate,
                                                  STORE_INTENTION_CONFIRM_CERTIFICATE, intention, failure);
    if (status == STATUS_OK)
        status = authority_confirm(context->drivers.authority, phone->certificate.request_id, true, failure);
    if (status != STATUS_OK)
        return service_request_is_silence(status) ? refuse(phone, SERVICE_REASON_AUTHORITY_SILENT) : status;
    status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = move(phone, STORE_CERTIFICATE_PROVEN, STORE_CERTIFICATE_CONFIRMED);
    if (status == STATUS_OK)
        status = store_key_step(context->store, phone->certificate.key_mark, STORE_KEY_IN_WORK,
                                STORE_KEY_DELIVERED, NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, "confirmed", failure);
    return store_end(context->store, status, failure);
}

enum status service_handset_make(struct service_context *context, struct service_job *job,
                                 const struct order *order, const struct service_handset_holder *holder)
{
    struct phone phone = {.context = context, .job = job, .order = order, .holder = holder};
    enum status status = service_product_of(context, order, &phone.product, &phone.operation);
    if (status == STATUS_OK)
        status = service_key_open(context, &job->failure);
    if (status == STATUS_OK)
        status = find_or_request(&phone);
    if (status == STATUS_OK)
        status = find_old(&phone);
    if (status == STATUS_OK)
        status = request(&phone);
    if (status == STATUS_OK)
        status = recover(&phone);
    if (status == STATUS_OK)
        status = prove(&phone);
    return status == STATUS_OK ? confirm(&phone) : status;
}

/* --- withdrawing ------------------------------------------------------------------------------------- */

static enum status withdraw_one(struct phone *phone, const struct store_certificate *old)
{
    char intention[STORE_ID_BYTES];
    struct service_context *context = phone->context;
    struct failure *failure = &phone->job->failure;
    enum status status = service_request_announce(context, phone->order->id, old,
                                                  STORE_INTENTION_REVOKE_CERTIFICATE, intention, failure);
    if (status == STATUS_OK)
        status = authority_revoke(context->drivers.authority, old->serial, phone->why, failure);
    if (status != STATUS_OK)
        return service_request_is_silence(status) ? refuse(phone, SERVICE_REASON_AUTHORITY_SILENT) : status;
    status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_certificate_step(context->store, old->request_id, old->state, STORE_CERTIFICATE_REVOKED,
                                    NULL, failure);
    if (status == STATUS_OK)
        status = service_intention_end(context, intention, true, "revoked", failure);
    return store_end(context->store, status, failure);
}

typedef enum status phone_visitor(struct phone *phone, const struct store_certificate *certificate);

/* Those of one order that stand. */
static enum status visit_order(struct phone *phone, const struct order *made, phone_visitor *visit)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    enum status status = store_certificate_list(phone->context->store, made->id, rows, CERTIFICATES_MAX,
                                                &count, &phone->job->failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (rows[i].state == STORE_CERTIFICATE_CONFIRMED || rows[i].state == STORE_CERTIFICATE_HELD)
            status = visit(phone, &rows[i]);
    return status;
}

/* Under one number there may be people of several units. */
static enum status is_theirs(struct phone *phone, const struct order *made,
                             const struct service_handset_holder *holder, bool *out)
{
    char code[SERVICE_TEXT_BYTES];
    enum status status = service_load_credit_code(phone->context, made, code, sizeof(code));
    *out = strcmp(made->id, phone->order->id) != 0 && strcmp(code, holder->credit_code) == 0;
    return status;
}

static enum status visit_earlier(struct phone *phone, const struct service_handset_holder *holder,
                                 phone_visitor *visit)
{
    struct order made[ORDERS_MAX];
    size_t count = 0;
    bool of_unit = holder->credit_code[0] != 0;
    const struct store_order_filter filter = {.product = phone->order->product,
                                              .by_lookup = true,
                                              .lookup = of_unit ? STORE_ORDER_LOOKUP_PHONE
                                                                : STORE_ORDER_LOOKUP_ID_NUMBER,
                                              .lookup_value = of_unit ? holder->phone : holder->id_number,
                                              .newest_first = true};
    enum status status =
        store_order_list(phone->context->store, &filter, made, ORDERS_MAX, &count, &phone->job->failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        bool theirs = false;
        status = is_theirs(phone, &made[i], holder, &theirs);
        if (status == STATUS_OK && theirs)
            status = visit_order(phone, &made[i], visit);
    }
    return status;
}

static enum status note_first(struct phone *phone, const struct store_certificate *certificate)
{
    if (phone->certificate.request_id[0] == 0)
        phone->certificate = *certificate;
    return STATUS_OK;
}

enum status service_handset_find(struct service_context *context, struct service_job *job,
                                 const struct order *order, const struct service_handset_holder *holder,
                                 struct store_certificate *out)
{
    struct phone phone = {.context = context, .job = job, .order = order};
    enum status status = visit_earlier(&phone, holder, note_first);
    if (status == STATUS_OK && phone.certificate.request_id[0] == 0)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out = phone.certificate;
    return status;
}

/* Superseded, the half that came back stands on with the new certificate. */
static enum authority_reason why_of(const struct phone *phone)
{
    const struct product_wish wish = {.product = phone->product, .operation = phone->operation};
    return product_wish_does(&wish, PRODUCT_DEED_PHONE) ? AUTHORITY_REASON_SUPERSEDED
                                                        : AUTHORITY_REASON_CESSATION;
}

enum status service_handset_withdraw(struct service_context *context, struct service_job *job,
                                     const struct order *order, const struct service_handset_holder *holder)
{
    struct phone phone = {.context = context, .job = job, .order = order};
    enum status status = service_product_of(context, order, &phone.product, &phone.operation);
    if (status == STATUS_OK)
        status = service_key_open(context, &job->failure);
    phone.why = status == STATUS_OK ? why_of(&phone) : AUTHORITY_REASON_CESSATION;
    return status == STATUS_OK ? visit_earlier(&phone, holder, withdraw_one) : status;
}
