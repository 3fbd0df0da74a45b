/* Hall money: an order to be paid by hand at the desk of a scene, and the clerk who takes the money.
 *
 * For stories set up with hall_scene_setup_by_hand. Everything is about scene->order.
 * Pitfall: a clerk is told of the money only by an overview; hall_money_line asks for one each time.
 */
#ifndef TESTS_SUPPORT_HALL_MONEY_H
#define TESTS_SUPPORT_HALL_MONEY_H

#include "tests/support/hall_scene.h"

/* The order is PAYING at the terminal, and the clerk "chen" has signed in at the desk. */
void hall_money_begin(struct hall_scene *scene);
/* What the desk knows of the order's money. Returns: NULL when it is not in its list. Owns: the desk, until
 * its next overview. */
const struct service_queue_line *hall_money_line(struct hall_scene *scene);
/* What a clerk writes down about money. */
struct service_hand_note hall_money_note(const char *method, const char *reference, int64_t amount_fen);
/* The clerk takes it. Returns: the request. */
uint64_t hall_money_take(struct hall_scene *scene, const char *method, const char *reference,
                         int64_t amount_fen);

#endif
