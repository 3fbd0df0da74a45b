/* certctl: the administrator's program. */
#include <unistd.h>

#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"
#include "kiosk/ctl/ctl.h"

int main(int argc, char **argv)
{
    secret_harden_process(false);
    log_start(LOG_ERROR, STDERR_FILENO);
    return (int)ctl_run(&(struct ctl_io){.out = stdout,
                                         .err = stderr,
                                         .in_fd = STDIN_FILENO,
                                         .clock = clock_system(),
                                         .random = random_system()},
                        argc, argv);
}
