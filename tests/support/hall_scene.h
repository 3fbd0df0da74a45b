/* Hall scene: the usual cast of a flow: one hall, a terminal, a desk with a clerk, and a second terminal on
 * call.
 *
 * Pitfall: the second terminal does not run until the test starts it.
 */
#ifndef TESTS_SUPPORT_HALL_SCENE_H
#define TESTS_SUPPORT_HALL_SCENE_H

#include "tests/support/hall_order.h"

struct hall_scene {
    struct hall hall;
    struct hall_program terminal; /* "terminal-01", runs */
    struct hall_program other;    /* "terminal-02" once hall_scene_start_other was called */
    struct hall_program desk;     /* "desk-01", runs; its clerk is "chen" */
    struct order order;           /* for the test's use */
    struct hall_order_sum sum;    /* likewise */
};

/* cmocka's set-up and tear-down; *state is the scene. `source` is the repository's root. */
int hall_scene_setup(void **state, const char *source);
int hall_scene_teardown(void **state);
/* The second terminal runs. */
void hall_scene_start_other(struct hall_scene *scene);
/* scene->sum is what the store holds about scene->order now. Returns: it. */
const struct hall_order_sum *hall_scene_look(struct hall_scene *scene);

#endif
