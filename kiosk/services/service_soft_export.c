/* A certificate leaves the desk as a file with its key, on the certificates worker: the key is made in
 * memory, the authority asked as for any other, the file written and opened again, the order brought to its
 * end. From before the authority is asked until the file is safe the key stands sealed in the store, so that
 * a run after a kill goes on with the same key and the same request; the password is never kept. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/form/rule_password.h"
#include "kiosk/pki/pkcs12.h"
#include "kiosk/pki/request.h"
#include "kiosk/pki/soft_key.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_soft.h"
#include "kiosk/services/service_supersede.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"

enum { PATH_BYTES = 320, CHALLENGE_BYTES = 32, FILE_MODE = 0600 };

struct export
{
    struct service_issue_run run; /* as for a key, without one */
    struct store_soft row;        /* who does it, and into which file */
};

static struct store *store_of(const struct export *export)
{
    return export->run.context->store;
}

static struct failure *failure_of(const struct export *export)
{
    return &export->run.job->failure;
}

static enum status refuse(const struct export *export, enum service_reason reason)
{
    return service_job_refuse(export->run.job, reason, 0);
}

/* --- whether it may ------------------------------------------------------------------------------------ */

static enum status unsupported(const struct export *export)
{
    return failure_set(failure_of(export), STATUS_UNSUPPORTED, "soft", 0,
                       "no such export in this hall, or of this product");
}

static enum status check_order(struct export *export)
{
    struct service_issue_run *run = &export->run;
    struct store *store = NULL;
    if (run->job->request.text[0] == 0)
        return unsupported(export);
    enum status status = service_store(run->context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, run->job->request.order_id, &run->order, failure_of(export));
    if (status == STATUS_OK)
        status = service_product_of(run->context, &run->order, &run->product, &run->operation);
    if (status == STATUS_OK && !service_soft_is_allowed(run->context, run->product))
        return unsupported(export);
    if (status == STATUS_OK && service_soft_look(run->context, &run->order) == SERVICE_CERTIFICATE_SOFT_NONE)
        return refuse(export, SERVICE_REASON_CHANGED);
    return status;
}

static const char *folder_of(const struct export *export)
{
    return export->run.context->settings->settings->desk_exchange_dir;
}

static enum status check_password(struct export *export)
{
    struct service_issue_run *run = &export->run;
    const struct secret *password = &run->job->request.file_secret;
    struct form_error error;
    size_t least = (size_t)run->context->settings->settings->desk_soft_password_min;
    if (!rule_password_check(least, password, "", &error))
        return refuse(export, SERVICE_REASON_PASSWORD_WEAK);
    enum status status = store_field_load(store_of(export), run->order.id, &run->values, failure_of(export));
    if (status == STATUS_OK &&
        !rule_password_check_form(password, product_operation_form(run->product, run->operation),
                                  &run->values, &error))
        status = refuse(export, SERVICE_REASON_PASSWORD_OWN);
    return status;
}

static enum status check_clerks(struct export *export)
{
    struct store_clerk second;
    struct service_job *job = export->run.job;
    enum status status = service_desk_find_colleague(export->run.context, job, job->request.text, &second);
    if (status != STATUS_OK)
        return status;
    (void)text_copy(export->row.clerk, sizeof(export->row.clerk), job->request.text);
    (void)text_copy(export->row.second, sizeof(export->row.second), second.name);
    return STATUS_OK;
}

/* Nobody else works on the order meanwhile, and what another desk left open is ours to finish. */
static enum status claim(const struct export *export)
{
    const struct service_issue_run *run = &export->run;
    struct store_claim holder = {0};
    int lease_s = (int)run->context->settings->settings->order_lease_s;
    enum status status = store_claim_take(store_of(export), run->order.id, lease_s, failure_of(export));
    if (status == STATUS_OK)
        return store_intention_adopt(store_of(export), run->order.id, lease_s, failure_of(export));
    if (status == STATUS_CONFLICT &&
        store_claim_load(store_of(export), run->order.id, &holder, NULL) == STATUS_OK)
        return service_job_refuse(run->job, SERVICE_REASON_ELSEWHERE,
                                  holder.lease_until_utc_s - service_now_utc_s(run->context));
    return status;
}

/* --- the key and its request --------------------------------------------------------------------------- */

static void name_row(struct export *export, const char *request_id)
{
    const struct order *order = &export->run.order;
    (void)text_copy(export->row.request_id, sizeof(export->row.request_id), request_id);
    (void)text_copy(export->row.order_id, sizeof(export->row.order_id), order->id);
    (void)snprintf(export->row.file, sizeof(export->row.file), "%s.p12", order->acceptance);
}

