/* The service's address: checking a request, keeping its message, answering. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/sms/sim_sms.h"
#include "kiosk/base/text.h"

static const char *value_of(const struct sim_form *form, const char *name)
{
    const char *value = sim_form_value(form, name);
    return value == NULL ? "" : value;
}

static bool is_mobile(const char *number)
{
    return strlen(number) == 11 && number[0] == '1' && number[1] >= '3' && strspn(number, "0123456789") == 11;
}

/* How many messages went to the number within this time. */
static int sent_within(const struct sim_sms *sim, const char *number, int64_t within_s)
{
    int64_t since_s = sim_control_utc_s(&sim->control) - within_s;
    size_t kept = sim->count < SIM_SMS_MESSAGES ? sim->count : SIM_SMS_MESSAGES;
    int found = 0;
    for (size_t i = 0; i < kept; i++)
        if (strcmp(sim->messages[i].number, number) == 0 && sim->messages[i].code[0] != '\0' &&
            sim->messages[i].utc_s > since_s)
            found++;
    return found;
}

static const char *limit_hindrance(const struct sim_sms *sim, const char *number)
{
    if (!sim->has_limits)
        return NULL;
    if (sent_within(sim, number, 60) >= 1 || sent_within(sim, number, 3600) >= 5)
        return "isv.BUSINESS_LIMIT_CONTROL";
    return sent_within(sim, number, 86400) >= 10 ? "isv.DAY_LIMIT_CONTROL" : NULL;
}

/* What the phone shows: a code, or the blanks of a notice as they came. */
static bool read_template(const struct sim_sms *sim, const char *parameters, struct sim_sms_message *message)
{
    struct json *json = NULL;
    if (json_parse(parameters, strlen(parameters), &json) != STATUS_OK)
        return false;
    bool is_read = text_copy(message->code, sizeof(message->code), json_text(json, "code", ""));
    if (message->code[0] != '\0')
        (void)snprintf(message->text, sizeof(message->text), "【%s】验证码%s，请勿告诉他人。", sim->sign_name,
                       message->code);
    else
        (void)snprintf(message->text, sizeof(message->text), "【%s】%s %s", sim->sign_name,
                       message->template_code, parameters);
    json_free(json);
    return is_read && parameters[0] == '{' && parameters[1] != '}';
}

static void write_line(struct sim_sms *sim, const struct sim_sms_message *message)
{
    struct json *line = json_new_object();
    json_set_text(line, "number", message->number);
    json_set_text(line, "text", message->text);
    json_set_text(line, "code", message->code);
    json_set_integer(line, "utc_s", message->utc_s);
    sim_log_take(&sim->messages_file, line);
}

static const char *take_text(const struct sim_sms *sim, const struct sim_form *query,
                             struct sim_sms_message *message)
{
    const char *template_code = value_of(query, "TemplateCode");
    if (strcmp(value_of(query, "SignName"), sim->sign_name) != 0)
        return "isv.SMS_SIGNATURE_ILLEGAL";
    if (!text_has_prefix(template_code, "SMS_") ||
        !text_copy(message->template_code, sizeof(message->template_code), template_code))
        return "isv.SMS_TEMPLATE_ILLEGAL";
    return read_template(sim, value_of(query, "TemplateParam"), message) ? NULL : "isv.INVALID_PARAMETERS";
}

static const char *take_call(const struct sim_sms *sim, const struct sim_form *query,
                             struct sim_sms_message *message)
{
    const char *template_code = value_of(query, "TtsCode");
    message->spoken = true;
    if (!text_has_prefix(template_code, "TTS_") ||
        !text_copy(message->template_code, sizeof(message->template_code), template_code))
        return "isv.TTS_TEMPLATE_ILLEGAL";
    if (!read_template(sim, value_of(query, "TtsParam"), message) || message->code[0] == '\0')
        return "isv.INVALID_PARAMETERS";
    (void)snprintf(message->text, sizeof(message->text), "电话：您的验证码是 %s。", message->code);
    return NULL;
}

const char *sim_sms_take(struct sim_sms *sim, const struct sim_form *query, bool is_call,
                         struct sim_sms_message **out)
{
    struct sim_sms_message message = {.utc_s = sim_control_utc_s(&sim->control)};
    const char *number = value_of(query, is_call ? "CalledNumber" : "PhoneNumbers");
    if (!is_mobile(number))
        return "isv.MOBILE_NUMBER_ILLEGAL";
    const char *hindrance = is_call ? take_call(sim, query, &message) : take_text(sim, query, &message);
    if (hindrance == NULL && !text_copy(message.out_id, sizeof(message.out_id), value_of(query, "OutId")))
        hindrance = "isv.INVALID_PARAMETERS";
    if (hindrance == NULL && message.code[0] != '\0')
        hindrance = limit_hindrance(sim, number);
    if (hindrance != NULL)
        return hindrance;
    (void)text_copy(message.number, sizeof(message.number), number);
    (void)snprintf(message.biz_id, sizeof(message.biz_id), "%lld^%zu", (long long)message.utc_s,
                   sim->count + 1);
    write_line(sim, &message);
    *out = &sim->messages[sim->count++ % SIM_SMS_MESSAGES];
    **out = message;
    return "OK";
}

/* --- answering
 * ------------------------------------------------------------------------------------------------ */

static bool is_due(struct sim_sms *sim, const char *action, const char *kind)
{
    struct sim_fault fault;
    return sim_faults_take(&sim->control.faults, action, kind, &fault);
}

