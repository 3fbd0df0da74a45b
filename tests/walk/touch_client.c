#include "tests/walk/touch_client.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <xorg/xf86-input-inputtest-protocol.h>

enum { TRIES = 50, TRY_EVERY_US = 100 * 1000, AXIS_MAX = 65535 };

struct touch_client {
    int fd, width, height;
};

static bool send_all(int fd, const void *bytes, size_t length)
{
    return send(fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static bool receive(int fd, uint32_t type)
{
    xf86ITResponseAny reply;
    size_t got = 0, wanted = sizeof reply.header;
    while (got < wanted) {
        ssize_t n = recv(fd, (char *)&reply + got, wanted - got, 0);
        if (n <= 0)
            return false;
        got += (size_t)n;
        if (got == sizeof reply.header)
            wanted = reply.header.length;
        if (wanted < sizeof reply.header || wanted > sizeof reply)
            return false;
    }
    return (uint32_t)reply.header.type == type;
}

static bool greet(int fd)
{
    xf86ITEventClientVersion version = {.header = {sizeof version, XF86IT_EVENT_CLIENT_VERSION},
                                        .major = XF86IT_PROTOCOL_VERSION_MAJOR,
                                        .minor = XF86IT_PROTOCOL_VERSION_MINOR};
    return send_all(fd, &version, sizeof version) && receive(fd, XF86IT_RESPONSE_SERVER_VERSION);
}

static int try_connect(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 && greet(fd))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

struct touch_client *touch_client_open(const char *socket_path, int width, int height)
{
    int fd = -1;
    for (int i = 0; i < TRIES && fd < 0; i++) {
        fd = try_connect(socket_path);
        if (fd < 0)
            usleep(TRY_EVERY_US);
    }
    struct touch_client *client = fd >= 0 ? calloc(1, sizeof *client) : NULL;
    if (client)
        *client = (struct touch_client){fd, width, height};
    return client;
}

void touch_client_close(struct touch_client *client)
{
    if (!client)
        return;
    close(client->fd);
    free(client);
}

bool touch_client_send(struct touch_client *client, enum touch_client_act act, unsigned finger, int x, int y)
{
    xf86ITEventTouch touch = {.header = {sizeof touch, XF86IT_EVENT_TOUCH},
                              .touchid = finger,
                              .touch_type = (uint32_t)act,
                              .valuators = {.mask = {3}}};
    xf86ITEventWaitForSync sync = {.header = {sizeof sync, XF86IT_EVENT_WAIT_FOR_SYNC}};
    touch.valuators.valuators[0] = (x + 0.5) * AXIS_MAX / client->width;
    touch.valuators.valuators[1] = (y + 0.5) * AXIS_MAX / client->height;
    return send_all(client->fd, &touch, sizeof touch) && send_all(client->fd, &sync, sizeof sync) &&
           receive(client->fd, XF86IT_RESPONSE_SYNC_FINISHED);
}
