/* Kill help: a clerk who helps at a distance and a terminal that is helped, act by act, over kills of either.
 *
 * The clerk sends a message, locks and unlocks, ends the visit, takes the machine out of service and back,
 * each act when the one before had its effect; where the desk stands is read from what became of the acts, so
 * it goes on after a restart. An act whose visit was over first is given again. Pitfall: an order that is
 * helped goes nowhere meanwhile.
 */
#ifndef TESTS_KILL_KILL_HELP_H
#define TESTS_KILL_KILL_HELP_H

#include "tests/support/hall_program.h"

/* The desk did the next act, when there is one to do now, at the terminal where this order is. */
void kill_help_give(struct hall_program *desk, const char *order_id);
/* A visit has begun at the terminal: the desk sees it. */
void kill_help_begin(struct hall_program *terminal);
/* The terminal's acts had their effect. The visit may be over afterwards. */
void kill_help_take(struct hall_program *terminal);
/* Whether the last act had its effect at the terminal, for this order. */
bool kill_help_is_over(struct hall_program *terminal, const char *order_id);

#endif
