#include "drivers/idcard/idcard_frame.h"

#include <string.h>

static const uint8_t head[IDCARD_FRAME_HEAD_BYTES] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
enum { LENGTH_BYTES = 2, WORDS = 3, CHECK_BYTES = 1, LEAST = WORDS + CHECK_BYTES };

static uint8_t xor_of(const uint8_t *bytes, size_t length)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i++)
        sum ^= bytes[i];
    return sum;
}

void idcard_frame_command(enum idcard_frame_command command, uint8_t out[IDCARD_FRAME_COMMAND_BYTES])
{
    (void)memcpy(out, head, sizeof(head));
    out[5] = 0;
    out[6] = 3;
    out[7] = (uint8_t)((unsigned)command >> 8);
    out[8] = (uint8_t)((unsigned)command & 0xFF);
    out[9] = xor_of(out + sizeof(head), 4);
}

/* Where a head begins, or might once more bytes are there; the length when nowhere. */
static size_t find_head(const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        size_t left = length - at < sizeof(head) ? length - at : sizeof(head);
        if (memcmp(bytes + at, head, left) == 0)
            return at;
    }
    return length;
}

enum status idcard_frame_parse(const uint8_t *bytes, size_t length, struct idcard_frame *out, size_t *used)
{
    size_t at = find_head(bytes, length);
    *used = at;
    if (length - at < sizeof(head) + LENGTH_BYTES)
        return STATUS_NOT_FOUND;
    const uint8_t *counted = bytes + at + sizeof(head);
    size_t said = (size_t)counted[0] << 8 | counted[1];
    size_t whole = sizeof(head) + LENGTH_BYTES + said;
    if (said < LEAST || whole > IDCARD_FRAME_BYTES) {
        *used = at + sizeof(head);
        return STATUS_MALFORMED;
    }
    if (length - at < whole)
        return STATUS_NOT_FOUND;
    const uint8_t *words = counted + LENGTH_BYTES;
    if (xor_of(counted, LENGTH_BYTES + said - CHECK_BYTES) != words[said - CHECK_BYTES]) {
        *used = at + sizeof(head);
        return STATUS_MALFORMED;
    }
    *used = at + whole;
    *out = (struct idcard_frame){.word = words[2], .data = words + WORDS, .length = said - LEAST};
    return STATUS_OK;
}
