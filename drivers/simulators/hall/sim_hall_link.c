#include "drivers/simulators/hall/sim_hall_link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ANSWER_BYTES = 4 * 1024 * 1024, HEAD_BYTES = 2048, PATIENCE_S = 2 };

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static enum status exchange(int fd, const struct buf *question, struct buf *answer)
{
    char part[4096];
    enum status status = STATUS_OK;
    if (send(fd, question->data, question->length, MSG_NOSIGNAL) != (ssize_t)question->length)
        return STATUS_LOST;
    for (ssize_t got; status == STATUS_OK && (got = recv(fd, part, sizeof part, 0)) > 0;)
        status = buf_append(answer, part, (size_t)got);
    return status;
}

/* "HTTP/1.0 200 OK", headers, an empty line, the body. */
static enum status read_answer(const struct buf *answer, struct json **out)
{
    const char *text = (const char *)answer->data;
    const char *end = answer->length > 12 ? strstr(text, "\r\n\r\n") : NULL;
    if (end == NULL)
        return STATUS_LOST;
    size_t head = (size_t)(end + 4 - text);
    if (json_parse(end + 4, answer->length - head, out) != STATUS_OK)
        *out = NULL;
    return strtol(text + 9, NULL, 10) == 200 ? STATUS_OK : STATUS_REFUSED;
}

enum status sim_hall_link_ask(uint16_t port, const char *method, const char *path, struct json **out)
{
    struct buf question;
    struct buf answer;
    struct json *document = NULL;
    buf_init(&question, HEAD_BYTES);
    buf_init(&answer, ANSWER_BYTES);
    int fd = connect_to(port);
    enum status status =
        fd < 0
            ? STATUS_LOST
            : buf_append_format(&question, "%s %s HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
                                method, path);
    if (status == STATUS_OK)
        status = exchange(fd, &question, &answer);
    if (status == STATUS_OK)
        status = read_answer(&answer, &document);
    if (fd >= 0)
        (void)close(fd);
    buf_release(&question);
    buf_release(&answer);
    *out = document;
    return status;
}

enum status sim_hall_link_post(uint16_t port, const char *path)
{
    struct json *answer = NULL;
    enum status status = sim_hall_link_ask(port, "POST", path, &answer);
    json_free(answer);
    return status;
}
