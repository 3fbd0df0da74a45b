/* Messages through Aliyun SendSms and calls through SingleCallByTts (both version 2017-05-25). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/net/gateway_setting.h"
#include "drivers/sms/aliyun_reply.h"
#include "drivers/sms/aliyun_sign.h"
#include "drivers/sms/sms_drivers.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/base/text.h"

enum { TEXT_BYTES = 128, URL_BYTES = 256, REQUEST_BYTES = 16 * 1024, NONCE_BYTES = 16 };

struct sms_http {
    const struct clock *clock;   /* borrowed */
    const struct random *random; /* borrowed */
    struct http *http;           /* borrowed */
    char base_url[URL_BYTES];    /* without a trailing '/' */
    char key_id[TEXT_BYTES];
    struct secret key;
    char sign_name[TEXT_BYTES];
    char template_code[TEXT_BYTES];
    char template_code_resume[TEXT_BYTES];
    char minutes_parameter[TEXT_BYTES];
    char voice_url[URL_BYTES]; /* as base_url; "" when no calls are made */
    char voice_template_code[TEXT_BYTES];
};

/* The transport's outcome as one of sms.h's classes: LOST promises that nothing was sent. */
static enum status transport_class(enum status status)
{
    if (status == STATUS_OK || status == STATUS_CANCELLED || status == STATUS_CONFIG)
        return status;
    return status == STATUS_LOST ? STATUS_BUSY : STATUS_UNKNOWN;
}

static const char *host_of(const char *base_url)
{
    return strstr(base_url, "://") + 3;
}

static enum status write_notice_parameters(const struct sms_message *message, struct buf *out)
{
    struct json *json = json_new_object();
    for (size_t i = 0; i < message->parameter_count; i++)
        json_set_text(json, message->parameters[i].name, message->parameters[i].value);
    enum status status = json_write(json, out);
    json_free(json);
    return status;
}

/* {"code":"123456"}, and the life of the code where the template says it. */
static enum status write_template_parameters(const struct sms_http *sms, const struct sms_message *message,
                                             struct buf *out)
{
    if (message->template_code != NULL)
        return write_notice_parameters(message, out);
    struct json *json = json_new_object();
    json_set_text(json, "code", (const char *)message->code->bytes);
    if (sms->minutes_parameter[0] != '\0') {
        char minutes[16];
        (void)snprintf(minutes, sizeof(minutes), "%d", message->minutes);
        json_set_text(json, sms->minutes_parameter, minutes);
    }
    enum status status = json_write(json, out);
    json_free(json);
    return status;
}

static const char *template_of(const struct sms_http *sms, const struct sms_message *message)
{
    if (message->template_code != NULL)
        return message->template_code;
    bool is_resume = strcmp(message->purpose, "resume") == 0 && sms->template_code_resume[0] != '\0';
    return is_resume ? sms->template_code_resume : sms->template_code;
}

static enum status write_send_query(const struct sms_http *sms, const struct sms_message *message,
                                    struct buf *out)
{
    struct buf parameters;
    buf_init(&parameters, REQUEST_BYTES);
    enum status status = write_template_parameters(sms, message, &parameters);
    if (status == STATUS_OK) {
        struct aliyun_parameter list[] = {
            {"PhoneNumbers", message->number},
            {"SignName", sms->sign_name},
            {"TemplateCode", template_of(sms, message)},
            {"TemplateParam", (const char *)parameters.data},
            {"OutId", message->request_id},
        };
        size_t count = sizeof(list) / sizeof(list[0]) - (message->request_id[0] == '\0' ? 1 : 0);
        status = aliyun_sign_query(list, count, out);
    }
    buf_wipe(&parameters);
    return status;
}

