/* Sessions over HTTP, JSON both ways, signed both ways with a shared key (identity_sign.h):
 *
 *   POST /v1/sessions       {"id","name","number","life_s"}
 *   GET  /v1/sessions/ID?person=P
 *        200 {"id","state","url","expires_utc_s","person"}; 404 no such session; 409 it is about somebody
 *        else; 422 this person cannot be asked about; 401, 403 key or signature; 429, 503 later
 *   GET  /v1/health         200
 *
 * Headers of a request: X-Identity-Key, X-Identity-Time (seconds UTC), X-Identity-Nonce and
 * X-Identity-Signature; of a reply X-Identity-Signature. Another service is another file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/identity/identity_drivers.h"
#include "drivers/identity/identity_reply.h"
#include "drivers/identity/identity_sign.h"
#include "drivers/net/gateway_setting.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/base/text.h"

enum { TEXT_BYTES = 128, URL_BYTES = 256, PATH_BYTES = 192, BODY_BYTES = 4096, WHOLE_URL_BYTES = 512 };

struct identity_http {
    const struct clock *clock;   /* borrowed */
    const struct random *random; /* borrowed */
    struct http *http;           /* borrowed */
    char base_url[URL_BYTES];    /* without a trailing '/' */
    char key_id[TEXT_BYTES];
    struct secret key;
};

/* The transport's outcome as one of identity.h's classes: LOST promises that nothing was sent. */
static enum status transport_class(enum status status)
{
    if (status == STATUS_OK || status == STATUS_CANCELLED || status == STATUS_CONFIG)
        return status;
    return status == STATUS_LOST ? STATUS_BUSY : STATUS_UNKNOWN;
}

static void make_nonce(const struct identity_http *service, char out[IDENTITY_SIGN_NONCE_BYTES])
{
    uint8_t bytes[(IDENTITY_SIGN_NONCE_BYTES - 1) / 2];
    random_fill(service->random, bytes, sizeof(bytes));
    encode_hex(out, bytes, sizeof(bytes));
}

/* Only who has the key could have answered so; who does not accept ours cannot sign with it. */
static enum status judge(const struct identity_http *service, const char *nonce,
                         const struct http_reply *reply, struct failure *failure)
{
    char signature[IDENTITY_SIGN_BYTES + 1] = "";
    (void)!http_reply_header(reply, "X-Identity-Signature", signature, sizeof(signature));
    if (identity_sign_is_right(&service->key, nonce, reply->code, reply->body.data, reply->body.length,
                               signature))
        return STATUS_OK;
    if (reply->code == 401 || reply->code == 403)
        return failure_set(failure, STATUS_CONFIG, "identity", reply->code, "the service does not accept us");
    return failure_set(failure, STATUS_UNKNOWN, "identity", reply->code, "the reply is not the service's");
}

/* A signed request is sent and its reply received and believed. */
static enum status exchange(const struct identity_http *service, const struct identity_call *call,
                            struct identity_sign_request *what, struct http_reply *reply,
                            struct failure *failure)
{
    char nonce[IDENTITY_SIGN_NONCE_BYTES], signature[IDENTITY_SIGN_BYTES], time[24], url[WHOLE_URL_BYTES];
    make_nonce(service, nonce);
    what->utc_s = clock_utc_s(service->clock);
    what->nonce = nonce;
    (void)snprintf(time, sizeof(time), "%lld", (long long)what->utc_s);
    (void)snprintf(url, sizeof(url), "%s%s", service->base_url, what->path);
    enum status status = identity_sign_request(&service->key, what, signature);
    if (status != STATUS_OK)
        return failure_set(failure, STATUS_CONFIG, "identity", status, "the request cannot be signed");
    const struct http_header headers[] = {{"Content-Type", "application/json"},
                                          {"X-Identity-Key", service->key_id},
                                          {"X-Identity-Time", time},
                                          {"X-Identity-Nonce", nonce},
                                          {"X-Identity-Signature", signature}};
    const struct http_request request = {.method = what->method,
                                         .url = url,
                                         .headers = headers,
                                         .header_count = sizeof(headers) / sizeof(headers[0]),
                                         .body = what->body,
                                         .body_length = what->body_length,
                                         .timeout_ms = call->timeout_ms,
                                         .cancel = call->cancel};
    status = transport_class(http_request(service->http, &request, reply, failure));
    return status == STATUS_OK ? judge(service, nonce, reply, failure) : status;
}

