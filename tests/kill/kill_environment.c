/* The real programs with kill points in front of their store and drivers: armed before main, from the
 * environment.
 *
 *   KILL_PLAN         when and whom to kill (kill_points.h); unset: nobody
 *   KILL_RECORD       every point met is written to this file
 *   KILL_CA_PID_FILE  for the victim ca
 *
 * Linked into certkiosk-killable and certclerk-killable, which are never installed. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/kill/kill_points.h"

__attribute__((constructor)) static void arm(void)
{
    const struct kill_points points = {.plan = getenv("KILL_PLAN"),
                                       .record_file = getenv("KILL_RECORD"),
                                       .ca_pid_file = getenv("KILL_CA_PID_FILE")};
    if (!kill_points_start(&points)) {
        (void)fprintf(stderr, "KILL_PLAN or KILL_RECORD cannot be used\n");
        _Exit(2);
    }
    kill_points_watch("*");
}
