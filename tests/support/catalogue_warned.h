/* Catalogue warned: what the guides want read before an operation was read before it, by the robot that went
 * through it.
 *
 * Judged by tests/flows/catalogue_warnings.def, not by the product's own texts. Pitfall: the page is taken up
 * once; a warning on a later page comes too late and counts for nothing.
 */
#ifndef TESTS_SUPPORT_CATALOGUE_WARNED_H
#define TESTS_SUPPORT_CATALOGUE_WARNED_H

#include "tests/support/robot_order.h"

/* Every warning of the table stood on the page where it is acknowledged, before the form; else the test
 * fails. Returns: whether one was of this feature. */
bool catalogue_warned(const struct robot_order *order, const char *feature);
/* Whether another encryption key takes the old one's place, which then opens nothing any more. */
bool catalogue_warned_leaves_key(const struct robot_order *order);

#endif
