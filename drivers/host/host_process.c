#include "drivers/host/host_process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/host/host.h"

enum { REAP_TRIES = 200, LEAVE_TRIES = 100, REAP_STEP_MS = 5 };

static size_t count(const char *const *list)
{
    size_t length = 0;
    while (list != NULL && list[length] != NULL)
        length++;
    return length;
}

static void free_list(char **list)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        free(list[i]);
    free(list);
}

/* The copies of a NULL-terminated list behind `first` and `second`, which may be NULL. */
static char **copy_list(const char *first, const char *second, const char *const *rest)
{
    size_t length = 0;
    char **list = calloc(count(rest) + 3, sizeof(*list));
    if (list == NULL)
        return NULL;
    if (first != NULL)
        list[length++] = strdup(first);
    if (second != NULL)
        list[length++] = strdup(second);
    for (size_t i = 0; rest != NULL && rest[i] != NULL; i++)
        list[length++] = strdup(rest[i]);
    for (size_t i = 0; i < length; i++) {
        if (list[i] == NULL) {
            for (size_t j = 0; j < length; j++)
                free(list[j]);
            free(list);
            return NULL;
        }
    }
    return list;
}

enum status host_process_init(struct host_process *process, const char *program, const char *kind,
                              const char *const *arguments, const char *const *environment)
{
    *process = (struct host_process){.socket = -1};
    process->arguments = copy_list(program, kind, arguments);
    process->environment = copy_list(NULL, NULL, environment);
    return process->arguments != NULL && process->environment != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Our environment without the names that are replaced, then the additions; the strings stay where they are.
 */
static char **join_environment(char **additions)
{
    size_t ours = count((const char *const *)environ);
    size_t added = count((const char *const *)additions);
    char **joined = calloc(ours + added + 1, sizeof(*joined));
    size_t length = 0;
    for (size_t i = 0; joined != NULL && i < ours; i++) {
        bool replaced = false;
        for (size_t j = 0; j < added; j++) {
            size_t name = strcspn(additions[j], "=") + 1;
            replaced = replaced || strncmp(environ[i], additions[j], name) == 0;
        }
        if (!replaced)
            joined[length++] = environ[i];
    }
    for (size_t j = 0; joined != NULL && j < added; j++)
        joined[length++] = additions[j];
    return joined;
}

static int set_actions(posix_spawn_file_actions_t *actions, int child_end)
{
    int error = posix_spawn_file_actions_init(actions);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(actions, child_end, HOST_SOCKET_FD);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", 0, 0);
    if (error == 0) /* vendor libraries print; standard output belongs to the product */
        error = posix_spawn_file_actions_adddup2(actions, STDERR_FILENO, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(actions, HOST_SOCKET_FD + 1);
    return error;
}

static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_init(attributes);
    if (error == 0)
        error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0)
        error = posix_spawnattr_setpgroup(attributes, 0);
    if (error == 0)
        error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                         POSIX_SPAWN_SETPGROUP);
    return error;
}

static int spawn(struct host_process *process, int child_end)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char **environment = join_environment(process->environment);
    if (environment == NULL)
        return ENOMEM;
    int error = set_actions(&actions, child_end);
    if (error == 0) {
        error = set_attributes(&attributes);
        if (error == 0)
            error = posix_spawnp(&process->pid, process->arguments[0], &actions, &attributes,
                                 process->arguments, environment);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    free(environment);
    return error;
}

static bool is_reaped(pid_t pid, int *wait_status)
{
    pid_t reaped = waitpid(pid, wait_status, WNOHANG);
    return reaped == pid || (reaped < 0 && errno == ECHILD);
}

enum status host_process_start(struct host_process *process, struct failure *failure)
{
    int ends[2];
    int wait_status = 0;
    if (process->unreaped != 0 && !is_reaped(process->unreaped, &wait_status))
        return failure_set(failure, STATUS_LOST, "waitpid", 0, "process %d is stuck in the kernel",
                           (int)process->unreaped);
    process->unreaped = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return failure_set(failure, STATUS_IO, "socketpair", errno, "no socket pair");
    int error = spawn(process, ends[1]);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        process->pid = 0;
        return failure_set(failure, STATUS_IO, "posix_spawn", error, "cannot start %s",
                           process->arguments[0]);
    }
    process->socket = ends[0];
    return STATUS_OK;
}

static void describe_end(int wait_status, char *end, size_t size)
{
    if (WIFSIGNALED(wait_status))
        snprintf(end, size, "signal %d", WTERMSIG(wait_status));
    else
        snprintf(end, size, "exit %d", WEXITSTATUS(wait_status));
}

static bool reap_within(pid_t pid, int tries, int *wait_status)
{
    bool reaped = is_reaped(pid, wait_status);
    for (int i = 0; !reaped && i < tries; i++) {
        (void)poll(NULL, 0, REAP_STEP_MS);
        reaped = is_reaped(pid, wait_status);
    }
    return reaped;
}

void host_process_kill(struct host_process *process, char *end, size_t size)
{
    int wait_status = 0;
    snprintf(end, size, "not running");
    if (process->pid == 0)
        return;
    if (process->socket >= 0)
        close(process->socket);
    process->socket = -1;
    /* A helper that died by itself keeps its own exit status: reap before the kill. */
    bool reaped = is_reaped(process->pid, &wait_status);
    if (!reaped) {
        (void)kill(process->pid, SIGKILL);
        reaped = reap_within(process->pid, REAP_TRIES, &wait_status);
    }
    if (reaped) {
        process->ends.count++;
        process->ends.last_wait_status = wait_status;
        describe_end(wait_status, end, size);
    } else {
        snprintf(end, size, "stuck");
        process->unreaped = process->pid;
    }
    process->pid = 0;
}

/* A child that is idle sees its socket close and gives its devices back; one that hangs is killed. */
static void leave_in_peace(struct host_process *process)
{
    char end[64];
    int wait_status = 0;
    if (process->pid != 0) {
        close(process->socket);
        process->socket = -1;
        if (reap_within(process->pid, LEAVE_TRIES, &wait_status))
            process->pid = 0;
    }
    host_process_kill(process, end, sizeof(end));
}

void host_process_release(struct host_process *process)
{
    if (process->arguments == NULL && process->environment == NULL)
        return;
    leave_in_peace(process);
    free_list(process->arguments);
    free_list(process->environment);
    *process = (struct host_process){.socket = -1};
}
