#include "tests/support/printer_bench.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "drivers/printer/printer_fake.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "tests/support/pki_process.h"

enum { MOST_JOBS = 64, SLOW_MS = 30000 };

static bool is_fake(const struct printer_bench *bench)
{
    return strcmp(bench->driver, "fake") == 0;
}

static void start_simulator(struct printer_bench *bench, const char *build_folder)
{
    char program[512];
    char state[80];
    char port_file[80];
    struct buf port;
    (void)snprintf(program, sizeof program, "%s/sim-printer", build_folder);
    (void)snprintf(state, sizeof state, "%s/state", bench->folder);
    (void)snprintf(port_file, sizeof port_file, "%s/port", bench->folder);
    bench->pid = pki_process_start((const char *const[]){program, "--state-dir", state, "--port-file",
                                                         port_file, "--die-with-parent", NULL});
    check(bench->pid > 0);
    buf_init(&port, 16);
    check(file_read(port_file, &port, NULL) == STATUS_OK);
    int number = 0;
    check(sscanf((const char *)port.data, "%d", &number) == 1);
    (void)snprintf(bench->uri, sizeof bench->uri, "ipp://localhost:%d/ipp/print", number);
    buf_release(&port);
}

void printer_bench_start(struct printer_bench *bench, const char *driver, const char *build_folder)
{
    *bench = (struct printer_bench){.driver = driver};
    pki_process_make_dir(bench->folder);
    if (!is_fake(bench))
        start_simulator(bench, build_folder);
}

void printer_bench_stop(struct printer_bench *bench)
{
    if (bench->pid > 0)
        (void)pki_process_stop(bench->pid, SIGTERM);
    pki_process_remove_dir(bench->folder);
    printer_fake_reset(&(struct printer_fake_script){0});
}

static struct printer_fake_script script_of(enum printer_bench_trouble trouble)
{
    static const enum device_state states[] = {
        [PRINTER_BENCH_PAPER_OUT] = DEVICE_PAPER_OUT,   [PRINTER_BENCH_JAM] = DEVICE_JAMMED,
        [PRINTER_BENCH_COVER_OPEN] = DEVICE_COVER_OPEN, [PRINTER_BENCH_OFFLINE] = DEVICE_OFFLINE,
        [PRINTER_BENCH_SUPPLY_LOW] = DEVICE_SUPPLY_LOW, [PRINTER_BENCH_SLOW] = DEVICE_READY};
    return (struct printer_fake_script){.state = states[trouble],
                                        .abort_next = trouble == PRINTER_BENCH_ABORT,
                                        .print_ms = trouble == PRINTER_BENCH_SLOW ? SLOW_MS : 0};
}

void printer_bench_set(const struct printer_bench *bench, enum printer_bench_trouble trouble)
{
    static const char *const lines[] = {[PRINTER_BENCH_FINE] = "",
                                        [PRINTER_BENCH_PAPER_OUT] = "paper-out\n",
                                        [PRINTER_BENCH_JAM] = "jam\n",
                                        [PRINTER_BENCH_COVER_OPEN] = "cover-open\n",
                                        [PRINTER_BENCH_OFFLINE] = "offline\n",
                                        [PRINTER_BENCH_SUPPLY_LOW] = "supply-low\n",
                                        [PRINTER_BENCH_ABORT] = "abort\n",
                                        [PRINTER_BENCH_SLOW] = "slow 30000\n"};
    struct printer_fake_script script = script_of(trouble);
    char path[96];
    (void)snprintf(path, sizeof path, "%s/state/control", bench->folder);
    if (is_fake(bench))
        printer_fake_set(&script);
    else
        check(file_replace(path, lines[trouble], strlen(lines[trouble]), 0600, NULL) == STATUS_OK);
}

static const char *tray_path(const struct printer_bench *bench, int index, const char *ending)
{
    static char path[96];
    (void)snprintf(path, sizeof path, "%s/state/tray/job-%d.%s", bench->folder, index + 1, ending);
    return path;
}

void printer_bench_clear(const struct printer_bench *bench)
{
    printer_fake_reset(&(struct printer_fake_script){0});
    if (is_fake(bench))
        return;
    printer_bench_set(bench, PRINTER_BENCH_FINE);
    for (int i = 0; i < MOST_JOBS; i++) {
        (void)unlink(tray_path(bench, i, "pdf"));
        (void)unlink(tray_path(bench, i, "name"));
    }
}

static int fake_printed(void)
{
    struct printer *printer = NULL;
    int printed = 0;
    check(printer_open(&(struct printer_settings){.driver = "fake", .clock = clock_system()}, &printer,
                       NULL) == STATUS_OK);
    for (size_t i = 0; i < printer_fake_jobs(); i++) {
        struct printer_job job = {0};
        if (printer_job(printer, (long)i + 1, &(struct printer_limits){.deadline_ms = 1000}, &job, NULL) ==
            STATUS_OK)
            printed += job.state == PRINTER_JOB_DONE;
    }
    printer_close(printer);
    return printed;
}

int printer_bench_printed(const struct printer_bench *bench)
{
    if (is_fake(bench))
        return fake_printed();
    int printed = 0;
    while (printed < MOST_JOBS && access(tray_path(bench, printed, "pdf"), F_OK) == 0)
        printed++;
    return printed;
}

struct buf printer_bench_pdf(const struct printer_bench *bench, int index)
{
    struct buf pdf;
    size_t length = 0;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    const uint8_t *bytes = is_fake(bench) ? printer_fake_pdf((size_t)index, &length) : NULL;
    if (is_fake(bench))
        check(bytes != NULL && buf_append(&pdf, bytes, length) == STATUS_OK);
    else
        check(file_read(tray_path(bench, index, "pdf"), &pdf, NULL) == STATUS_OK);
    return pdf;
}

struct printer_settings printer_bench_settings(const struct printer_bench *bench)
{
    return (struct printer_settings){.driver = bench->driver, .uri = bench->uri, .clock = clock_system()};
}
