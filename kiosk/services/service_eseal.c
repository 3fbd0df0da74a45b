#include "kiosk/services/service_eseal.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/json.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/store/store_sample.h"
#include "kiosk/store/store_wish.h"

enum { SAMPLES_MAX = 16, INFO_BYTES = 2048 };

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

/* The seal's description, for programs that use it. */
static enum status describe(struct service_issue_run *run, const struct store_sample *sample, struct buf *out)
{
    char digest[2 * CRYPTO_SHA256_BYTES + 1];
    const char *holder = subject_value(&run->subject, SUBJECT_COMMON_NAME);
    struct json *root = json_new_object();
    encode_hex(digest, sample->sha256, sizeof(sample->sha256));
    json_set_integer(root, "version", 1);
    json_set_text(root, "kind", sample->kind);
    json_set_text(root, "holder", holder == NULL ? "" : holder);
    json_set_text(root, "certificate", run->certificate.serial);
    json_set_text(root, "acceptance", run->order.acceptance);
    json_set_text(root, "format", "png");
    json_set_text(root, "sha256", digest);
    json_set_integer(root, "width_um", sample->width_um);
    json_set_integer(root, "height_um", sample->height_um);
    json_set_integer(root, "approved_utc_s", sample->approved_utc_s);
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

static enum status write_sample(struct service_issue_run *run, const struct store_sample *sample)
{
    char name[TOKEN_NAME_BYTES];
    char info_name[TOKEN_NAME_BYTES];
    struct buf picture, info;
    buf_init(&picture, TOKEN_DATA_BYTES);
    buf_init(&info, INFO_BYTES);
    (void)snprintf(name, sizeof(name), SERVICE_ESEAL_PREFIX "%.16s", sample->kind);
    (void)snprintf(info_name, sizeof(info_name), SERVICE_ESEAL_PREFIX "%.16s" SERVICE_ESEAL_INFO,
                   sample->kind);
    enum status status = store_sample_part(run->context->store, run->order.id, sample->paper, sample->zone,
                                           STORE_SAMPLE_PICTURE, &picture, &run->job->failure);
    if (status == STATUS_OK)
        status = describe(run, sample, &info);
    if (status == STATUS_OK)
        status = write_one(run, name, bytes_of_buf(&picture));
    if (status == STATUS_OK)
        status = write_one(run, info_name, bytes_of_buf(&info));
    buf_wipe(&picture);
    buf_wipe(&info);
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
