/* Log: one line per event on standard error or a file, for administrators and engineers.
 *
 * A line is `2026-11-21T09:12:42.123Z LEVEL component message`. Messages are English, carry codes, and never
 * hold personal values, PINs or one-time codes.
 * Pitfall: log a failure once, where it is understood, not at every level it passes.
 */
#ifndef KIOSK_BASE_LOG_H
#define KIOSK_BASE_LOG_H

#include "kiosk/base/failure.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Lines up to this level are written to this descriptor from now on; the default is LOG_INFO and 2.
 * Thread: call before other threads start. */
void log_start(enum log_level level, int fd);

/* One line is written whole, even when several threads log at once.
 * Thread: any. */
void log_line(enum log_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The status and the repairer's detail are written as one line: status, where, vendor code, text.
 * Thread: any. */
void log_failure(const char *component, const char *what, enum status status, const struct failure *failure);

#define log_error(component, ...) log_line(LOG_ERROR, component, __VA_ARGS__)
#define log_warn(component, ...) log_line(LOG_WARN, component, __VA_ARGS__)
#define log_info(component, ...) log_line(LOG_INFO, component, __VA_ARGS__)
#define log_debug(component, ...) log_line(LOG_DEBUG, component, __VA_ARGS__)

#endif
