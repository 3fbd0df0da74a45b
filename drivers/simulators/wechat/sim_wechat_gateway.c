/* The API's address: reading a request, checking its signature, doing it, answering with a signed reply. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/wechat/sim_wechat.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { CLOCK_TOLERANCE_S = 5 * 60, FIELD_BYTES = 1024, NAME_BYTES = 96 };

/* One request while it is answered. */
struct request {
    const struct sim_http_request *http;
    struct sim_wechat_asked asked;
    char number[NAME_BYTES];
    struct json *body; /* owned */
};

/* --- which call -------------------------------------------------------------------------------------- */

/* The path is the beginning, a number, the end. Returns: whether it is, with the number in *out. */
static bool fits(const char *path, const char *beginning, const char *end, char out[NAME_BYTES])
{
    size_t front = strlen(beginning);
    size_t back = strlen(end);
    size_t length = strlen(path);
    if (length <= front + back || length - front - back >= NAME_BYTES ||
        strncmp(path, beginning, front) != 0 || strcmp(path + length - back, end) != 0)
        return false;
    (void)memcpy(out, path + front, length - front - back);
    out[length - front - back] = '\0';
    return strchr(out, '/') == NULL;
}

static const char *name_of(const struct sim_http_request *http, char number[NAME_BYTES])
{
    static const char trade[] = "/v3/pay/transactions/out-trade-no/";
    static const char refunds[] = "/v3/refund/domestic/refunds";
    bool is_post = strcmp(http->method, "POST") == 0;
    number[0] = '\0';
    if (is_post && strcmp(http->path, "/v3/pay/transactions/native") == 0)
        return "native";
    if (is_post && strcmp(http->path, refunds) == 0)
        return "refund";
    if (is_post)
        return fits(http->path, trade, "/close", number) ? "close" : "";
    if (strcmp(http->path, "/v3/certificates") == 0)
        return "certificates";
    if (fits(http->path, trade, "", number))
        return "query";
    return fits(http->path, "/v3/refund/domestic/refunds/", "", number) ? "refund-query" : "";
}

/* --- who asks ---------------------------------------------------------------------------------------- */

/* The value of name="value" in the Authorization header. */
static bool field(const char *header, const char *name, char out[FIELD_BYTES])
{
    char start[NAME_BYTES];
    (void)snprintf(start, sizeof(start), "%s=\"", name);
    const char *at = strstr(header, start);
    const char *end = at == NULL ? NULL : strchr(at + strlen(start), '"');
    if (end == NULL || (size_t)(end - at) - strlen(start) >= FIELD_BYTES)
        return false;
    size_t length = (size_t)(end - at) - strlen(start);
    (void)memcpy(out, at + strlen(start), length);
    out[length] = '\0';
    return true;
}

static bool is_signature_right(const struct sim_wechat *sim, const struct sim_http_request *http,
                               const char *timestamp, const char *nonce, const char *signature)
{
    struct buf text;
    buf_init(&text, LIMIT_HTTP_REPLY_BYTES);
    enum status status =
        buf_append_format(&text, "%s\n%s%s%s\n%s\n%s\n", http->method, http->path,
                          http->raw_query[0] == '\0' ? "" : "?", http->raw_query, timestamp, nonce);
    if (status == STATUS_OK && http->body_length > 0)
        status = buf_append(&text, http->body, http->body_length);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "\n");
    bool is_right =
        status == STATUS_OK && sim_wechat_keys_verify(sim->keys, text.data, text.length, signature);
    buf_release(&text);
    return is_right;
}

static bool is_believed(const struct sim_wechat *sim, const struct sim_http_request *http)
{
    static const char scheme[] = "WECHATPAY2-SHA256-RSA2048 ";
    char merchant[FIELD_BYTES];
    char nonce[FIELD_BYTES];
    char timestamp[FIELD_BYTES];
    char serial[FIELD_BYTES];
    char signature[FIELD_BYTES];
    const char *header = sim_http_header(http, "Authorization");
    if (header == NULL || strncmp(header, scheme, strlen(scheme)) != 0 ||
        sim_http_header(http, "User-Agent") == NULL || sim_http_header(http, "Accept") == NULL ||
        !field(header, "mchid", merchant) || !field(header, "nonce_str", nonce) ||
        !field(header, "timestamp", timestamp) || !field(header, "serial_no", serial) ||
        !field(header, "signature", signature))
        return false;
    int64_t off_s = sim_control_utc_s(&sim->control) - strtoll(timestamp, NULL, 10);
    return strcmp(merchant, sim->merchant_id) == 0 && strcmp(serial, SIM_WECHAT_MERCHANT_SERIAL) == 0 &&
           off_s <= CLOCK_TOLERANCE_S && off_s >= -CLOCK_TOLERANCE_S &&
           is_signature_right(sim, http, timestamp, nonce, signature);
}

