/* sim-idcard plays a resident-ID reader of the SAM_V kind on a pseudo-terminal, for tests and the
 * demonstration hall.
 *
 * The line is what a program opens instead of /dev/ttyUSB0: FILE is a symbolic link to it. The port is the
 * control interface only (sim_control.h). A card is found before it is selected before it is read, else the
 * reader says 81 or 41, as a real one does. People are made up.
 *
 *   sim-idcard --line FILE [--baud N] [--port N] [--port-file FILE] [--log FILE] [--die-with-parent]
 *
 * N is the reader's speed, 115200 when not given; at another one it hears nothing.
 *
 * Control, for curl:
 *
 *   POST /control/place[?card=agent|legal|other|expired|endless|foreign|residence]
 *        [&name=..][&number=..][&address=..][&from=YYYYMMDD][&to=YYYYMMDD|长期]
 *        this card lies on the reader
 *   POST /control/lift                 no card lies there
 *   POST /control/model?once=yes|no    a card read already is found again only after it was lifted
 *   GET  /control/state                {"card","name","number","to","reads"}
 *   POST /control/fault?method=M&kind=K[&argument=A][&count=N]
 *        the next N answers to M (status, find, select, read, *) meet K
 *   GET  /control/faults, POST /control/clear, GET /control/health as in sim_control.h
 *
 * Kinds: hang (no answer), slow (argument: ms), bytewise, chunks, noise (junk before the head), bad-checksum,
 * short (the end is missing), lift (the card is lifted in the middle of the answer), sw (argument: SW3 in
 * hexadecimal instead of the answer), garbage (texts that are none, with a right checksum).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/idcard/sim_idcard.h"
#include "kiosk/base/log.h"

static const char *const own_options[] = {"--line", "--baud", NULL};

static const char *const fault_kinds[] = {"hang",  "slow", "bytewise", "chunks",  "noise", "bad-checksum",
                                          "short", "lift", "sw",       "garbage", NULL};

struct ends {
    int line, slave;
    char link[4096];
};

static enum status say_errno(struct failure *failure, const char *where)
{
    return failure_set(failure, STATUS_IO, where, errno, "%s", strerrordesc_np(errno));
}

/* Both ends stay open, so that the line lives on while nobody has the other end open. */
static enum status open_ends(struct ends *ends, const char *path, struct failure *failure)
{
    struct termios raw;
    char name[128];
    ends->line = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends->line < 0 || grantpt(ends->line) != 0 || unlockpt(ends->line) != 0 ||
        ptsname_r(ends->line, name, sizeof(name)) != 0)
        return say_errno(failure, "posix_openpt");
    ends->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends->slave < 0 || tcgetattr(ends->slave, &raw) != 0)
        return say_errno(failure, "tcgetattr");
    cfmakeraw(&raw);
    (void)snprintf(ends->link, sizeof(ends->link), "%s", path);
    if (tcsetattr(ends->slave, TCSANOW, &raw) != 0)
        return say_errno(failure, "tcsetattr");
    if ((unlink(path) != 0 && errno != ENOENT) || symlink(name, path) != 0)
        return say_errno(failure, "symlink");
    return STATUS_OK;
}

static void close_ends(struct ends *ends)
{
    if (ends->link[0] != 0)
        (void)unlink(ends->link);
    if (ends->slave >= 0)
        (void)close(ends->slave);
    if (ends->line >= 0)
        (void)close(ends->line);
}

static bool read_speed(const char *text, speed_t *out)
{
    static const struct {
        const char *text;
        speed_t speed;
    } speeds[] = {
        {"115200", B115200}, {"57600", B57600}, {"38400", B38400}, {"19200", B19200}, {"9600", B9600}};
    for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
        if (strcmp(speeds[i].text, text) == 0)
            *out = speeds[i].speed;
    return *out != 0;
}

static enum status begin(struct sim_idcard *sim, const struct sim_program *program, struct ends *ends,
                         struct failure *failure)
{
    const char *path = sim_program_option(program, "--line", NULL);
    sim->control =
        (struct sim_control){.name = "sim-idcard", .more = sim_idcard_control_more, .context = sim};
    sim_faults_init(&sim->control.faults, fault_kinds);
    if (path == NULL || !read_speed(sim_program_option(program, "--baud", "115200"), &sim->speed))
        return failure_set(failure, STATUS_CONFIG, "arguments", 0,
                           "--line is missing, or --baud is no speed");
    enum status status = sim_log_open(&sim->control.log, program->log_file, failure);
    return status == STATUS_OK ? open_ends(ends, path, failure) : status;
}

static void answer_nothing(void *context, const struct sim_http_request *request,
                           struct sim_http_reply *reply)
{
    (void)context, (void)request;
    sim_http_answer(reply, 404, NULL, "only /control/ here\n");
}

static enum status run(struct sim_idcard *sim, const struct sim_program *program, struct ends *ends,
                       struct failure *failure)
{
    const struct sim_http_settings settings = {
        .port = program->port, .handler = answer_nothing, .control = sim_idcard_control, .context = sim};
    enum status status = begin(sim, program, ends, failure);
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &sim->server, failure);
    if (status == STATUS_OK)
        status = sim_program_ready(program, sim_http_port(sim->server));
    if (status == STATUS_OK)
        status = sim_idcard_serve(sim, ends->line, ends->slave, failure);
    sim_http_stop(sim->server);
    return status;
}

int main(int argc, char **argv)
{
    struct sim_program program;
    struct failure failure = {0};
    struct ends ends = {.line = -1, .slave = -1};
    if (sim_program_begin(&program, "sim-idcard", argc, argv, own_options) != STATUS_OK)
        return program.is_help ? 0 : 2;
    struct sim_idcard *sim = calloc(1, sizeof(*sim));
    enum status status = sim == NULL ? STATUS_NO_MEMORY : run(sim, &program, &ends, &failure);
    if (status != STATUS_OK)
        log_failure("sim-idcard", "run", status, &failure);
    close_ends(&ends);
    if (sim != NULL)
        sim_log_close(&sim->control.log);
    free(sim);
    return status == STATUS_OK ? 0 : 1;
}
