/* The gateway's address: reading a request, checking it, doing it, answering in the signed envelope. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/alipay/sim_alipay.h"
#include "drivers/simulators/common/sim_form.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { CLOCK_TOLERANCE_S = 15 * 60, SIGNATURE_TEXT_BYTES = 1024 };

/* One request while it is answered. */
struct request {
    struct sim_form form; /* query and body together, sorted */
    const char *method;
    const char *out_trade_no; /* borrowed from biz; "" when there is none */
    struct json *biz;         /* owned */
};

static const char *value_of(const struct sim_form *form, const char *name)
{
    const char *value = sim_form_value(form, name);
    return value == NULL ? "" : value;
}

static enum status read_form(const struct sim_http_request *http, struct sim_form *form)
{
    struct buf text;
    buf_init(&text, LIMIT_HTTP_REPLY_BYTES);
    enum status status = buf_append_text(&text, http->raw_query);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "&");
    if (status == STATUS_OK)
        status = buf_append(&text, http->body, http->body_length);
    if (status == STATUS_OK)
        status = sim_form_parse(form, (const char *)text.data, text.length);
    sim_form_sort(form);
    buf_release(&text);
    return status;
}

/* The signed text of a request: everything but sign and empty values, sorted, raw. */
static bool is_signature_right(const struct sim_alipay *sim, const struct sim_form *form)
{
    struct buf text;
    buf_init(&text, LIMIT_HTTP_REPLY_BYTES);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->count && status == STATUS_OK; i++) {
        const struct sim_form_pair *pair = &form->pairs[i];
        if (strcmp(pair->name, "sign") == 0 || pair->value[0] == '\0')
            continue;
        status = buf_append_format(&text, "%s%s=%s", text.length == 0 ? "" : "&", pair->name, pair->value);
    }
    bool is_right = status == STATUS_OK &&
                    sim_alipay_keys_verify_app(sim->keys, text.data, text.length, value_of(form, "sign"));
    buf_release(&text);
    return is_right;
}

static bool is_clock_right(const struct sim_alipay *sim, const char *timestamp)
{
    int64_t said_s = sim_alipay_utc_s(timestamp);
    int64_t off_s = sim_control_utc_s(&sim->control) - said_s;
    return said_s != 0 && off_s <= CLOCK_TOLERANCE_S && off_s >= -CLOCK_TOLERANCE_S;
}

static struct json *certificate_hindrance(const struct sim_alipay *sim, const struct sim_form *form)
{
    if (!sim->has_certificates)
        return NULL;
    if (value_of(form, "app_cert_sn")[0] == '\0')
        return sim_alipay_answer("40001", "Missing Required Arguments", "isv.missing-app-cert-sn");
    if (strcmp(value_of(form, "app_cert_sn"), sim_alipay_keys_app_sn(sim->keys)) != 0)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-app-cert-sn");
    if (strcmp(value_of(form, "alipay_root_cert_sn"), sim_alipay_keys_root_sn(sim->keys)) != 0)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-alipay-root-cert-sn");
    return NULL;
}

/* What keeps the request from being believed; app_id first, then the signature. Returns: NULL for nothing. */
static struct json *find_hindrance(const struct sim_alipay *sim, const struct sim_form *form)
{
    if (value_of(form, "app_id")[0] == '\0')
        return sim_alipay_answer("40001", "Missing Required Arguments", "isv.missing-app-id");
    if (strcmp(value_of(form, "app_id"), sim->app_id) != 0)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-app-id");
    if (value_of(form, "sign")[0] == '\0')
        return sim_alipay_answer("40001", "Missing Required Arguments", "isv.missing-signature");
    if (strcmp(value_of(form, "sign_type"), "RSA2") != 0)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-signature-type");
    if (strcmp(value_of(form, "charset"), "utf-8") != 0)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-charset");
    struct json *hindrance = certificate_hindrance(sim, form);
    if (hindrance != NULL)
        return hindrance;
    if (!is_signature_right(sim, form))
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-signature");
    if (!is_clock_right(sim, value_of(form, "timestamp")))
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-timestamp");
    if (value_of(form, "method")[0] == '\0')
        return sim_alipay_answer("40001", "Missing Required Arguments", "isv.missing-method");
    return NULL;
}

/* --- misfortunes
 * ---------------------------------------------------------------------------------------------- */

static bool is_due(struct sim_alipay *sim, const char *method, const char *kind)
{
    struct sim_fault fault;
    return sim_faults_take(&sim->control.faults, method, kind, &fault);
}

static struct json *unknown_error(void)
{
    return sim_alipay_answer("20000", "Service Currently Unavailable", "isp.unknow-error");
}

/* The applicant pays in the very moment this request arrives. */
static void pay_first(struct sim_alipay *sim, const struct request *request)
{
    struct sim_alipay_trade *trade = sim_alipay_ledger_find(&sim->ledger, request->out_trade_no);
    if (trade != NULL && sim_alipay_scan(sim, trade) && trade->status == SIM_ALIPAY_WAIT_BUYER_PAY)
        sim_alipay_ledger_take(trade, sim_control_utc_s(&sim->control));
}

