/* App: the one owner of the applicant's program: builds every part in order, releases in reverse.
 *
 * Arguments and exit codes: app_common.h and README.
 * Pitfall: it is the only place that knows screens, services and drivers together.
 */
#ifndef KIOSK_APP_H
#define KIOSK_APP_H

#include "kiosk/app_common.h"

/* The applicant's program runs until it is told to end. Returns: what main returns. */
enum app_exit app_run(int argc, char **argv);

#endif
