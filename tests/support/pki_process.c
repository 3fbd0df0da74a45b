#include "tests/support/pki_process.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"

static int code_of(pid_t pid)
{
    int state = 0;
    check(waitpid(pid, &state, 0) == pid);
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

/* Runs with standard output (and error, when both) into the pipe; dies with the test. */
static pid_t spawn(const char *const *arguments, int out, bool both)
{
    pid_t pid = fork();
    check(pid >= 0);
    if (pid > 0)
        return pid;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    (void)dup2(out, STDOUT_FILENO);
    if (both)
        (void)dup2(out, STDERR_FILENO);
    (void)execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static void read_all(int fd, struct buf *output)
{
    uint8_t chunk[4096];
    for (ssize_t got; (got = read(fd, chunk, sizeof(chunk))) > 0;)
        check(buf_append(output, chunk, (size_t)got) == STATUS_OK);
}

int pki_process_run(const char *const *arguments, struct buf *output)
{
    int ends[2];
    check(pipe2(ends, O_CLOEXEC) == 0);
    buf_init(output, 4 * 1024 * 1024);
    pid_t pid = spawn(arguments, ends[1], true);
    (void)close(ends[1]);
    read_all(ends[0], output);
    (void)close(ends[0]);
    check(buf_append(output, "", 0) == STATUS_OK);
    return code_of(pid);
}

pid_t pki_process_start(const char *const *arguments)
{
    int ends[2];
    char byte = 0;
    check(pipe2(ends, O_CLOEXEC) == 0);
    pid_t pid = spawn(arguments, ends[1], false);
    (void)close(ends[1]);
    while (read(ends[0], &byte, 1) == 1 && byte != '\n')
        ;
    (void)close(ends[0]);
    if (byte == '\n')
        return pid;
    int code = code_of(pid);
    return code == 0 ? -1 : -code;
}

int pki_process_stop(pid_t pid, int number)
{
    check(pid > 0 && kill(pid, number) == 0);
    return code_of(pid);
}

void pki_process_make_dir(char out[64])
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(out, 64, "%s/pki-XXXXXX", base == NULL || strlen(base) > 40 ? "/tmp" : base);
    check(mkdtemp(out) != NULL);
}

static int remove_entry(const char *path, const struct stat *state, int kind, struct FTW *walk)
{
    (void)state, (void)kind, (void)walk;
    return remove(path);
}

void pki_process_remove_dir(const char *dir)
{
    (void)nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void pki_process_write(const char *dir, const char *name, struct bytes bytes)
{
    check(file_replace(pki_process_path(dir, name), bytes.data, bytes.length, 0600, NULL) == STATUS_OK);
}

const char *pki_process_path(const char *dir, const char *name)
{
    static char paths[8][512];
    static unsigned next;
    char *path = paths[next++ % 8];
    (void)snprintf(path, sizeof(paths[0]), "%s/%s", dir, name);
    return path;
}
