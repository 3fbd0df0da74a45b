/* sim-identity plays an external identity service (drivers/identity/identity_http.c says what it speaks) on
 * 127.0.0.1 for tests and the demonstration hall. It checks every signature with its own code and signs every
 * reply. People are made up.
 *
 *   sim-identity --key-file FILE [--key-id ID] [--port N] [--port-file FILE] [--log FILE] [--die-with-parent]
 *
 * FILE holds the shared key; a random one is written there when it is missing. The key's id is "SIMKEY"
 * unless told otherwise. A session's address shows how it stands; what a person does there is done over the
 * control interface.
 *
 * Control, for curl:
 *
 *   GET  /control/sessions             newest first: [{"id","state","name","number","expires_utc_s"}]
 *   POST /control/end?state=passed|failed|expired[&id=ID]
 *        the session, the newest when none is named, ends like this
 *   POST /control/fault?method=M&kind=K[&argument=A][&count=N]
 *        the next N calls of M (begin, inquire, health, *) meet K
 *   GET  /control/faults, POST /control/clear, GET /control/health, POST /control/clock as in sim_control.h
 *
 * Kinds that keep the work from being done: drop, http-500, busy, refuse.
 * Kinds that come after it was done: drop-reply, bad-sign, no-sign, garbage, cut, delay (argument: ms).
 */
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/identity/sim_identity.h"
#include "kiosk/base/file.h"
#include "kiosk/base/log.h"

static const char *const own_options[] = {"--key-file", "--key-id", NULL};

static const char *const fault_kinds[] = {"drop",    "http-500", "busy", "refuse", "drop-reply", "bad-sign",
                                          "no-sign", "garbage",  "cut",  "delay",  NULL};

static enum status make_key(struct sim_identity *sim, const char *path, struct failure *failure)
{
    unsigned char bytes[16];
    (void)RAND_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void)snprintf(sim->key + 2 * i, 3, "%02x", bytes[i]);
    return file_replace(path, sim->key, strlen(sim->key), 0600, failure);
}

static enum status read_key(struct sim_identity *sim, const char *path, struct failure *failure)
{
    struct buf text;
    buf_init(&text, sizeof(sim->key) - 1);
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_NOT_FOUND) {
        status = make_key(sim, path, failure);
    } else if (status == STATUS_OK) {
        (void)memcpy(sim->key, text.data, text.length);
        sim->key[strcspn(sim->key, "\r\n")] = '\0';
    }
    buf_release(&text);
    return status;
}

static enum status run(struct sim_identity *sim, const struct sim_program *program, struct failure *failure)
{
    const char *key_file = sim_program_option(program, "--key-file", NULL);
    const struct sim_http_settings settings = {.port = program->port,
                                               .handler = sim_identity_service,
                                               .control = sim_identity_control,
                                               .context = sim};
    sim->key_id = sim_program_option(program, "--key-id", "SIMKEY");
    sim->control =
        (struct sim_control){.name = "sim-identity", .more = sim_identity_control_more, .context = sim};
    sim_faults_init(&sim->control.faults, fault_kinds);
    if (key_file == NULL)
        return failure_set(failure, STATUS_CONFIG, "arguments", 0, "--key-file is missing");
    enum status status = read_key(sim, key_file, failure);
    if (status == STATUS_OK)
        status = sim_log_open(&sim->control.log, program->log_file, failure);
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &sim->server, failure);
    if (status == STATUS_OK)
        status = sim_program_ready(program, sim_http_port(sim->server));
    if (status == STATUS_OK)
        sim_program_wait();
    return status;
}

int main(int argc, char **argv)
{
    struct sim_program program;
    struct failure failure = {0};
    if (sim_program_begin(&program, "sim-identity", argc, argv, own_options) != STATUS_OK)
        return program.is_help ? 0 : 2;
    struct sim_identity *sim = calloc(1, sizeof(*sim));
    enum status status = sim == NULL ? STATUS_NO_MEMORY : run(sim, &program, &failure);
    if (status != STATUS_OK)
        log_failure("sim-identity", "run", status, &failure);
    if (sim != NULL) {
        sim_http_stop(sim->server);
        sim_log_close(&sim->control.log);
    }
    free(sim);
    return status == STATUS_OK ? 0 : 1;
}
