/* kill_desk: the clerk's program without a screen, and a clerk who plays the story (kill_clerk.h).
 *
 *   kill_desk --config FILE --clerk NAME --story NAME [--order ID] [--plan P] [--record FILE]
 *             [--ca-pid-file FILE]
 *
 * Runs until it is killed. Exit codes: 64 arguments, 70 not started or not signed in. */
#include <poll.h>
#include <stddef.h>

#include "tests/kill/kill_clerk.h"

enum { NAP_MS = 30 };

static struct kill_program self;

int main(int argc, char **argv)
{
    int code = kill_program_begin(&self, argc, argv, true);
    if (code == 0 && !kill_clerk_sign_in(&self))
        code = KILL_EXIT_START;
    while (code == 0) {
        kill_clerk_look_round(&self);
        (void)poll(NULL, 0, NAP_MS);
    }
    kill_program_end(&self);
    return code;
}
