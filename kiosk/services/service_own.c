#include "kiosk/services/service_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"

enum { ENDED_MAX = 16, KEYS_MAX = 8 };

static enum status refuse(struct service_issue_run *run, enum service_reason reason)
{
    return service_job_refuse(run->job, reason, 0);
}

/* --- whose key --------------------------------------------------------------------------------------- */

enum status service_own_is_order(struct service_context *context, const char *order_id, bool *out,
                                 struct failure *failure)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = store_order_load(context->store, order_id, &order, failure);
    *out = status == STATUS_OK && service_product_of(context, &order, &product, &operation) == STATUS_OK &&
           order_steps_is_on_own_key(&operation->steps);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_own_is_subjects(struct service_context *context, const char *order_id, const char *mark,
                                    bool *out, struct failure *failure)
{
    struct store_certificate old;
    enum status status = service_subject_load(context, order_id, &old, failure);
    *out = status != STATUS_NOT_FOUND && (status != STATUS_OK || strcmp(old.key_mark, mark) == 0);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The certificate that is to be replaced may have been withdrawn since its holder's key was shown. */
static enum service_reason judge_old(struct service_context *context, const char *order_id)
{
    struct store_certificate old;
    enum status status = service_subject_load(context, order_id, &old, NULL);
    if (status == STATUS_NOT_FOUND)
        return SERVICE_REASON_NONE; /* of a key nobody here knew */
    return status == STATUS_OK && old.state == STORE_CERTIFICATE_CONFIRMED ? SERVICE_REASON_NONE
                                                                           : SERVICE_REASON_KEY_UNFIT;
}

static bool is_key(const struct token_identity *identity, const struct store_key *key)
{
    return strcmp(identity->mark, key->mark) == 0 ||
           (strcmp(identity->label, key->label) == 0 && strcmp(identity->serial, key->serial) == 0 &&
            strcmp(identity->model, key->model) == 0);
}

static enum service_reason judge_writer(struct service_context *context, const struct store_key *key)
{
    const struct token_info *info = &service_key_own(context)->info;
    if (info->presence == TOKEN_ABSENT)
        return SERVICE_REASON_OWN_KEY_ABSENT;
    if (!is_key(&info->identity, key))
        return SERVICE_REASON_OWN_KEY_OTHER;
    return info->user_pin == TOKEN_PIN_LOCKED ? SERVICE_REASON_KEY_LOCKED : SERVICE_REASON_NONE;
}

enum service_reason service_own_judge(struct service_context *context, const char *order_id)
{
    struct store_key key;
    if (service_key_of_order(context, order_id, &key, NULL) != STATUS_OK)
        return SERVICE_REASON_KEY_UNFIT;
    enum service_reason reason = judge_writer(context, &key);
    if (reason == SERVICE_REASON_NONE &&
        service_key_is_full(context, order_id, &service_key_own(context)->info))
        reason = SERVICE_REASON_OWN_KEY_FULL;
    return reason == SERVICE_REASON_NONE ? judge_old(context, order_id) : reason;
}

enum status service_own_find_key(struct service_issue_run *run)
{
    const struct secret *pin = &run->job->request.secret;
    if (!run->has_key)
        return refuse(run, SERVICE_REASON_KEY_UNFIT);
    enum service_reason reason = judge_writer(run->context, &run->key);
    if (reason == SERVICE_REASON_NONE)
        reason = judge_old(run->context, run->order.id);
    if (reason == SERVICE_REASON_NONE && pin->length == 0)
        reason = SERVICE_REASON_PIN_NEEDED;
    if (reason != SERVICE_REASON_NONE)
        return refuse(run, reason);
    run->identity = service_key_own(run->context)->info.identity;
    return secret_set(&run->pin, pin->bytes, pin->length);
}

enum status service_own_keep_unknown(struct service_context *context, const char *order_id,
                                     const struct token_identity *identity, struct failure *failure)
{
    struct store_key key = {.state = STORE_KEY_IN_WORK}; /* until its certificate is proven */
    token_mark_draw(context->settings->random, key.mark);
    (void)text_copy(key.label, sizeof(key.label), identity->label);
    (void)text_copy(key.serial, sizeof(key.serial), identity->serial);
    (void)text_copy(key.model, sizeof(key.model), identity->model);
    (void)text_copy(key.order_id, sizeof(key.order_id), order_id);
    return store_key_insert(context->store, &key, failure);
}

enum status service_own_hand_over(struct service_context *context, const struct order *order,
                                  struct failure *failure)
{
    struct store_key keys[KEYS_MAX];
    size_t count = 0;
    bool is_own = false;
    enum status status = service_own_is_order(context, order->id, &is_own, failure);
    if (status == STATUS_OK && is_own)
        status = store_key_list_order(context->store, order->id, keys, KEYS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (keys[i].state == STORE_KEY_IN_WORK)
            status = store_key_step(context->store, keys[i].mark, STORE_KEY_IN_WORK, STORE_KEY_DELIVERED,
                                    NULL, failure);
    return status;
}

enum status service_own_prove_pin(struct service_issue_run *run)
{
    enum status status =
        token_verify_pin(run->context->drivers.token, &run->identity, &run->pin, &run->job->failure);
    return status == STATUS_OK ? status : service_key_refuse_pin(run->context, run->job, status);
}

void service_own_key_id(const char *mark, const char *order_id, struct token_key_id *out)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char text[STORE_ID_BYTES * 2];
    (void)snprintf(text, sizeof(text), "%s %s", mark, order_id);
    crypto_sha256(text, strlen(text), digest);
    out->length = TOKEN_KEY_ID_BYTES;
    (void)memcpy(out->bytes, digest, TOKEN_KEY_ID_BYTES);
}

/* What is said of any key, and what of one that no other can take the place of. */
static const struct {
    enum service_reason of_any, of_own;
} own_reasons[] = {{SERVICE_REASON_NO_KEY, SERVICE_REASON_OWN_KEY_ABSENT},
                   {SERVICE_REASON_KEY_OTHER, SERVICE_REASON_OWN_KEY_OTHER},
                   {SERVICE_REASON_KEY_FULL, SERVICE_REASON_OWN_KEY_FULL},
                   {SERVICE_REASON_WRITE_FAILED, SERVICE_REASON_OWN_KEY_FAILED}};

enum service_reason service_own_reason(enum service_reason reason)
{
    for (size_t i = 0; i < sizeof(own_reasons) / sizeof(own_reasons[0]); i++)
        if (own_reasons[i].of_any == reason)
            return own_reasons[i].of_own;
    return reason;
}

/* --- what the key need not carry any more ------------------------------------------------------------ */

/* One certificate of a key as the store knows it. */
struct carried {
    struct token_key_id id;
    bool is_good;    /* confirmed, and nothing stands in its place */
    bool is_useless; /* withdrawn, or replaced by a later one */
};

struct tidying {
    struct service_context *context;
    const struct token_identity *identity;
    const struct secret *pin;
    struct token_objects objects;
    struct carried carried[TOKEN_OBJECTS];
    size_t count;
};

/* The store's row of the certificate under this id. Returns: NOT_FOUND when it was not made here. */
static enum status find_row(const struct tidying *tidying, const struct token_key_id *id,
                            struct store_certificate *row, struct failure *failure)
{
    struct buf der;
    struct certificate_summary summary;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = token_read_certificate(tidying->context->drivers.token, tidying->identity,
                                                TOKEN_ROLE_SIGN, id, &der, NULL, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&der), &summary, failure);
    if (status == STATUS_OK)
        status = store_certificate_load_by_serial(tidying->context->store, summary.serial, row, failure);
    if (status == STATUS_OK && strcmp(row->key_mark, tidying->identity->mark) != 0)
        status = STATUS_NOT_FOUND;
    secret_wipe_bytes(&summary, sizeof(summary));
    buf_wipe(&der);
    return status;
}

