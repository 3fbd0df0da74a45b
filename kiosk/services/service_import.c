/* A certificate out of a file comes onto the key that has its private key: at the desk, on the certificates
 * worker, with the holder who types the PIN. Nothing is written that the hall does not trust, that is another
 * key's, or that is over. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_key.h"
#include "kiosk/services/service_trust.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_certificate.h"

enum { PATH_BYTES = 320 };

struct import {
    struct service_context *context;
    struct service_job *job;
    struct certificate_list list; /* as it stood in the file */
    size_t leaf;                  /* index of the one the key is for */
    int64_t not_after_utc_s;      /* of that one; 0 for none found yet */
    char serial[CERTIFICATE_SERIAL_BYTES];
    struct token_identity identity;
    enum token_role role;
    struct token_key_id id;
    struct token_public_key key;
};

static enum status refuse(const struct import *import, enum service_reason reason)
{
    return service_job_refuse(import->job, reason, 0);
}

/* --- the file ------------------------------------------------------------------------------------------ */

/* A name of the list that was shown; nothing leads out of the folder. */
static bool is_name(const char *name)
{
    return name[0] != 0 && name[0] != '.' && strchr(name, '/') == NULL;
}

static enum status read_file(struct import *import)
{
    const char *directory = import->context->settings->settings->desk_exchange_dir;
    char path[PATH_BYTES];
    struct buf text;
    if (directory[0] == 0)
        return refuse(import, SERVICE_REASON_NO_STICK);
    if (!is_name(import->job->request.evidence))
        return refuse(import, SERVICE_REASON_FILE_UNREADABLE);
    buf_init(&text, LIMIT_CONFIG_BYTES);
    (void)snprintf(path, sizeof(path), "%s/%s", directory, import->job->request.evidence);
    enum status status = file_read(path, &text, &import->job->failure);
    if (status == STATUS_OK)
        status = certificate_list_read_any(text.data, text.length, &import->list, &import->job->failure);
    buf_release(&text);
    if (status == STATUS_NOT_FOUND || status == STATUS_IO)
        return refuse(import, SERVICE_REASON_NO_STICK);
    return status == STATUS_OK ? status : refuse(import, SERVICE_REASON_FILE_UNREADABLE);
}

/* --- the key ------------------------------------------------------------------------------------------- */

/* Of several certificates for keys of this token the one that ends last is meant. */
static void judge_pair(struct import *import, enum token_role role, const struct token_public_key *key)
{
    for (size_t i = 0; i < import->list.count; i++) {
        struct bytes der = bytes_of_buf(&import->list.items[i]);
        struct certificate_summary summary;
        if (!certificate_is_for_key(der, bytes_view(key->bytes, key->length)) ||
            certificate_summarize(der, &summary, NULL) != STATUS_OK ||
            summary.not_after_utc_s <= import->not_after_utc_s)
            continue;
        import->leaf = i;
        import->role = role;
        import->id = key->id;
        import->key = *key;
        import->not_after_utc_s = summary.not_after_utc_s;
        (void)text_copy(import->serial, sizeof(import->serial), summary.serial);
    }
}

static enum status find_pair(struct import *import)
{
    struct token *token = import->context->drivers.token;
    struct token_objects objects;
    enum status status = token_list(token, &import->identity, NULL, &objects, &import->job->failure);
    for (unsigned i = 0; status == STATUS_OK && i < objects.count; i++) {
        const struct token_object *object = &objects.object[i];
        struct token_public_key key;
        if (object->kind != TOKEN_OBJECT_PUBLIC_KEY || object->role == TOKEN_ROLE_FOREIGN)
            continue; /* what another program put there is not ours to complete */
        status = token_public_key(token, &import->identity, object->role, &object->id, &key,
                                  &import->job->failure);
        if (status == STATUS_OK)
            judge_pair(import, object->role, &key);
    }
    if (status == STATUS_OK && import->not_after_utc_s == 0)
        return refuse(import, SERVICE_REASON_FILE_OTHER_KEY);
    return status;
}

static enum status open_key(struct import *import)
{
    enum status status = service_key_open(import->context, &import->job->failure);
    if (status == STATUS_OK)
        status = service_key_look(import->context, &import->job->failure);
    const struct token_info *info = &service_key_own(import->context)->info;
    if (status == STATUS_OK && info->presence == TOKEN_ABSENT)
        return refuse(import, SERVICE_REASON_NO_KEY);
    import->identity = info->identity;
    return status == STATUS_OK ? find_pair(import) : status;
}

/* --- the judgement ------------------------------------------------------------------------------------- */

