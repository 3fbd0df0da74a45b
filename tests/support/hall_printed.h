/* Hall printed: the sheets that came out of the hall's printer, read by another program.
 *
 * Pitfall: blanks and line ends are taken out of what was read; look for words without them.
 */
#ifndef TESTS_SUPPORT_HALL_PRINTED_H
#define TESTS_SUPPORT_HALL_PRINTED_H

#include "tests/support/hall.h"

/* Whether the last printed sheets hold these words. */
bool hall_printed(const struct hall *hall, const char *words);
/* What stands on the first of them in codes, one a line, "none" for no code. Owns: the caller frees it. */
char *hall_printed_codes(const struct hall *hall);

#endif