static enum status judge_one(struct tidying *tidying, const struct token_key_id *id, struct failure *failure)
{
    struct store_certificate row;
    bool is_replaced = false;
    struct carried *carried = &tidying->carried[tidying->count];
    enum status status = find_row(tidying, id, &row, failure);
    if (status == STATUS_NOT_FOUND || status == STATUS_MALFORMED)
        return STATUS_OK; /* another's: not ours to judge */
    if (status == STATUS_OK)
        status = store_subject_is_replaced(tidying->context->store, row.request_id, &is_replaced, failure);
    if (status != STATUS_OK)
        return status;
    *carried = (struct carried){.id = *id,
                                .is_good = row.state == STORE_CERTIFICATE_CONFIRMED && !is_replaced,
                                .is_useless = row.state == STORE_CERTIFICATE_REVOKED || is_replaced};
    tidying->count++;
    return STATUS_OK;
}

static bool is_ours(const struct token_object *object, enum token_object_kind kind)
{
    return object->kind == kind && object->role == TOKEN_ROLE_SIGN && object->id.length > 0;
}

static enum status judge_all(struct tidying *tidying, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < tidying->objects.count && status == STATUS_OK; i++)
        if (is_ours(&tidying->objects.object[i], TOKEN_OBJECT_CERTIFICATE))
            status = judge_one(tidying, &tidying->objects.object[i].id, failure);
    return status;
}

static enum status take_off(const struct tidying *tidying, const struct token_key_id *id,
                            struct failure *failure)
{
    return token_destroy(tidying->context->drivers.token, tidying->identity, tidying->pin, TOKEN_ROLE_SIGN,
                         id, failure);
}

/* A key is never left without a certificate that is good. */
static enum status take_off_useless(const struct tidying *tidying, struct failure *failure)
{
    bool has_good = false;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < tidying->count; i++)
        has_good = has_good || tidying->carried[i].is_good;
    for (size_t i = 0; i < tidying->count && has_good && status == STATUS_OK; i++)
        if (tidying->carried[i].is_useless)
            status = take_off(tidying, &tidying->carried[i].id, failure);
    return status;
}

static bool holds(const struct tidying *tidying, const struct token_key_id *id)
{
    for (unsigned i = 0; i < tidying->objects.count; i++)
        if (token_key_id_is_same(&tidying->objects.object[i].id, id))
            return true;
    return false;
}

static enum status take_off_ended(const struct tidying *tidying, struct failure *failure)
{
    struct store_subject_order ended[ENDED_MAX];
    size_t count = 0;
    enum status status = store_subject_ended(tidying->context->store, tidying->identity->mark, ended,
                                             ENDED_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct token_key_id id;
        service_own_key_id(tidying->identity->mark, ended[i].id, &id);
        if (holds(tidying, &id))
            status = take_off(tidying, &id, failure);
    }
    return status;
}

void service_own_tidy(struct service_context *context, const struct token_identity *identity,
                      const struct secret *pin)
{
    struct tidying *tidying = calloc(1, sizeof(*tidying));
    struct failure failure = {0};
    check(tidying != NULL);
    *tidying = (struct tidying){.context = context, .identity = identity, .pin = pin};
    enum status status = token_list(context->drivers.token, identity, pin, &tidying->objects, &failure);
    if (status == STATUS_OK)
        status = judge_all(tidying, &failure);
    if (status == STATUS_OK)
        status = take_off_useless(tidying, &failure);
    if (status == STATUS_OK)
        status = take_off_ended(tidying, &failure);
    if (status != STATUS_OK)
        log_failure("own", "taking off a key what it need not carry", status, &failure);
    free(tidying);
}
