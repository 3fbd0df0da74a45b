/* Feature: the mark of a capability of the guides beside the assertion that shows it.
 *
 * FEATURE("F012") stands in the test that tests/features.md names for F012, or in a helper of the same file
 * that it calls, next to what asserts it; tests/house/test_features holds both against each other. When the
 * test runs it says so, for a log of the run.
 */
#ifndef TESTS_SUPPORT_FEATURE_H
#define TESTS_SUPPORT_FEATURE_H

#include <stdio.h>

#define FEATURE(id) (void)printf("feature %s\n", id)

#endif
