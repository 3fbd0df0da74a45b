/* Wire: messages between our own processes: framed, versioned, length-capped, typed fields.
 *
 * A frame is magic "CKW1", message type (u16), field count (u16), payload length (u32), then the fields, all
 * big-endian. A field is tag (u16), length (u32), bytes. Unknown tags are passed over, so that a newer peer
 * can add some. Used by the driver host and the embedded CA; never by anything from outside the machine.
 * Pitfall: a field handed out by a getter is borrowed from the message.
 */
#ifndef KIOSK_BASE_WIRE_H
#define KIOSK_BASE_WIRE_H

#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/secret.h"

struct wire {
    uint16_t type;
    uint16_t fields;
    struct buf payload; /* the encoded fields */
};

/* An empty message of this type. Owns: the caller, who releases it. */
void wire_init(struct wire *wire, uint16_t type);
/* The message is wiped (it may hold secrets) and empty. */
void wire_release(struct wire *wire);

/* The field stands at the end of the message. Returns: FULL past LIMIT_FRAME_BYTES, NO_MEMORY. */
enum status wire_put_bytes(struct wire *wire, uint16_t tag, const void *bytes, size_t length);
enum status wire_put_text(struct wire *wire, uint16_t tag, const char *text);
enum status wire_put_integer(struct wire *wire, uint16_t tag, int64_t value);

/* The first field with this tag at or after the index-th of the same tag is handed out.
 * Returns: NOT_FOUND. Owns: borrowed from the message. */
enum status wire_get_bytes(const struct wire *wire, uint16_t tag, unsigned index, const uint8_t **bytes,
                           size_t *length);
/* The field is copied as NUL-terminated text. Returns: NOT_FOUND, FULL, MALFORMED (a NUL inside or not
 * UTF-8). */
enum status wire_get_text(const struct wire *wire, uint16_t tag, char *out, size_t size);
/* The field is read as a number of 8 bytes. Returns: NOT_FOUND, MALFORMED. */
enum status wire_get_integer(const struct wire *wire, uint16_t tag, int64_t *value);
/* The field is read into locked memory. Returns: NOT_FOUND, FULL. */
enum status wire_get_secret(const struct wire *wire, uint16_t tag, struct secret *secret);

/* The whole frame is parsed from memory; what a fuzz target calls.
 * Returns: MALFORMED, FULL. Owns: the caller releases *wire. */
enum status wire_parse(struct wire *wire, const uint8_t *bytes, size_t length);

/* The message is sent whole over a stream socket.
 * Units: deadline in milliseconds from now; negative waits for ever.
 * Returns: LOST (peer gone), TIMED_OUT, IO. Time: until the deadline. */
enum status wire_send(int fd, const struct wire *wire, int deadline_ms);

/* The next message is received whole.
 * Units: as wire_send.
 * Returns: LOST, TIMED_OUT, MALFORMED, FULL, IO; after any of them the connection is of no further use.
 * Owns: the caller releases *wire, also after failure.
 * Time: as wire_send. */
enum status wire_receive(int fd, struct wire *wire, int deadline_ms);

#endif