static enum status ask(const struct import *import, const struct buf *chain, bool of_others,
                       enum chain_verdict *out)
{
    return service_trust_check(
        import->context,
        &(struct service_trust_question){.leaf = bytes_of_buf(&import->list.items[import->leaf]),
                                         .chain = chain,
                                         .public_key = bytes_view(import->key.bytes, import->key.length),
                                         .encrypts = import->role == TOKEN_ROLE_ENCRYPT,
                                         .of_others = of_others},
        out, &import->job->failure);
}

static enum service_reason reason_of(enum chain_verdict verdict)
{
    if (verdict == CHAIN_EXPIRED || verdict == CHAIN_NOT_YET_VALID)
        return SERVICE_REASON_FILE_EXPIRED;
    if (verdict == CHAIN_REVOKED)
        return SERVICE_REASON_FILE_REVOKED;
    return service_trust_is_about_us(verdict) ? SERVICE_REASON_FILE_UNCHECKED : SERVICE_REASON_FILE_UNTRUSTED;
}

/* The rest of the file may hold what stands between the certificate and a root of the hall's. */
static enum status add_rest(const struct import *import, struct buf *chain)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < import->list.count && status == STATUS_OK; i++)
        if (i != import->leaf)
            status = buf_append(chain, import->list.items[i].data, import->list.items[i].length);
    return status;
}

/* Else the newest certificate made here has it beside it. */
static enum status add_known(const struct import *import, struct buf *chain)
{
    struct store_certificate newest;
    size_t count = 0;
    enum status status = store_certificate_list_newest(import->context->store, false, &newest, 1, &count,
                                                       &import->job->failure);
    if (status == STATUS_OK && count > 0)
        status = store_certificate_part(import->context->store, newest.request_id, STORE_CERTIFICATE_CHAIN,
                                        chain, &import->job->failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status judge(struct import *import)
{
    enum chain_verdict verdict = CHAIN_MALFORMED;
    struct buf chain;
    buf_init(&chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES * 2);
    enum status status = add_rest(import, &chain);
    if (status == STATUS_OK)
        status = ask(import, &chain, false, &verdict);
    if (status == STATUS_OK && verdict == CHAIN_ISSUER_UNKNOWN)
        status = ask(import, &chain, true, &verdict);
    if (status == STATUS_OK && verdict == CHAIN_ISSUER_UNKNOWN)
        status = add_known(import, &chain);
    if (status == STATUS_OK && verdict == CHAIN_ISSUER_UNKNOWN)
        status = ask(import, &chain, false, &verdict);
    buf_release(&chain);
    return status == STATUS_OK && verdict != CHAIN_GOOD ? refuse(import, reason_of(verdict)) : status;
}

/* --- the act ------------------------------------------------------------------------------------------- */

static enum status record(const struct import *import, const char *action, const char *detail)
{
    return store_audit_append(import->context->store,
                              &(struct store_audit_entry){.action = action,
                                                          .actor = import->job->request.text,
                                                          .subject = import->serial,
                                                          .detail = detail},
                              &import->job->failure);
}

/* The private key is asked for first: without it the certificate would be of no use on this key. */
static enum status write(struct import *import)
{
    struct token *token = import->context->drivers.token;
    const struct buf *leaf = &import->list.items[import->leaf];
    const struct secret *pin = &import->job->request.secret;
    struct token_key_check check;
    enum status status =
        token_check_key(token, &import->identity, pin, &import->id, &check, &import->job->failure);
    if (status == STATUS_NOT_FOUND)
        return refuse(import, SERVICE_REASON_FILE_OTHER_KEY);
    if (status != STATUS_OK)
        return service_key_refuse_pin(import->context, import->job, status);
    status = record(import, "key.import", import->identity.serial);
    if (status != STATUS_OK)
        return status;
    enum status done = token_write_certificate(token, &import->identity, pin, import->role, &import->id,
                                               leaf->data, leaf->length, &import->job->failure);
    status = record(import, "key.imported", status_name(done));
    if (done != STATUS_OK)
        import->job->reason = service_key_reason(done);
    return done == STATUS_OK ? status : done;
}

static enum status check_desk(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    if (!context->settings->settings->desk_writer || job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_UNSUPPORTED, "import", 0,
                           "no writer at this desk, or no clerk");
    return service_store(context, &store);
}

void service_desk_import_run(struct service_context *context, struct service_job *job)
{
    struct import import = {.context = context, .job = job};
    enum status status = check_desk(context, job);
    if (status == STATUS_OK)
        status = read_file(&import);
    if (status == STATUS_OK)
        status = open_key(&import);
    if (status == STATUS_OK)
        status = judge(&import);
    if (status == STATUS_OK)
        status = write(&import);
    if (status == STATUS_LOST || status == STATUS_CONFLICT)
        job->reason = service_key_reason(status);
    (void)service_key_look(context, NULL);
    certificate_list_release(&import.list);
    service_job_finish(job, status);
}
