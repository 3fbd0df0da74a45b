#include "kiosk/services/service_eseal.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/signature.h"
#include "kiosk/services/service_carried.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_sample.h"
#include "kiosk/store/store_wish.h"

enum { SAMPLES_MAX = 16, INFO_BYTES = 2048, SIGNED_BYTES = 4096, LONGER_BYTES = 512 };

/* --- what is to be written --------------------------------------------------------------------------- */

/* The samples of an order that seals are made of. */
struct seals {
    struct store_sample sample[SAMPLES_MAX];
    size_t count;
};

static bool is_good(const struct store_sample *sample)
{
    return sample->chosen != STORE_SAMPLE_NOT_CHOSEN && sample->approved_utc_s != 0 && sample->width_um > 0;
}

static enum status list_seals(struct service_context *context, const char *order_id, struct seals *out,
                              struct failure *failure)
{
    size_t count = 0;
    out->count = 0;
    enum status status =
        store_sample_list(context->store, order_id, out->sample, SAMPLES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (is_good(&out->sample[i]))
            out->sample[out->count++] = out->sample[i];
    return status;
}

static bool has_kind(const struct seals *seals, const char *kind)
{
    for (size_t i = 0; i < seals->count; i++)
        if (strcmp(seals->sample[i].kind, kind) == 0)
            return true;
    return false;
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
    struct certificate_summary summary; /* of the certificate */
};

static void init_parts(struct parts *out)
{
    buf_init(&out->certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&out->picture, TOKEN_DATA_BYTES);
    buf_init(&out->info, TOKEN_DATA_BYTES);
    buf_init(&out->signed_info, TOKEN_DATA_BYTES);
}

static void wipe_parts(struct parts *parts)
{
    buf_wipe(&parts->certificate);
    buf_wipe(&parts->picture);
    buf_wipe(&parts->info);
    buf_wipe(&parts->signed_info);
}

static enum status load_certificate(struct service_issue_run *run, struct parts *out)
{
    enum status status = store_certificate_part(run->context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_DER, &out->certificate, &run->job->failure);
    return status == STATUS_OK
               ? certificate_summarize(bytes_of_buf(&out->certificate), &out->summary, &run->job->failure)
               : status;
}

static enum status make_parts(struct service_issue_run *run, const struct store_sample *sample,
                              struct parts *out)
{
    enum status status = load_certificate(run, out);
    if (status == STATUS_OK)
        status = store_sample_part(run->context->store, run->order.id, sample->paper, sample->zone,
                                   STORE_SAMPLE_PICTURE, &out->picture, &run->job->failure);
    if (status == STATUS_OK)
        status = describe(run, sample, &out->summary, &out->info);
    if (status == STATUS_OK)
        status = sign(run, &out->certificate, &out->info, &out->signed_info);
    return status;
}

static void name_part(const char *kind, const char *part, char out[TOKEN_NAME_BYTES])
{
    (void)snprintf(out, TOKEN_NAME_BYTES, SERVICE_ESEAL_PREFIX "%.16s%.5s", kind, part);
}

static enum status write_part(struct service_issue_run *run, const struct store_sample *sample,
                              const char *part, const struct buf *bytes)
{
    char name[TOKEN_NAME_BYTES];
    name_part(sample->kind, part, name);
    return write_one(run, name, bytes_of_buf(bytes));
}

static enum status write_description(struct service_issue_run *run, const struct store_sample *sample,
                                     const struct parts *parts)
{
    enum status status = write_part(run, sample, SERVICE_ESEAL_INFO, &parts->info);
    return status == STATUS_OK ? write_part(run, sample, SERVICE_ESEAL_SIGNED, &parts->signed_info) : status;
}

static enum status write_sample(struct service_issue_run *run, const struct store_sample *sample)
{
    struct parts parts;
    init_parts(&parts);
    enum status status = make_parts(run, sample, &parts);
    if (status == STATUS_OK)
        status = write_part(run, sample, "", &parts.picture);
    if (status == STATUS_OK)
        status = write_description(run, sample, &parts);
    wipe_parts(&parts);
    return status;
}

static enum status write_seals(struct service_issue_run *run, const struct seals *own)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < own->count && status == STATUS_OK; i++)
        status = write_sample(run, &own->sample[i]);
    if (status == STATUS_OK && own->count == 0)
        status = failure_set(&run->job->failure, STATUS_REFUSED, "eseal", 0, "no approved picture of a seal");
    return status;
}

/* --- what the key carries from before ---------------------------------------------------------------- */

static enum status read_part(struct service_issue_run *run, const struct store_sample *sample,
                             const char *part, struct buf *out)
{
    char name[TOKEN_NAME_BYTES];
    name_part(sample->kind, part, name);
    return token_failed(
        run, token_read_data(run->context->drivers.token, &run->identity, name, out, &run->job->failure));
}

