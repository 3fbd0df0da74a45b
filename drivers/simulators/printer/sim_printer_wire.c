#include "drivers/simulators/printer/sim_printer_wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "kiosk/base/buf.h"

enum { ANSWER_BYTES = 256 * 1024, PATIENCE_S = 2 };

static int open_socket(void)
{
    struct timeval patience = {.tv_sec = PATIENCE_S};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    return fd;
}

static int connect_port(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = open_socket();
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

bool sim_printer_wire_is_up(uint16_t port)
{
    int fd = connect_port(port);
    if (fd >= 0)
        (void)close(fd);
    return fd >= 0;
}

/* ippeveprinter keeps connections open, so an answer ends where its length or its last chunk says (RFC 9112
 * 6). */
static bool is_complete(const struct buf *answer)
{
    static const char last_chunk[] = "\r\n0\r\n\r\n";
    const char *text = (const char *)answer->data;
    const char *end = memmem(text, answer->length, "\r\n\r\n", 4);
    if (end == NULL)
        return false;
    const char *field = memmem(text, (size_t)(end - text), "\r\nContent-Length:", 17);
    size_t body = answer->length - (size_t)(end + 4 - text);
    if (field != NULL)
        return body >= strtoul(field + 17, NULL, 10);
    size_t tail = sizeof last_chunk - 1;
    return answer->length >= tail && memcmp(text + answer->length - tail, last_chunk, tail) == 0;
}

/* One request and its answer. Returns: whether it starts with status 200. */
static bool ask(uint16_t port, const void *request, size_t length, struct buf *answer)
{
    int fd = connect_port(port);
    bool is_read = fd >= 0 && send(fd, request, length, MSG_NOSIGNAL) == (ssize_t)length;
    char chunk[4096];
    ssize_t got = 0;
    while (is_read && !(answer->length > 0 && is_complete(answer)) &&
           (got = recv(fd, chunk, sizeof chunk, 0)) > 0)
        if (buf_append(answer, chunk, (size_t)got) != STATUS_OK)
            is_read = false;
    if (fd >= 0)
        (void)close(fd);
    static const char wanted[] = "HTTP/1.1 200";
    return is_read && answer->length > sizeof wanted && memcmp(answer->data, wanted, sizeof wanted - 1) == 0;
}

bool sim_printer_wire_get(uint16_t port, const char *path)
{
    struct buf request;
    struct buf answer;
    buf_init(&request, 2048);
    buf_init(&answer, ANSWER_BYTES);
    bool is_ok =
        buf_append_format(&request, "GET %s HTTP/1.1\r\nHost: localhost:%u\r\nConnection: close\r\n\r\n",
                          path, port) == STATUS_OK &&
        ask(port, request.data, request.length, &answer);
    buf_release(&request);
    buf_release(&answer);
    return is_ok;
}

/* An IPP attribute (RFC 8010 3.1.4): tag, name length, name, value length, value. */
static bool put_attribute(struct buf *out, uint8_t tag, const char *name, const void *value, size_t length)
{
    uint8_t name_size[2] = {0, (uint8_t)strlen(name)};
    uint8_t value_size[2] = {0, (uint8_t)length};
    return length < 256 && buf_append(out, &tag, 1) == STATUS_OK &&
           buf_append(out, name_size, 2) == STATUS_OK && buf_append_text(out, name) == STATUS_OK &&
           buf_append(out, value_size, 2) == STATUS_OK && buf_append(out, value, length) == STATUS_OK;
}

static bool put_text(struct buf *out, uint8_t tag, const char *name, const char *value)
{
    return put_attribute(out, tag, name, value, strlen(value));
}

/* Get-Job-Attributes (RFC 8011 4.3.4) for job-state-reasons only. */
static bool put_question(struct buf *out, uint16_t port, int job)
{
    static const uint8_t head[] = {2, 0, 0, 0x09, 0, 0, 0, 1, 0x01};
    static const uint8_t tail = 0x03;
    char uri[64];
    (void)snprintf(uri, sizeof uri, "ipp://localhost:%u/ipp/print", port);
    uint32_t number = htonl((uint32_t)job);
    return buf_append(out, head, sizeof head) == STATUS_OK &&
           put_text(out, 0x47, "attributes-charset", "utf-8") &&
           put_text(out, 0x48, "attributes-natural-language", "en") &&
           put_text(out, 0x45, "printer-uri", uri) &&
           put_attribute(out, 0x21, "job-id", &number, sizeof number) &&
           put_text(out, 0x44, "requested-attributes", "job-state-reasons") &&
           buf_append(out, &tail, 1) == STATUS_OK;
}

bool sim_printer_wire_is_cancelled(uint16_t port, int job)
{
    static const char sign[] = "processing-to-stop-point";
    struct buf body;
    struct buf request;
    struct buf answer;
    buf_init(&body, 1024);
    buf_init(&request, 2048);
    buf_init(&answer, ANSWER_BYTES);
    bool is_cancelled =
        put_question(&body, port, job) &&
        buf_append_format(
            &request,
            "POST /ipp/print HTTP/1.1\r\nHost: localhost:%u\r\nContent-Type: application/ipp\r\n"
            "Content-Length: %zu\r\nConnection: close\r\n\r\n",
            port, body.length) == STATUS_OK &&
        buf_append(&request, body.data, body.length) == STATUS_OK &&
        ask(port, request.data, request.length, &answer) &&
        memmem(answer.data, answer.length, sign, sizeof sign - 1) != NULL;
    buf_release(&body);
    buf_release(&request);
    buf_release(&answer);
    return is_cancelled;
}

uint16_t sim_printer_wire_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = open_socket();
    uint16_t port = 0;
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0 &&
        getsockname(fd, (struct sockaddr *)&address, &size) == 0)
        port = ntohs(address.sin_port);
    if (fd >= 0)
        (void)close(fd);
    return port;
}