/* An answer given instead of doing anything. Returns: NULL when the work is to be done. */
static struct json *answer_instead(struct sim_alipay *sim, const struct request *request,
                                   struct sim_http_reply *reply)
{
    struct sim_fault fault;
    if (is_due(sim, request->method, "drop")) {
        reply->drop = true;
        return unknown_error();
    }
    if (is_due(sim, request->method, "http-500")) {
        reply->code = 500;
        return unknown_error();
    }
    if (is_due(sim, request->method, "20000"))
        return unknown_error();
    if (is_due(sim, request->method, "rate-limit"))
        return sim_alipay_answer("40005", "Call Limited", "isv.app-call-limited");
    if (sim_faults_take(&sim->control.faults, request->method, "sub-code", &fault))
        return sim_alipay_answer("40004", "Business Failed", fault.argument);
    return NULL;
}

/* The amount an answer is about. */
static const char *amount_name(const struct json *content)
{
    if (json_member(content, "refund_amount") != NULL)
        return "refund_amount";
    return json_member(content, "refund_fee") != NULL ? "refund_fee" : "total_amount";
}

/* What is said differs from what was done. */
static struct json *twist(struct sim_alipay *sim, const struct request *request, struct json *content)
{
    struct sim_fault fault;
    bool is_done = strcmp(json_text(content, "code", ""), "10000") == 0;
    if (is_done && sim_faults_take(&sim->control.faults, request->method, "wrong-amount", &fault))
        json_set_text(content, amount_name(content), fault.argument[0] == '\0' ? "0.01" : fault.argument);
    if (is_done && is_due(sim, request->method, "wrong-seller"))
        json_set_text(content, "seller_id", "2088999999999999");
    if (is_done && is_due(sim, request->method, "wrong-number"))
        json_set_text(content, "out_trade_no", "ANOTHER_NUMBER_1");
    if (is_due(sim, request->method, "20000-done")) {
        json_free(content);
        content = unknown_error();
    }
    return content;
}

static void break_transport(struct sim_alipay *sim, const struct request *request,
                            struct sim_http_reply *reply)
{
    struct sim_fault fault;
    if (is_due(sim, request->method, "drop-reply"))
        reply->drop = true;
    if (is_due(sim, request->method, "http-500-done"))
        reply->code = 500;
    if (is_due(sim, request->method, "cut"))
        reply->cut_at_bytes = (int64_t)reply->body.length / 2;
    if (sim_faults_take(&sim->control.faults, request->method, "delay", &fault))
        reply->delay_ms = strtoll(fault.argument, NULL, 10);
    if (is_due(sim, request->method, "duplicate"))
        reply->twice = true;
    if (is_due(sim, request->method, "garbage")) {
        buf_clear(&reply->body);
        (void)buf_append_text(&reply->body, "<html><body>502 网关</body></html>");
    }
}

/* --- the envelope
 * --------------------------------------------------------------------------------------------- */

/* The object as text with "\/" for "/", as the real gateway writes it. */
static enum status write_content(const struct json *content, struct buf *out)
{
    struct buf plain;
    buf_init(&plain, LIMIT_JSON_BYTES);
    enum status status = json_write(content, &plain);
    for (size_t i = 0; i < plain.length && status == STATUS_OK; i++) {
        if (plain.data[i] == '/')
            status = buf_append_text(out, "\\");
        if (status == STATUS_OK)
            status = buf_append(out, &plain.data[i], 1);
    }
    buf_release(&plain);
    return status;
}

static enum sim_alipay_signer choose_signer(struct sim_alipay *sim, const struct request *request)
{
    /* The download that answers for a new certificate is signed with it, too. */
    const char *wanted = json_text(request->biz, "alipay_cert_sn", "");
    if (strcmp(request->method, "alipay.open.app.alipaycert.download") == 0 &&
        sim_alipay_keys_find(sim->keys, wanted) != SIM_ALIPAY_SIGNER_COUNT_)
        return sim_alipay_keys_find(sim->keys, wanted);
    if (is_due(sim, request->method, "next-cert"))
        return SIM_ALIPAY_SIGNER_NEXT;
    if (is_due(sim, request->method, "rogue-cert"))
        return SIM_ALIPAY_SIGNER_ROGUE;
    return SIM_ALIPAY_SIGNER_NOW;
}

