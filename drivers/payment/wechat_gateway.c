#include "drivers/payment/wechat_gateway.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/net/gateway_setting.h"
#include "drivers/payment/wechat_sign.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum {
    KNOWN_KEYS = 4,
    ID_BYTES = 40,
    URL_BYTES = 257,
    SERIAL_BYTES = 65,
    NONCE_RANDOM_BYTES = 16,
    CLOCK_TOLERANCE_S = 300,
    HEADER_BYTES = 1024
};

static const char certificates_path[] = "/v3/certificates";

/* A key of WeChat's we trust, by the serial replies name. */
struct known_key {
    char serial[SERIAL_BYTES];
    struct crypto_key *key; /* owned */
};

struct wechat_gateway {
    const struct clock *clock;   /* borrowed */
    const struct random *random; /* borrowed */
    struct http *http;           /* borrowed */
    char base_url[URL_BYTES];
    char merchant_id[ID_BYTES];
    char merchant_serial[SERIAL_BYTES];
    struct crypto_key *merchant_key; /* owned */
    bool has_api_key;                /* without one no certificate can be fetched */
    uint8_t api_key[CRYPTO_KEY_BYTES];
    struct known_key known[KNOWN_KEYS]; /* the configured one first, then the newest fetched */
    size_t known_count;
};

/* --- opening ----------------------------------------------------------------------------------------- */