/* Asked once more in the same change: a terminal may have been faster. */
static enum status check_offered(struct export *export)
{
    struct service_issue_run *run = &export->run;
    enum status status = store_order_load(store_of(export), run->order.id, &run->order, failure_of(export));
    if (status == STATUS_OK &&
        service_soft_look(run->context, &run->order) != SERVICE_CERTIFICATE_SOFT_OFFERED)
        return refuse(export, SERVICE_REASON_CHANGED);
    return status;
}

/* Inside one change: from now on the key is found again, and only this request is asked for. */
static enum status store_inside(struct export *export, struct bytes private_key, const struct buf *request)
{
    struct service_issue_run *run = &export->run;
    struct store_key key = {.model = STORE_SOFT_MODEL, .state = STORE_KEY_IN_WORK};
    char request_id[STORE_ID_BYTES];
    char intention[STORE_ID_BYTES];
    order_id_make(run->context->settings->random, request_id);
    order_id_make(run->context->settings->random, key.mark);
    (void)text_copy(key.serial, sizeof(key.serial), run->order.acceptance);
    (void)text_copy(key.label, sizeof(key.label), run->product->key_label);
    (void)text_copy(key.order_id, sizeof(key.order_id), run->order.id);
    name_row(export, request_id);
    enum status status = check_offered(export);
    if (status == STATUS_OK)
        status = store_key_insert(store_of(export), &key, failure_of(export));
    if (status == STATUS_OK)
        status = store_certificate_insert(store_of(export), request_id, run->order.id, key.mark,
                                          request->data, request->length, failure_of(export));
    if (status == STATUS_OK)
        status = store_soft_insert(store_of(export), &export->row, private_key, failure_of(export));
    if (status == STATUS_OK)
        status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_REQUEST_CERTIFICATE,
                                         request_id, intention, failure_of(export));
    return status;
}

static enum status store_request(struct export *export, struct bytes private_key, const struct buf *request)
{
    enum status status = store_begin(store_of(export), failure_of(export));
    if (status != STATUS_OK)
        return status;
    status = store_end(store_of(export), store_inside(export, private_key, request), failure_of(export));
    return status == STATUS_OK ? store_certificate_load(store_of(export), export->row.request_id,
                                                        &export->run.certificate, failure_of(export))
                               : status;
}

/* The key signs that it asks for this name. */
static enum status sign_request(const struct export *export, struct bytes private_key,
                                struct bytes public_key, struct buf *request)
{
    struct buf tbs, signature;
    buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status = request_tbs(&export->run.subject, public_key, &tbs, failure_of(export));
    if (status == STATUS_OK)
        status = soft_key_sign(private_key, bytes_of_buf(&tbs), &signature, failure_of(export));
    if (status == STATUS_OK)
        status = request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), request, failure_of(export));
    buf_wipe(&tbs);
    buf_wipe(&signature);
    return status;
}

static enum status begin(struct export *export)
{
    enum soft_key_kind kind =
        export->run.product->algorithm == PRODUCT_ALGORITHM_EC_P256 ? SOFT_KEY_EC_P256 : SOFT_KEY_RSA_2048;
    struct buf private_key, public_key, request;
    buf_init(&private_key, SOFT_KEY_BYTES);
    buf_init(&public_key, LIMIT_CERTIFICATE_BYTES);
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    enum status status = soft_key_make(kind, &private_key, &public_key, failure_of(export));
    if (status == STATUS_OK)
        status = sign_request(export, bytes_of_buf(&private_key), bytes_of_buf(&public_key), &request);
    if (status == STATUS_OK)
        status = store_request(export, bytes_of_buf(&private_key), &request);
    buf_wipe(&private_key);
    buf_wipe(&public_key);
    buf_wipe(&request);
    return status;
}

