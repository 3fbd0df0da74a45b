#include "drivers/simulators/ca/sim_ca_proxy.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/wire.h"

/* The numbers the product and its CA speak, as read off the wire. */
enum { TYPE_REPLY = 0x100, TAG_RESULT = 16, TAG_ANSWER, TAG_AFTER_S, TAG_REFUSAL, TAG_TEXT, TAG_CERTIFICATE };
enum { ANSWER_WAITING = 0, ANSWER_REFUSED = 4, REFUSAL_POLICY = 8 };
enum { FRAME_DEADLINE_MS = 2000 };

static const char *const methods[] = {"", "request", "inquire", "confirm", "revoke", "status"};

const char *const sim_ca_proxy_kinds[] = {"lose-request", "lose-reply", "hang", "delay",   "duplicate",
                                          "refuse",       "wait",       "swap", "garbage", NULL};

static const char *method_of(uint16_t type)
{
    return type < sizeof(methods) / sizeof(methods[0]) ? methods[type] : "";
}

static bool takes(struct sim_ca_proxy *proxy, uint16_t type, const char *kind, struct sim_fault *fault)
{
    sim_http_lock(proxy->server);
    bool taken = sim_faults_take(proxy->faults, method_of(type), kind, fault);
    sim_http_unlock(proxy->server);
    return taken;
}

static void note(struct sim_ca_proxy *proxy, uint16_t type, const char *what)
{
    struct json *line = json_new_object();
    json_set_text(line, "method", method_of(type));
    json_set_text(line, "done", what);
    sim_http_lock(proxy->server);
    sim_log_take(proxy->log, line);
    sim_http_unlock(proxy->server);
}

static bool address_of(const char *path, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    return (size_t)snprintf(address->sun_path, sizeof(address->sun_path), "%s", path) <
           sizeof(address->sun_path);
}

enum status sim_ca_proxy_listen(const char *path, int *out, struct failure *failure)
{
    struct sockaddr_un address;
    if (!address_of(path, &address))
        return failure_set(failure, STATUS_CONFIG, "listen", 0, "socket path too long");
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)unlink(path);
    mode_t mask = umask(0177);
    bool ok =
        fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 && listen(fd, 64) == 0;
    (void)umask(mask);
    if (!ok)
        return failure_set(failure, STATUS_IO, "listen", errno, "%s", path);
    *out = fd;
    return STATUS_OK;
}

/* The call goes to the CA and its reply comes back. Owns: the caller releases *reply. */
static enum status carry(const struct sim_ca_proxy *proxy, const struct wire *call, struct wire *reply)
{
    struct sockaddr_un address;
    enum status status = STATUS_LOST;
    wire_init(reply, 0);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && address_of(proxy->connect_path, &address) &&
        connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        status = wire_send(fd, call, FRAME_DEADLINE_MS);
    if (status == STATUS_OK)
        status = wire_receive(fd, reply, FRAME_DEADLINE_MS);
    if (fd >= 0)
        (void)close(fd);
    return status;
}

/* A reply to a request or inquiry without certificate. */
static enum status write_answer(struct wire *reply, uint16_t type, int answer, int after_s, int refusal)
{
    wire_release(reply);
    wire_init(reply, (uint16_t)(type | TYPE_REPLY));
    enum status status = wire_put_integer(reply, TAG_RESULT, 0);
    if (status == STATUS_OK)
        status = wire_put_integer(reply, TAG_ANSWER, answer);
    if (status == STATUS_OK)
        status = wire_put_integer(reply, TAG_AFTER_S, after_s);
    if (status == STATUS_OK)
        status = wire_put_integer(reply, TAG_REFUSAL, refusal);
    return status == STATUS_OK ? wire_put_text(reply, TAG_TEXT, "the simulator was told so") : status;
}

/* The leaf of a reply is remembered; with a swap due it is exchanged for the one remembered before. */
static enum status look_at_leaf(struct sim_ca_proxy *proxy, struct wire *reply, bool swaps)
{
    const uint8_t *leaf = NULL;
    size_t length = 0;
    int64_t answer = 0;
    if (wire_get_bytes(reply, TAG_CERTIFICATE, 0, &leaf, &length) != STATUS_OK ||
        wire_get_integer(reply, TAG_ANSWER, &answer) != STATUS_OK)
        return STATUS_OK;
    enum status status = STATUS_OK;
    struct buf fresh;
    buf_init(&fresh, LIMIT_CERTIFICATE_BYTES);
    status = buf_append(&fresh, leaf, length);
    if (status == STATUS_OK && swaps && proxy->seen_leaf.length > 0) {
        uint16_t type = (uint16_t)(reply->type & ~TYPE_REPLY);
        status = write_answer(reply, type, (int)answer, 0, 0);
        if (status == STATUS_OK)
            status = wire_put_bytes(reply, TAG_CERTIFICATE, proxy->seen_leaf.data, proxy->seen_leaf.length);
    }
    buf_release(&proxy->seen_leaf);
    proxy->seen_leaf = fresh;
    return status;
}

