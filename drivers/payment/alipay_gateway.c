#include "drivers/payment/alipay_gateway.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/net/gateway_setting.h"
#include "drivers/payment/alipay_reply.h"
#include "drivers/payment/alipay_sign.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { KNOWN_KEYS = 4, ID_BYTES = 40, URL_BYTES = 257, SN_BYTES = 33, ROOT_SN_BYTES = 4096 };

static const char download_method[] = "alipay.open.app.alipaycert.download";

/* A key of Alipay's we trust, by the number of its certificate; "" in public-key mode. */
struct known_key {
    char sn[SN_BYTES];
    struct crypto_key *key; /* owned */
};

struct alipay_gateway {
    const struct clock *clock; /* borrowed */
    struct http *http;         /* borrowed */
    char url[URL_BYTES];
    char notify_url[URL_BYTES];
    char app_id[ID_BYTES];
    char seller_id[ID_BYTES];
    struct crypto_key *app_key; /* owned */
    bool has_certificates;
    char app_cert_sn[SN_BYTES];
    struct buf root_sn;
    struct buf root_pem;
    struct known_key known[KNOWN_KEYS]; /* the configured one first, then the newest fetched */
    size_t known_count;
};

static enum status copy_settings(struct alipay_gateway *gateway, const struct payment_settings *settings,
                                 struct failure *failure)
{
    enum status status = gateway_setting_copy(gateway->url, URL_BYTES, settings->gateway_url, "payment_open",
                                              "gateway_url", true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(gateway->app_id, ID_BYTES, settings->app_id, "payment_open", "app_id",
                                      true, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(gateway->seller_id, ID_BYTES, settings->seller_id, "payment_open",
                                      "seller_id", false, failure);
    if (status == STATUS_OK)
        status = gateway_setting_copy(gateway->notify_url, URL_BYTES, settings->notify_url, "payment_open",
                                      "notify_url", false, failure);
    if (status == STATUS_OK)
        status = gateway_setting_url(gateway->url, "payment_open", "gateway_url", failure);
    return status;
}

static bool is_given(const char *path)
{
    return path != NULL && path[0] != '\0';
}

static enum status read_app_key(struct alipay_gateway *gateway, const char *path, struct failure *failure)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CERTIFICATE_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", "app_private_key_file", &pem, failure);
    if (status == STATUS_OK &&
        crypto_key_read_private((const char *)pem.data, pem.length, &gateway->app_key) != STATUS_OK)
        status =
            failure_set(failure, STATUS_CONFIG, "payment_open", 0, "app_private_key_file is no private key");
    buf_wipe(&pem);
    return status;
}

/* The key of a PEM certificate or public key is trusted from now on; the oldest fetched one makes room. */
static enum status trust(struct alipay_gateway *gateway, const char *pem, size_t length, const char *sn)
{
    struct known_key fresh = {0};
    if (!text_copy(fresh.sn, sizeof(fresh.sn), sn))
        return STATUS_MALFORMED;
    enum status status = crypto_key_read_public(pem, length, &fresh.key);
    if (status != STATUS_OK)
        return status;
    if (gateway->known_count == KNOWN_KEYS) {
        crypto_key_free(gateway->known[1].key);
        memmove(&gateway->known[1], &gateway->known[2], (KNOWN_KEYS - 2) * sizeof(fresh));
        gateway->known_count--;
    }
    gateway->known[gateway->known_count++] = fresh;
    return STATUS_OK;
}

static enum status read_public_key(struct alipay_gateway *gateway, const char *path, struct failure *failure)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CERTIFICATE_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", "alipay_public_key_file", &pem, failure);
    if (status == STATUS_OK && trust(gateway, (const char *)pem.data, pem.length, "") != STATUS_OK)
        status =
            failure_set(failure, STATUS_CONFIG, "payment_open", 0, "alipay_public_key_file is no public key");
    buf_release(&pem);
    return status;
}

static enum status read_app_certificate(struct alipay_gateway *gateway, const char *path,
                                        struct failure *failure)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", "app_certificate_file", &pem, failure);
    if (status == STATUS_OK &&
        crypto_certificate_sn((const char *)pem.data, pem.length, gateway->app_cert_sn) != STATUS_OK)
        status =
            failure_set(failure, STATUS_CONFIG, "payment_open", 0, "app_certificate_file is no certificate");
    buf_release(&pem);
    return status;
}

static enum status read_roots(struct alipay_gateway *gateway, const char *path, struct failure *failure)
{
    enum status status =
        gateway_setting_file(path, "payment_open", "alipay_root_file", &gateway->root_pem, failure);
    if (status == STATUS_OK &&
        crypto_root_certificate_sn((const char *)gateway->root_pem.data, gateway->root_pem.length,
                                   &gateway->root_sn) != STATUS_OK)
        status =
            failure_set(failure, STATUS_CONFIG, "payment_open", 0, "alipay_root_file has no RSA certificate");
    return status;
}

