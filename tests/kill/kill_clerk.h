/* Kill clerk: what a clerk does at the desk in each story, over kills of anything.
 *
 * Every order that waits is identified and approved; beside that the clerk plays the story's part: gives up,
 * helps, takes cash, makes and sends a key. Pitfall: what to do next is read from the desk's lists each time,
 * never remembered.
 */
#ifndef TESTS_KILL_KILL_CLERK_H
#define TESTS_KILL_KILL_CLERK_H

#include "tests/kill/kill_program.h"

/* The clerk sits down. Returns: whether the password was right. */
bool kill_clerk_sign_in(struct kill_program *kill);
/* One look at the lists, and what they ask for. */
void kill_clerk_look_round(struct kill_program *kill);

#endif