static void hold(struct sim_ca_proxy *proxy, int fd, int64_t due_ms, struct wire *reply)
{
    if (proxy->held_count == SIM_CA_HELD) {
        (void)close(fd);
        return;
    }
    struct sim_ca_held *held = &proxy->held[proxy->held_count++];
    *held = (struct sim_ca_held){
        .fd = fd, .due_ms = due_ms, .reply = reply->payload, .type = reply->type, .fields = reply->fields};
    wire_init(reply, 0); /* its bytes moved */
}

static void let_go(struct sim_ca_proxy *proxy, size_t index)
{
    (void)close(proxy->held[index].fd);
    buf_release(&proxy->held[index].reply);
    proxy->held[index] = proxy->held[--proxy->held_count];
}

static void answer_due(struct sim_ca_proxy *proxy)
{
    int64_t now = clock_monotonic_ms(clock_system());
    for (size_t i = proxy->held_count; i-- > 0;) {
        struct sim_ca_held *held = &proxy->held[i];
        if (held->due_ms < 0 || held->due_ms > now)
            continue;
        const struct wire reply = {.type = held->type, .fields = held->fields, .payload = held->reply};
        (void)wire_send(held->fd, &reply, FRAME_DEADLINE_MS);
        let_go(proxy, i);
    }
}

/* Faults before the CA has heard of the call. Returns: whether the call is over. */
static bool spoil_before(struct sim_ca_proxy *proxy, int fd, uint16_t type, struct wire *reply)
{
    struct sim_fault fault;
    if (takes(proxy, type, "lose-request", &fault)) {
        note(proxy, type, "lose-request");
        (void)close(fd);
        return true;
    }
    if (takes(proxy, type, "hang", &fault)) {
        note(proxy, type, "hang");
        hold(proxy, fd, -1, reply);
        return true;
    }
    if (takes(proxy, type, "refuse", &fault) &&
        write_answer(reply, type, ANSWER_REFUSED, 0, REFUSAL_POLICY) == STATUS_OK) {
        note(proxy, type, "refuse");
        (void)wire_send(fd, reply, FRAME_DEADLINE_MS);
        (void)close(fd);
        return true;
    }
    return false;
}

static void send_garbage(int fd)
{
    static const char garbage[] = "CKW9 this is not a message";
    (void)send(fd, garbage, sizeof(garbage), MSG_NOSIGNAL);
}

/* Faults after the work was done; the connection is answered, held or closed. */
static void spoil_after(struct sim_ca_proxy *proxy, int fd, uint16_t type, struct wire *reply)
{
    struct sim_fault fault;
    if (takes(proxy, type, "wait", &fault)) {
        int after_s = (int)strtol(fault.argument, NULL, 10);
        (void)write_answer(reply, type, ANSWER_WAITING, after_s > 0 ? after_s : 1, 0);
        note(proxy, type, "wait");
    } else if (look_at_leaf(proxy, reply, takes(proxy, type, "swap", &fault)) != STATUS_OK) {
        (void)close(fd);
        return;
    }
    if (takes(proxy, type, "delay", &fault)) {
        note(proxy, type, "delay");
        hold(proxy, fd, clock_monotonic_ms(clock_system()) + strtol(fault.argument, NULL, 10), reply);
        return;
    }
    if (takes(proxy, type, "garbage", &fault)) {
        note(proxy, type, "garbage");
        send_garbage(fd);
    } else if (takes(proxy, type, "lose-reply", &fault)) {
        note(proxy, type, "lose-reply");
    } else {
        note(proxy, type, "answer");
        (void)wire_send(fd, reply, FRAME_DEADLINE_MS);
    }
    (void)close(fd);
}

static void serve(struct sim_ca_proxy *proxy, int fd)
{
    struct wire call;
    struct wire reply;
    struct sim_fault fault;
    wire_init(&reply, 0);
    enum status status = wire_receive(fd, &call, FRAME_DEADLINE_MS);
    if (status != STATUS_OK) {
        (void)close(fd);
    } else if (!spoil_before(proxy, fd, call.type, &reply)) {
        status = carry(proxy, &call, &reply);
        if (status == STATUS_OK && takes(proxy, call.type, "duplicate", &fault)) {
            note(proxy, call.type, "duplicate");
            wire_release(&reply);
            status = carry(proxy, &call, &reply);
        }
        if (status == STATUS_OK)
            spoil_after(proxy, fd, call.type, &reply);
        else
            (void)close(fd);
    }
    wire_release(&call);
    wire_release(&reply);
}

static int open_signals(void)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

enum status sim_ca_proxy_run(struct sim_ca_proxy *proxy, int listening, struct failure *failure)
{
    int signals = open_signals();
    if (signals < 0)
        return failure_set(failure, STATUS_IO, "signalfd", errno, "%s", strerror(errno));
    for (;;) {
        struct pollfd fds[2] = {{.fd = signals, .events = POLLIN}, {.fd = listening, .events = POLLIN}};
        (void)poll(fds, 2, proxy->held_count > 0 ? 10 : 1000);
        if ((fds[0].revents & POLLIN) != 0)
            break;
        int fd = (fds[1].revents & POLLIN) != 0 ? accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)
                                                : -1;
        if (fd >= 0)
            serve(proxy, fd);
        answer_due(proxy);
    }
    while (proxy->held_count > 0)
        let_go(proxy, 0);
    buf_release(&proxy->seen_leaf);
    (void)close(signals);
    return STATUS_OK;
}