static enum status read_alipay_certificate(struct alipay_gateway *gateway, const char *path,
                                           struct failure *failure)
{
    char sn[SN_BYTES];
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    enum status status = gateway_setting_file(path, "payment_open", "alipay_certificate_file", &pem, failure);
    if (status == STATUS_OK && (crypto_certificate_sn((const char *)pem.data, pem.length, sn) != STATUS_OK ||
                                trust(gateway, (const char *)pem.data, pem.length, sn) != STATUS_OK))
        status = failure_set(failure, STATUS_CONFIG, "payment_open", 0,
                             "alipay_certificate_file is no certificate");
    buf_release(&pem);
    return status;
}

static enum status read_keys(struct alipay_gateway *gateway, const struct payment_settings *settings,
                             struct failure *failure)
{
    enum status status = read_app_key(gateway, settings->app_private_key_file, failure);
    if (status != STATUS_OK)
        return status;
    gateway->has_certificates =
        is_given(settings->app_certificate_file) || !is_given(settings->alipay_public_key_file);
    if (!gateway->has_certificates)
        return read_public_key(gateway, settings->alipay_public_key_file, failure);
    status = read_app_certificate(gateway, settings->app_certificate_file, failure);
    if (status == STATUS_OK)
        status = read_roots(gateway, settings->alipay_root_file, failure);
    if (status == STATUS_OK)
        status = read_alipay_certificate(gateway, settings->alipay_certificate_file, failure);
    return status;
}

enum status alipay_gateway_new(const struct payment_settings *settings, struct alipay_gateway **out,
                               struct failure *failure)
{
    if (settings->http == NULL || settings->clock == NULL)
        return failure_set(failure, STATUS_CONFIG, "payment_open", 0, "no transport or clock");
    struct alipay_gateway *gateway = calloc(1, sizeof(*gateway));
    if (gateway == NULL)
        return STATUS_NO_MEMORY;
    gateway->clock = settings->clock;
    gateway->http = settings->http;
    buf_init(&gateway->root_sn, ROOT_SN_BYTES);
    buf_init(&gateway->root_pem, LIMIT_CONFIG_BYTES);
    enum status status = copy_settings(gateway, settings, failure);
    if (status == STATUS_OK)
        status = read_keys(gateway, settings, failure);
    if (status != STATUS_OK) {
        alipay_gateway_free(gateway);
        return status;
    }
    *out = gateway;
    return STATUS_OK;
}

void alipay_gateway_free(struct alipay_gateway *gateway)
{
    if (gateway == NULL)
        return;
    crypto_key_free(gateway->app_key);
    for (size_t i = 0; i < gateway->known_count; i++)
        crypto_key_free(gateway->known[i].key);
    buf_release(&gateway->root_sn);
    buf_release(&gateway->root_pem);
    free(gateway);
}

void alipay_answer_release(struct alipay_answer *answer)
{
    if (answer == NULL)
        return;
    json_free(answer->content);
    *answer = (struct alipay_answer){0};
}

/* --- sending
 * -------------------------------------------------------------------------------------------------- */

static enum status add_common(const struct alipay_gateway *gateway, struct alipay_form *form,
                              const char *method, bool with_notify)
{
    char timestamp[24];
    (void)clock_format_hall(clock_utc_s(gateway->clock), "%Y-%m-%d %H:%M:%S", timestamp, sizeof(timestamp));
    const char *root_sn = gateway->has_certificates ? (const char *)gateway->root_sn.data : "";
    const struct {
        const char *name;
        const char *value;
    } common[] = {
        {"app_id", gateway->app_id},
        {"method", method},
        {"format", "JSON"},
        {"charset", "utf-8"},
        {"sign_type", "RSA2"},
        {"timestamp", timestamp},
        {"version", "1.0"},
        {"app_cert_sn", gateway->app_cert_sn},
        {"alipay_root_cert_sn", root_sn},
        {"notify_url", with_notify ? gateway->notify_url : ""},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]) && status == STATUS_OK; i++)
        status = alipay_form_add(form, common[i].name, common[i].value);
    return status;
}

/* The whole signed body of a request stands in the buffer. */
static enum status write_request(const struct alipay_gateway *gateway, const char *method,
                                 const struct json *biz, bool with_notify, struct buf *out)
{
    struct alipay_form form = {0};
    struct buf biz_text;
    buf_init(&biz_text, ALIPAY_FORM_BYTES);
    enum status status = json_write(biz, &biz_text);
    if (status == STATUS_OK)
        status = add_common(gateway, &form, method, with_notify);
    if (status == STATUS_OK)
        status = alipay_form_add(&form, "biz_content", (const char *)biz_text.data);
    if (status == STATUS_OK)
        status = alipay_sign_request(&form, gateway->app_key);
    if (status == STATUS_OK)
        status = alipay_form_encode(&form, out);
    alipay_form_release(&form);
    buf_release(&biz_text);
    return status;
}

