/* Printer cups reply: what one IPP reply says of a printer and its jobs, read from memory.
 *
 * Asks nobody and waits for nothing: printer_cups.c fetches the bytes and decides.
 * Pitfall: severity suffixes of printer-state-reasons differ between printers, so reasons are matched by
 * prefix.
 */
#ifndef DRIVERS_PRINTER_PRINTER_CUPS_REPLY_H
#define DRIVERS_PRINTER_PRINTER_CUPS_REPLY_H

#include "drivers/printer/printer.h"

enum { PRINTER_CUPS_JOBS_MAX = 64 };

/* What one IPP reply says, as far as anything here asks. */
struct printer_cups_reply {
    int status_code; /* RFC 8011 appendix B */
    struct printer_report report;
    bool has_state; /* a printer-state was there */
    size_t job_count;
    struct {
        char name[PRINTER_JOB_ID_BYTES]; /* empty when missing or longer than any of ours */
        struct printer_job job;
        bool lacks_document; /* opened, but its page never came */
    } jobs[PRINTER_CUPS_JOBS_MAX];
};

/* An IPP reply is read from memory; what a fuzz target calls.
 * Returns: MALFORMED for anything that is not one whole IPP message, NO_MEMORY.
 * Thread: any. After failure: *out is unspecified. */
enum status printer_cups_reply_parse(const uint8_t *bytes, size_t length, struct printer_cups_reply *out);

#endif
