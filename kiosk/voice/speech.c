#include "kiosk/voice/speech.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/voice/speaker.h"

enum { PATH_BYTES = 32 };

/* Files in memory and their names for the program, which inherits them. */
struct exchange {
    int text, sound;
    char text_path[PATH_BYTES], sound_path[PATH_BYTES];
};

static enum status fail(struct failure *failure, enum status status, const char *what, long code)
{
    return failure_set(failure, status, "speech", code, "%s", what);
}

static void close_exchange(struct exchange *exchange)
{
    if (exchange->text >= 0)
        (void)close(exchange->text);
    if (exchange->sound >= 0)
        (void)close(exchange->sound);
}

static enum status open_exchange(struct exchange *exchange, const char *text, struct failure *failure)
{
    size_t length = strlen(text);
    exchange->text = memfd_create("text", 0);
    exchange->sound = memfd_create("sound", 0);
    (void)snprintf(exchange->text_path, sizeof exchange->text_path, "/proc/self/fd/%d", exchange->text);
    (void)snprintf(exchange->sound_path, sizeof exchange->sound_path, "/proc/self/fd/%d", exchange->sound);
    if (exchange->text >= 0 && exchange->sound >= 0 && write(exchange->text, text, length) == (ssize_t)length)
        return STATUS_OK;
    enum status status = fail(failure, STATUS_IO, "no memory for a text", errno);
    close_exchange(exchange);
    return status;
}

static enum status start(const char *program, struct exchange *exchange, pid_t *out, struct failure *failure)
{
    char name[] = "espeak-ng", voice[] = "-vcmn", speed[] = "-s140", from[] = "-f", to[] = "-w";
    char path[] = "PATH=/usr/bin:/bin";
    char *const arguments[] = {name, voice, speed, from, exchange->text_path, to, exchange->sound_path, NULL};
    char *const environment[] = {path, NULL};
    int code = posix_spawn(out, program, NULL, NULL, arguments, environment);
    if (code == 0)
        return STATUS_OK;
    return fail(failure, code == ENOENT || code == EACCES ? STATUS_NOT_FOUND : STATUS_IO, program, code);
}

/* A program that is not done in time is ended. */
static enum status wait_for(pid_t process, int within_ms, struct failure *failure)
{
    int how = 0;
    int fd = (int)syscall(SYS_pidfd_open, process, 0);
    struct pollfd ended = {.fd = fd, .events = POLLIN};
    bool is_late = fd < 0 || poll(&ended, 1, within_ms) != 1;
    if (is_late)
        (void)kill(process, SIGKILL);
    while (waitpid(process, &how, 0) < 0 && errno == EINTR)
        continue;
    if (fd >= 0)
        (void)close(fd);
    if (is_late)
        return fail(failure, STATUS_TIMED_OUT, "it was not done in time", within_ms);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0 ? STATUS_OK
                                                   : fail(failure, STATUS_REFUSED, "it failed", how);
}

enum status speech_read(const char *program, const char *text, int within_ms, int16_t **samples,
                        size_t *count, struct failure *failure)
{
    struct exchange exchange;
    pid_t process = 0;
    enum status status = open_exchange(&exchange, text, failure);
    if (status != STATUS_OK)
        return status;
    status = start(program, &exchange, &process, failure);
    if (status == STATUS_OK)
        status = wait_for(process, within_ms, failure);
    if (status == STATUS_OK)
        status = speaker_read_wav(exchange.sound_path, samples, count, failure);
    close_exchange(&exchange);
    return status;
}
