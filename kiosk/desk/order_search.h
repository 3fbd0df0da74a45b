/* Order search: an order among those the desk knows, by what people have at hand: its number, the unit's
 * name, or the last four digits of the mobile number.
 *
 * Pitfall: the desk knows the orders of the day and those that wait; older ones it does not find.
 */
#ifndef KIOSK_DESK_ORDER_SEARCH_H
#define KIOSK_DESK_ORDER_SEARCH_H

#include "kiosk/desk/desk.h"

/* Whether the line is meant by this text; nothing means none. */
bool order_search_means(const struct service_queue_line *line, const char *text);
/* The first line that is meant: of the queue, then of the others. Returns: NULL when there is none. Owns:
 * borrowed until the services answer. */
const struct service_queue_line *order_search_find(const struct ui *ui, const char *text);
/* The order that is meant stands on its page: the review while it waits there, else the list of orders; or it
 * is told that there is none. */
void order_search_go(struct ui *ui, const char *text);

#endif
