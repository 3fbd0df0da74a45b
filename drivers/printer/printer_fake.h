/* Printer fake: a printer in memory that behaves well, and badly on request.
 *
 * Always built, for flows, for the contract test and for a demonstration without the simulator. Its remote
 * control is this header; one fake exists per process and outlives printer_close, as a real printer outlives
 * a killed program. Time passes by the clock of the settings. Pitfall: what a script sets stays until the
 * script is reset.
 */
#ifndef DRIVERS_PRINTER_PRINTER_FAKE_H
#define DRIVERS_PRINTER_PRINTER_FAKE_H

#include <stdbool.h>

#include "drivers/printer/printer.h"

/* How the fake behaves from now on. Zeroed means: ready, prints at once. */
struct printer_fake_script {
    enum device_state
        state; /* READY (or ABSENT, which is 0), PAPER_OUT, JAMMED, COVER_OPEN, OFFLINE, SUPPLY_LOW, FAULTY */
    int print_ms;     /* time a job takes once it can print */
    bool abort_next;  /* the next job that begins is given up, once */
    bool refuse_next; /* the next printer_print is refused, once */
    bool lose_reply;  /* the next printer_print arrives, but its answer does not, once */
};

/* The driver "fake" of the list. */
extern const struct printer_ops printer_fake;

/* The fake forgets all jobs and follows the script. Thread: any. */
void printer_fake_reset(const struct printer_fake_script *script);
/* The fake keeps its jobs and follows the script. Thread: any. */
void printer_fake_set(const struct printer_fake_script *script);
/* How many jobs it has accepted, and the PDF of the index-th one.
 * Returns: 0 jobs, or NULL past the last. Owns: borrowed until the next reset. Thread: any. */
size_t printer_fake_jobs(void);
const uint8_t *printer_fake_pdf(size_t index, size_t *length);

#endif
