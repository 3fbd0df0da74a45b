#include "tests/fuzz/reply_server.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "tests/fuzz/reply_mutation.h"

enum { SEEDS_MAX = 8, SEED_BYTES = 64 * 1024, REQUEST_BYTES = 16 * 1024, PATIENCE_S = 2, LOOK_MS = 20 };

struct reply_seed {
    char name[64];
    struct buf bytes;
};

struct reply_server {
    int listener;
    uint16_t port;
    pthread_t thread;
    atomic_bool is_stopping;
    atomic_uint silences;
    struct reply_seed seeds[SEEDS_MAX]; /* by name */
    size_t seed_count;
    pthread_mutex_t lock; /* over what follows */
    bool is_mutating;
    uint32_t number;
    const char *only;
    size_t turn;
};

/* Returns: whether the request of this length is whole: its headers, and the body they announce. */
static bool is_whole(const char *request, size_t length)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *announced = strcasestr(request, "content-length:");
    size_t body = announced == NULL ? 0 : strtoul(announced + 15, NULL, 10);
    return end != NULL && length >= (size_t)(end + 4 - request) + body;
}

/* The request line stands in *line; the rest is read too, because closing over unread bytes resets. */
static void read_request(int fd, char *line, size_t size)
{
    char request[REQUEST_BYTES] = "";
    size_t length = 0;
    while (length < sizeof(request) - 1 && !is_whole(request, length)) {
        ssize_t got = recv(fd, request + length, sizeof(request) - 1 - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
        request[length] = '\0';
    }
    (void)snprintf(line, size, "%.*s", (int)strcspn(request, "\r\n"), request);
}

static const struct reply_seed *choose_seed_locked(struct reply_server *server, const char *line)
{
    for (size_t i = 0; i < server->seed_count; i++)
        if (strstr(line, server->seeds[i].name) != NULL)
            return &server->seeds[i];
    return &server->seeds[server->turn++ % server->seed_count];
}

static enum reply_ending make_reply(struct reply_server *server, const char *line, struct buf *out)
{
    enum reply_ending ending = REPLY_CLOSES;
    check(pthread_mutex_lock(&server->lock) == 0);
    const struct reply_seed *seed = choose_seed_locked(server, line);
    if (server->is_mutating && (server->only == NULL || strcmp(server->only, seed->name) == 0))
        ending = reply_mutation_make(server->number++, &seed->bytes, out);
    else
        check(buf_append(out, seed->bytes.data, seed->bytes.length) == STATUS_OK);
    check(pthread_mutex_unlock(&server->lock) == 0);
    return ending;
}

static void send_all(int fd, const struct buf *bytes)
{
    size_t sent = 0;
    while (sent < bytes->length) {
        ssize_t now = send(fd, bytes->data + sent, bytes->length - sent, MSG_NOSIGNAL);
        if (now <= 0)
            return;
        sent += (size_t)now;
    }
}

static void hold(const struct reply_server *server, int fd)
{
    struct pollfd peer = {.fd = fd, .events = POLLIN};
    for (int held = 0; held < REPLY_SERVER_HOLD_MS && !atomic_load(&server->is_stopping); held += LOOK_MS)
        if (poll(&peer, 1, LOOK_MS) > 0)
            return; /* a peer that got no reply has nothing to say but that it leaves */
}

static void serve_connection(struct reply_server *server, int fd)
{
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    const struct linger at_once = {.l_onoff = 1};
    char line[512];
    struct buf reply;
    buf_init(&reply, REPLY_MUTATION_BYTES);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    read_request(fd, line, sizeof(line));
    enum reply_ending ending = make_reply(server, line, &reply);
    if (ending == REPLY_HOLDS)
        atomic_fetch_add(&server->silences, 1);
    send_all(fd, &reply);
    if (ending == REPLY_HOLDS)
        hold(server, fd);
    if (ending == REPLY_RESETS)
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    (void)close(fd);
    buf_release(&reply);
}

static void *serve(void *context)
{
    struct reply_server *server = context;
    while (!atomic_load(&server->is_stopping)) {
        int fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            serve_connection(server, fd);
    }
    return NULL;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void load_seeds(struct reply_server *server, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_shown, alphasort);
    check(count > 0 && count <= SEEDS_MAX);
    for (int i = 0; i < count; i++) {
        struct reply_seed *seed = &server->seeds[server->seed_count++];
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        (void)snprintf(seed->name, sizeof(seed->name), "%.60s", entries[i]->d_name);
        buf_init(&seed->bytes, SEED_BYTES);
        check(file_read(path, &seed->bytes, NULL) == STATUS_OK);
        free(entries[i]);
    }
    free(entries);
}

static void start_listening(struct reply_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(server->listener >= 0);
    check(bind(server->listener, (const struct sockaddr *)&address, sizeof(address)) == 0);
    check(listen(server->listener, 16) == 0);
    check(getsockname(server->listener, (struct sockaddr *)&address, &length) == 0);
    server->port = ntohs(address.sin_port);
}

struct reply_server *reply_server_start(const char *seed_folder)
{
    struct reply_server *server = calloc(1, sizeof(*server));
    check(server != NULL);
    load_seeds(server, seed_folder);
    start_listening(server);
    check(pthread_mutex_init(&server->lock, NULL) == 0);
    check(pthread_create(&server->thread, NULL, serve, server) == 0);
    return server;
}

uint16_t reply_server_port(const struct reply_server *server)
{
    return server->port;
}

static void set_mutating(struct reply_server *server, bool is_mutating, uint32_t number, const char *only)
{
    check(pthread_mutex_lock(&server->lock) == 0);
    server->is_mutating = is_mutating;
    server->number = number;
    server->only = only;
    check(pthread_mutex_unlock(&server->lock) == 0);
}

void reply_server_mutate(struct reply_server *server, uint32_t number, const char *only)
{
    set_mutating(server, true, number, only);
}

void reply_server_behave(struct reply_server *server)
{
    set_mutating(server, false, 0, NULL);
}

unsigned reply_server_silences(struct reply_server *server)
{
    return atomic_load(&server->silences);
}

void reply_server_stop(struct reply_server *server)
{
    if (server == NULL)
        return;
    atomic_store(&server->is_stopping, true);
    (void)shutdown(server->listener, SHUT_RDWR);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->listener);
    (void)pthread_mutex_destroy(&server->lock);
    for (size_t i = 0; i < server->seed_count; i++)
        buf_release(&server->seeds[i].bytes);
    free(server);
}
