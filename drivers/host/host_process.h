/* Host process: one helper program as a child process with a socket to it.
 *
 * Started without a shell, in its own process group (Ctrl-C at a terminal is for the product), with only the
 * standard descriptors and its end of the socket pair open. It knows nothing of messages.
 * Pitfall: a child stuck in the kernel survives a kill for a while; it is reaped at a later start, never
 * waited for.
 */
#ifndef DRIVERS_HOST_HOST_PROCESS_H
#define DRIVERS_HOST_HOST_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

#include "drivers/host/host.h"
#include "kiosk/base/failure.h"

struct host_process {
    char **arguments;   /* owned; [0] is the program */
    char **environment; /* owned additions */
    pid_t pid;          /* 0 when none runs */
    pid_t unreaped;     /* killed and not yet gone; 0 for none */
    int socket;         /* -1 when none runs */
    struct host_ends ends;
};

/* What will be started is known: `program kind arguments...`; everything is copied.
 * Returns: NO_MEMORY. After failure: release it. */
enum status host_process_init(struct host_process *process, const char *program, const char *kind,
                              const char *const *arguments, const char *const *environment);

/* The child is gone and the memory given back; safe on a zeroed one.
 * Time: a child that is idle leaves by itself at once; another is killed after half a second. */
void host_process_release(struct host_process *process);

/* The child runs and `socket` leads to it.
 * Returns: IO (with errno as vendor code), LOST while an earlier child cannot be reaped. */
enum status host_process_start(struct host_process *process, struct failure *failure);

/* The child is killed and reaped, how it ended stands in `end` and, as waitpid told it, in `ends`; there may
 * be none.
 * Time: up to a second when the kernel holds it. */
void host_process_kill(struct host_process *process, char *end, size_t size);

#endif