/* The transport's outcome as one of payment.h's classes: LOST promises that nothing was sent. */
static enum status transport_class(enum status status)
{
    switch (status) {
    case STATUS_OK:
    case STATUS_CANCELLED:
    case STATUS_CONFIG:
        return status;
    case STATUS_LOST:
        return STATUS_BUSY;
    case STATUS_BUSY:
    case STATUS_TIMED_OUT:
    case STATUS_REFUSED:
    case STATUS_MALFORMED:
    case STATUS_NOT_FOUND:
    case STATUS_CONFLICT:
    case STATUS_FULL:
    case STATUS_NO_MEMORY:
    case STATUS_UNSUPPORTED:
    case STATUS_BAD_STATE:
    case STATUS_UNKNOWN:
    case STATUS_IO:
    case STATUS_COUNT_:
        break;
    }
    return STATUS_UNKNOWN;
}

/* The request's reply is received; what is not HTTP 200 is sorted by its code. */
static enum status exchange(struct alipay_gateway *gateway, const struct payment_call *call, int64_t until_ms,
                            const struct buf *body, struct http_reply *reply, struct failure *failure)
{
    static const struct http_header headers[] = {
        {"Content-Type", "application/x-www-form-urlencoded;charset=utf-8"},
        {"Accept", "application/json"},
    };
    int64_t left_ms = until_ms - clock_monotonic_ms(gateway->clock);
    struct http_request request = {
        .method = "POST",
        .url = gateway->url,
        .headers = headers,
        .header_count = sizeof(headers) / sizeof(headers[0]),
        .body = body->data,
        .body_length = body->length,
        .timeout_ms = left_ms > 1 ? left_ms : 1,
        .cancel = call->cancel,
    };
    enum status status = transport_class(http_request(gateway->http, &request, reply, failure));
    if (status != STATUS_OK || reply->code == 200)
        return status;
    status = reply->code == 429 ? STATUS_BUSY : STATUS_UNKNOWN;
    return failure_set(failure, status, "alipay", reply->code, "HTTP status instead of an answer");
}

/* --- verifying
 * ------------------------------------------------------------------------------------------------ */

static const struct crypto_key *find_key(const struct alipay_gateway *gateway, const char *sn)
{
    if (!gateway->has_certificates || sn[0] == '\0')
        return gateway->known[0].key;
    for (size_t i = 0; i < gateway->known_count; i++)
        if (strcmp(gateway->known[i].sn, sn) == 0)
            return gateway->known[i].key;
    return NULL;
}

/* The certificate's number is the one asked for, it chains to the roots, and its key is trusted from now on.
 */
static enum status accept_certificate(struct alipay_gateway *gateway, const char *pem, size_t length,
                                      const char *wanted_sn, struct failure *failure)
{
    char sn[SN_BYTES];
    if (crypto_certificate_sn(pem, length, sn) != STATUS_OK || strcmp(sn, wanted_sn) != 0)
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0,
                           "fetched certificate is not the one asked for");
    if (!crypto_certificate_chains(pem, length, (const char *)gateway->root_pem.data,
                                   gateway->root_pem.length, clock_utc_s(gateway->clock)))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0,
                           "fetched certificate does not chain to the roots");
    return trust(gateway, pem, length, sn);
}

/* The download's own answer is signed with the certificate it brings, so that is looked at after, not before.
 */
static enum status read_download(struct alipay_gateway *gateway, const struct http_reply *reply,
                                 const char *wanted_sn, struct failure *failure)
{
    struct alipay_reply parts = {0};
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    enum status status =
        alipay_reply_split((const char *)reply->body.data, reply->body.length, download_method, &parts);
    if (status == STATUS_OK)
        status = encode_base64_decode(&pem, json_text(parts.content, "alipay_cert_content", ""));
    if (status != STATUS_OK || pem.length == 0)
        status = failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "no certificate in the download's answer");
    else
        status = accept_certificate(gateway, (const char *)pem.data, pem.length, wanted_sn, failure);
    buf_release(&pem);
    alipay_reply_release(&parts);
    return status;
}

