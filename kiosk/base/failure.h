/* Failure: detail for people who repair, carried beside a status and written to the log once.
 *
 * The screen never shows it and it never holds personal data: no name, number, PIN or code.
 * Pitfall: a NULL failure is allowed everywhere; callers that do not log need not keep one.
 */
#ifndef KIOSK_BASE_FAILURE_H
#define KIOSK_BASE_FAILURE_H

#include "kiosk/base/status.h"

#define FAILURE_TEXT_BYTES 192

struct failure {
    const char *where; /* static text: the call that failed, for example "C_Login" */
    long vendor_code;  /* the vendor's own number, 0 when there is none */
    char text[FAILURE_TEXT_BYTES];
};

/* The detail is stored and the status handed through, so that a caller can write
 * `return failure_set(failure, STATUS_LOST, "C_Sign", rv, "token gone")`.
 * Returns: the status given.
 * Owns: `where` must be static text; the formatted text is copied.
 * Thread: the one that owns the failure. */
enum status failure_set(struct failure *failure, enum status status, const char *where, long vendor_code,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
