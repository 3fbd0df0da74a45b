/* Gallery layout: every page in every look is judged: nothing overflows, overlaps, is cut, too small to
 * press, out of reach or hard to read (checker.h).
 *
 * One length of texts is a test of its own, because all of them one after the other are the longest test.
 */
#ifndef TESTS_GOLDEN_GALLERY_LAYOUT_H
#define TESTS_GOLDEN_GALLERY_LAYOUT_H

#include "tests/golden/gallery.h"

/* The faults are told on standard error. Returns: how many there are. */
size_t gallery_layout_faults(enum gallery_length length);

#endif