static enum status append_signature(struct sim_alipay *sim, const struct request *request,
                                    const struct buf *content, struct buf *out)
{
    struct buf signature;
    enum sim_alipay_signer signer = choose_signer(sim, request);
    buf_init(&signature, SIGNATURE_TEXT_BYTES);
    enum status status = sim_alipay_keys_sign(sim->keys, signer, content->data, content->length, &signature);
    if (status == STATUS_OK && is_due(sim, request->method, "bad-sign"))
        signature.data[8] = signature.data[8] == 'A' ? 'B' : 'A';
    if (status == STATUS_OK && sim->has_certificates)
        status = buf_append_format(out, ",\"alipay_cert_sn\":\"%s\"",
                                   sim_alipay_keys_signer_sn(sim->keys, signer));
    if (status == STATUS_OK)
        status = buf_append_format(out, ",\"sign\":\"%s\"", (const char *)signature.data);
    buf_release(&signature);
    return status;
}

/* {"alipay_trade_query_response":{..},"alipay_cert_sn":"..","sign":".."} */
static enum status write_envelope(struct sim_alipay *sim, const struct request *request,
                                  const struct json *content, struct buf *out)
{
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES);
    enum status status = write_content(content, &text);
    if (status == STATUS_OK)
        status = buf_append_format(out, "{\"%s_response\":%s", request->method, (const char *)text.data);
    for (size_t i = 2; status == STATUS_OK && i < 2 + strlen(request->method); i++)
        if (out->data[i] == '.')
            out->data[i] = '_';
    if (status == STATUS_OK && !is_due(sim, request->method, "no-sign"))
        status = append_signature(sim, request, &text, out);
    if (status == STATUS_OK)
        status = buf_append_text(out, "}");
    buf_release(&text);
    return status;
}

/* A request that cannot be believed is answered without a signature. */
static void answer_hindrance(const struct json *hindrance, struct sim_http_reply *reply)
{
    struct json *envelope = json_new_object();
    struct json *inner = NULL;
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES);
    if (json_write(hindrance, &text) == STATUS_OK &&
        json_parse((const char *)text.data, text.length, &inner) == STATUS_OK) {
        json_set_take(envelope, "error_response", inner);
        reply->code = json_write(envelope, &reply->body) == STATUS_OK ? 200 : 500;
    } else {
        reply->code = 500;
    }
    buf_release(&text);
    json_free(envelope);
}

static void log_call(struct sim_alipay *sim, const struct request *request, const struct json *content,
                     const struct sim_http_reply *reply)
{
    struct json *line = json_new_object();
    json_set_text(line, "method", request->method);
    json_set_text(line, "out_trade_no", request->out_trade_no);
    json_set_text(line, "out_request_no", json_text(request->biz, "out_request_no", ""));
    json_set_text(line, "code", json_text(content, "code", ""));
    json_set_text(line, "sub_code", json_text(content, "sub_code", ""));
    json_set_bool(line, "dropped", reply->drop);
    json_set_integer(line, "utc_s", sim_control_utc_s(&sim->control));
    sim_log_take(&sim->control.log, line);
}

static struct json *do_request(struct sim_alipay *sim, const struct request *request,
                               struct sim_http_reply *reply)
{
    if (request->biz == NULL)
        return sim_alipay_answer("40002", "Invalid Arguments", "isv.illegal-json");
    struct json *content = answer_instead(sim, request, reply);
    if (content != NULL)
        return content;
    if (is_due(sim, request->method, "pay-first"))
        pay_first(sim, request);
    content = sim_alipay_method(sim, request->method, request->biz);
    if (sim_alipay_ledger_save(&sim->ledger) != STATUS_OK) {
        json_free(content);
        return unknown_error();
    }
    return twist(sim, request, content);
}

static void answer_request(struct sim_alipay *sim, struct request *request, struct sim_http_reply *reply)
{
    const char *biz = value_of(&request->form, "biz_content");
    request->method = value_of(&request->form, "method");
    if (json_parse(biz, strlen(biz), &request->biz) != STATUS_OK)
        request->biz = NULL;
    request->out_trade_no = json_text(request->biz, "out_trade_no", "");
    struct json *content = do_request(sim, request, reply);
    if (write_envelope(sim, request, content, &reply->body) != STATUS_OK)
        reply->code = 500;
    break_transport(sim, request, reply);
    log_call(sim, request, content, reply);
    json_free(content);
    json_free(request->biz);
}

void sim_alipay_gateway(void *context, const struct sim_http_request *http, struct sim_http_reply *reply)
{
    struct sim_alipay *sim = context;
    struct request request = {.method = "", .out_trade_no = ""};
    reply->content_type = "text/html;charset=utf-8";
    if (strcmp(http->path, "/gateway.do") != 0) {
        sim_http_answer(reply, 404, "text/plain", "not found\n");
        return;
    }
    if (read_form(http, &request.form) != STATUS_OK) {
        sim_http_answer(reply, 400, "text/plain", "not a form\n");
    } else {
        struct json *hindrance = find_hindrance(sim, &request.form);
        if (hindrance != NULL) {
            request.method = value_of(&request.form, "method");
            answer_hindrance(hindrance, reply);
            log_call(sim, &request, hindrance, reply);
            json_free(hindrance);
        } else {
            answer_request(sim, &request, reply);
        }
    }
    sim_form_release(&request.form);
}
