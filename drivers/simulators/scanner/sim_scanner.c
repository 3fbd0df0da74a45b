/* sim-scanner: a network scanner over eSCL, with a sheet on its glass and sheets in its feeder.
 *
 *   sim-scanner [--port N] [--port-file FILE] [--log FILE] [--page FILE]
 *
 * The scanner is at http://127.0.0.1:PORT/eSCL/. Beside the shared controls
 * (drivers/simulators/common/sim_control.h):
 *
 *   POST /control/page?source=glass|feeder[&path=FILE][&keep=1]
 *                                  a JPEG in the body, or path=FILE; the glass keeps its sheet, the feeder
 *                                  takes up to 16 and gives each once, with keep=1 for ever
 *   POST /control/remove           glass and feeder are empty
 *   POST /control/state?state=S    ready, jam, hatch, busy, empty (takes the feeder's sheets away)
 *   GET  /control/state            state, sheets, scans made
 *
 * Faults, for methods Capabilities, Status, ScanJobs, NextDocument, Delete: slow (argument: ms before the
 * answer), hang (ten minutes), drop (no answer), cut (the picture ends in the middle), corrupt (bytes of the
 * picture are wrong), oversize (a picture of 65000 x 65000), garbage (no picture at all), wrong-format (a
 * PNG's first bytes), http-500.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_control.h"
#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/scanner/sim_scanner_escl.h"
#include "drivers/simulators/scanner/sim_scanner_picture.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { SHEETS_MAX = 16, SHEET_FILE_BYTES = 32 * 1024 * 1024, HANG_MS = 600 * 1000 };

/* The words of the states, in the order of the enumeration. */
static const char *const state_words[] = {"ready", "jam", "hatch", "busy"};
enum sim_state { STATE_READY, STATE_JAM, STATE_HATCH, STATE_BUSY, STATE_COUNT };

struct sim_scanner {
    struct sim_control control;
    enum sim_state state;
    bool has_glass;
    struct sim_scanner_picture glass;
    size_t sheets;
    bool keeps_sheets;
    struct sim_scanner_picture feeder[SHEETS_MAX];
    int job;          /* number of the latest job, 0 before the first */
    bool job_is_open; /* a page of it may still be fetched */
    struct sim_scanner_wish wish;
    int scans;
};

static const char *const fault_kinds[] = {"slow",     "hang",    "drop",         "cut",      "corrupt",
                                          "oversize", "garbage", "wrong-format", "http-500", NULL};

static const char *feeder_word(const struct sim_scanner *sim)
{
    return sim->state == STATE_JAM     ? "ScannerAdfJam"
           : sim->state == STATE_HATCH ? "ScannerAdfHatchOpen"
           : sim->sheets > 0           ? "ScannerAdfLoaded"
                                       : "ScannerAdfEmpty";
}

/* A scanner that somebody must see to first has stopped (Mopria eSCL, pwg:State), from its glass as from its
 * feeder. */
static const char *state_word(const struct sim_scanner *sim)
{
    return sim->state == STATE_JAM || sim->state == STATE_HATCH ? "Stopped"
           : sim->job_is_open || sim->state == STATE_BUSY       ? "Processing"
                                                                : "Idle";
}

static void log_call(struct sim_scanner *sim, const char *method, int code)
{
    struct json *line = json_new_object();
    json_set_text(line, "method", method);
    json_set_integer(line, "code", code);
    json_set_integer(line, "job", sim->job);
    sim_log_take(&sim->control.log, line);
}

static void answer_xml(struct sim_http_reply *reply, enum status status)
{
    reply->code = status == STATUS_OK ? 200 : 500;
    reply->content_type = "text/xml";
}

/* A new job is refused as a real scanner does: busy is 503, nothing to feed is 409 and the reason is in the
 * status. */
static void answer_job(struct sim_scanner *sim, const struct sim_http_request *request,
                       struct sim_http_reply *reply)
{
    struct sim_scanner_wish wish;
    if (sim->state == STATE_BUSY)
        reply->code = 503;
    else if (sim_scanner_escl_wish((const char *)request->body, &wish) != STATUS_OK)
        reply->code = 400;
    else if (sim->state != STATE_READY || (wish.is_feeder && sim->sheets == 0))
        reply->code = 409;
    else {
        sim->wish = wish;
        sim->job++;
        sim->job_is_open = true;
        reply->code = 201;
        reply->headers[0].name = "Location";
        snprintf(reply->headers[0].value, sizeof reply->headers[0].value, "/eSCL/ScanJobs/%d", sim->job);
    }
}

static void eject_sheet(struct sim_scanner *sim)
{
    if (sim->keeps_sheets)
        return;
    sim_scanner_picture_release(&sim->feeder[0]);
    sim->sheets--;
    memmove(sim->feeder, sim->feeder + 1, sim->sheets * sizeof *sim->feeder);
    sim->feeder[sim->sheets] = (struct sim_scanner_picture){0};
}

