/* Printer bench: one printer for the contract test, either the fake or ippeveprinter behind sim-printer, with
 * the same knobs.
 *
 * Everything lies in a folder of its own and is gone afterwards. Pitfall: a program that uses it must link
 * drv_printer.
 */
#ifndef TESTS_SUPPORT_PRINTER_BENCH_H
#define TESTS_SUPPORT_PRINTER_BENCH_H

#include <sys/types.h>

#include "drivers/printer/printer.h"
#include "kiosk/base/buf.h"

/* What happens to the printer. */
enum printer_bench_trouble {
    PRINTER_BENCH_FINE,
    PRINTER_BENCH_PAPER_OUT,
    PRINTER_BENCH_JAM,
    PRINTER_BENCH_COVER_OPEN,
    PRINTER_BENCH_OFFLINE,
    PRINTER_BENCH_SUPPLY_LOW,
    PRINTER_BENCH_ABORT, /* the next job, or every one until FINE */
    PRINTER_BENCH_SLOW   /* jobs take half a minute */
};

struct printer_bench {
    const char *driver; /* "fake" or "cups" */
    char folder[64];
    char uri[64];
    pid_t pid; /* of sim-printer */
};

/* The printer is ready. `build_folder` holds sim-printer and sim-avahi.so. Aborts the test on failure. */
void printer_bench_start(struct printer_bench *bench, const char *driver, const char *build_folder);
/* The printer and its folder are gone. */
void printer_bench_stop(struct printer_bench *bench);
/* The printer meets this from now on, and nothing else. */
void printer_bench_set(const struct printer_bench *bench, enum printer_bench_trouble trouble);
/* No job has come out yet, nothing is wrong. */
void printer_bench_clear(const struct printer_bench *bench);
/* How many jobs have come out. */
int printer_bench_printed(const struct printer_bench *bench);
/* The PDF of the index-th (0) of them. Owns: the caller releases it. */
struct buf printer_bench_pdf(const struct printer_bench *bench, int index);
/* What printer_open needs. */
struct printer_settings printer_bench_settings(const struct printer_bench *bench);

#endif