static enum status fetch_certificate(struct alipay_gateway *gateway, const struct payment_call *call,
                                     int64_t until_ms, const char *sn, struct failure *failure)
{
    struct http_reply reply;
    struct buf body;
    struct json *biz = json_new_object();
    http_reply_init(&reply);
    buf_init(&body, ALIPAY_FORM_BYTES);
    json_set_text(biz, "alipay_cert_sn", sn);
    enum status status = write_request(gateway, download_method, biz, false, &body);
    if (status == STATUS_OK)
        status = exchange(gateway, call, until_ms, &body, &reply, failure);
    if (status == STATUS_OK)
        status = read_download(gateway, &reply, sn, failure);
    json_free(biz);
    buf_release(&body);
    http_reply_release(&reply);
    return status;
}

static enum status verify(struct alipay_gateway *gateway, const struct payment_call *call, int64_t until_ms,
                          const struct alipay_reply *parts, struct failure *failure)
{
    if (parts->sign[0] == '\0') {
        if (alipay_reply_may_be_unsigned(json_text(parts->content, "code", "")))
            return STATUS_OK;
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "the answer has no signature");
    }
    const struct crypto_key *key = find_key(gateway, parts->cert_sn);
    if (key == NULL) {
        /* Whatever hinders the fetch, the answer itself stays unverified: its work may have been done. */
        if (fetch_certificate(gateway, call, until_ms, parts->cert_sn, failure) != STATUS_OK)
            return STATUS_UNKNOWN;
        key = find_key(gateway, parts->cert_sn);
    }
    if (key == NULL || !alipay_sign_is_right(key, parts->signed_text, parts->signed_length, parts->sign))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "the answer's signature is wrong");
    return STATUS_OK;
}

/* What a verified answer says goes to the caller. */
static enum status hand_out(struct alipay_reply *parts, struct alipay_answer *out, struct failure *failure)
{
    if (!text_copy(out->code, sizeof(out->code), json_text(parts->content, "code", "")) ||
        !text_copy(out->sub_code, sizeof(out->sub_code), json_text(parts->content, "sub_code", "")))
        return failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "code too long");
    out->content = parts->content;
    parts->content = NULL;
    enum status status = alipay_reply_class(out->code, out->sub_code);
    if (status != STATUS_OK)
        (void)failure_set(failure, status, "alipay", strtol(out->code, NULL, 10), "%s", out->sub_code);
    return status;
}

enum status alipay_gateway_call(struct alipay_gateway *gateway, const struct payment_call *call,
                                const char *method, const struct json *biz, bool with_notify,
                                struct alipay_answer *out, struct failure *failure)
{
    int64_t until_ms = clock_monotonic_ms(gateway->clock) + call->timeout_ms;
    struct alipay_reply parts = {0};
    struct http_reply reply;
    struct buf body;
    *out = (struct alipay_answer){0};
    http_reply_init(&reply);
    buf_init(&body, ALIPAY_FORM_BYTES);
    enum status status = write_request(gateway, method, biz, with_notify, &body);
    if (status != STATUS_OK) {
        status = failure_set(failure, STATUS_CONFIG, "alipay", status, "the request cannot be signed");
        goto done;
    }
    status = exchange(gateway, call, until_ms, &body, &reply, failure);
    if (status != STATUS_OK)
        goto done;
    if (alipay_reply_split((const char *)reply.body.data, reply.body.length, method, &parts) != STATUS_OK) {
        status = failure_set(failure, STATUS_UNKNOWN, "alipay", 0, "the answer cannot be read");
        goto done;
    }
    status = verify(gateway, call, until_ms, &parts, failure);
    if (status == STATUS_OK)
        status = hand_out(&parts, out, failure);
done:
    alipay_reply_release(&parts);
    buf_release(&body);
    http_reply_release(&reply);
    return status;
}

bool alipay_gateway_is_our_seller(const struct alipay_gateway *gateway, const char *seller_id)
{
    return gateway->seller_id[0] == '\0' || seller_id[0] == '\0' ||
           strcmp(gateway->seller_id, seller_id) == 0;
}

enum status alipay_gateway_check_notification(const struct alipay_gateway *gateway,
                                              const struct alipay_form *form, struct failure *failure)
{
    const struct crypto_key *key = find_key(gateway, alipay_form_value(form, "alipay_cert_sn"));
    if (strcmp(alipay_form_value(form, "sign_type"), "RSA2") != 0 || key == NULL ||
        !alipay_sign_is_notification_right(key, form))
        return failure_set(failure, STATUS_REFUSED, "alipay", 0, "the notification's signature is wrong");
    if (strcmp(alipay_form_value(form, "app_id"), gateway->app_id) != 0)
        return failure_set(failure, STATUS_CONFLICT, "alipay", 0,
                           "the notification is meant for another app");
    if (gateway->seller_id[0] != '\0' &&
        strcmp(alipay_form_value(form, "seller_id"), gateway->seller_id) != 0)
        return failure_set(failure, STATUS_CONFLICT, "alipay", 0,
                           "the notification is meant for another seller");
    return STATUS_OK;
}
