#include "drivers/authority/ca/ca_server.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "drivers/authority/ca/ca_desk.h"
#include "kiosk/base/check.h"
#include "kiosk/base/log.h"

enum { CLIENTS = 32, BACKLOG = 64, FRAME_DEADLINE_MS = 1000, TICK_MS = 30000 };

static const char component[] = "certca";
static volatile sig_atomic_t stop_requested;

static void on_signal(int number)
{
    (void)number;
    stop_requested = 1;
}

/* Both signals stay blocked except inside ppoll, so that none is missed between the check and the wait. */
static void take_signals(sigset_t *while_waiting)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t blocked;
    check(sigaction(SIGTERM, &action, NULL) == 0 && sigaction(SIGINT, &action, NULL) == 0);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    check(sigprocmask(SIG_BLOCK, &blocked, while_waiting) == 0);
    sigdelset(while_waiting, SIGTERM);
    sigdelset(while_waiting, SIGINT);
}

static enum status take_lock(const char *dir, int *out, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    if (!ca_settings_path(dir, "lock", path))
        return failure_set(failure, STATUS_CONFIG, "ca_server", 0, "path too long");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return failure_set(failure, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO, "open", errno, "%s",
                           path);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        (void)close(fd);
        return failure_set(failure, STATUS_BUSY, "flock", errno, "another certca serves %s", dir);
    }
    *out = fd;
    return STATUS_OK;
}

static enum status listen_at(const char *path, int *out, struct failure *failure)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(address.sun_path))
        return failure_set(failure, STATUS_CONFIG, "listen", 0, "socket path longer than %zu bytes",
                           sizeof(address.sun_path) - 1);
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)unlink(path);
    mode_t mask = umask(0177);
    bool ok = fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
              listen(fd, BACKLOG) == 0;
    int error = errno;
    (void)umask(mask);
    if (ok) {
        *out = fd;
        return STATUS_OK;
    }
    if (fd >= 0)
        (void)close(fd);
    return failure_set(failure, STATUS_IO, "listen", error, "%s: %s", path, strerror(error));
}

static void serve_client(struct ca_desk *desk, int fd)
{
    struct wire message;
    struct wire reply;
    wire_init(&reply, 0);
    enum status status = wire_receive(fd, &message, FRAME_DEADLINE_MS);
    if (status == STATUS_OK)
        status = ca_desk_answer(desk, &message, &reply);
    if (status == STATUS_OK)
        status = wire_send(fd, &reply, FRAME_DEADLINE_MS);
    if (status != STATUS_OK && status != STATUS_LOST)
        log_warn(component, "a connection ended: %s", status_name(status));
    wire_release(&message);
    wire_release(&reply);
}

static void accept_clients(struct pollfd *fds, nfds_t *count)
{
    while (*count < CLIENTS + 1) {
        int fd = accept4(fds[0].fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return;
        fds[(*count)++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
}

/* Each connection that has something to say is answered and closed. */
static void serve_ready(struct ca_desk *desk, struct pollfd *fds, nfds_t *count)
{
    nfds_t kept = 1;
    for (nfds_t i = 1; i < *count; i++) {
        if (fds[i].revents == 0) {
            fds[kept++] = fds[i];
            continue;
        }
        if ((fds[i].revents & POLLIN) != 0 && !stop_requested)
            serve_client(desk, fds[i].fd);
        (void)close(fds[i].fd);
    }
    *count = kept;
}

static void serve_until_signal(struct ca_desk *desk, int listening, const sigset_t *while_waiting)
{
    struct pollfd fds[CLIENTS + 1] = {{.fd = listening, .events = POLLIN}};
    nfds_t count = 1;
    const struct timespec tick = {.tv_sec = TICK_MS / 1000};
    while (!stop_requested) {
        fds[0].events = count < CLIENTS + 1 ? POLLIN : 0;
        int ready = ppoll(fds, count, &tick, while_waiting);
        if (ready > 0) {
            serve_ready(desk, fds, &count);
            if ((fds[0].revents & POLLIN) != 0)
                accept_clients(fds, &count);
        }
        ca_desk_tick(desk);
    }
    for (nfds_t i = 1; i < count; i++)
        (void)close(fds[i].fd);
}

enum status ca_server_run(const char *dir, const char *socket_path, const char *crl_file,
                          const struct clock *clock, struct failure *failure)
{
    sigset_t while_waiting;
    struct ca_desk desk = {0};
    int lock = -1;
    int listening = -1;
    take_signals(&while_waiting);
    enum status status = take_lock(dir, &lock, failure);
    if (status == STATUS_OK)
        status = ca_desk_open(&desk, dir, crl_file, clock, failure);
    if (status == STATUS_OK)
        status = listen_at(socket_path, &listening, failure);
    if (status != STATUS_OK)
        goto done;
    (void)printf("certca ready socket=%s records=%zu\n", socket_path, desk.book.count);
    (void)fflush(stdout);
    log_info(component, "ready records=%zu", desk.book.count);
    serve_until_signal(&desk, listening, &while_waiting);
    (void)unlink(socket_path);
    log_info(component, "left");
done:
    if (listening >= 0)
        (void)close(listening);
    ca_desk_close(&desk);
    if (lock >= 0)
        (void)close(lock);
    return status;
}
