/* Gallery layout: every page in every look is judged: nothing overflows, overlaps, is cut, too small to
 * press, out of reach or hard to read (checker.h).
 *
 * One length of texts is a test of its own, because all of them one after the other are the longest test. The
 * looks are 1920x1080, upright and the desk's; other windows that are promised are judged by one look each.
 */
#ifndef TESTS_GOLDEN_GALLERY_LAYOUT_H
#define TESTS_GOLDEN_GALLERY_LAYOUT_H

#include "tests/golden/gallery.h"

/* The faults are told on standard error. Returns: how many there are. */
size_t gallery_layout_faults(enum gallery_length length);
/* The same in a window of another size, with normal texts: the applicant's pages or the clerk's, all of them
 * or each screen's first case. */
size_t gallery_window_faults(bool desk, bool all, struct stage_look window);

#endif
