#include "kiosk/base/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { HEAD_BYTES = 12, FIELD_HEAD_BYTES = 6 };
static const uint8_t magic[4] = {'C', 'K', 'W', '1'};

static void put_u16(uint8_t *to, uint16_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static void put_u32(uint8_t *to, uint32_t value)
{
    put_u16(to, (uint16_t)(value >> 16));
    put_u16(to + 2, (uint16_t)value);
}

static uint16_t get_u16(const uint8_t *from)
{
    return (uint16_t)(from[0] << 8 | from[1]);
}

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)get_u16(from) << 16 | get_u16(from + 2);
}

void wire_init(struct wire *wire, uint16_t type)
{
    *wire = (struct wire){.type = type};
    buf_init(&wire->payload, LIMIT_FRAME_BYTES);
}

void wire_release(struct wire *wire)
{
    if (wire == NULL)
        return;
    buf_wipe(&wire->payload);
    wire->fields = 0;
}

enum status wire_put_bytes(struct wire *wire, uint16_t tag, const void *bytes, size_t length)
{
    uint8_t *room = NULL;
    if (length > LIMIT_FRAME_BYTES || wire->fields == UINT16_MAX)
        return STATUS_FULL;
    enum status status = buf_extend(&wire->payload, FIELD_HEAD_BYTES + length, &room);
    if (status != STATUS_OK)
        return status;
    put_u16(room, tag);
    put_u32(room + 2, (uint32_t)length);
    if (length > 0)
        memcpy(room + FIELD_HEAD_BYTES, bytes, length);
    wire->fields++;
    return STATUS_OK;
}

enum status wire_put_text(struct wire *wire, uint16_t tag, const char *text)
{
    return wire_put_bytes(wire, tag, text, strlen(text));
}

enum status wire_put_integer(struct wire *wire, uint16_t tag, int64_t value)
{
    uint8_t bytes[8];
    put_u32(bytes, (uint32_t)((uint64_t)value >> 32));
    put_u32(bytes + 4, (uint32_t)(uint64_t)value);
    return wire_put_bytes(wire, tag, bytes, sizeof(bytes));
}

/* One step through the fields; every length was checked when the message was parsed or built. */
static const uint8_t *next_field(const uint8_t *at, uint16_t *tag, const uint8_t **bytes, size_t *length)
{
    *tag = get_u16(at);
    *length = get_u32(at + 2);
    *bytes = at + FIELD_HEAD_BYTES;
    return *bytes + *length;
}

enum status wire_get_bytes(const struct wire *wire, uint16_t tag, unsigned index, const uint8_t **bytes,
                           size_t *length)
{
    const uint8_t *at = wire->payload.data;
    for (uint16_t i = 0; i < wire->fields; i++) {
        uint16_t found = 0;
        const uint8_t *field = NULL;
        size_t field_length = 0;
        at = next_field(at, &found, &field, &field_length);
        if (found != tag || index-- > 0)
            continue;
        *bytes = field;
        *length = field_length;
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

enum status wire_get_text(const struct wire *wire, uint16_t tag, char *out, size_t size)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = wire_get_bytes(wire, tag, 0, &bytes, &length);
    if (status != STATUS_OK)
        return status;
    if (length >= size)
        return STATUS_FULL;
    if (memchr(bytes, 0, length) != NULL || !text_is_valid((const char *)bytes, length))
        return STATUS_MALFORMED;
    memcpy(out, bytes, length);
    out[length] = 0;
    return STATUS_OK;
}

enum status wire_get_integer(const struct wire *wire, uint16_t tag, int64_t *value)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = wire_get_bytes(wire, tag, 0, &bytes, &length);
    if (status != STATUS_OK)
        return status;
    if (length != 8)
        return STATUS_MALFORMED;
    *value = (int64_t)((uint64_t)get_u32(bytes) << 32 | get_u32(bytes + 4));
    return STATUS_OK;
}

enum status wire_get_secret(const struct wire *wire, uint16_t tag, struct secret *secret)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = wire_get_bytes(wire, tag, 0, &bytes, &length);
    return status == STATUS_OK ? secret_set(secret, bytes, length) : status;
}

static bool fields_fit(const uint8_t *at, size_t left, uint16_t fields)
{
    for (uint16_t i = 0; i < fields; i++) {
        if (left < FIELD_HEAD_BYTES || get_u32(at + 2) > left - FIELD_HEAD_BYTES)
            return false;
        size_t used = FIELD_HEAD_BYTES + get_u32(at + 2);
        at += used;
        left -= used;
    }
    return left == 0;
}

