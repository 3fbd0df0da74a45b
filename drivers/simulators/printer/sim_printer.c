/* sim-printer: an office printer that speaks IPP, played by Debian's ippeveprinter under supervision.
 *
 *   sim-printer --state-dir DIR [--tray DIR] [--port N] [--port-file FILE] [--die-with-parent]
 *               [--ippeveprinter FILE] [--avahi FILE]
 *
 * DIR/control says what goes wrong (sim_printer_control.h); printed pages appear in the tray, DIR/tray unless
 * told otherwise (sim_printer_job.h); DIR/ippeveprinter.log is the printer's own log. The address is
 * ipp://localhost:PORT/ipp/print. Nothing is announced on the network: Avahi's client library is replaced by
 * sim-avahi.so, which lies beside this program unless --avahi says where.
 * Ends on SIGTERM or SIGINT with everything it started. Exit codes: 0 asked to end, 1 the printer does not
 * start, 2 wrong arguments.
 *
 * The same program, started by ippeveprinter for each job, prints it. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/printer/sim_printer_control.h"
#include "drivers/simulators/printer/sim_printer_job.h"
#include "drivers/simulators/printer/sim_printer_wire.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/log.h"

enum { PATH_BYTES = 4096, LOOK_MS = 100, START_MS = 15000, RESTART_PAUSE_MS = 500 };

struct sim_printer {
    const char *state_dir;
    char tray[PATH_BYTES];
    char self[PATH_BYTES];
    char avahi[PATH_BYTES];
    const char *ippeveprinter;
    uint16_t port;
    pid_t pid;       /* of ippeveprinter, 0 when it is off */
    bool paper_out;  /* as last told to ippeveprinter */
    bool supply_low; /* the same */
};

static bool join(char out[PATH_BYTES], const char *folder, const char *name)
{
    return snprintf(out, PATH_BYTES, "%s/%s", folder, name) < PATH_BYTES;
}

/* A printer for A4 that takes PDF: the attributes ippeveprinter's own pages and answers need. */
static const char attributes[] =
    "ATTR boolean color-supported false\n"
    "ATTR integer copies-default 1\n"
    "ATTR rangeOfInteger copies-supported 1-9\n"
    "ATTR mimeMediaType document-format-default application/pdf\n"
    "ATTR mimeMediaType document-format-supported application/pdf,application/octet-stream\n"
    "ATTR keyword media-default iso_a4_210x297mm\n"
    "ATTR keyword media-ready iso_a4_210x297mm\n"
    "ATTR keyword media-supported iso_a4_210x297mm,iso_a5_148x210mm\n"
    "ATTR keyword media-source-supported main\n"
    "ATTR keyword media-type-supported stationery\n"
    "ATTR collection media-col-default {\n"
    "  MEMBER collection media-size { MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }\n"
    "  MEMBER keyword media-size-name iso_a4_210x297mm\n"
    "  MEMBER keyword media-source main\n"
    "  MEMBER keyword media-type stationery\n"
    "}\n"
    "ATTR collection media-col-ready {\n"
    "  MEMBER collection media-size { MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }\n"
    "  MEMBER keyword media-size-name iso_a4_210x297mm\n"
    "  MEMBER keyword media-source main\n"
    "  MEMBER keyword media-type stationery\n"
    "}\n"
    "ATTR keyword print-color-mode-default monochrome\n"
    "ATTR keyword print-color-mode-supported monochrome\n"
    "ATTR text printer-device-id \"MFG:Certkiosk;MDL:Simulated Laser;CMD:PDF;\"\n"
    "ATTR text printer-make-and-model \"Simulated Laser\"\n"
    "ATTR octetString printer-input-tray "
    "\"type=sheetFeedAutoRemovableTray;mediafeed=29700;mediaxfeed=21000;maxcapacity=250;level=250;status=0;"
    "name=main;\"\n"
    "ATTR octetString printer-supply "
    "\"index=1;class=receptacleThatIsFilled;type=wasteToner;unit=percent;maxcapacity=100;level=10;"
    "colorantname=unknown;\","
    "\"index=2;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level=80;colorantname="
    "black;\"\n"
    "ATTR text printer-supply-description \"Toner Waste\",\"Black Toner\"\n"
    "ATTR resolution printer-resolution-default 600dpi\n"
    "ATTR resolution printer-resolution-supported 600dpi\n"
    "ATTR keyword sides-default one-sided\n"
    "ATTR keyword sides-supported one-sided\n";

static void pause_ms(int ms)
{
    clock_sleep_ms(clock_system(), ms);
}

static void set_environment(const struct sim_printer *printer)
{
    char port[8];
    (void)snprintf(port, sizeof port, "%u", printer->port);
    (void)setenv(SIM_PRINTER_JOB_STATE, printer->state_dir, 1);
    (void)setenv(SIM_PRINTER_JOB_TRAY, printer->tray, 1);
    (void)setenv(SIM_PRINTER_JOB_PORT, port, 1);
    (void)setenv("LD_PRELOAD", printer->avahi, 1);
}

/* In the child: becomes ippeveprinter, which dies with this program whatever kills it. */
_Noreturn static void become_printer(const struct sim_printer *printer)
{
    char port[8];
    char spool[PATH_BYTES];
    char conf[PATH_BYTES];
    char log[PATH_BYTES];
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)snprintf(port, sizeof port, "%u", printer->port);
    if (!join(spool, printer->state_dir, "spool") || !join(conf, printer->state_dir, "printer.conf") ||
        !join(log, printer->state_dir, "ippeveprinter.log"))
        _exit(127);
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
        _exit(127);
    set_environment(printer);
    (void)execl(printer->ippeveprinter, printer->ippeveprinter, "-p", port, "-n", "localhost", "-r", "off",
                "-d", spool, "-a", conf, "-c", printer->self, "Simulated Laser", (char *)NULL);
    _exit(127);
}