/* Begun before, perhaps by a program that was killed, or begun now. */
static enum status find_or_begin(struct export *export)
{
    struct store_soft row;
    char intention[STORE_ID_BYTES];
    struct service_issue_run *run = &export->run;
    enum status status =
        service_soft_load(run->context, run->order.id, &row, &run->certificate, failure_of(export));
    if (status == STATUS_NOT_FOUND)
        status = begin(export);
    else if (status == STATUS_OK)
        name_row(export, row.request_id);
    if (status != STATUS_OK)
        return status;
    run->has_certificate = true;
    status = service_intention_find(run->context, run->order.id, STORE_INTENTION_REVOKE_CERTIFICATE,
                                    export->row.request_id, intention, failure_of(export));
    if (status == STATUS_OK) /* its withdrawal is finished first */
        return refuse(export, SERVICE_REASON_CHANGED);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What the certificate must be for, out of the request that was stored. */
static enum status load_public_key(struct service_issue_run *run)
{
    struct buf request, public_key;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    buf_init(&public_key, sizeof(run->public_key.bytes));
    enum status status = store_certificate_part(run->context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_REQUEST, &request, &run->job->failure);
    if (status == STATUS_OK)
        status = request_public_key(bytes_of_buf(&request), &public_key, &run->job->failure);
    if (status == STATUS_OK) {
        run->public_key.length = public_key.length;
        (void)memcpy(run->public_key.bytes, public_key.data, public_key.length);
    }
    buf_wipe(&request);
    buf_wipe(&public_key);
    return status;
}

/* --- the file ------------------------------------------------------------------------------------------ */

/* What goes into the file, out of the store. */
struct content {
    struct buf private_key, leaf, chain;
};

static void content_init(struct content *content)
{
    buf_init(&content->private_key, SOFT_KEY_BYTES);
    buf_init(&content->leaf, LIMIT_CERTIFICATE_BYTES);
    buf_init(&content->chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
}

static void content_wipe(struct content *content)
{
    buf_wipe(&content->private_key);
    buf_wipe(&content->leaf);
    buf_wipe(&content->chain);
}

static enum status content_load(struct content *content, const struct export *export)
{
    const char *id = export->row.request_id;
    enum status status =
        store_soft_key(store_of(export), &export->row, &content->private_key, failure_of(export));
    if (status == STATUS_OK)
        status = store_certificate_part(store_of(export), id, STORE_CERTIFICATE_DER, &content->leaf,
                                        failure_of(export));
    if (status != STATUS_OK)
        return status;
    status = store_certificate_part(store_of(export), id, STORE_CERTIFICATE_CHAIN, &content->chain,
                                    failure_of(export));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* issued right under a root */
}

static enum status explain(const struct export *export, enum status status)
{
    if (status == STATUS_FULL)
        return refuse(export, SERVICE_REASON_STICK_FULL);
    return status == STATUS_IO || status == STATUS_NOT_FOUND ? refuse(export, SERVICE_REASON_NO_STICK)
                                                             : status;
}

/* Read back from the stick, opened by the password, and its key asked to sign. */
static enum status prove(const struct export *export, const char *path, const struct content *content)
{
    uint8_t challenge[CHALLENGE_BYTES];
    struct buf found;
    buf_init(&found, PKCS12_BYTES);
    random_fill(export->run.context->settings->random, challenge, sizeof(challenge));
    enum status status = explain(export, file_read(path, &found, failure_of(export)));
    if (status == STATUS_OK)
        status = pkcs12_prove(bytes_of_buf(&found), &export->run.job->request.file_secret,
                              bytes_of_buf(&content->leaf), bytes_view(challenge, sizeof(challenge)),
                              failure_of(export));
    buf_wipe(&found);
    if (status == STATUS_MALFORMED ||
        (status == STATUS_REFUSED && export->run.job->reason == SERVICE_REASON_NONE))
        return refuse(export, SERVICE_REASON_FILE_UNREADABLE);
    return status;
}

/* A run that was killed while it wrote left its file under a name of its own beside. */
static void take_off_halves(const struct export *export)
{
    char path[PATH_BYTES];
    size_t length = strlen(export->row.file);
    DIR *folder = opendir(folder_of(export));
    struct dirent *entry = NULL;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        bool is_half = strncmp(entry->d_name, export->row.file, length) == 0 && entry->d_name[length] == '.';
        if (is_half &&
            (size_t)snprintf(path, sizeof(path), "%s/%s", folder_of(export), entry->d_name) < sizeof(path))
            (void)unlink(path);
    }
    if (folder != NULL)
        (void)closedir(folder);
}

static enum status write_file(const struct export *export, const struct content *content)
{
    char path[PATH_BYTES];
    struct buf file;
    const struct pkcs12_content parts = {.private_key = bytes_of_buf(&content->private_key),
                                         .certificate = bytes_of_buf(&content->leaf),
                                         .chain = bytes_of_buf(&content->chain),
                                         .name = export->run.order.acceptance};
    buf_init(&file, PKCS12_BYTES);
    (void)snprintf(path, sizeof(path), "%s/%s", folder_of(export), export->row.file);
    take_off_halves(export);
    enum status status =
        pkcs12_write(&parts, &export->run.job->request.file_secret, &file, failure_of(export));
    if (status == STATUS_OK)
        status = explain(export, file_replace(path, file.data, file.length, FILE_MODE, failure_of(export)));
    if (status == STATUS_OK)
        status = prove(export, path, content);
    buf_wipe(&file);
    return status;
}

static enum status step(const struct export *export, enum store_certificate_state from,
                        enum store_certificate_state to)
{
    return store_certificate_step(store_of(export), export->row.request_id, from, to, NULL,
                                  failure_of(export));
}

/* The file is safe: the key goes, and from now on only the authority is to be told, which the sweep does too.
 */
static enum status written_inside(const struct export *export, const char *intention)
{
    char confirming[STORE_ID_BYTES];
    const struct service_issue_run *run = &export->run;
    enum status status = step(export, STORE_CERTIFICATE_ISSUED, STORE_CERTIFICATE_WRITTEN);
    if (status == STATUS_OK)
        status = step(export, STORE_CERTIFICATE_WRITTEN, STORE_CERTIFICATE_PROVEN);
    if (status == STATUS_OK)
        status =
            store_soft_write(store_of(export), &export->row, run->certificate.serial, failure_of(export));
    if (status == STATUS_OK)
        status = service_intention_end(run->context, intention, true, "written", failure_of(export));
    if (status == STATUS_OK)
        status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_CONFIRM_CERTIFICATE,
                                         export->row.request_id, confirming, failure_of(export));
    return status;
}

