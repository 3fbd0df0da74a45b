#include "tests/support/sim_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"

void sim_client_start(struct sim_client *client, const char *dir, const char *program,
                      const char *const *arguments)
{
    char port_file[256];
    const char *all[SIM_CLIENT_ARGUMENTS + 4] = {program, "--port-file", port_file};
    size_t count = 3;
    for (; *arguments != NULL; arguments++) {
        check(count < SIM_CLIENT_ARGUMENTS + 3);
        all[count++] = *arguments;
    }
    (void)snprintf(port_file, sizeof(port_file), "%s/port", dir);
    (void)unlink(port_file);
    client->pid = pki_process_start(all);
    check(client->pid > 0);
    struct buf text;
    buf_init(&text, 16);
    check(file_read(port_file, &text, NULL) == STATUS_OK);
    client->port = (uint16_t)strtoul((const char *)text.data, NULL, 10);
    buf_release(&text);
    check(client->port != 0);
}

void sim_client_stop(struct sim_client *client, int number)
{
    if (client->pid > 0)
        (void)pki_process_stop(client->pid, number);
    *client = (struct sim_client){0};
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = {.tv_sec = 20};
    check(fd >= 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static void receive_all(int fd, struct buf *out)
{
    char chunk[4096];
    for (ssize_t got; (got = recv(fd, chunk, sizeof(chunk), 0)) > 0;)
        check(buf_append(out, chunk, (size_t)got) == STATUS_OK);
}

int sim_client_request(const struct sim_client *client, const char *method, const char *path,
                       struct buf *body)
{
    char head[2048];
    struct buf whole;
    int code = 0;
    buf_init(body, 4 * 1024 * 1024);
    buf_init(&whole, 4 * 1024 * 1024);
    int fd = connect_to(client->port);
    if (fd < 0)
        return 0;
    int length = snprintf(
        head, sizeof(head),
        "%s %s HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", method, path);
    check(length > 0 && (size_t)length < sizeof(head));
    if (send(fd, head, (size_t)length, MSG_NOSIGNAL) == length)
        receive_all(fd, &whole);
    (void)close(fd);
    const char *end = whole.length == 0 ? NULL : strstr((const char *)whole.data, "\r\n\r\n");
    if (end != NULL && whole.length > 12) {
        code = (int)strtol((const char *)whole.data + 9, NULL, 10);
        size_t skipped = (size_t)(end + 4 - (const char *)whole.data);
        check(buf_append(body, whole.data + skipped, whole.length - skipped) == STATUS_OK);
    }
    buf_release(&whole);
    return code;
}

int sim_client_post(const struct sim_client *client, const char *format, ...)
{
    char path[1024];
    struct buf body;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(path, sizeof(path), format, arguments);
    va_end(arguments);
    check(length > 0 && (size_t)length < sizeof(path));
    int code = sim_client_request(client, "POST", path, &body);
    buf_release(&body);
    return code;
}

void sim_client_fault(const struct sim_client *client, const char *method, const char *kind,
                      const char *argument, int count)
{
    check(sim_client_post(client, "/control/fault?method=%s&kind=%s&argument=%s&count=%d", method, kind,
                          argument, count) == 200);
}

void sim_client_clear(const struct sim_client *client)
{
    check(sim_client_post(client, "/control/clear") == 200);
}

struct json *sim_client_get(const struct sim_client *client, const char *path)
{
    struct buf body;
    struct json *document = NULL;
    if (sim_client_request(client, "GET", path, &body) == 200 &&
        json_parse((const char *)body.data, body.length, &document) != STATUS_OK)
        document = NULL;
    buf_release(&body);
    return document;
}
