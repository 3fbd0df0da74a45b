#include "kiosk/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/secret.h"

void buf_init(struct buf *buf, size_t limit_bytes)
{
    *buf = (struct buf){.limit_bytes = limit_bytes};
}

void buf_release(struct buf *buf)
{
    if (buf == NULL)
        return;
    free(buf->data);
    *buf = (struct buf){.limit_bytes = buf->limit_bytes};
}

void buf_wipe(struct buf *buf)
{
    if (buf == NULL)
        return;
    if (buf->data != NULL)
        secret_wipe_bytes(buf->data, buf->capacity);
    buf_release(buf);
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    if (buf->data != NULL)
        buf->data[0] = 0;
}

static size_t grown_capacity(const struct buf *buf, size_t needed)
{
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    while (capacity < needed)
        capacity *= 2;
    return capacity > buf->limit_bytes + 1 ? buf->limit_bytes + 1 : capacity;
}

/* Not realloc: the old block may hold a secret and must be wiped before it is given back. */
static enum status grow(struct buf *buf, size_t needed)
{
    size_t capacity = grown_capacity(buf, needed);
    uint8_t *data = malloc(capacity);
    if (data == NULL)
        return STATUS_NO_MEMORY;
    if (buf->data != NULL) {
        memcpy(data, buf->data, buf->length);
        secret_wipe_bytes(buf->data, buf->capacity);
        free(buf->data);
    }
    buf->data = data;
    buf->capacity = capacity;
    return STATUS_OK;
}

enum status buf_extend(struct buf *buf, size_t length, uint8_t **room)
{
    if (length > buf->limit_bytes || buf->length > buf->limit_bytes - length)
        return STATUS_FULL;
    size_t needed = buf->length + length + 1;
    if (needed > buf->capacity) {
        enum status status = grow(buf, needed);
        if (status != STATUS_OK)
            return status;
    }
    *room = buf->data + buf->length;
    buf->length += length;
    buf->data[buf->length] = 0;
    return STATUS_OK;
}

enum status buf_append(struct buf *buf, const void *bytes, size_t length)
{
    uint8_t *room = NULL;
    enum status status = buf_extend(buf, length, &room);
    if (status == STATUS_OK && length > 0)
        memcpy(room, bytes, length);
    return status;
}

enum status buf_append_sized(struct buf *buf, const void *bytes, size_t length)
{
    uint32_t size = (uint32_t)length;
    enum status status = buf_append(buf, &size, sizeof(size));
    return status == STATUS_OK ? buf_append(buf, bytes, length) : status;
}

enum status buf_append_text(struct buf *buf, const char *text)
{
    return buf_append(buf, text, strlen(text));
}

enum status buf_append_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_list measured;
    va_start(arguments, format);
    va_copy(measured, arguments);
    int length = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    uint8_t *room = NULL;
    enum status status = length < 0 ? STATUS_MALFORMED : buf_extend(buf, (size_t)length, &room);
    if (status == STATUS_OK)
        (void)vsnprintf((char *)room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return status;
}

uint8_t *buf_detach(struct buf *buf, size_t *length)
{
    uint8_t *data = buf->data;
    *length = buf->length;
    *buf = (struct buf){.limit_bytes = buf->limit_bytes};
    return data;
}