static enum status parse_head(const uint8_t *head, struct wire *wire, size_t *payload_length)
{
    if (memcmp(head, magic, sizeof(magic)) != 0)
        return STATUS_MALFORMED;
    wire->type = get_u16(head + 4);
    wire->fields = get_u16(head + 6);
    *payload_length = get_u32(head + 8);
    return *payload_length > LIMIT_FRAME_BYTES ? STATUS_FULL : STATUS_OK;
}

enum status wire_parse(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct wire parsed;
    wire_init(&parsed, 0);
    size_t payload_length = 0;
    enum status status = length < HEAD_BYTES ? STATUS_MALFORMED : parse_head(bytes, &parsed, &payload_length);
    if (status == STATUS_OK && payload_length != length - HEAD_BYTES)
        status = STATUS_MALFORMED;
    if (status == STATUS_OK && !fields_fit(bytes + HEAD_BYTES, payload_length, parsed.fields))
        status = STATUS_MALFORMED;
    if (status == STATUS_OK)
        status = buf_append(&parsed.payload, bytes + HEAD_BYTES, payload_length);
    if (status == STATUS_OK)
        *wire = parsed;
    else
        wire_release(&parsed);
    return status;
}

/* Waits for the socket; a negative deadline waits for ever. */
static enum status wait_for(int fd, short events, int64_t until_ms)
{
    for (;;) {
        int64_t left = until_ms < 0 ? -1 : until_ms - clock_monotonic_ms(clock_system());
        if (until_ms >= 0 && left < 0)
            return STATUS_TIMED_OUT;
        struct pollfd one = {.fd = fd, .events = events};
        int ready = poll(&one, 1, (int)left);
        if (ready > 0)
            return STATUS_OK;
        if (ready == 0)
            return STATUS_TIMED_OUT;
        if (errno != EINTR)
            return STATUS_IO;
    }
}

static int64_t until(int deadline_ms)
{
    return deadline_ms < 0 ? -1 : clock_monotonic_ms(clock_system()) + deadline_ms;
}

static bool is_gone(int error)
{
    return error == EPIPE || error == ECONNRESET || error == ENOTCONN || error == EBADF;
}

static enum status send_all(int fd, const uint8_t *bytes, size_t length, int64_t until_ms)
{
    while (length > 0) {
        enum status status = wait_for(fd, POLLOUT, until_ms);
        if (status != STATUS_OK)
            return status;
        ssize_t put = send(fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (put < 0)
            return is_gone(errno) ? STATUS_LOST : STATUS_IO;
        bytes += put;
        length -= (size_t)put;
    }
    return STATUS_OK;
}

static enum status receive_all(int fd, uint8_t *bytes, size_t length, int64_t until_ms)
{
    while (length > 0) {
        enum status status = wait_for(fd, POLLIN, until_ms);
        if (status != STATUS_OK)
            return status;
        ssize_t got = recv(fd, bytes, length, MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0)
            return got == 0 || is_gone(errno) ? STATUS_LOST : STATUS_IO;
        bytes += got;
        length -= (size_t)got;
    }
    return STATUS_OK;
}

enum status wire_send(int fd, const struct wire *wire, int deadline_ms)
{
    int64_t until_ms = until(deadline_ms);
    uint8_t head[HEAD_BYTES];
    memcpy(head, magic, sizeof(magic));
    put_u16(head + 4, wire->type);
    put_u16(head + 6, wire->fields);
    put_u32(head + 8, (uint32_t)wire->payload.length);
    enum status status = send_all(fd, head, sizeof(head), until_ms);
    if (status == STATUS_OK && wire->payload.length > 0)
        status = send_all(fd, wire->payload.data, wire->payload.length, until_ms);
    return status;
}

enum status wire_receive(int fd, struct wire *wire, int deadline_ms)
{
    int64_t until_ms = until(deadline_ms);
    uint8_t head[HEAD_BYTES];
    size_t length = 0;
    wire_init(wire, 0);
    enum status status = receive_all(fd, head, sizeof(head), until_ms);
    if (status == STATUS_OK)
        status = parse_head(head, wire, &length);
    uint8_t *room = NULL;
    if (status == STATUS_OK)
        status = buf_extend(&wire->payload, length, &room);
    if (status == STATUS_OK)
        status = receive_all(fd, room, length, until_ms);
    if (status == STATUS_OK && !fields_fit(room, length, wire->fields))
        status = STATUS_MALFORMED;
    if (status != STATUS_OK)
        wire_release(wire);
    return status;
}