static enum status ask(const struct identity_http *service, const struct identity_call *call,
                       const struct identity_question *question, const char *person,
                       struct identity_sign_request *what, struct identity_session *out,
                       struct failure *failure)
{
    struct http_reply reply;
    http_reply_init(&reply);
    enum status status = exchange(service, call, what, &reply, failure);
    if (status == STATUS_OK) {
        status = identity_reply_read(reply.code, (const char *)reply.body.data, reply.body.length,
                                     question->id, person, out);
        if (status != STATUS_OK)
            (void)failure_set(failure, status, "identity", reply.code, "%s", status_name(status));
    }
    http_reply_release(&reply);
    return status;
}

static enum status write_question(const struct identity_question *question, struct buf *out)
{
    struct json *json = json_new_object();
    json_set_text(json, "id", question->id);
    json_set_text(json, "name", question->person.name);
    json_set_text(json, "number", question->person.number);
    json_set_integer(json, "life_s", question->life_s);
    enum status status = json_write(json, out);
    json_free(json);
    return status;
}

static enum status http_begin(void *context, const struct identity_call *call,
                              const struct identity_question *question, struct identity_session *out,
                              struct failure *failure)
{
    const struct identity_http *service = context;
    char person[IDENTITY_SIGN_BYTES];
    struct buf body;
    buf_init(&body, BODY_BYTES);
    enum status status =
        identity_sign_person(&service->key, question->person.name, question->person.number, person);
    if (status == STATUS_OK)
        status = write_question(question, &body);
    if (status != STATUS_OK)
        status = failure_set(failure, STATUS_REFUSED, "identity", status, "name or number is too long");
    else
        status =
            ask(service, call, question, person,
                &(struct identity_sign_request){
                    .method = "POST", .path = "/v1/sessions", .body = body.data, .body_length = body.length},
                out, failure);
    buf_wipe(&body);
    return status;
}

static enum status http_inquire(void *context, const struct identity_call *call,
                                const struct identity_question *question, struct identity_session *out,
                                struct failure *failure)
{
    const struct identity_http *service = context;
    char person[IDENTITY_SIGN_BYTES], path[PATH_BYTES];
    enum status status =
        identity_sign_person(&service->key, question->person.name, question->person.number, person);
    if (status != STATUS_OK)
        return failure_set(failure, STATUS_REFUSED, "identity", status, "name or number is too long");
    (void)snprintf(path, sizeof(path), "/v1/sessions/%s?person=%s", question->id, person);
    return ask(service, call, question, person,
               &(struct identity_sign_request){.method = "GET", .path = path}, out, failure);
}

static enum status http_probe(void *context, const struct identity_call *call, struct failure *failure)
{
    struct http_reply reply;
    http_reply_init(&reply);
    enum status status =
        exchange(context, call, &(struct identity_sign_request){.method = "GET", .path = "/v1/health"},
                 &reply, failure);
    if (status == STATUS_OK && reply.code != 200)
        status = failure_set(failure, STATUS_UNKNOWN, "identity", reply.code, "not well");
    http_reply_release(&reply);
    return status;
}

static void http_close(void *context)
{
    struct identity_http *service = context;
    secret_wipe(&service->key);
    free(service);
}

static const struct identity_ops http_ops = {
    .name = "http", .begin = http_begin, .inquire = http_inquire, .probe = http_probe, .close = http_close};

/* --- opening ----------------------------------------------------------------------------------------- */

static enum status copy_settings(struct identity_http *service, const struct identity_settings *settings,
                                 struct failure *failure)
{
    static const char where[] = "identity_open";
    enum status status = gateway_setting_copy(service->base_url, URL_BYTES, settings->base_url, where,
                                              "base_url", true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(service->key_id, TEXT_BYTES, settings->key_id, where, "key_id", true,
                                      failure);
    if (status == STATUS_OK)
        status = gateway_setting_url(service->base_url, where, "base_url", failure);
    if (status == STATUS_OK)
        status = gateway_setting_secret(settings->key_file, where, "key_file", SECRET_BYTES, &service->key,
                                        failure);
    return status;
}

static enum status http_open(const struct identity_settings *settings, struct identity **out,
                             struct failure *failure)
{
    if (settings->http == NULL || settings->clock == NULL || settings->random == NULL)
        return failure_set(failure, STATUS_CONFIG, "identity_open", 0,
                           "no transport, clock or random source");
    struct identity_http *service = calloc(1, sizeof(*service));
    if (service == NULL)
        return STATUS_NO_MEMORY;
    service->clock = settings->clock;
    service->random = settings->random;
    service->http = settings->http;
    enum status status = copy_settings(service, settings, failure);
    if (status == STATUS_OK)
        status = identity_new_take(&http_ops, service, out);
    if (status != STATUS_OK)
        http_close(service);
    return status;
}

const struct identity_driver identity_http_driver = {.name = "http", .open = http_open};
