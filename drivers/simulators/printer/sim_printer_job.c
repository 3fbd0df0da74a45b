#include "drivers/simulators/printer/sim_printer_job.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "drivers/simulators/printer/sim_printer_control.h"
#include "drivers/simulators/printer/sim_printer_wire.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"

enum { PATH_BYTES = 4096, LOOK_MS = 100, TRAY_MOST = 100000 };

struct sim_job {
    const char *state_dir;
    const char *tray;
    uint16_t port;
    int number;           /* ippeveprinter's */
    const char *reported; /* printer-state-reasons now set, NULL for none */
};

static const char *environment(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value == NULL ? fallback : value;
}

/* ippeveprinter reads these lines from standard error and changes printer-state-reasons. */
static void report(struct sim_job *job, const char *reasons)
{
    if (job->reported != NULL && job->reported != reasons)
        (void)fprintf(stderr, "STATE: -%s\n", job->reported);
    if (reasons != NULL && job->reported != reasons)
        (void)fprintf(stderr, "STATE: +%s\n", reasons);
    (void)fflush(stderr);
    job->reported = reasons;
}

static const char *obstacle(const struct sim_printer_control *control)
{
    if (control->cover_open)
        return "cover-open-error";
    if (control->jam)
        return "media-jam-error";
    if (control->paper_out)
        return "media-empty-error,media-needed";
    return NULL;
}

static void pause_ms(int ms)
{
    clock_sleep_ms(clock_system(), ms);
}

/* Returns: whether the sheets came out; false for a cancelled job. */
static bool print_sheets(struct sim_job *job)
{
    int64_t start_ms = clock_monotonic_ms(clock_system());
    for (;;) {
        if (sim_printer_wire_is_cancelled(job->port, job->number))
            return false;
        struct sim_printer_control control = sim_printer_control_read(job->state_dir);
        const char *reasons = obstacle(&control);
        report(job, reasons);
        if (reasons == NULL && clock_monotonic_ms(clock_system()) - start_ms >= control.slow_ms)
            return true;
        pause_ms(LOOK_MS);
    }
}

static bool write_entry(const struct sim_job *job, int number, const char *ending, const void *bytes,
                        size_t length)
{
    char path[PATH_BYTES];
    return snprintf(path, sizeof path, "%s/job-%d.%s", job->tray, number, ending) < (int)sizeof path &&
           file_replace(path, bytes, length, 0644, NULL) == STATUS_OK;
}

static int next_number(const struct sim_job *job)
{
    char path[PATH_BYTES];
    for (int number = 1; number < TRAY_MOST; number++)
        if (snprintf(path, sizeof path, "%s/job-%d.pdf", job->tray, number) >= (int)sizeof path ||
            access(path, F_OK) != 0)
            return number;
    return TRAY_MOST;
}

/* The name first: whoever sees the PDF finds the name, too. */
static bool deliver(const struct sim_job *job, const char *spooled)
{
    const char *name = environment("IPP_JOB_NAME", "");
    struct buf pdf;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    int number = next_number(job);
    bool is_done = file_read(spooled, &pdf, NULL) == STATUS_OK &&
                   write_entry(job, number, "name", name, strlen(name)) &&
                   write_entry(job, number, "pdf", pdf.data, pdf.length);
    buf_release(&pdf);
    return is_done;
}

/* As often as the control file says: once when all is well. */
static bool deliver_copies(const struct sim_job *job, const char *spooled)
{
    struct sim_printer_control control = sim_printer_control_read(job->state_dir);
    int copies = control.lose ? 0 : control.duplicate ? 2 : 1;
    bool is_done = true;
    for (int i = 0; i < copies && is_done; i++)
        is_done = deliver(job, spooled);
    return is_done;
}

int sim_printer_job_run(const char *spooled)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct sim_job job = {.state_dir = environment(SIM_PRINTER_JOB_STATE, "."),
                          .tray = environment(SIM_PRINTER_JOB_TRAY, "."),
                          .port = (uint16_t)strtol(environment(SIM_PRINTER_JOB_PORT, "0"), NULL, 10),
                          .number = (int)strtol(environment("IPP_JOB_ID", "0"), NULL, 10)};
    if (sim_printer_control_read(job.state_dir).abort) {
        (void)fprintf(stderr, "ERROR: given up as the control file says\n");
        return 1;
    }
    bool came_out = print_sheets(&job);
    report(&job, NULL);
    if (!came_out)
        return 0;
    (void)fprintf(stderr, "ATTR: job-impressions-completed=1\n");
    return deliver_copies(&job, spooled) ? 0 : 1;
}