static void answer(const struct sim_sms *sim, struct sim_http_reply *reply, int code, const char *text,
                   const struct sim_sms_message *message)
{
    char request_id[64];
    struct json *document = json_new_object();
    (void)snprintf(request_id, sizeof(request_id), "SIM-%zu-%zu", sim->nonce_count, sim->count);
    json_set_text(document, "Code", text);
    json_set_text(document, "Message", strcmp(text, "OK") == 0 ? "OK" : "模拟服务的说明");
    if (message != NULL)
        json_set_text(document, message->spoken ? "CallId" : "BizId", message->biz_id);
    json_set_text(document, "RequestId", request_id);
    sim_control_answer_take(reply, document);
    reply->code = code;
}

static void send_message(struct sim_sms *sim, const struct sim_form *query, const char *action,
                         struct sim_http_reply *reply)
{
    struct sim_fault fault;
    struct sim_sms_message *message = NULL;
    if (is_due(sim, action, "drop")) {
        reply->drop = true;
        return;
    }
    if (is_due(sim, action, "http-500")) {
        answer(sim, reply, 500, "InternalError", NULL);
        return;
    }
    if (sim_faults_take(&sim->control.faults, action, "refuse", &fault)) {
        answer(sim, reply, 200, fault.argument, NULL);
        return;
    }
    const char *code = sim_sms_take(sim, query, strcmp(action, "SingleCallByTts") == 0, &message);
    if (is_due(sim, action, "unknown"))
        code = "isp.SYSTEM_ERROR";
    answer(sim, reply, 200, code, message);
    reply->drop = is_due(sim, action, "drop-reply");
    if (is_due(sim, action, "http-500-done"))
        reply->code = 500;
    if (is_due(sim, action, "garbage")) {
        buf_clear(&reply->body);
        (void)buf_append_text(&reply->body, "<html>?</html>");
    }
    if (is_due(sim, action, "cut"))
        reply->cut_at_bytes = (int64_t)reply->body.length / 2;
    if (sim_faults_take(&sim->control.faults, action, "delay", &fault))
        reply->delay_ms = strtoll(fault.argument, NULL, 10);
}

static void log_call(struct sim_sms *sim, const char *action, const struct sim_form *query,
                     const struct sim_http_reply *reply)
{
    const char *called = value_of(query, "CalledNumber");
    struct json *line = json_new_object();
    json_set_text(line, "method", action);
    json_set_text(line, "number", called[0] != '\0' ? called : value_of(query, "PhoneNumbers"));
    json_set_text(line, "out_id", value_of(query, "OutId"));
    json_set_integer(line, "http", reply->code);
    json_set_bool(line, "dropped", reply->drop);
    json_set_integer(line, "utc_s", sim_control_utc_s(&sim->control));
    sim_log_take(&sim->control.log, line);
}

void sim_sms_service(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_sms *sim = context;
    struct sim_form query;
    const char *action = sim_http_header(request, "x-acs-action");
    if (sim_form_parse(&query, request->raw_query, strlen(request->raw_query)) != STATUS_OK) {
        sim_http_answer(reply, 400, "text/plain", "not a query\n");
        sim_form_release(&query);
        return;
    }
    sim_form_sort(&query);
    const char *hindrance = sim_sms_check(sim, request, &query);
    if (action == NULL)
        action = "";
    if (hindrance != NULL)
        answer(sim, reply, strcmp(hindrance, "InvalidAccessKeyId.NotFound") == 0 ? 404 : 400, hindrance,
               NULL);
    else if (strcmp(action, "SendSms") == 0 || strcmp(action, "SingleCallByTts") == 0)
        send_message(sim, &query, action, reply);
    else if (strcmp(action, "QuerySmsSignList") == 0)
        answer(sim, reply, 200, "OK", NULL);
    else
        answer(sim, reply, 404, "InvalidAction.NotFound", NULL);
    log_call(sim, action, &query, reply);
    sim_form_release(&query);
}

/* --- control
 * -------------------------------------------------------------------------------------------------- */

static struct json *message_json(const struct sim_sms_message *message)
{
    struct json *row = json_new_object();
    json_set_text(row, "number", message->number);
    json_set_text(row, "text", message->text);
    json_set_text(row, "code", message->code);
    json_set_text(row, "out_id", message->out_id);
    json_set_text(row, "template_code", message->template_code);
    json_set_bool(row, "spoken", message->spoken);
    json_set_integer(row, "utc_s", message->utc_s);
    return row;
}

/* Newest first; "?number=" for one number only. */
static void show_messages(const struct sim_sms *sim, const struct sim_http_request *request,
                          struct sim_http_reply *reply)
{
    char number[16];
    struct json *list = json_new_array();
    bool has_number = sim_control_parameter(request, "number", number, sizeof(number));
    size_t kept = sim->count < SIM_SMS_MESSAGES ? sim->count : SIM_SMS_MESSAGES;
    for (size_t back = 1; back <= kept; back++) {
        const struct sim_sms_message *message = &sim->messages[(sim->count - back) % SIM_SMS_MESSAGES];
        if (!has_number || strcmp(message->number, number) == 0)
            json_append_take(list, message_json(message));
    }
    sim_control_answer_take(reply, list);
}

void sim_sms_control_more(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    const struct sim_sms *sim = context;
    if (strcmp(request->method, "GET") == 0 && strcmp(request->path, "/control/messages") == 0)
        show_messages(sim, request, reply);
    else
        sim_control_refuse(reply, 404, "no such control");
}

void sim_sms_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_sms *sim = context;
    sim_control_handle(&sim->control, request, reply);
}
