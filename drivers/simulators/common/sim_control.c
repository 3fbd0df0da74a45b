#include "drivers/simulators/common/sim_control.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/text.h"

int64_t sim_control_utc_s(const struct sim_control *control)
{
    return clock_utc_s(clock_system()) + control->clock_offset_s;
}

bool sim_control_parameter(const struct sim_http_request *request, const char *name, char *out, size_t size)
{
    out[0] = '\0';
    const char *value = sim_http_query(request, name);
    if (value != NULL)
        return text_copy(out, size, value);
    return sim_http_form_field((const char *)request->body, request->body_length, name, out, size) ==
           STATUS_OK;
}

void sim_control_answer_take(struct sim_http_reply *reply, struct json *document)
{
    buf_clear(&reply->body);
    enum status status = json_write(document, &reply->body);
    if (status == STATUS_OK)
        status = buf_append_text(&reply->body, "\n");
    reply->code = status == STATUS_OK ? 200 : 500;
    reply->content_type = "application/json";
    json_free(document);
}

void sim_control_refuse(struct sim_http_reply *reply, int code, const char *text)
{
    struct json *document = json_new_object();
    json_set_text(document, "error", text);
    sim_control_answer_take(reply, document);
    reply->code = code;
}

static void answer_health(const struct sim_control *control, struct sim_http_reply *reply)
{
    struct json *document = json_new_object();
    json_set_text(document, "simulator", control->name);
    json_set_integer(document, "pid", getpid());
    json_set_integer(document, "utc_s", sim_control_utc_s(control));
    sim_control_answer_take(reply, document);
}

static void add_fault(struct sim_control *control, const struct sim_http_request *request,
                      struct sim_http_reply *reply)
{
    char method[SIM_FAULT_TEXT_BYTES];
    char kind[SIM_FAULT_TEXT_BYTES];
    char argument[SIM_FAULT_TEXT_BYTES];
    char count[16];
    (void)sim_control_parameter(request, "argument", argument, sizeof(argument));
    if (!sim_control_parameter(request, "count", count, sizeof(count)))
        (void)text_copy(count, sizeof(count), "1");
    if (!sim_control_parameter(request, "method", method, sizeof(method)))
        (void)text_copy(method, sizeof(method), "*");
    (void)sim_control_parameter(request, "kind", kind, sizeof(kind));
    enum status status =
        sim_faults_add(&control->faults, method, kind, argument, (int)strtol(count, NULL, 10));
    if (status == STATUS_OK)
        sim_control_answer_take(reply, sim_faults_json(&control->faults));
    else
        sim_control_refuse(reply, 400, status == STATUS_UNSUPPORTED ? "kind is not known" : "bad fault");
}

static void move_clock(struct sim_control *control, const struct sim_http_request *request,
                       struct sim_http_reply *reply)
{
    char advance[24];
    if (!sim_control_parameter(request, "advance_s", advance, sizeof(advance))) {
        sim_control_refuse(reply, 400, "advance_s is missing");
        return;
    }
    control->clock_offset_s += strtoll(advance, NULL, 10);
    answer_health(control, reply);
}

void sim_control_handle(struct sim_control *control, const struct sim_http_request *request,
                        struct sim_http_reply *reply)
{
    const char *path = request->path + strlen("/control/");
    bool is_post = strcmp(request->method, "POST") == 0;
    if (!is_post && strcmp(path, "health") == 0) {
        answer_health(control, reply);
    } else if (!is_post && strcmp(path, "faults") == 0) {
        sim_control_answer_take(reply, sim_faults_json(&control->faults));
    } else if (is_post && strcmp(path, "fault") == 0) {
        add_fault(control, request, reply);
    } else if (is_post && strcmp(path, "clear") == 0) {
        sim_faults_clear(&control->faults);
        sim_control_answer_take(reply, sim_faults_json(&control->faults));
    } else if (is_post && strcmp(path, "clock") == 0) {
        move_clock(control, request, reply);
    } else if (control->more != NULL) {
        control->more(control->context, request, reply);
    } else {
        sim_control_refuse(reply, 404, "no such control");
    }
}