static void answer_document(struct sim_scanner *sim, struct sim_http_reply *reply)
{
    const struct sim_scanner_picture *sheet = sim->wish.is_feeder ? &sim->feeder[0] : &sim->glass;
    reply->code = 404;
    if (!sim->job_is_open || (sim->wish.is_feeder && sim->sheets == 0))
        return;
    if (!sim->wish.is_feeder && !sim->has_glass)
        sheet = NULL;
    sim->job_is_open = sim->wish.is_feeder;
    enum status status = sim_scanner_picture_scan(sheet, &sim->wish, &reply->body);
    reply->code = status == STATUS_OK ? 200 : 500;
    reply->content_type = "image/jpeg";
    sim->scans++;
    if (sim->wish.is_feeder)
        eject_sheet(sim);
}

/* The picture's own measures are made enormous: the start-of-frame segment (T.81, B.2.2) says them. */
static void make_oversize(struct buf *body)
{
    for (size_t i = 0; i + 9 < body->length; i++)
        if (body->data[i] == 0xff && body->data[i + 1] == 0xc0) {
            body->data[i + 5] = body->data[i + 7] = 0xfd;
            body->data[i + 6] = body->data[i + 8] = 0xe8;
            return;
        }
}

static void replace_body(struct buf *body, const char *by, size_t length)
{
    buf_clear(body);
    if (buf_append(body, by, length) != STATUS_OK)
        buf_clear(body);
}

static void spoil_body(struct sim_scanner *sim, const char *method, struct sim_http_reply *reply)
{
    struct sim_fault fault;
    struct buf *body = &reply->body;
    if (sim_faults_take(&sim->control.faults, method, "cut", &fault))
        reply->cut_at_bytes = (int64_t)(body->length / 2);
    if (sim_faults_take(&sim->control.faults, method, "corrupt", &fault))
        for (size_t i = body->length / 4; i < body->length * 3 / 4; i += 97)
            body->data[i] ^= 0x5a;
    if (sim_faults_take(&sim->control.faults, method, "oversize", &fault))
        make_oversize(body);
    if (sim_faults_take(&sim->control.faults, method, "garbage", &fault))
        replace_body(body, "<html>404 and more</html>", 25);
    if (sim_faults_take(&sim->control.faults, method, "wrong-format", &fault))
        replace_body(body, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
}

static void spoil(struct sim_scanner *sim, const char *method, struct sim_http_reply *reply)
{
    struct sim_fault fault;
    if (sim_faults_take(&sim->control.faults, method, "slow", &fault))
        reply->delay_ms = strtol(fault.argument, NULL, 10);
    if (sim_faults_take(&sim->control.faults, method, "hang", &fault))
        reply->delay_ms = HANG_MS;
    if (sim_faults_take(&sim->control.faults, method, "drop", &fault))
        reply->drop = true;
    if (sim_faults_take(&sim->control.faults, method, "http-500", &fault)) {
        reply->code = 500;
        buf_clear(&reply->body);
    }
    if (reply->body.length > 0)
        spoil_body(sim, method, reply);
}

static bool is_end(const char *path, const char *end)
{
    size_t length = strlen(path), end_length = strlen(end);
    return length >= end_length && strcmp(path + length - end_length, end) == 0;
}

static void handle(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_scanner *sim = context;
    const char *method = "Other";
    bool is_get = strcmp(request->method, "GET") == 0;
    if (is_get && strcmp(request->path, "/eSCL/ScannerCapabilities") == 0) {
        method = "Capabilities";
        answer_xml(reply, sim_scanner_escl_capabilities(&reply->body));
    } else if (is_get && strcmp(request->path, "/eSCL/ScannerStatus") == 0) {
        method = "Status";
        answer_xml(reply, sim_scanner_escl_status(&reply->body, state_word(sim), feeder_word(sim)));
    } else if (strcmp(request->method, "POST") == 0 && strcmp(request->path, "/eSCL/ScanJobs") == 0) {
        method = "ScanJobs";
        answer_job(sim, request, reply);
    } else if (is_get && is_end(request->path, "/NextDocument")) {
        method = "NextDocument";
        answer_document(sim, reply);
    } else if (strcmp(request->method, "DELETE") == 0) {
        method = "Delete";
        sim->job_is_open = false;
    } else
        reply->code = 404;
    spoil(sim, method, reply);
    log_call(sim, method, reply->code);
}

static enum status load_sheet(const struct sim_http_request *request, const char *path,
                              struct sim_scanner_picture *out)
{
    struct buf file;
    buf_init(&file, SHEET_FILE_BYTES);
    enum status status =
        *path ? file_read(path, &file, NULL) : buf_append(&file, request->body, request->body_length);
    if (status == STATUS_OK)
        status = sim_scanner_picture_read(file.data, file.length, out);
    buf_release(&file);
    return status;
}

static void clear_feeder(struct sim_scanner *sim)
{
    for (size_t i = 0; i < sim->sheets; i++)
        sim_scanner_picture_release(&sim->feeder[i]);
    sim->sheets = 0;
    sim->keeps_sheets = false;
}

/* The sheet lies on the glass or at the end of the feeder. Owns: the picture is the simulator's from now on.
 */
static bool place_sheet(struct sim_scanner *sim, bool is_feeder, bool is_kept,
                        struct sim_scanner_picture *sheet)
{
    if (!is_feeder) {
        sim_scanner_picture_release(&sim->glass);
        sim->glass = *sheet;
        sim->has_glass = true;
        return true;
    }
    if (is_kept)
        clear_feeder(sim);
    if (sim->sheets == SHEETS_MAX)
        return false;
    sim->keeps_sheets = is_kept;
    sim->feeder[sim->sheets++] = *sheet;
    return true;
}

static void answer_state(const struct sim_scanner *sim, struct sim_http_reply *reply)
{
    struct json *document = json_new_object();
    json_set_text(document, "state", state_words[sim->state]);
    json_set_bool(document, "glass", sim->has_glass);
    json_set_integer(document, "feeder", (int64_t)sim->sheets);
    json_set_integer(document, "scans", sim->scans);
    json_set_integer(document, "jobs", sim->job);
    json_set_bool(document, "job_open", sim->job_is_open);
    sim_control_answer_take(reply, document);
}

static void control_page(struct sim_scanner *sim, const struct sim_http_request *request,
                         struct sim_http_reply *reply)
{
    struct sim_scanner_picture sheet = {0};
    const char *path = sim_http_query(request, "path"), *source = sim_http_query(request, "source");
    const char *keep = sim_http_query(request, "keep");
    bool is_feeder = source && strcmp(source, "feeder") == 0;
    if (load_sheet(request, path ? path : "", &sheet) != STATUS_OK) {
        sim_control_refuse(reply, 400, "no JPEG picture");
    } else if (!place_sheet(sim, is_feeder, keep && *keep == '1', &sheet)) {
        sim_scanner_picture_release(&sheet);
        sim_control_refuse(reply, 400, "the feeder is full");
    } else
        answer_state(sim, reply);
}

static void control_remove(struct sim_scanner *sim, struct sim_http_reply *reply)
{
    clear_feeder(sim);
    sim_scanner_picture_release(&sim->glass);
    sim->has_glass = false;
    answer_state(sim, reply);
}

static void control_state(struct sim_scanner *sim, const struct sim_http_request *request,
                          struct sim_http_reply *reply)
{
    char word[16];
    (void)sim_control_parameter(request, "state", word, sizeof word);
    int state = 0;
    while (state < STATE_COUNT && strcmp(word, state_words[state]) != 0)
        state++;
    if (strcmp(word, "empty") == 0) {
        clear_feeder(sim);
        state = STATE_READY;
    }
    if (state == STATE_COUNT) {
        sim_control_refuse(reply, 400, "state is ready, jam, hatch, busy or empty");
        return;
    }
    sim->state = (enum sim_state)state;
    answer_state(sim, reply);
}

static void control_more(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_scanner *sim = context;
    bool is_post = strcmp(request->method, "POST") == 0;
    if (is_post && strcmp(request->path, "/control/page") == 0)
        control_page(sim, request, reply);
    else if (is_post && strcmp(request->path, "/control/remove") == 0)
        control_remove(sim, reply);
    else if (is_post && strcmp(request->path, "/control/state") == 0)
        control_state(sim, request, reply);
    else if (strcmp(request->path, "/control/state") == 0)
        answer_state(sim, reply);
    else
        sim_control_refuse(reply, 404, "no such control");
}

static void control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_scanner *sim = context;
    sim_control_handle(&sim->control, request, reply);
}