static enum status write_call_query(const struct sms_http *sms, const struct sms_message *message,
                                    struct buf *out)
{
    struct buf parameters;
    buf_init(&parameters, REQUEST_BYTES);
    enum status status = write_template_parameters(sms, message, &parameters);
    if (status == STATUS_OK) {
        struct aliyun_parameter list[] = {
            {"CalledNumber", message->number},     {"PlayTimes", "2"},
            {"TtsCode", sms->voice_template_code}, {"TtsParam", (const char *)parameters.data},
            {"OutId", message->request_id},
        };
        size_t count = sizeof(list) / sizeof(list[0]) - (message->request_id[0] == '\0' ? 1 : 0);
        status = aliyun_sign_query(list, count, out);
    }
    buf_wipe(&parameters);
    return status;
}

/* What is asked, and where. */
struct request {
    const char *base_url, *action, *query;
};

/* A signed request is sent and its reply received. */
static enum status exchange(const struct sms_http *sms, const struct sms_call *call,
                            const struct request *what, struct http_reply *reply, struct failure *failure)
{
    char date[32];
    char nonce[2 * NONCE_BYTES + 1];
    uint8_t nonce_bytes[NONCE_BYTES];
    struct buf canonical;
    struct buf authorization;
    struct buf url;
    buf_init(&canonical, REQUEST_BYTES);
    buf_init(&authorization, REQUEST_BYTES);
    buf_init(&url, REQUEST_BYTES);
    random_fill(sms->random, nonce_bytes, sizeof(nonce_bytes));
    encode_hex(nonce, nonce_bytes, sizeof(nonce_bytes));
    (void)clock_format_utc(clock_utc_s(sms->clock), "%Y-%m-%dT%H:%M:%SZ", date, sizeof(date));
    struct aliyun_headers headers = {host_of(what->base_url), what->action, "2017-05-25", date, nonce};
    enum status status = aliyun_sign_canonical("POST", what->query, &headers, &canonical);
    if (status == STATUS_OK)
        status = aliyun_sign_authorization(sms->key_id, (const char *)sms->key.bytes, sms->key.length,
                                           &canonical, &authorization);
    if (status == STATUS_OK)
        status = buf_append_format(&url, "%s/?%s", what->base_url, what->query);
    if (status != STATUS_OK) {
        status = failure_set(failure, STATUS_CONFIG, "sms", status, "the request cannot be signed");
        goto done;
    }
    const struct http_header sent[] = {
        {"x-acs-action", what->action},
        {"x-acs-version", headers.version},
        {"x-acs-date", date},
        {"x-acs-signature-nonce", nonce},
        {"x-acs-content-sha256", ALIYUN_EMPTY_BODY_SHA256},
        {"Authorization", (const char *)authorization.data},
    };
    const struct http_request request = {.method = "POST",
                                         .url = (const char *)url.data,
                                         .headers = sent,
                                         .header_count = sizeof(sent) / sizeof(sent[0]),
                                         .timeout_ms = call->timeout_ms,
                                         .cancel = call->cancel};
    status = transport_class(http_request(sms->http, &request, reply, failure));
done:
    buf_wipe(&canonical);
    buf_wipe(&authorization);
    buf_wipe(&url);
    return status;
}

static enum status http_send(void *context, const struct sms_call *call, const struct sms_message *message,
                             struct sms_receipt *out, struct failure *failure)
{
    const struct sms_http *sms = context;
    struct aliyun_reply answer = {0};
    struct http_reply reply;
    struct buf query;
    bool is_call = message->channel == SMS_VOICE;
    const char *action = is_call ? "SingleCallByTts" : "SendSms";
    if (is_call && (sms->voice_url[0] == '\0' || sms->voice_template_code[0] == '\0'))
        return failure_set(failure, STATUS_UNSUPPORTED, "sms", 0, "no calls are set up");
    http_reply_init(&reply);
    buf_init(&query, REQUEST_BYTES);
    enum status status =
        is_call ? write_call_query(sms, message, &query) : write_send_query(sms, message, &query);
    if (status != STATUS_OK)
        status = failure_set(failure, STATUS_CONFIG, "sms", status, "the request is too long");
    else
        status = exchange(
            sms, call,
            &(struct request){is_call ? sms->voice_url : sms->base_url, action, (const char *)query.data},
            &reply, failure);
    if (status == STATUS_OK) {
        status = aliyun_reply_read(reply.code, (const char *)reply.body.data, reply.body.length, &answer);
        if (status != STATUS_OK)
            (void)failure_set(failure, status, action, reply.code, "%s", answer.code);
    }
    if (status == STATUS_OK && !text_copy(out->id, sizeof(out->id), answer.biz_id))
        out->id[0] = '\0';
    buf_wipe(&query);
    http_reply_release(&reply);
    return status;
}