/* Whether the description is of the picture that a clerk approved with that order, and of this holder. */
static bool describes(const struct service_issue_run *run, const struct json *info, const char *acceptance,
                      const struct store_sample *sample, const struct buf *picture)
{
    uint8_t found[CRYPTO_SHA256_BYTES];
    char digest[2 * CRYPTO_SHA256_BYTES + 1];
    const char *holder = subject_value(&run->subject, SUBJECT_COMMON_NAME);
    crypto_sha256(picture->data, picture->length, found);
    encode_hex(digest, found, sizeof(found));
    return memcmp(found, sample->sha256, sizeof(found)) == 0 &&
           strcmp(json_text(info, "sha256", ""), digest) == 0 &&
           strcmp(json_text(info, "acceptance", ""), acceptance) == 0 &&
           strcmp(json_text(info, "holder", ""), holder == NULL ? "" : holder) == 0;
}

/* What is on the key says the new certificate in place of the old one, and nothing else is changed. */
static enum status describe_anew(struct service_issue_run *run, const char *acceptance,
                                 const struct store_sample *sample, struct parts *parts)
{
    struct json *info = NULL;
    bool is_readable = json_parse((const char *)parts->info.data, parts->info.length, &info) == STATUS_OK;
    enum status status = is_readable && describes(run, info, acceptance, sample, &parts->picture)
                             ? STATUS_OK
                             : STATUS_MALFORMED;
    if (status == STATUS_OK) {
        json_set_text(info, "certificate", run->certificate.serial);
        json_set_integer(info, "valid_from_utc_s", parts->summary.not_before_utc_s);
        json_set_integer(info, "valid_until_utc_s", parts->summary.not_after_utc_s);
        buf_clear(&parts->info);
        status = json_write(info, &parts->info);
    }
    json_free(info);
    return status;
}

/* One seal of the key is signed for the new certificate. Returns: NOT_FOUND or MALFORMED when it is not there
 * as it was approved. */
static enum status keep_seal(struct service_issue_run *run, const char *acceptance,
                             const struct store_sample *sample)
{
    struct parts parts;
    init_parts(&parts);
    enum status status = read_part(run, sample, "", &parts.picture);
    if (status == STATUS_OK)
        status = read_part(run, sample, SERVICE_ESEAL_INFO, &parts.info);
    if (status == STATUS_OK)
        status = load_certificate(run, &parts);
    if (status == STATUS_OK)
        status = describe_anew(run, acceptance, sample, &parts);
    if (status == STATUS_OK)
        status = sign(run, &parts.certificate, &parts.info, &parts.signed_info);
    if (status == STATUS_OK)
        status = write_description(run, sample, &parts);
    wipe_parts(&parts);
    return status;
}

static enum status keep_or_leave(struct service_issue_run *run, const char *acceptance,
                                 const struct store_sample *sample, size_t *left)
{
    enum status status = keep_seal(run, acceptance, sample);
    if (status != STATUS_NOT_FOUND && status != STATUS_MALFORMED)
        return status;
    log_warn("eseal", "%s: the %s on the key is not as it was approved and stays with the old certificate",
             run->order.acceptance, sample->kind);
    run->job->reason = SERVICE_REASON_NONE;
    (*left)++;
    return STATUS_OK;
}

/* What the key carries from an earlier order. */
struct carried {
    struct seals seals; /* none where nothing is carried */
    char acceptance[ORDER_ACCEPTANCE_BYTES];
    bool is_kept;
};

static enum status find_carried(struct service_context *context, const char *order_id, struct carried *out,
                                struct failure *failure)
{
    char origin[STORE_ID_BYTES];
    struct order made;
    *out = (struct carried){.is_kept = false};
    enum status status = service_carried_find(context, order_id, origin, &out->is_kept, failure);
    if (status == STATUS_OK)
        status = store_order_load(context->store, origin, &made, failure);
    if (status == STATUS_OK)
        status = list_seals(context, origin, &out->seals, failure);
    if (status == STATUS_OK)
        (void)text_copy(out->acceptance, sizeof(out->acceptance), made.acceptance);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What the order does not make anew is kept, or left to the old certificate and counted. */
static enum status settle_carried(struct service_issue_run *run, const struct carried *carried,
                                  const struct seals *own, size_t *left)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < carried->seals.count && status == STATUS_OK; i++) {
        const struct store_sample *sample = &carried->seals.sample[i];
        if (has_kind(own, sample->kind))
            continue;
        if (carried->is_kept)
            status = keep_or_leave(run, carried->acceptance, sample, left);
        else
            (*left)++;
    }
    return status;
}

/* --- the whole --------------------------------------------------------------------------------------- */

/* What this run puts on its key. */
struct work {
    bool is_asked; /* seals of the order's own */
    struct seals own;
    struct carried carried;
};