static enum status place_first(struct sim_scanner *sim, const char *path)
{
    struct sim_scanner_picture sheet = {0};
    if (!*path)
        return STATUS_OK;
    enum status status = load_sheet(NULL, path, &sheet);
    if (status == STATUS_OK)
        (void)place_sheet(sim, false, false, &sheet);
    return status;
}

static enum status run(struct sim_scanner *sim, const struct sim_program *program)
{
    struct failure failure = {0};
    struct sim_http *server = NULL;
    struct sim_http_settings settings = {.port = program->port,
                                         .body_limit_bytes = SHEET_FILE_BYTES,
                                         .handler = handle,
                                         .control = control,
                                         .context = sim};
    enum status status = sim_log_open(&sim->control.log, program->log_file, &failure);
    if (status == STATUS_OK)
        status = place_first(sim, sim_program_option(program, "--page", ""));
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &server, &failure);
    if (status == STATUS_OK)
        status = sim_program_ready(program, sim_http_port(server));
    if (status == STATUS_OK)
        sim_program_wait();
    else
        fprintf(stderr, "sim-scanner: %s %s\n", status_name(status), failure.text);
    sim_http_stop(server);
    sim_log_close(&sim->control.log);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const own[] = {"--page", NULL};
    static struct sim_scanner sim = {.control = {.name = "scanner", .more = control_more, .log = {.fd = -1}}};
    struct sim_program program;
    sim.control.context = &sim;
    sim_faults_init(&sim.control.faults, fault_kinds);
    if (sim_program_begin(&program, "sim-scanner", argc, argv, own) != STATUS_OK)
        return program.is_help ? 0 : 64;
    enum status status = run(&sim, &program);
    clear_feeder(&sim);
    sim_scanner_picture_release(&sim.glass);
    return status == STATUS_OK ? 0 : 1;
}
