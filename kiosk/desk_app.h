/* Desk app: the one owner of the clerk's program: builds every part in order, releases in reverse.
 *
 * Arguments and exit codes: app_common.h and README.
 * Pitfall: it is a program of its own with its own rights; it shares nothing with the applicant's but the
 * store.
 */
#ifndef KIOSK_DESK_APP_H
#define KIOSK_DESK_APP_H

#include "kiosk/app_common.h"

/* The clerk's program runs until it is told to end. Returns: what main returns. */
enum app_exit desk_app_run(int argc, char **argv);

#endif
