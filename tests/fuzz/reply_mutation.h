/* Reply mutation: a whole HTTP reply becomes what a broken or hostile peer sends instead.
 *
 * Twelve kinds, taken in turn by number: bytes flipped, cut, a stretch repeated, lengths and other numbers
 * lied about, chunked garbage, a foreign status line, floods of headers and of body, nothing, a reset,
 * silence in the middle. The details come from a seeded source, so a number is the same reply in every run.
 * Pitfall: a flood is larger than the ceilings of limits.h on purpose.
 */
#ifndef TESTS_FUZZ_REPLY_MUTATION_H
#define TESTS_FUZZ_REPLY_MUTATION_H

#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/limits.h"

enum { REPLY_MUTATION_KINDS = 12, REPLY_MUTATION_BYTES = 4 * LIMIT_HTTP_REPLY_BYTES };

/* What happens to the connection behind the bytes. */
enum reply_ending { REPLY_CLOSES, REPLY_RESETS, REPLY_HOLDS };

/* The mutation with this number of the seed stands in *out, which is empty before and has room for
 * REPLY_MUTATION_BYTES. Returns: what follows the bytes. */
enum reply_ending reply_mutation_make(uint32_t number, const struct buf *seed, struct buf *out);

#endif