static enum status copy_settings(struct wechat_gateway *gateway, const struct payment_settings *settings,
                                 struct failure *failure)
{
    enum status status = gateway_setting_copy(gateway->base_url, URL_BYTES, settings->wechat.base_url,
                                              "payment_open", "wechat.base_url", true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(gateway->merchant_id, ID_BYTES, settings->wechat.merchant_id,
                                      "payment_open", "wechat.merchant_id", true, failure);
    if (status == STATUS_OK)
        status =
            gateway_setting_copy(gateway->merchant_serial, SERIAL_BYTES, settings->wechat.merchant_serial,
                                 "payment_open", "wechat.merchant_serial", true, failure);
    if (status == STATUS_OK)
        status =
            gateway_setting_copy(gateway->known[0].serial, SERIAL_BYTES, settings->wechat.platform_serial,
                                 "payment_open", "wechat.platform_serial", true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_url(gateway->base_url, "payment_open", "wechat.base_url", failure);
    return status;
}

static enum status read_key(const char *path, const char *name, bool is_private, struct crypto_key **out,
                            struct failure *failure)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CERTIFICATE_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", name, &pem, failure);
    if (status == STATUS_OK)
        status = is_private ? crypto_key_read_private((const char *)pem.data, pem.length, out)
                            : crypto_key_read_public((const char *)pem.data, pem.length, out);
    if (status == STATUS_MALFORMED)
        status = failure_set(failure, STATUS_CONFIG, "payment_open", 0, "%s is no such key", name);
    buf_wipe(&pem);
    return status;
}

/* 32 characters, with or without a line's end behind them. */
static enum status read_api_key(struct wechat_gateway *gateway, const char *path, struct failure *failure)
{
    struct buf text;
    if (path == NULL || path[0] == '\0')
        return STATUS_OK;
    buf_init(&text, LIMIT_CERTIFICATE_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", "wechat.api_v3_key_file", &text, failure);
    size_t length = text.length;
    while (length > 0 && (text.data[length - 1] == '\n' || text.data[length - 1] == '\r'))
        length--;
    if (status == STATUS_OK && length != CRYPTO_KEY_BYTES)
        status = failure_set(failure, STATUS_CONFIG, "payment_open", 0,
                             "wechat.api_v3_key_file does not hold 32 characters");
    if (status == STATUS_OK) {
        (void)memcpy(gateway->api_key, text.data, CRYPTO_KEY_BYTES);
        gateway->has_api_key = true;
    }
    buf_wipe(&text);
    return status;
}

static enum status read_keys(struct wechat_gateway *gateway, const struct payment_settings *settings,
                             struct failure *failure)
{
    enum status status = read_key(settings->wechat.merchant_private_key_file,
                                  "wechat.merchant_private_key_file", true, &gateway->merchant_key, failure);
    if (status == STATUS_OK)
        status = read_key(settings->wechat.platform_key_file, "wechat.platform_key_file", false,
                          &gateway->known[0].key, failure);
    if (status == STATUS_OK)
        gateway->known_count = 1;
    return status == STATUS_OK ? read_api_key(gateway, settings->wechat.api_v3_key_file, failure) : status;
}

enum status wechat_gateway_new(const struct payment_settings *settings, struct wechat_gateway **out,
                               struct failure *failure)
{
    if (settings->http == NULL || settings->clock == NULL || settings->random == NULL)
        return failure_set(failure, STATUS_CONFIG, "payment_open", 0, "no transport, clock or random");
    struct wechat_gateway *gateway = calloc(1, sizeof(*gateway));
    if (gateway == NULL)
        return STATUS_NO_MEMORY;
    gateway->clock = settings->clock;
    gateway->random = settings->random;
    gateway->http = settings->http;
    enum status status = copy_settings(gateway, settings, failure);
    if (status == STATUS_OK)
        status = read_keys(gateway, settings, failure);
    if (status != STATUS_OK) {
        wechat_gateway_free(gateway);
        return status;
    }
    *out = gateway;
    return STATUS_OK;
}

void wechat_gateway_free(struct wechat_gateway *gateway)
{
    if (gateway == NULL)
        return;
    crypto_key_free(gateway->merchant_key);
    for (size_t i = 0; i < KNOWN_KEYS; i++)
        crypto_key_free(gateway->known[i].key);
    explicit_bzero(gateway->api_key, sizeof(gateway->api_key));
    free(gateway);
}

void wechat_answer_release(struct wechat_answer *answer)
{
    if (answer == NULL)
        return;
    json_free(answer->content);
    *answer = (struct wechat_answer){0};
}

/* --- sending ----------------------------------------------------------------------------------------- */

/* The transport's outcome as one of payment.h's classes: LOST promises that nothing was sent. */
static enum status transport_class(enum status status)
{
    if (status == STATUS_LOST)
        return STATUS_BUSY;
    return status == STATUS_OK || status == STATUS_CANCELLED || status == STATUS_CONFIG ? status
                                                                                        : STATUS_UNKNOWN;
}

static enum status authorize(const struct wechat_gateway *gateway, const struct wechat_call *asked,
                             const struct buf *body, struct buf *out)
{
    uint8_t random[NONCE_RANDOM_BYTES];
    char nonce[WECHAT_SIGN_NONCE_BYTES];
    random_fill(gateway->random, random, sizeof(random));
    encode_hex(nonce, random, sizeof(random));
    const struct wechat_sign_merchant merchant = {.merchant_id = gateway->merchant_id,
                                                  .serial = gateway->merchant_serial,
                                                  .key = gateway->merchant_key};
    const struct wechat_sign_request request = {.method = asked->method,
                                                .path = asked->path,
                                                .utc_s = clock_utc_s(gateway->clock),
                                                .nonce = nonce,
                                                .body = body->data,
                                                .body_length = body->length};
    return wechat_sign_authorization(&merchant, &request, out);
}

static enum status send(struct wechat_gateway *gateway, const struct payment_call *call, int64_t until_ms,
                        const struct wechat_call *asked, const struct buf *body, const char *authorization,
                        struct http_reply *reply, struct failure *failure)
{
    char url[2 * URL_BYTES];
    const struct http_header headers[] = {{"Accept", "application/json"},
                                          {"Content-Type", "application/json"},
                                          {"User-Agent", "certkiosk"},
                                          {"Authorization", authorization},
                                          {"Wechatpay-Serial", gateway->known[0].serial}};
    bool has_public_key = strncmp(gateway->known[0].serial, "PUB_KEY_ID_", 11) == 0;
    int64_t left_ms = until_ms - clock_monotonic_ms(gateway->clock);
    int length = snprintf(url, sizeof(url), "%s%s", gateway->base_url, asked->path);
    if (length < 0 || (size_t)length >= sizeof(url))
        return failure_set(failure, STATUS_CONFIG, "wechat", 0, "the address is too long");
    const struct http_request request = {.method = asked->method,
                                         .url = url,
                                         .headers = headers,
                                         .header_count = has_public_key ? 5 : 4,
                                         .body = body->data,
                                         .body_length = body->length,
                                         .timeout_ms = left_ms > 1 ? left_ms : 1,
                                         .cancel = call->cancel};
    return transport_class(http_request(gateway->http, &request, reply, failure));
}

/* The signed request is sent and some reply received. */
static enum status exchange(struct wechat_gateway *gateway, const struct payment_call *call, int64_t until_ms,
                            const struct wechat_call *asked, struct http_reply *reply,
                            struct failure *failure)
{
    struct buf body;
    struct buf authorization;
    buf_init(&body, LIMIT_JSON_BYTES);
    buf_init(&authorization, WECHAT_SIGN_HEADER_BYTES);
    enum status status = asked->body == NULL ? STATUS_OK : json_write(asked->body, &body);
    if (status == STATUS_OK)
        status = authorize(gateway, asked, &body, &authorization);
    if (status != STATUS_OK)
        status = failure_set(failure, STATUS_CONFIG, "wechat", status, "the request cannot be signed");
    else
        status =
            send(gateway, call, until_ms, asked, &body, (const char *)authorization.data, reply, failure);
    buf_release(&body);
    buf_release(&authorization);
    return status;
}

/* --- verifying --------------------------------------------------------------------------------------- */

/* What a reply's headers say about its signature. */
struct seal {
    char timestamp[24];
    char nonce[64];
    char serial[SERIAL_BYTES];
    char signature[HEADER_BYTES];
};

static bool read_seal(const struct http_reply *reply, struct seal *out)
{
    return http_reply_header(reply, "Wechatpay-Timestamp", out->timestamp, sizeof(out->timestamp)) ==
               STATUS_OK &&
           http_reply_header(reply, "Wechatpay-Nonce", out->nonce, sizeof(out->nonce)) == STATUS_OK &&
           http_reply_header(reply, "Wechatpay-Serial", out->serial, sizeof(out->serial)) == STATUS_OK &&
           http_reply_header(reply, "Wechatpay-Signature", out->signature, sizeof(out->signature)) ==
               STATUS_OK;
}

static const struct crypto_key *find_key(const struct wechat_gateway *gateway, const char *serial)
{
    for (size_t i = 0; i < gateway->known_count; i++)
        if (strcmp(gateway->known[i].serial, serial) == 0)
            return gateway->known[i].key;
    return NULL;
}

static bool is_clock_near(const struct wechat_gateway *gateway, const char *timestamp)
{
    char *end = NULL;
    int64_t said_s = strtoll(timestamp, &end, 10);
    int64_t off_s = clock_utc_s(gateway->clock) - said_s;
    return end != timestamp && *end == '\0' && off_s < CLOCK_TOLERANCE_S && off_s > -CLOCK_TOLERANCE_S;
}

static enum status check_seal(const struct wechat_gateway *gateway, const struct seal *seal,
                              const struct http_reply *reply, struct failure *failure)
{
    const struct crypto_key *key = find_key(gateway, seal->serial);
    if (key == NULL || !wechat_sign_is_right(key, seal->timestamp, seal->nonce, reply->body.data,
                                             reply->body.length, seal->signature))
        return failure_set(failure, STATUS_UNKNOWN, "wechat", reply->code, "the answer's signature is wrong");
    if (!is_clock_near(gateway, seal->timestamp))
        return failure_set(failure, STATUS_UNKNOWN, "wechat", reply->code, "the answer is not of this time");
    return STATUS_OK;
}

/* --- certificates WeChat changed to ------------------------------------------------------------------ */

/* The oldest fetched key makes room; the configured one stays. */
static void trust_take(struct wechat_gateway *gateway, struct known_key fresh)
{
    if (gateway->known_count == KNOWN_KEYS) {
        crypto_key_free(gateway->known[1].key);
        memmove(&gateway->known[1], &gateway->known[2], (KNOWN_KEYS - 2) * sizeof(fresh));
        gateway->known_count--;
    }
    gateway->known[gateway->known_count++] = fresh;
}

/* Only who has the APIv3 key can have sealed it. */
static void trust_certificate(struct wechat_gateway *gateway, const struct json *row)
{
    const struct json *sealed = json_member(row, "encrypt_certificate");
    struct known_key fresh = {0};
    struct buf pem;
    if (!text_copy(fresh.serial, sizeof(fresh.serial), json_text(row, "serial_no", "")) ||
        find_key(gateway, fresh.serial) != NULL)
        return;
    buf_init(&pem, LIMIT_CERTIFICATE_BYTES);
    if (wechat_sign_open(gateway->api_key, json_text(sealed, "nonce", ""),
                         json_text(sealed, "associated_data", ""), json_text(sealed, "ciphertext", ""),
                         &pem) == STATUS_OK &&
        crypto_key_read_public((const char *)pem.data, pem.length, &fresh.key) == STATUS_OK)
        trust_take(gateway, fresh);
    buf_release(&pem);
}

/* The list's own signature may be of a certificate it brings, so it is looked at after, not before. */
static enum status fetch_certificates(struct wechat_gateway *gateway, const struct payment_call *call,
                                      int64_t until_ms, struct failure *failure)
{
    static const struct wechat_call asked = {.method = "GET", .path = certificates_path};
    struct http_reply reply;
    struct seal seal;
    struct json *content = NULL;
    if (!gateway->has_api_key)
        return failure_set(failure, STATUS_UNKNOWN, "wechat", 0, "signed with a certificate not known here");
    http_reply_init(&reply);
    enum status status = exchange(gateway, call, until_ms, &asked, &reply, failure);
    if (status == STATUS_OK &&
        (reply.code != 200 || !read_seal(&reply, &seal) ||
         json_parse((const char *)reply.body.data, reply.body.length, &content) != STATUS_OK))
        status = failure_set(failure, STATUS_UNKNOWN, "wechat", reply.code, "no list of certificates");
    const struct json *list = json_member(content, "data");
    for (size_t i = 0; status == STATUS_OK && i < json_length(list); i++)
        trust_certificate(gateway, json_element(list, i));
    if (status == STATUS_OK)
        status = check_seal(gateway, &seal, &reply, failure);
    json_free(content);
    http_reply_release(&reply);
    return status;
}

/* --- answers ----------------------------------------------------------------------------------------- */

/* The body, if there is one, stands in *out. Returns: UNKNOWN for what cannot be read. */
static enum status read_body(const struct http_reply *reply, struct wechat_answer *out,
                             struct failure *failure)
{
    if (reply->body.length > 0 &&
        json_parse((const char *)reply->body.data, reply->body.length, &out->content) != STATUS_OK)
        return failure_set(failure, STATUS_UNKNOWN, "wechat", reply->code, "the answer cannot be read");
    bool is_error = reply->code >= 400;
    if (is_error && !text_copy(out->code, sizeof(out->code), json_text(out->content, "code", "")))
        return failure_set(failure, STATUS_UNKNOWN, "wechat", reply->code, "code too long");
    return STATUS_OK;
}

static enum status verify(struct wechat_gateway *gateway, const struct payment_call *call, int64_t until_ms,
                          const struct http_reply *reply, enum status said, struct failure *failure)
{
    struct seal seal;
    if (!read_seal(reply, &seal)) {
        if (wechat_reply_may_be_unsigned(said))
            return STATUS_OK;
        return failure_set(failure, STATUS_UNKNOWN, "wechat", reply->code, "the answer has no signature");
    }
    /* Whatever hinders the fetch, the answer itself stays unverified: its work may have been done. */
    if (find_key(gateway, seal.serial) == NULL &&
        fetch_certificates(gateway, call, until_ms, failure) != STATUS_OK)
        return STATUS_UNKNOWN;
    return check_seal(gateway, &seal, reply, failure);
}

static enum status read_answer(struct wechat_gateway *gateway, const struct payment_call *call,
                               int64_t until_ms, const struct http_reply *reply, struct wechat_answer *out,
                               struct failure *failure)
{
    enum status status = read_body(reply, out, failure);
    if (status != STATUS_OK)
        return status;
    enum status said = wechat_reply_class(reply->code, out->code);
    status = verify(gateway, call, until_ms, reply, said, failure);
    if (status != STATUS_OK) {
        wechat_answer_release(out);
        return status;
    }
    out->http_code = reply->code;
    if (said != STATUS_OK)
        (void)failure_set(failure, said, "wechat", reply->code, "%s", out->code);
    return said;
}

enum status wechat_gateway_call(struct wechat_gateway *gateway, const struct payment_call *call,
                                const struct wechat_call *asked, struct wechat_answer *out,
                                struct failure *failure)
{
    int64_t until_ms = clock_monotonic_ms(gateway->clock) + call->timeout_ms;
    struct http_reply reply;
    *out = (struct wechat_answer){0};
    http_reply_init(&reply);
    enum status status = exchange(gateway, call, until_ms, asked, &reply, failure);
    if (status == STATUS_OK)
        status = read_answer(gateway, call, until_ms, &reply, out, failure);
    http_reply_release(&reply);
    return status;
}