/* --- misfortunes ------------------------------------------------------------------------------------- */

static bool is_due(struct sim_wechat *sim, const struct request *request, const char *kind)
{
    struct sim_fault fault;
    return sim_faults_take(&sim->control.faults, request->asked.name, kind, &fault);
}

/* An answer given instead of doing anything. Returns: whether there is one. */
static bool answer_instead(struct sim_wechat *sim, const struct request *request,
                           struct sim_http_reply *reply, struct sim_wechat_said *said)
{
    struct sim_fault fault;
    if (is_due(sim, request, "drop")) {
        reply->drop = true;
        *said = sim_wechat_refuse(500, "SYSTEM_ERROR");
    } else if (is_due(sim, request, "http-500")) {
        *said = sim_wechat_refuse(500, "SYSTEM_ERROR");
    } else if (is_due(sim, request, "rate-limit")) {
        *said = sim_wechat_refuse(429, "FREQUENCY_LIMITED");
    } else if (sim_faults_take(&sim->control.faults, request->asked.name, "refuse", &fault)) {
        *said = sim_wechat_refuse(403, fault.argument);
    } else {
        return false;
    }
    return true;
}

/* The applicant pays in the very moment this request arrives. */
static void pay_first(struct sim_wechat *sim, const struct request *request)
{
    struct sim_wechat_order *trade =
        request->asked.number[0] == '\0' ? NULL : sim_wechat_ledger_find(&sim->ledger, request->asked.number);
    if (trade != NULL && trade->state == SIM_WECHAT_NOTPAY)
        sim_wechat_ledger_take(trade, sim_control_utc_s(&sim->control));
}

/* A copy of the object with its amount changed. Owns: the old one is freed. */
static struct json *with_amount_take(struct json *content, int64_t fen)
{
    struct json *amount = json_new_object();
    json_set_integer(amount, "total", fen);
    json_set_integer(amount, "refund", fen);
    json_set_text(amount, "currency", "CNY");
    json_set_take(content, "amount", amount);
    return content;
}

/* What is said differs from what was done. */
static void twist(struct sim_wechat *sim, const struct request *request, struct sim_wechat_said *said)
{
    struct sim_fault fault;
    if (said->code == 200 &&
        sim_faults_take(&sim->control.faults, request->asked.name, "wrong-amount", &fault))
        said->content = with_amount_take(said->content,
                                         fault.argument[0] == '\0' ? 1 : strtoll(fault.argument, NULL, 10));
    if (said->code == 200 && is_due(sim, request, "wrong-number"))
        json_set_text(said->content, "out_trade_no", "ANOTHER_NUMBER_1");
    if (said->code == 200 && is_due(sim, request, "wrong-merchant"))
        json_set_text(said->content, "mchid", "1999999999");
    if (is_due(sim, request, "http-500-done")) {
        json_free(said->content);
        *said = sim_wechat_refuse(500, "SYSTEM_ERROR");
    }
}

static void break_transport(struct sim_wechat *sim, const struct request *request,
                            struct sim_http_reply *reply)
{
    struct sim_fault fault;
    if (is_due(sim, request, "drop-reply"))
        reply->drop = true;
    if (is_due(sim, request, "cut"))
        reply->cut_at_bytes = (int64_t)reply->body.length / 2;
    if (sim_faults_take(&sim->control.faults, request->asked.name, "delay", &fault))
        reply->delay_ms = strtoll(fault.argument, NULL, 10);
    if (is_due(sim, request, "duplicate"))
        reply->twice = true;
    if (is_due(sim, request, "garbage")) {
        buf_clear(&reply->body);
        (void)buf_append_text(&reply->body, "<html><body>502 网关</body></html>");
    }
}

/* --- the reply --------------------------------------------------------------------------------------- */

static void add_header(struct sim_http_reply *reply, size_t at, const char *name, const char *value)
{
    reply->headers[at].name = name;
    (void)snprintf(reply->headers[at].value, sizeof(reply->headers[at].value), "%s", value);
}

static enum sim_wechat_signer choose_signer(struct sim_wechat *sim, const struct request *request)
{
    if (is_due(sim, request, "next-cert"))
        return SIM_WECHAT_SIGNER_NEXT;
    if (is_due(sim, request, "rogue-cert"))
        return SIM_WECHAT_SIGNER_ROGUE;
    return SIM_WECHAT_SIGNER_NOW;
}

