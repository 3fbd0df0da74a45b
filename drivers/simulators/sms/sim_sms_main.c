/* sim-sms plays Aliyun's SendSms and SingleCallByTts (version 2017-05-25) on 127.0.0.1 for tests and the
 * demonstration hall.
 *
 * It checks every ACS3-HMAC-SHA256 signature with its own code, keeps the service's limits (per number one
 * message a minute, five an hour, ten a day), and shows the messages instead of sending them.
 *
 *   sim-sms --secret-file FILE [--access-key-id ID] [--sign-name NAME] [--limits yes|no] [--messages FILE]
 *           [--port N] [--port-file FILE] [--state-dir DIR] [--log FILE] [--die-with-parent]
 *
 * The service's base address is http://127.0.0.1:PORT. FILE holds the access key's secret; a random one is
 * written there when it is missing. Templates are any that begin with "SMS_", of
 * calls "TTS_"; a call stands among the messages as one that was spoken. Each message is appended to the
 * messages file as {"number","text","code","utc_s","seq"}. The access key's id is "SIMKEY", the signature
 * name 证书服务大厅 unless told otherwise.
 *
 * Control, for curl:
 *
 *   GET  /control/messages[?number=N]
 *        newest first: [{"number","text","code","out_id","template_code","spoken","utc_s"}]
 *   POST /control/fault?method=SendSms|SingleCallByTts&kind=K[&argument=A][&count=N]
 *        the next N sends meet K
 *   GET  /control/faults, POST /control/clear, GET /control/health,
 *   POST /control/clock?advance_s=N as in sim_control.h
 *
 * Kinds that keep the message from being taken:
 *   drop, http-500, refuse (argument: the Code, for example isv.MOBILE_NUMBER_ILLEGAL)
 * Kinds that come after it was taken:
 *   drop-reply, http-500-done, unknown (isp.SYSTEM_ERROR), garbage, cut, delay (argument: ms)
 */
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/sms/sim_sms.h"
#include "kiosk/base/file.h"
#include "kiosk/base/log.h"

static const char *const own_options[] = {"--secret-file", "--access-key-id", "--sign-name",
                                          "--limits",      "--messages",      NULL};

static const char *const fault_kinds[] = {"drop",    "http-500", "refuse", "drop-reply", "http-500-done",
                                          "unknown", "garbage",  "cut",    "delay",      NULL};

static enum status make_secret(struct sim_sms *sim, const char *path, struct failure *failure)
{
    unsigned char bytes[15];
    (void)RAND_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void)snprintf(sim->secret + 2 * i, 3, "%02x", bytes[i]);
    return file_replace(path, sim->secret, strlen(sim->secret), 0600, failure);
}

static enum status read_secret(struct sim_sms *sim, const char *path, struct failure *failure)
{
    struct buf text;
    buf_init(&text, sizeof(sim->secret) - 1);
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_NOT_FOUND) {
        status = make_secret(sim, path, failure);
    } else if (status == STATUS_OK) {
        memcpy(sim->secret, text.data, text.length);
        sim->secret[strcspn(sim->secret, "\r\n")] = '\0';
    }
    buf_release(&text);
    return status;
}

static enum status begin(struct sim_sms *sim, const struct sim_program *program, struct failure *failure)
{
    const char *secret_file = sim_program_option(program, "--secret-file", NULL);
    sim->key_id = sim_program_option(program, "--access-key-id", "SIMKEY");
    sim->sign_name = sim_program_option(program, "--sign-name", "证书服务大厅");
    sim->has_limits = strcmp(sim_program_option(program, "--limits", "yes"), "no") != 0;
    sim->control = (struct sim_control){.name = "sim-sms", .more = sim_sms_control_more, .context = sim};
    sim_faults_init(&sim->control.faults, fault_kinds);
    if (secret_file == NULL)
        return failure_set(failure, STATUS_CONFIG, "arguments", 0, "--secret-file is missing");
    enum status status = read_secret(sim, secret_file, failure);
    if (status == STATUS_OK)
        status = sim_log_open(&sim->control.log, program->log_file, failure);
    if (status == STATUS_OK)
        status = sim_log_open(&sim->messages_file, sim_program_option(program, "--messages", NULL), failure);
    return status;
}

int main(int argc, char **argv)
{
    struct sim_program program;
    struct sim_http *server = NULL;
    struct failure failure = {0};
    if (sim_program_begin(&program, "sim-sms", argc, argv, own_options) != STATUS_OK)
        return program.is_help ? 0 : 2;
    struct sim_sms *sim = calloc(1, sizeof(*sim));
    enum status status = sim == NULL ? STATUS_NO_MEMORY : begin(sim, &program, &failure);
    struct sim_http_settings settings = {
        .port = program.port, .handler = sim_sms_service, .control = sim_sms_control, .context = sim};
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &server, &failure);
    if (status == STATUS_OK)
        status = sim_program_ready(&program, sim_http_port(server));
    if (status == STATUS_OK)
        sim_program_wait();
    else
        log_failure("sim-sms", "start", status, &failure);
    sim_http_stop(server);
    if (sim != NULL) {
        sim_log_close(&sim->control.log);
        sim_log_close(&sim->messages_file);
    }
    free(sim);
    return status == STATUS_OK ? 0 : 1;
}
