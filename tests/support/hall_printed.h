/* Hall printed: the sheets that came out of the hall's printer, read by another program.
 *
 * Pitfall: blanks and line ends are taken out of what was read; look for words without them.
 */
#ifndef TESTS_SUPPORT_HALL_PRINTED_H
#define TESTS_SUPPORT_HALL_PRINTED_H

#include "tests/support/hall.h"

/* Whether the last printed sheets hold these words. */
bool hall_printed(const struct hall *hall, const char *words);

#endif