static enum status store_written(struct export *export, const char *intention)
{
    struct service_issue_run *run = &export->run;
    enum status status = store_begin(store_of(export), failure_of(export));
    if (status != STATUS_OK)
        return status;
    status = store_end(store_of(export), written_inside(export, intention), failure_of(export));
    return status == STATUS_OK ? store_certificate_load(store_of(export), export->row.request_id,
                                                        &run->certificate, failure_of(export))
                               : status;
}

static enum status stage_write(struct export *export)
{
    char intention[STORE_ID_BYTES];
    struct content content;
    struct service_issue_run *run = &export->run;
    if (run->certificate.state != STORE_CERTIFICATE_ISSUED)
        return STATUS_OK;
    content_init(&content);
    enum status status = service_issue_check(run);
    if (status == STATUS_OK)
        status = content_load(&content, export);
    if (status == STATUS_OK)
        status = service_intention_begin(run->context, run->order.id, STORE_INTENTION_WRITE_CERTIFICATE,
                                         export->row.request_id, intention, failure_of(export));
    if (status == STATUS_OK)
        status = write_file(export, &content);
    if (status == STATUS_OK)
        status = store_written(export, intention);
    content_wipe(&content);
    return status;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

/* The file is out: a silent authority is told later, by itself. */
static enum status confirm(struct export *export)
{
    struct service_issue_run *run = &export->run;
    struct failure failure = {0};
    enum status status = service_request_confirm(run->context, &run->certificate, failure_of(export));
    run->job->number = status != STATUS_OK;
    if (status != STATUS_OK)
        return service_request_is_silence(status) ? STATUS_OK : status;
    status = service_supersede_carry_out(run->context, run->order.id, &failure);
    if (status != STATUS_OK) /* else the sweep does it */
        log_failure("soft", "withdrawing the certificate that was replaced", status, &failure);
    return STATUS_OK;
}

static enum status check(struct export *export)
{
    enum status status = check_order(export);
    if (status == STATUS_OK)
        status = service_desk_check_stick(export->run.context, export->run.job);
    if (status == STATUS_OK)
        status = check_password(export);
    if (status == STATUS_OK)
        status = check_clerks(export);
    return status == STATUS_OK ? claim(export) : status;
}

static enum status run_stages(struct export *export)
{
    struct service_issue_run *run = &export->run;
    enum status status = service_key_open(run->context, failure_of(export));
    if (status == STATUS_OK)
        status = service_request_subject(run);
    if (status == STATUS_OK)
        status = find_or_begin(export);
    if (status == STATUS_OK)
        status = load_public_key(run);
    if (status == STATUS_OK)
        status = service_request_certificate(run);
    if (status == STATUS_OK)
        status = stage_write(export);
    return status == STATUS_OK ? confirm(export) : status;
}

void service_desk_soft_run(struct service_context *context, struct service_job *job)
{
    struct export export = {.run = {.context = context, .job = job, .is_soft = true}};
    form_values_init(&export.run.values);
    enum status status = check(&export);
    if (status == STATUS_OK) {
        status = run_stages(&export);
        if (store_claim_release(context->store, export.run.order.id, NULL) != STATUS_OK)
            log_debug("soft", "the claim on an exported order ends with its lease");
    }
    form_values_wipe(&export.run.values);
    secret_wipe_bytes(&export.run.subject, sizeof(export.run.subject));
    service_job_finish(job, status);
}
