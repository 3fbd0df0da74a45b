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
/* The same with a second clerk, "lin"; and with every way to pay, whatever the product's definition says. */
int hall_scene_setup_two(void **state, const char *source);
int hall_scene_setup_by_hand(void **state, const char *source);
/* The second terminal runs. */
void hall_scene_start_other(struct hall_scene *scene);
/* The first terminal's writer and visit. */
struct token_fake *hall_scene_writer(const struct hall_scene *scene);
const struct service_visit *hall_scene_visit(const struct hall_scene *scene);
/* What the key in that writer says to this PIN. */
enum status hall_scene_try_pin(struct hall_scene *scene, const char *text);
/* scene->sum is what the store holds about scene->order now. Returns: it. */
const struct hall_order_sum *hall_scene_look(struct hall_scene *scene);
/* Whether the audit has this action of this actor among its first rows. */
bool hall_scene_has_audit(struct hall_scene *scene, const char *action, const char *actor);

#endif
