/* Status: how a call on the world ended, as a decision the caller can take.
 *
 * Not for broken promises of ours (see check.h) and not for detail a repairer reads (see failure.h).
 * Pitfall: UNKNOWN is not a failure. The act may have happened; inquire, never repeat it blindly.
 */
#ifndef KIOSK_BASE_STATUS_H
#define KIOSK_BASE_STATUS_H

enum [[nodiscard]] status{
#define STATUS(code, name, key) STATUS_##code,
#include "kiosk/base/status.def"
#undef STATUS
    STATUS_COUNT_};

/* The stable name of a status for logs and the command line is handed out.
 * Returns: a static text, "invalid" for a number outside the list.
 * Thread: any. */
const char *status_name(enum status status);

/* The key of the words an applicant reads for a status is handed out.
 * Returns: a static key into assets/text.
 * Thread: any. */
const char *status_text_key(enum status status);

#endif
