/* Encode: bytes as text and back: hexadecimal, base64 (RFC 4648 section 4), percent (RFC 3986).
 *
 * Decoding refuses what it does not know; nothing is skipped.
 */
#ifndef KIOSK_BASE_ENCODE_H
#define KIOSK_BASE_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"

/* The bytes stand as lower-case hexadecimal text with a NUL in out, which has room for 2 * length + 1. */
void encode_hex(char *out, const void *bytes, size_t length);

/* Exactly `length` bytes are read from 2 * length hexadecimal digits of either case and a NUL.
 * Returns: MALFORMED for anything else. */
enum status encode_hex_decode(void *out, size_t length, const char *text);

/* The bytes stand as base64 with padding at the end of the buffer. Returns: as buf_append. */
enum status encode_base64(struct buf *out, const void *bytes, size_t length);

/* The bytes of a base64 text stand at the end of the buffer. White space is allowed between groups.
 * Returns: MALFORMED; else as buf_append. After failure: the content is unchanged. */
enum status encode_base64_decode(struct buf *out, const char *text);

/* The text stands percent-encoded at the end of the buffer; only RFC 3986 unreserved characters stay.
 * Returns: as buf_append. */
enum status encode_percent(struct buf *out, const char *text);

#endif
