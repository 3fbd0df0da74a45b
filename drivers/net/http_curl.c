/* The one file that meets libcurl. A fresh easy handle and connection per request: on a kept connection
 * libcurl repeats a POST by itself when the peer had closed it, and a payment must never be repeated unseen.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/net/http.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { CONNECT_TIMEOUT_MS = 5000, CANCEL_LOOK_MS = 100, CA_FILE_BYTES = 512 };

struct http_curl {
    char ca_file[CA_FILE_BYTES]; /* "" for the system's */
    long connect_timeout_ms;
};

/* One exchange while it runs. */
struct exchange {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    struct http_reply *reply;
    enum status refusal; /* why our own callback stopped the transfer, OK when it did not */
    char error[CURL_ERROR_SIZE];
};

static size_t take_into(struct exchange *exchange, struct buf *buf, const char *bytes, size_t length)
{
    exchange->refusal = buf_append(buf, bytes, length);
    return exchange->refusal == STATUS_OK ? length : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    return take_into(exchange, &exchange->reply->body, bytes, size * count);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    /* A new status line starts a new set: those of a 100 Continue are not the reply's. */
    if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        buf_clear(&exchange->reply->headers);
        return length;
    }
    return take_into(exchange, &exchange->reply->headers, bytes, length);
}

static enum status add_headers(struct exchange *exchange, const struct http_request *request)
{
    struct buf line;
    buf_init(&line, LIMIT_HTTP_HEADER_BYTES);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < request->header_count && status == STATUS_OK; i++) {
        buf_clear(&line);
        status = buf_append_format(&line, "%s: %s", request->headers[i].name, request->headers[i].value);
        if (status != STATUS_OK)
            break;
        struct curl_slist *longer = curl_slist_append(exchange->headers, (const char *)line.data);
        if (longer == NULL)
            status = STATUS_NO_MEMORY;
        else
            exchange->headers = longer;
    }
    buf_wipe(&line); /* may hold an authorisation */
    /* An empty value keeps libcurl from waiting for "100 Continue". */
    struct curl_slist *longer = curl_slist_append(exchange->headers, "Expect:");
    if (longer == NULL)
        return STATUS_NO_MEMORY;
    exchange->headers = longer;
    return status;
}

static void set_options(const struct http_curl *curl, struct exchange *exchange,
                        const struct http_request *request)
{
    CURL *easy = exchange->easy;
    bool has_body = request->body_length > 0 || strcmp(request->method, "POST") == 0;
    long connect_ms =
        curl->connect_timeout_ms < request->timeout_ms ? curl->connect_timeout_ms : (long)request->timeout_ms;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->error);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (curl->ca_file[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, curl->ca_file);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    if (has_body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body == NULL ? "" : request->body);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
}

/* The transfer runs until it ends or the caller cancels.
 * Returns: true with the outcome in *code; false when it was cancelled. */
static bool run(const struct exchange *exchange, const struct job_cancel *cancel, CURLcode *code)
{
    int running = 1;
    *code = CURLE_OUT_OF_MEMORY;
    if (curl_multi_add_handle(exchange->multi, exchange->easy) != CURLM_OK)
        return true;
    while (running > 0) {
        if (curl_multi_perform(exchange->multi, &running) != CURLM_OK)
            return true;
        if (running > 0 && job_cancel_is_requested(cancel))
            return false;
        if (running > 0)
            (void)curl_multi_poll(exchange->multi, NULL, 0, CANCEL_LOOK_MS, NULL);
    }
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(exchange->multi, &left);
    if (message != NULL && message->msg == CURLMSG_DONE)
        *code = message->data.result;
    return true;
}

/* Whether any byte of the request left this machine. */
static bool was_sent(const struct exchange *exchange)
{
    long request_bytes = 0;
    (void)curl_easy_getinfo(exchange->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
    return request_bytes > 0;
}

static bool is_untrusted(CURLcode code)
{
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH ||
           code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR ||
           code == CURLE_SSL_CERTPROBLEM;
}

static bool is_bad_address(CURLcode code)
{
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
}

static enum status judge(const struct exchange *exchange, CURLcode code)
{
    if (code == CURLE_OK)
        return STATUS_OK;
    if (code == CURLE_OUT_OF_MEMORY)
        return STATUS_NO_MEMORY;
    if (exchange->refusal != STATUS_OK)
        return exchange->refusal;
    if (!was_sent(exchange))
        return is_untrusted(code) || is_bad_address(code) ? STATUS_CONFIG : STATUS_LOST;
    return code == CURLE_OPERATION_TIMEDOUT ? STATUS_TIMED_OUT : STATUS_UNKNOWN;
}

static enum status perform(struct exchange *exchange, const struct http_request *request,
                           struct failure *failure)
{
    CURLcode code = CURLE_OK;
    if (!run(exchange, request->cancel, &code))
        return failure_set(failure, was_sent(exchange) ? STATUS_UNKNOWN : STATUS_CANCELLED, "curl_multi_poll",
                           0, "cancelled");
    enum status status = judge(exchange, code);
    if (status != STATUS_OK)
        return failure_set(failure, status, "curl_multi_perform", code, "%s",
                           exchange->error[0] != '\0' ? exchange->error : curl_easy_strerror(code));
    long http_code = 0;
    (void)curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &http_code);
    exchange->reply->code = (int)http_code;
    return STATUS_OK;
}

static enum status curl_request(void *context, const struct http_request *request, struct http_reply *reply,
                                struct failure *failure)
{
    struct exchange exchange = {.reply = reply, .refusal = STATUS_OK};
    enum status status = STATUS_NO_MEMORY;
    exchange.multi = curl_multi_init();
    exchange.easy = curl_easy_init();
    if (exchange.multi == NULL || exchange.easy == NULL)
        goto done;
    status = add_headers(&exchange, request);
    if (status != STATUS_OK)
        goto done;
    set_options(context, &exchange, request);
    status = perform(&exchange, request, failure);
    (void)curl_multi_remove_handle(exchange.multi, exchange.easy);
done:
    if (exchange.easy != NULL)
        curl_easy_cleanup(exchange.easy);
    if (exchange.multi != NULL)
        (void)curl_multi_cleanup(exchange.multi);
    curl_slist_free_all(exchange.headers);
    return status;
}

static void curl_free_context(void *context)
{
    free(context);
    curl_global_cleanup();
}

static const struct http_ops curl_ops = {.request = curl_request, .free = curl_free_context};

enum status http_curl_new(const struct http_curl_settings *settings, struct http **out)
{
    struct http_curl *curl = calloc(1, sizeof(*curl));
    if (curl == NULL)
        return STATUS_NO_MEMORY;
    if (settings->ca_file != NULL && !text_copy(curl->ca_file, sizeof(curl->ca_file), settings->ca_file)) {
        free(curl);
        return STATUS_CONFIG;
    }
    curl->connect_timeout_ms =
        settings->connect_timeout_ms > 0 ? (long)settings->connect_timeout_ms : CONNECT_TIMEOUT_MS;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(curl);
        return STATUS_CONFIG;
    }
    enum status status = http_new_take(&curl_ops, curl, out);
    if (status != STATUS_OK)
        curl_free_context(curl);
    return status;
}