static enum status find_work(struct service_issue_run *run, struct work *out)
{
    struct failure *failure = &run->job->failure;
    enum status status =
        service_carried_by(run->context, run->order.id, run->key.mark, &out->is_asked, failure);
    if (status == STATUS_OK && out->is_asked)
        status = list_seals(run->context, run->order.id, &out->own, failure);
    return status == STATUS_OK ? find_carried(run->context, run->order.id, &out->carried, failure) : status;
}

static enum status do_work(struct service_issue_run *run, const struct work *work, size_t *left)
{
    size_t length = strlen(run->key_number);
    enum status status = STATUS_OK;
    if (length > 0)
        status = write_one(run, SERVICE_ESEAL_NUMBER, bytes_view(run->key_number, length));
    if (status == STATUS_OK && work->is_asked)
        status = write_seals(run, &work->own);
    return status == STATUS_OK ? settle_carried(run, &work->carried, &work->own, left) : status;
}

enum status service_eseal_write(struct service_issue_run *run)
{
    char intention[STORE_ID_BYTES];
    struct work work = {.is_asked = false};
    size_t left = 0;
    enum status status = find_work(run, &work);
    bool has_none = !work.is_asked && run->key_number[0] == 0 && work.carried.seals.count == 0;
    if (status != STATUS_OK || has_none)
        return status;
    status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_WRITE_SEAL,
                                     run->certificate.request_id, intention, &run->job->failure);
    if (status == STATUS_OK)
        status = do_work(run, &work, &left);
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true,
                                       left > 0 ? SERVICE_CARRIED_OUTCOME : "written", &run->job->failure);
    return status;
}

/* --- room on the key --------------------------------------------------------------------------------- */

struct room {
    struct service_context *context;
    const struct token_info *info;
    int64_t used, most;
};

static int64_t size_on_key(const struct room *room, const char *kind, const char *part)
{
    char name[TOKEN_NAME_BYTES];
    struct buf bytes;
    if (room->info->presence != TOKEN_CARRYING)
        return 0;
    name_part(kind, part, name);
    buf_init(&bytes, TOKEN_DATA_BYTES);
    (void)!token_read_data(room->context->drivers.token, &room->info->identity, name, &bytes, NULL);
    int64_t size = (int64_t)bytes.length;
    buf_wipe(&bytes);
    return size;
}

/* The new object is written, then the old one of its name goes. */
static void take_room(struct room *room, int64_t bytes, int64_t old_bytes)
{
    room->used += bytes;
    room->most = room->used > room->most ? room->used : room->most;
    room->used -= old_bytes;
}

/* What comes in place of a description is hardly longer. */
static void take_part(struct room *room, const char *kind, const char *part, int64_t most_bytes)
{
    int64_t old_bytes = size_on_key(room, kind, part);
    int64_t bytes = old_bytes + LONGER_BYTES;
    take_room(room, old_bytes == 0 || bytes > most_bytes ? most_bytes : bytes, old_bytes);
}

static void take_description(struct room *room, const char *kind)
{
    take_part(room, kind, SERVICE_ESEAL_INFO, INFO_BYTES);
    take_part(room, kind, SERVICE_ESEAL_SIGNED, SIGNED_BYTES);
}

static enum status take_sample(struct room *room, const char *order_id, const struct store_sample *sample,
                               struct failure *failure)
{
    struct buf picture;
    buf_init(&picture, TOKEN_DATA_BYTES);
    enum status status = store_sample_part(room->context->store, order_id, sample->paper, sample->zone,
                                           STORE_SAMPLE_PICTURE, &picture, failure);
    take_room(room, (int64_t)picture.length, size_on_key(room, sample->kind, ""));
    take_description(room, sample->kind);
    buf_wipe(&picture);
    return status;
}

static enum status take_own(struct room *room, const char *order_id, struct failure *failure)
{
    struct store_wish wish = {0};
    struct store_sample samples[SAMPLES_MAX];
    size_t count = 0;
    enum status status = store_wish_load(room->context->store, order_id, &wish, failure);
    if (status == STATUS_OK && wish.seal)
        status = store_sample_list(room->context->store, order_id, samples, SAMPLES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (samples[i].chosen != STORE_SAMPLE_NOT_CHOSEN && samples[i].width_um > 0)
            status = take_sample(room, order_id, &samples[i], failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_eseal_room(struct service_context *context, const char *order_id,
                               const struct token_info *info, int64_t *out, struct failure *failure)
{
    struct room room = {.context = context, .info = info};
    struct carried carried;
    enum status status = take_own(&room, order_id, failure);
    if (status == STATUS_OK)
        status = find_carried(context, order_id, &carried, failure);
    for (size_t i = 0; status == STATUS_OK && carried.is_kept && i < carried.seals.count; i++)
        take_description(&room, carried.seals.sample[i].kind);
    *out = room.most;
    return status;
}
