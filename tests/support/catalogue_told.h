/* Catalogue told: what the robot was shown of a review and of a payment was so at that time.
 *
 * Judged by the order in which things happened, not by the product's steps. Pitfall: 审核通过后 speaks of
 * what is to come and may stand anywhere.
 */
#ifndef TESTS_SUPPORT_CATALOGUE_TOLD_H
#define TESTS_SUPPORT_CATALOGUE_TOLD_H

#include "tests/support/robot_order.h"

/* Whether nothing said that the papers were approved before a clerk approved them, nor at all where no clerk
 * looks. */
bool catalogue_told_no_approval(const struct robot_order *order);
/* Whether what was paid was told as paid: the amount, 交易成功, and a way to print it. */
bool catalogue_told_payment(const struct robot_order *order, const char *yuan);

#endif
