/* Check: a broken promise of ours stops the program, in every build.
 *
 * Not for anything that comes from outside: a bad reply, file or key is a status. It is safe to stop only
 * because every step of an order is stored before it is shown; the supervisor restarts the program.
 */
#ifndef KIOSK_BASE_CHECK_H
#define KIOSK_BASE_CHECK_H

#define check(condition) ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

/* The broken promise is written to the log and the process aborts.
 * Returns: never.
 * Thread: any. */
__attribute__((noreturn)) void check_failed(const char *condition, const char *file, int line);

#endif
