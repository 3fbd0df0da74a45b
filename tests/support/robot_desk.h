/* Robot desk: a clerk at the desk's page of holders, with somebody's ID card in hand.
 *
 * Pitfall: the desk's robot is opened here and closed by the test.
 */
#ifndef TESTS_SUPPORT_ROBOT_DESK_H
#define TESTS_SUPPORT_ROBOT_DESK_H

#include "tests/support/hall_scene.h"
#include "tests/support/robot.h"

enum { ROBOT_DESK_PROOF_BYTES = 8 };

/* The clerk "chen" has signed in and has the oldest wish for something to be set anew in hand, with the code
 * that its terminal shows. */
void robot_desk_take_reset(struct robot *desk, struct hall_scene *scene);
/* The clerk types the number of the card and lets it be done. */
void robot_desk_grant(struct robot *desk, const char *id_number);
/* What the desk shows then, and the terminal asks for. */
void robot_desk_read_proof(struct robot *desk, const struct hall_scene *scene,
                           char proof[ROBOT_DESK_PROOF_BYTES]);

#endif