/* An action that sends nothing: any answer that is not about our signature or key shows a living service. */
static enum status http_probe(void *context, const struct sms_call *call, struct failure *failure)
{
    const struct sms_http *sms = context;
    struct aliyun_reply answer = {0};
    struct http_reply reply;
    http_reply_init(&reply);
    enum status status = exchange(
        sms, call, &(struct request){sms->base_url, "QuerySmsSignList", "PageSize=1"}, &reply, failure);
    if (status == STATUS_OK) {
        status = aliyun_reply_read(reply.code, (const char *)reply.body.data, reply.body.length, &answer);
        if (status != STATUS_OK)
            (void)failure_set(failure, status, "QuerySmsSignList", reply.code, "%s", answer.code);
    }
    http_reply_release(&reply);
    return status;
}

static void http_close(void *context)
{
    struct sms_http *sms = context;
    secret_wipe(&sms->key);
    free(sms);
}

static const struct sms_ops http_ops = {
    .name = "http", .send = http_send, .probe = http_probe, .close = http_close};

static enum status copy_settings(struct sms_http *sms, const struct sms_settings *settings,
                                 struct failure *failure)
{
    const struct {
        char *out;
        size_t size;
        const char *value;
        const char *name;
        bool must;
    } rows[] = {
        {sms->base_url, URL_BYTES, settings->base_url, "base_url", true},
        {sms->key_id, TEXT_BYTES, settings->access_key_id, "access_key_id", true},
        {sms->sign_name, TEXT_BYTES, settings->sign_name, "sign_name", true},
        {sms->template_code, TEXT_BYTES, settings->template_code, "template_code", true},
        {sms->template_code_resume, TEXT_BYTES, settings->template_code_resume, "template_code_resume",
         false},
        {sms->voice_url, URL_BYTES, settings->voice_url, "voice_url", false},
        {sms->voice_template_code, TEXT_BYTES, settings->voice_template_code, "voice_template_code", false},
        {sms->minutes_parameter, TEXT_BYTES, settings->minutes_parameter, "minutes_parameter", false},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && status == STATUS_OK; i++)
        status = gateway_setting_copy(rows[i].out, rows[i].size, rows[i].value, "sms_open", rows[i].name,
                                      rows[i].must, failure);
    if (status == STATUS_OK)
        status = gateway_setting_url(sms->base_url, "sms_open", "base_url", failure);
    if (status == STATUS_OK && sms->voice_url[0] != '\0')
        status = gateway_setting_url(sms->voice_url, "sms_open", "voice_url", failure);
    return status;
}

static enum status http_open(const struct sms_settings *settings, struct sms **out, struct failure *failure)
{
    if (settings->http == NULL || settings->clock == NULL || settings->random == NULL)
        return failure_set(failure, STATUS_CONFIG, "sms_open", 0, "no transport, clock or random source");
    struct sms_http *sms = calloc(1, sizeof(*sms));
    if (sms == NULL)
        return STATUS_NO_MEMORY;
    sms->clock = settings->clock;
    sms->random = settings->random;
    sms->http = settings->http;
    enum status status = copy_settings(sms, settings, failure);
    if (status == STATUS_OK)
        status = gateway_setting_secret(settings->access_key_secret_file, "sms_open",
                                        "access_key_secret_file", SECRET_BYTES, &sms->key, failure);
    if (status == STATUS_OK)
        status = sms_new_take(&http_ops, sms, out);
    if (status != STATUS_OK)
        http_close(sms);
    return status;
}

const struct sms_driver sms_http_driver = {.name = "http", .open = http_open};
