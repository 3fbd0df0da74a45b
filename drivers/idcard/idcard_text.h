/* Idcard text: the block of texts of a card as a person. Bytes in, findings out.
 *
 * UTF-16LE, each field filled up with spaces; where a field stands depends on the kind of card, which its
 * type mark says.
 * Pitfall: a card is foreign input like any other: a broken character or a date with letters makes it
 * unreadable, never half a person.
 */
#ifndef DRIVERS_IDCARD_IDCARD_TEXT_H
#define DRIVERS_IDCARD_IDCARD_TEXT_H

#include "drivers/idcard/idcard.h"

enum { IDCARD_TEXT_BYTES = 256 };

/* The block as a person. Returns: MALFORMED (a character or a date is broken, name or number is missing),
 * UNSUPPORTED (another kind of card). After failure: *out is unchanged. */
enum status idcard_text_parse(const uint8_t *bytes, size_t length, struct idcard_person *out);

#endif