/* The headers say when and by whom the body was signed. */
static enum status sign(struct sim_wechat *sim, const struct request *request, struct sim_http_reply *reply)
{
    struct buf text;
    struct buf signature;
    char timestamp[24];
    enum sim_wechat_signer signer = choose_signer(sim, request);
    int64_t utc_s =
        sim_control_utc_s(&sim->control) - (is_due(sim, request, "old-sign") ? 2 * CLOCK_TOLERANCE_S : 0);
    (void)snprintf(timestamp, sizeof(timestamp), "%lld", (long long)utc_s);
    buf_init(&text, LIMIT_JSON_BYTES);
    buf_init(&signature, FIELD_BYTES);
    enum status status = buf_append_format(&text, "%s\nsimulated\n", timestamp);
    if (status == STATUS_OK && reply->body.length > 0)
        status = buf_append(&text, reply->body.data, reply->body.length);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "\n");
    if (status == STATUS_OK)
        status = sim_wechat_keys_sign(sim->keys, signer, text.data, text.length, &signature);
    if (status == STATUS_OK && is_due(sim, request, "bad-sign"))
        signature.data[8] = signature.data[8] == 'A' ? 'B' : 'A';
    if (status == STATUS_OK) {
        add_header(reply, 0, "Wechatpay-Timestamp", timestamp);
        add_header(reply, 1, "Wechatpay-Nonce", "simulated");
        add_header(reply, 2, "Wechatpay-Serial", sim_wechat_keys_serial(signer));
        reply->headers[3].name = "Wechatpay-Signature";
        if (!text_copy(reply->headers[3].value, sizeof(reply->headers[3].value),
                       (const char *)signature.data))
            status = STATUS_FULL;
    }
    buf_release(&text);
    buf_release(&signature);
    return status;
}

static void write_reply(struct sim_wechat *sim, const struct request *request,
                        const struct sim_wechat_said *said, bool is_signed, struct sim_http_reply *reply)
{
    reply->code = said->code;
    reply->content_type = "application/json; charset=utf-8";
    enum status status = said->content == NULL ? STATUS_OK : json_write(said->content, &reply->body);
    if (status == STATUS_OK && is_signed && !is_due(sim, request, "no-sign"))
        status = sign(sim, request, reply);
    if (status != STATUS_OK)
        reply->code = 500;
}

static void log_call(struct sim_wechat *sim, const struct request *request,
                     const struct sim_wechat_said *said, const struct sim_http_reply *reply)
{
    struct json *line = json_new_object();
    const char *number = request->asked.number;
    json_set_text(line, "method", request->asked.name);
    json_set_text(line, "number", number[0] != '\0' ? number : json_text(request->body, "out_trade_no", ""));
    json_set_text(line, "out_refund_no", json_text(request->body, "out_refund_no", ""));
    json_set_integer(line, "http", said->code);
    json_set_text(line, "code", json_text(said->content, "code", ""));
    json_set_bool(line, "dropped", reply->drop);
    json_set_integer(line, "utc_s", sim_control_utc_s(&sim->control));
    sim_log_take(&sim->control.log, line);
}

static struct sim_wechat_said do_request(struct sim_wechat *sim, struct request *request,
                                         struct sim_http_reply *reply)
{
    struct sim_wechat_said said;
    if (answer_instead(sim, request, reply, &said))
        return said;
    if (is_due(sim, request, "pay-first"))
        pay_first(sim, request);
    said = sim_wechat_do(sim, &request->asked);
    if (sim_wechat_ledger_save(&sim->ledger) != STATUS_OK) {
        json_free(said.content);
        return sim_wechat_refuse(500, "SYSTEM_ERROR");
    }
    twist(sim, request, &said);
    return said;
}

void sim_wechat_gateway(void *context, const struct sim_http_request *http, struct sim_http_reply *reply)
{
    struct sim_wechat *sim = context;
    struct request request = {.http = http};
    struct sim_wechat_said said;
    request.asked.name = name_of(http, request.number);
    request.asked.number = request.number;
    request.asked.body_text = http->body_length == 0 ? "" : (const char *)http->body;
    bool is_believable = is_believed(sim, http);
    if (!is_believable) {
        said = sim_wechat_refuse(401, "SIGN_ERROR");
    } else if (http->body_length > 0 &&
               json_parse((const char *)http->body, http->body_length, &request.body) != STATUS_OK) {
        said = sim_wechat_refuse(400, "PARAM_ERROR");
    } else {
        request.asked.body = request.body;
        said = do_request(sim, &request, reply);
    }
    write_reply(sim, &request, &said, is_believable, reply);
    break_transport(sim, &request, reply);
    log_call(sim, &request, &said, reply);
    json_free(said.content);
    json_free(request.body);
}
