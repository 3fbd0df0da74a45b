/* Buf: bytes that grow up to a ceiling given at birth.
 *
 * Not a string class: `data` is always NUL-terminated past `length`, so text may be read in place.
 * Pitfall: pointers into `data` die at the next append.
 */
#ifndef KIOSK_BASE_BUF_H
#define KIOSK_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

struct buf {
    uint8_t *data;
    size_t length;
    size_t capacity;
    size_t limit_bytes;
};

/* The buffer is empty and will hold at most limit_bytes.
 * Owns: the caller, who releases it. Nothing is allocated yet. */
void buf_init(struct buf *buf, size_t limit_bytes);

/* The memory is given back; safe on a zeroed or released buffer. */
void buf_release(struct buf *buf);

/* The content is overwritten with zeros, then given back; for secrets and personal data. */
void buf_wipe(struct buf *buf);

/* The buffer is empty again and keeps its memory and ceiling. */
void buf_clear(struct buf *buf);

/* The bytes stand at the end of the buffer.
 * Returns: FULL past the ceiling, NO_MEMORY.
 * After failure: the content is unchanged. */
enum status buf_append(struct buf *buf, const void *bytes, size_t length);

/* The bytes stand at the end of the buffer with their number (32 bits, in this machine's order) before them,
 * so that two lists of values never look the same: for digests, not for files. Returns: as buf_append. */
enum status buf_append_sized(struct buf *buf, const void *bytes, size_t length);

/* The text without its NUL stands at the end of the buffer. Returns: as buf_append. */
enum status buf_append_text(struct buf *buf, const char *text);

/* The formatted text stands at the end of the buffer. Returns: as buf_append. */
enum status buf_append_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for `length` bytes stands at the end, counted in, content undefined.
 * Returns: as buf_append; *room is the first byte of it. */
enum status buf_extend(struct buf *buf, size_t length, uint8_t **room);

/* The bytes belong to the caller, who frees them with free(); the buffer is empty.
 * Returns: NULL when the buffer was empty. */
uint8_t *buf_detach(struct buf *buf, size_t *length);

#endif
