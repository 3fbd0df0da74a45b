#include "kiosk/services/service_eseal.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/json.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/signature.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/store/store_sample.h"
#include "kiosk/store/store_wish.h"

enum { SAMPLES_MAX = 16, INFO_BYTES = 2048, SIGNED_BYTES = 4096 };

/* --- what is to be written --------------------------------------------------------------------------- */

/* Whether this key is one that carries the seal its order asked for. */
static enum status is_asked(struct service_issue_run *run, bool *out)
{
    struct store_wish wish = {0};
    bool is_first = true;
    struct failure *failure = &run->job->failure;
    *out = false;
    if (run->product->seal == PRODUCT_SEAL_NONE)
        return STATUS_OK;
    enum status status = store_wish_load(run->context->store, run->order.id, &wish, failure);
    if (status == STATUS_OK && run->product->seal == PRODUCT_SEAL_MAIN_LOCK)
        status = service_lock_is_first(run->context, run->order.id, run->key.mark, &is_first, failure);
    *out = status == STATUS_OK && wish.seal && is_first;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The unit's number, "" for a person and where the form does not ask for it. */
static const char *credit_code_of(const struct service_issue_run *run)
{
    const struct form *form = product_operation_form(run->product, run->operation);
    const char *field = service_load_field(form, NULL, FORM_SUBJECT_UNIT, FORM_KIND_CREDIT_CODE);
    return field == NULL ? "" : form_value(form, &run->values, field);
}

static void describe_picture(const struct store_sample *sample, struct json *root)
{
    char digest[2 * CRYPTO_SHA256_BYTES + 1];
    encode_hex(digest, sample->sha256, sizeof(sample->sha256));
    json_set_text(root, "format", "png");
    json_set_text(root, "sha256", digest);
    json_set_integer(root, "width_um", sample->width_um);
    json_set_integer(root, "height_um", sample->height_um);
}

/* The seal's description, for programs that use it. It is good as long as the certificate that signs it. */
static enum status describe(struct service_issue_run *run, const struct store_sample *sample,
                            const struct certificate_summary *certificate, struct buf *out)
{
    char id[ORDER_ACCEPTANCE_BYTES + sizeof(sample->kind) + 1];
    const char *holder = subject_value(&run->subject, SUBJECT_COMMON_NAME);
    struct json *root = json_new_object();
    (void)snprintf(id, sizeof(id), "%s-%s", run->order.acceptance, sample->kind);
    json_set_integer(root, "version", 2);
    json_set_text(root, "id", id);
    json_set_text(root, "kind", sample->kind);
    json_set_text(root, "holder", holder == NULL ? "" : holder);
    json_set_text(root, "credit_code", credit_code_of(run));
    json_set_text(root, "certificate", run->certificate.serial);
    json_set_text(root, "acceptance", run->order.acceptance);
    describe_picture(sample, root);
    json_set_integer(root, "approved_utc_s", sample->approved_utc_s);
    json_set_integer(root, "valid_from_utc_s", certificate->not_before_utc_s);
    json_set_integer(root, "valid_until_utc_s", certificate->not_after_utc_s);
    enum status status = json_write(root, out);
    json_free(root);
    return status;
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status token_failed(struct service_issue_run *run, enum status status)
{
    if (status != STATUS_OK && run->job->reason == SERVICE_REASON_NONE)
        run->job->reason = service_key_reason(status);
    return status;
}

static enum status prove(struct service_issue_run *run, const char *name, struct bytes bytes)
{
    struct buf read;
    buf_init(&read, TOKEN_DATA_BYTES);
    enum status status =
        token_read_data(run->context->drivers.token, &run->identity, name, &read, &run->job->failure);
    if (status == STATUS_OK && !bytes_is_equal(bytes_of_buf(&read), bytes))
        status = failure_set(&run->job->failure, STATUS_REFUSED, "token_read_data", 0,
                             "the key holds something else as %s", name);
    buf_wipe(&read);
    return status;
}

static enum status write_one(struct service_issue_run *run, const char *name, struct bytes bytes)
{
    enum status status = token_write_data(run->context->drivers.token, &run->identity, &run->pin, name,
                                          bytes.data, bytes.length, &run->job->failure);
    return token_failed(run, status == STATUS_OK ? prove(run, name, bytes) : status);
}

/* The key signs the description with the pair of its new certificate, which is asked whether it did. */
static enum status sign(struct service_issue_run *run, const struct buf *certificate, const struct buf *info,
                        struct buf *out)
{
    struct buf signature;
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        token_failed(run, token_sign(run->context->drivers.token, &run->identity, &run->pin, &run->key_id,
                                     info->data, info->length, &signature, &run->job->failure));
    if (status == STATUS_OK)
        status = signature_check(bytes_of_buf(certificate), bytes_of_buf(info), bytes_of_buf(&signature),
                                 &run->job->failure);
    if (status == STATUS_OK)
        status =
            signature_to_cms(bytes_of_buf(certificate), bytes_of_buf(&signature), out, &run->job->failure);
    buf_wipe(&signature);
    return status;
}

/* What is written of one sample. */
struct parts {
    struct buf certificate, picture, info, signed_info;
};

static enum status make_parts(struct service_issue_run *run, const struct store_sample *sample,
                              struct parts *out)
{
    struct certificate_summary summary = {0};
    struct store *store = run->context->store;
    struct failure *failure = &run->job->failure;
    buf_init(&out->certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&out->picture, TOKEN_DATA_BYTES);
    buf_init(&out->info, INFO_BYTES);
    buf_init(&out->signed_info, TOKEN_DATA_BYTES);
    enum status status = store_certificate_part(store, run->certificate.request_id, STORE_CERTIFICATE_DER,
                                                &out->certificate, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&out->certificate), &summary, failure);
    if (status == STATUS_OK)
        status = store_sample_part(store, run->order.id, sample->paper, sample->zone, STORE_SAMPLE_PICTURE,
                                   &out->picture, failure);
    if (status == STATUS_OK)
        status = describe(run, sample, &summary, &out->info);
    if (status == STATUS_OK)
        status = sign(run, &out->certificate, &out->info, &out->signed_info);
    return status;
}

static enum status write_part(struct service_issue_run *run, const struct store_sample *sample,
                              const char *part, const struct buf *bytes)
{
    char name[TOKEN_NAME_BYTES];
    (void)snprintf(name, sizeof(name), SERVICE_ESEAL_PREFIX "%.16s%.5s", sample->kind, part);
    return write_one(run, name, bytes_of_buf(bytes));
}

static enum status write_sample(struct service_issue_run *run, const struct store_sample *sample)
{
    struct parts parts;
    enum status status = make_parts(run, sample, &parts);
    if (status == STATUS_OK)
        status = write_part(run, sample, "", &parts.picture);
    if (status == STATUS_OK)
        status = write_part(run, sample, SERVICE_ESEAL_INFO, &parts.info);
    if (status == STATUS_OK)
        status = write_part(run, sample, SERVICE_ESEAL_SIGNED, &parts.signed_info);
    buf_wipe(&parts.certificate);
    buf_wipe(&parts.picture);
    buf_wipe(&parts.info);
    buf_wipe(&parts.signed_info);
    return status;
}

static bool is_good(const struct store_sample *sample)
{
    return sample->chosen != STORE_SAMPLE_NOT_CHOSEN && sample->approved_utc_s != 0 && sample->width_um > 0;
}

static enum status write_samples(struct service_issue_run *run)
{
    struct store_sample samples[SAMPLES_MAX];
    size_t count = 0;
    bool asked = false;
    enum status status = is_asked(run, &asked);
    if (status == STATUS_OK && asked)
        status = store_sample_list(run->context->store, run->order.id, samples, SAMPLES_MAX, &count,
                                   &run->job->failure);
    size_t written = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (is_good(&samples[i])) {
            status = write_sample(run, &samples[i]);
            written++;
        }
    if (status == STATUS_OK && asked && written == 0)
        status = failure_set(&run->job->failure, STATUS_REFUSED, "eseal", 0, "no approved picture of a seal");
    return status;
}

enum status service_eseal_write(struct service_issue_run *run)
{
    char intention[STORE_ID_BYTES];
    size_t length = strlen(run->key_number);
    bool asked = false;
    enum status status = is_asked(run, &asked);
    if (status != STATUS_OK || (!asked && length == 0))
        return status;
    status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_WRITE_SEAL,
                                     run->certificate.request_id, intention, &run->job->failure);
    if (status == STATUS_OK && length > 0)
        status = write_one(run, SERVICE_ESEAL_NUMBER, bytes_view(run->key_number, length));
    if (status == STATUS_OK)
        status = write_samples(run);
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true, "written", &run->job->failure);
    return status;
}

/* --- room on the key --------------------------------------------------------------------------------- */

static enum status add_room(struct service_context *context, const char *order_id,
                            const struct store_sample *sample, int64_t *room, struct failure *failure)
{
    struct buf picture;
    buf_init(&picture, TOKEN_DATA_BYTES);
    enum status status = store_sample_part(context->store, order_id, sample->paper, sample->zone,
                                           STORE_SAMPLE_PICTURE, &picture, failure);
    *room += (int64_t)picture.length + INFO_BYTES + SIGNED_BYTES;
    buf_wipe(&picture);
    return status;
}

enum status service_eseal_room(struct service_context *context, const char *order_id, int64_t *out,
                               struct failure *failure)
{
    struct store_wish wish = {0};
    struct store_sample samples[SAMPLES_MAX];
    size_t count = 0;
    enum status status = store_wish_load(context->store, order_id, &wish, failure);
    *out = 0;
    if (status == STATUS_OK && wish.seal)
        status = store_sample_list(context->store, order_id, samples, SAMPLES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (samples[i].chosen != STORE_SAMPLE_NOT_CHOSEN && samples[i].width_um > 0)
            status = add_room(context, order_id, &samples[i], out, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
