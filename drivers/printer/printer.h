/* Printer: one sheet-feeding printer that takes PDF, and what a hall needs to know about it.
 *
 * What goes wrong at a counter: the paper is out (the job waits and goes on by itself when paper is back), a
 * sheet is stuck, a cover is open, the plug is pulled, the toner runs low (printing goes on), or the program
 * is killed between handing over the page and storing that it did. For the last case every job carries our
 * own id as its name in the printer, and printer_find answers whether the printer ever got it. It does not
 * queue, retry or convert; it does not know what the page says. Pitfall: UNKNOWN from printer_print means the
 * page may come out. Ask printer_find before printing again.
 */
#ifndef DRIVERS_PRINTER_PRINTER_H
#define DRIVERS_PRINTER_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/status.h"

enum {
    PRINTER_JOB_ID_BYTES = 64,  /* our job id with its NUL: visible ASCII without '#' */
    PRINTER_REASONS_BYTES = 256 /* the printer's own words for the log, comma separated */
};

/* The one list of job states: code, stable name. */
enum printer_job_state {
#define PRINTER_JOB(code, name) PRINTER_JOB_##code,
#include "drivers/printer/printer_jobs.def"
#undef PRINTER_JOB
    PRINTER_JOB_COUNT_
};

/* How the printer is now. */
struct printer_report {
    enum device_state state;             /* the worst thing a person can act on; SUPPLY_LOW still prints */
    bool can_print;                      /* READY, WORKING and SUPPLY_LOW */
    bool supply_low;                     /* toner, ink or paper runs low, whatever the state says */
    char reasons[PRINTER_REASONS_BYTES]; /* for the log and doctor, never for an applicant */
    char model[96];                      /* make and model, empty when not told */
    int paper_percent;                   /* of all trays that count their sheets; 0 when none does */
    int marker_percent;                  /* of the toner or ink that is lowest; 0 when not told */
};

/* How one job is now. */
struct printer_job {
    enum printer_job_state state;
    enum device_state waits_for; /* while STOPPED: what must be mended; else READY */
    long reference;              /* the printer's own number of the job */
    int sheets_done;             /* 0 when the printer does not count */
};

/* One page set to print. All pointers are borrowed for the call. */
struct printer_request {
    const char *job_id; /* ours, stored before the first use; unique for ever */
    const char *title;  /* what the printer may show: no personal data */
    const uint8_t *pdf;
    size_t length;
    int copies; /* 1 to 9 */
};

/* How long a call may take, and who may stop it. */
struct printer_limits {
    int deadline_ms;                 /* milliseconds from now, above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

/* What a site says about its printer (kiosk.yaml, `printer:`). */
struct printer_settings {
    const char *driver; /* a name of the list: "cups", "fake", "none" */
    const char *uri;    /* cups: ipp:// or ipps:// with path, for example ipp://192.0.2.7:631/ipp/print */
    const struct clock *clock;
};

struct printer;

/* What a driver provides. Each entry is called by the one thread that opened it, never twice at once.
 * All entries must be there. None may block past limits->deadline_ms + 500 ms, and each ends within 500 ms of
 * the cancel request with CANCELLED (printer_print with UNKNOWN once the page was on its way). */
struct printer_ops {
    const char *name;
    /* The driver's own state stands in *context. No device is asked: a printer that is off can be opened.
     * Returns: CONFIG (settings), NO_MEMORY. */
    enum status (*open)(const struct printer_settings *settings, void **context, struct failure *failure);
    /* As printer_close, with a context that open made. */
    void (*close)(void *context);
    /* As the functions below of the same name. */
    enum status (*report)(void *context, const struct printer_limits *limits, struct printer_report *out,
                          struct failure *failure);
    enum status (*print)(void *context, const struct printer_request *request,
                         const struct printer_limits *limits, long *reference, struct failure *failure);
    enum status (*job)(void *context, long reference, const struct printer_limits *limits,
                       struct printer_job *out, struct failure *failure);
    enum status (*find)(void *context, const char *job_id, const struct printer_limits *limits,
                        struct printer_job *out, struct failure *failure);
    enum status (*cancel)(void *context, long reference, const struct printer_limits *limits,
                          struct failure *failure);
};

/* The stable name of a job state. Returns: a static text. Thread: any. */
const char *printer_job_state_name(enum printer_job_state state);

/* A printer of the named driver is ready to be asked.
 * Returns: CONFIG (unknown driver name, bad URI), NO_MEMORY.
 * Owns: the caller closes *out with printer_close. Thread: the one that will use it.
 * Time: no device is asked.
 * After failure: *out is unchanged. */
enum status printer_open(const struct printer_settings *settings, struct printer **out,
                         struct failure *failure);

/* The printer is given back; jobs it holds go on. NULL is allowed. */
void printer_close(struct printer *printer);

/* How the printer is now. A printer that does not answer is a report (OFFLINE), not a failure.
 * Returns: CANCELLED, MALFORMED (it answers nonsense; the report then says FAULTY).
 * Thread: the one that opened it. Time: until the limits.
 * After failure: *out says FAULTY for MALFORMED, else it is unchanged. */
enum status printer_report(struct printer *printer, const struct printer_limits *limits,
                           struct printer_report *out, struct failure *failure);

/* The page set belongs to the printer; it comes out when the printer can.
 * Returns: LOST (not reached, nothing sent), REFUSED (the printer said no: nothing comes out), BUSY, UNKNOWN
 * (sent in part, or no answer: ask printer_find), TIMED_OUT and CANCELLED (nothing sent), MALFORMED,
 * UNSUPPORTED. Thread: the one that opened it. Time: until the limits; does not wait for the sheet. After
 * failure: *reference is unchanged. */
enum status printer_print(struct printer *printer, const struct printer_request *request,
                          const struct printer_limits *limits, long *reference, struct failure *failure);

/* How the job with the printer's number is now.
 * Returns: NOT_FOUND (the printer forgot it), LOST, TIMED_OUT, CANCELLED, MALFORMED.
 * Thread and Time: as printer_report. After failure: *out is unchanged. */
enum status printer_job(struct printer *printer, long reference, const struct printer_limits *limits,
                        struct printer_job *out, struct failure *failure);

/* The job that carries our id is found among the printer's open and finished ones.
 * Returns: NOT_FOUND means the printer never accepted it, as far back as it remembers; else as printer_job. A
 * job that was opened but never got its page is cancelled on the way and reported as NOT_FOUND. Thread and
 * Time: as printer_report. After failure: *out is unchanged. */
enum status printer_find(struct printer *printer, const char *job_id, const struct printer_limits *limits,
                         struct printer_job *out, struct failure *failure);

/* The job will not come out, or was already over.
 * Returns: OK also for a job that is over; NOT_FOUND, LOST, TIMED_OUT, CANCELLED, REFUSED, MALFORMED.
 * Thread and Time: as printer_report. */
enum status printer_cancel(struct printer *printer, long reference, const struct printer_limits *limits,
                           struct failure *failure);

#endif
