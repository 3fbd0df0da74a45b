/* Touch hand: a hand that knows nothing, at the applicant's screens: taps, drags, two fingers at once, keys,
 * other looks, and a world that breaks under it.
 *
 * Every event goes through the robot's one door, which walks the page with the checker afterwards. The same
 * seed makes the same choices from the same page; what the workers answer in between may differ, so each
 * event is also written to a log that can be read. Pitfall: a choice is made from the page as it is now;
 * never keep a widget over an event.
 */
#ifndef TESTS_TOUCH_TOUCH_HAND_H
#define TESTS_TOUCH_TOUCH_HAND_H

#include <stdio.h>

#include "tests/support/robot_visit.h"

struct touch_hand {
    struct robot *robot;
    const struct random *random;
    FILE *log; /* NULL keeps none */
    uint64_t events;
};

/* One thing happens: mostly a touch, sometimes a key, another look, time, or trouble in the world. */
void touch_hand_act(struct touch_hand *hand);
/* The world is whole again: printer ready, an empty glass, no key in the writer. */
void touch_hand_mend(struct touch_hand *hand);

#endif
