/* Idcard frame: the frames of a SAM_V reader, out and in. Bytes in, findings out; it knows no line.
 *
 * A frame is AA AA AA 96 69, a length (2, big-endian) that counts everything behind itself, what is said, and
 * the XOR of everything from the length on. What a command says is CMD and PARA; what an answer says is SW1
 * SW2 SW3 and data.
 * Pitfall: a disturbed line brings junk, halves of frames and heads inside of junk; whoever reads drops what
 * `used` says and goes on.
 */
#ifndef DRIVERS_IDCARD_IDCARD_FRAME_H
#define DRIVERS_IDCARD_IDCARD_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum {
    IDCARD_FRAME_BYTES = 2400, /* the longest answer there is has 2321 */
    IDCARD_FRAME_COMMAND_BYTES = 10,
    IDCARD_FRAME_HEAD_BYTES = 5
};

/* What the product asks, and the second byte that goes with it. */
enum idcard_frame_command {
    IDCARD_FRAME_STATUS = 0x11FF,
    IDCARD_FRAME_FIND = 0x2001,
    IDCARD_FRAME_SELECT = 0x2002,
    IDCARD_FRAME_READ = 0x3001
};

/* The third status byte. */
enum idcard_frame_word {
    IDCARD_FRAME_CHECKSUM = 0x10,
    IDCARD_FRAME_LENGTH = 0x11,
    IDCARD_FRAME_NO_RIGHT = 0x23,
    IDCARD_FRAME_NO_CARD = 0x80,
    IDCARD_FRAME_SELF_TEST = 0x60,
    IDCARD_FRAME_NO_LICENCE = 0x66,
    IDCARD_FRAME_DONE = 0x90,
    IDCARD_FRAME_FOUND = 0x9F
};

/* An answer. Owns: data is borrowed from the bytes it was found in. */
struct idcard_frame {
    int word; /* SW3 */
    const uint8_t *data;
    size_t length;
};

/* The command stands in out as it goes over the line. */
void idcard_frame_command(enum idcard_frame_command command, uint8_t out[IDCARD_FRAME_COMMAND_BYTES]);

/* The first whole answer among the bytes. Units: *used bytes may be dropped: junk and, with OK and MALFORMED,
 * the frame. Returns: NOT_FOUND (more bytes are needed), MALFORMED (a wrong checksum or an impossible
 * length). After failure: *out is unchanged. */
enum status idcard_frame_parse(const uint8_t *bytes, size_t length, struct idcard_frame *out, size_t *used);

#endif
