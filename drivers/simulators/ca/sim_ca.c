/* sim-ca: a proxy in front of certca's socket that misbehaves on request (sim_ca_proxy.h lists how).
 *
 *   sim-ca --listen SOCKET --connect SOCKET [the arguments of all simulators, sim_program.h]
 *
 * The port is its control interface (sim_control.h). Exit codes: 0 ended by a signal, 64 wrong arguments, 70
 * failed. */
#include <stdio.h>
#include <unistd.h>

#include "drivers/simulators/ca/sim_ca_proxy.h"
#include "drivers/simulators/common/sim_control.h"
#include "drivers/simulators/common/sim_program.h"
#include "kiosk/base/log.h"

enum { EXIT_ARGUMENTS = 64, EXIT_BROKEN = 70 };

static void answer_nothing(void *context, const struct sim_http_request *request,
                           struct sim_http_reply *reply)
{
    (void)context, (void)request;
    sim_http_answer(reply, 404, NULL, "only /control/ here\n");
}

static void answer_control(void *context, const struct sim_http_request *request,
                           struct sim_http_reply *reply)
{
    sim_control_handle(context, request, reply);
}

static enum status run(const struct sim_program *program, struct sim_ca_proxy *proxy,
                       struct sim_control *control, struct failure *failure)
{
    const struct sim_http_settings settings = {
        .port = program->port, .handler = answer_nothing, .control = answer_control, .context = control};
    int listening = -1;
    enum status status = sim_log_open(&control->log, program->log_file, failure);
    if (status == STATUS_OK)
        status = sim_ca_proxy_listen(proxy->listen_path, &listening, failure);
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &proxy->server, failure);
    if (status == STATUS_OK)
        status = sim_program_ready(program, sim_http_port(proxy->server));
    if (status == STATUS_OK)
        status = sim_ca_proxy_run(proxy, listening, failure);
    sim_http_stop(proxy->server);
    if (listening >= 0) {
        (void)close(listening);
        (void)unlink(proxy->listen_path);
    }
    sim_log_close(&control->log);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const own[] = {"--listen", "--connect", NULL};
    struct sim_program program;
    struct sim_control control = {.name = "sim-ca", .log = {.fd = -1}};
    struct failure failure = {0};
    if (sim_program_begin(&program, "sim-ca", argc, argv, own) != STATUS_OK)
        return program.is_help ? 0 : EXIT_ARGUMENTS;
    sim_faults_init(&control.faults, sim_ca_proxy_kinds);
    struct sim_ca_proxy proxy = {.listen_path = sim_program_option(&program, "--listen", NULL),
                                 .connect_path = sim_program_option(&program, "--connect", NULL),
                                 .faults = &control.faults,
                                 .log = &control.log};
    if (proxy.listen_path == NULL || proxy.connect_path == NULL) {
        (void)fputs("sim-ca: --listen and --connect are needed\n", stderr);
        return EXIT_ARGUMENTS;
    }
    enum status status = run(&program, &proxy, &control, &failure);
    if (status != STATUS_OK)
        log_failure("sim-ca", "serving", status, &failure);
    return status == STATUS_OK ? 0 : EXIT_BROKEN;
}