static bool is_running(struct sim_printer *printer)
{
    if (printer->pid > 0 && waitpid(printer->pid, NULL, WNOHANG) == printer->pid)
        printer->pid = 0;
    return printer->pid > 0;
}

static void switch_off(struct sim_printer *printer)
{
    if (printer->pid <= 0)
        return;
    (void)kill(printer->pid, SIGKILL);
    (void)waitpid(printer->pid, NULL, 0);
    printer->pid = 0;
}

static bool switch_on(struct sim_printer *printer)
{
    printer->paper_out = false;
    printer->supply_low = false;
    pid_t pid = fork();
    if (pid == 0)
        become_printer(printer);
    printer->pid = pid < 0 ? 0 : pid;
    int64_t until_ms = clock_monotonic_ms(clock_system()) + START_MS;
    while (is_running(printer) && clock_monotonic_ms(clock_system()) < until_ms) {
        if (sim_printer_wire_is_up(printer->port))
            return true;
        pause_ms(LOOK_MS / 2);
    }
    switch_off(printer);
    return false;
}

/* Paper and toner are set through ippeveprinter's own pages, so that they show while nothing prints. */
static void fill_trays(struct sim_printer *printer, const struct sim_printer_control *control)
{
    if (control->paper_out != printer->paper_out &&
        sim_printer_wire_get(
            printer->port, control->paper_out ? "/media?size0=iso_a4_210x297mm&type0=stationery&level0=0"
                                              : "/media?size0=iso_a4_210x297mm&type0=stationery&level0=250"))
        printer->paper_out = control->paper_out;
    if (control->supply_low != printer->supply_low &&
        sim_printer_wire_get(printer->port, control->supply_low ? "/supplies?supply0=10&supply1=5"
                                                                : "/supplies?supply0=10&supply1=80"))
        printer->supply_low = control->supply_low;
}

static bool prepare(struct sim_printer *printer, const struct sim_program *program)
{
    char path[PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", printer->self, sizeof printer->self - 1);
    if (length <= 0 || !join(path, program->state_dir, "spool"))
        return false;
    printer->self[length] = 0;
    const char *slash = strrchr(printer->self, '/');
    const char *avahi = sim_program_option(program, "--avahi", NULL);
    int written = avahi != NULL ? snprintf(printer->avahi, PATH_BYTES, "%s", avahi)
                                : snprintf(printer->avahi, PATH_BYTES, "%.*s/sim-avahi.so",
                                           (int)(slash - printer->self), printer->self);
    const char *tray = sim_program_option(program, "--tray", NULL);
    bool is_set = tray != NULL ? snprintf(printer->tray, PATH_BYTES, "%s", tray) < PATH_BYTES
                               : join(printer->tray, program->state_dir, "tray");
    printer->state_dir = program->state_dir;
    printer->ippeveprinter = sim_program_option(program, "--ippeveprinter", "/usr/sbin/ippeveprinter");
    printer->port = program->port != 0 ? program->port : sim_printer_wire_free_port();
    return written < PATH_BYTES && is_set && printer->port != 0 && access(printer->avahi, R_OK) == 0 &&
           file_make_directories(path, 0700, NULL) == STATUS_OK &&
           file_make_directories(printer->tray, 0700, NULL) == STATUS_OK &&
           join(path, program->state_dir, "printer.conf") &&
           file_replace(path, attributes, sizeof attributes - 1, 0600, NULL) == STATUS_OK;
}

/* Returns: whether a signal asked to end. */
static bool end_is_asked(int wait_ms)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    return sigtimedwait(&set, NULL, &(struct timespec){.tv_nsec = (long)wait_ms * 1000000L}) > 0;
}

static void supervise(struct sim_printer *printer)
{
    while (!end_is_asked(LOOK_MS)) {
        struct sim_printer_control control = sim_printer_control_read(printer->state_dir);
        if (control.offline)
            switch_off(printer);
        else if (!is_running(printer) && !switch_on(printer))
            pause_ms(RESTART_PAUSE_MS);
        else
            fill_trays(printer, &control);
    }
}

int main(int argc, char **argv)
{
    static const char *const own[] = {"--tray", "--ippeveprinter", "--avahi", NULL};
    if (getenv(SIM_PRINTER_JOB_STATE) != NULL && argc == 2)
        return sim_printer_job_run(argv[1]);
    struct sim_program program;
    if (sim_program_begin(&program, "sim-printer", argc, argv, own) != STATUS_OK)
        return program.is_help ? 0 : 2;
    if (program.state_dir == NULL) {
        (void)fprintf(stderr, "sim-printer: --state-dir is needed\n");
        return 2;
    }
    struct sim_printer printer = {0};
    if (!prepare(&printer, &program)) {
        log_error("sim-printer", "directories, port or sim-avahi.so are not to be had");
        return 1;
    }
    if (!switch_on(&printer)) {
        log_error("sim-printer", "%s does not start; see ippeveprinter.log", printer.ippeveprinter);
        return 1;
    }
    fill_trays(&printer, &(struct sim_printer_control){0});
    if (sim_program_ready(&program, printer.port) == STATUS_OK)
        supervise(&printer);
    switch_off(&printer);
    return 0;
}
