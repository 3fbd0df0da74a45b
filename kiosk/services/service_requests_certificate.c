/* The desk's requests about certificates: each takes along what was displayed; nothing is decided here. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

static void mix(struct buf *bytes, const char *text)
{
    check(buf_append_sized(bytes, text, strlen(text)) == STATUS_OK);
}

/* Every column of the line, each with its length before it. */
static void hash_line(const struct service_certificate *line, uint8_t out[CRYPTO_SHA256_BYTES])
{
    struct buf bytes;
    buf_init(&bytes, LIMIT_FIELD_BYTES * 4);
    mix(&bytes, line->request_id);
    mix(&bytes, line->order.acceptance);
    mix(&bytes, line->unit);
    mix(&bytes, line->serial);
    mix(&bytes, line->state);
    crypto_sha256(bytes.data, bytes.length, out);
    buf_wipe(&bytes);
}

uint64_t service_desk_certificates(struct services *services, const char *text, bool revoked)
{
    struct service_job *job = service_job_new(SERVICE_DESK_CERTIFICATES);
    service_request_give_text(&job->request, text);
    job->request.flag = revoked;
    return services_send(services, job);
}

uint64_t service_desk_ending(struct services *services)
{
    return services_send(services, service_job_new(SERVICE_DESK_ENDING));
}

uint64_t service_desk_remind(struct services *services, const char *request_id)
{
    struct service_job *job = service_job_new(SERVICE_DESK_REMIND);
    service_request_give_text(&job->request, request_id);
    return services_send(services, job);
}

uint64_t service_desk_import(struct services *services, const char *file, const struct secret *pin)
{
    struct service_job *job = service_job_new(SERVICE_DESK_IMPORT);
    service_request_give_text(&job->request, services->desk.clerk);
    service_request_give_secret(&job->request, pin);
    (void)text_copy(job->request.evidence, sizeof(job->request.evidence), file);
    return services_send(services, job);
}

uint64_t service_desk_soft(struct services *services, const struct service_certificate_file *wish)
{
    struct service_job *job = service_job_new(SERVICE_DESK_SOFT);
    struct service_request *request = &job->request;
    service_request_give_text(request, services->desk.clerk);
    service_request_give_name(request, wish->second);
    service_request_give_secret(request, wish->second_password);
    check(secret_set(&request->file_secret, wish->password->bytes, wish->password->length) == STATUS_OK);
    (void)text_copy(request->order_id, sizeof(request->order_id), wish->order_id);
    return services_send(services, job);
}

uint64_t service_desk_trust(struct services *services)
{
    return services_send(services, service_job_new(SERVICE_DESK_TRUST));
}

uint64_t service_desk_trust_export(struct services *services)
{
    return services_send(services, service_job_new(SERVICE_DESK_TRUST_EXPORT));
}

uint64_t service_desk_revoke(struct services *services, const struct service_certificate_wish *wish,
                             const char *second, const struct secret *password)
{
    struct service_job *job = service_job_new(SERVICE_DESK_REVOKE);
    struct service_request *request = &job->request;
    service_request_give_text(request, wish->evidence);
    service_request_give_name(request, second);
    service_request_give_secret(request, password);
    (void)text_copy(request->reason, sizeof(request->reason), wish->ground);
    (void)text_copy(request->evidence, sizeof(request->evidence), wish->evidence_order);
    (void)text_copy(request->holder_request_id, sizeof(request->holder_request_id), wish->request_id);
    for (size_t i = 0; i < services->desk.certificate_count; i++) {
        const struct service_certificate *line = &services->desk.certificates[i];
        if (strcmp(line->request_id, wish->request_id) != 0)
            continue;
        request->flag = true;
        request->version = line->order.version;
        hash_line(line, request->displayed_hash);
    }
    return services_send(services, job);
}
