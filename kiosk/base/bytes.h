/* Bytes: a borrowed run of bytes handed to a call, for example one DER certificate.
 *
 * Not a buffer: nothing is owned, copied or freed here; memory that grows is a struct buf.
 * Pitfall: a view of a buf dies with the buf's next append or release.
 */
#ifndef KIOSK_BASE_BYTES_H
#define KIOSK_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kiosk/base/buf.h"

struct bytes {
    const uint8_t *data; /* NULL only when length is 0 */
    size_t length;
};

/* A view of the given memory. Owns: borrowed. Thread: any. */
static inline struct bytes bytes_view(const void *data, size_t length)
{
    return (struct bytes){.data = data, .length = length};
}

/* A view of what stands in the buffer now. Owns: borrowed from the buffer until it changes. Thread: any. */
static inline struct bytes bytes_of_buf(const struct buf *buf)
{
    return bytes_view(buf->data, buf->length);
}

/* Whether both views hold the same bytes; not in constant time, so never for secrets. Thread: any. */
static inline bool bytes_is_equal(struct bytes left, struct bytes right)
{
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.data, right.data, left.length) == 0);
}

#endif
