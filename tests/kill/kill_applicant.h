/* Kill applicant: what a person does at the terminal in each story, step by step, over kills of anything.
 *
 * Around the steps every order has (hall_applicant.h): another key for an order of two, no key for a parcel,
 * no code when a clerk takes the money, the PIN of an own key. Pitfall: the key that is in the writer is
 * remembered by the writer's files, not here; putting it in again is another insertion.
 */
#ifndef TESTS_KILL_KILL_APPLICANT_H
#define TESTS_KILL_KILL_APPLICANT_H

#include "tests/kill/kill_program.h"
#include "tests/support/hall_applicant.h"

/* One step further, or a short wait when it is somebody else's turn. */
void kill_applicant_step(struct kill_program *kill, const struct hall_applicant *applicant);
/* Whether the story is over at the terminal. */
bool kill_applicant_is_over(struct kill_program *kill, const struct hall_applicant *applicant);
/* The story is over; what the terminal still owes is done before it is switched off, as in any hall. */
void kill_applicant_linger(struct kill_program *kill, const struct hall_applicant *applicant);

#endif
