/* Paper list: what to bring for what was chosen, said before any effort (a03).
 *
 * Nothing to press. Pitfall: where they do not fit, even in two columns, the last line says how many more
 * there are.
 */
#ifndef KIOSK_SCREENS_PAPER_LIST_H
#define KIOSK_SCREENS_PAPER_LIST_H

#include "kiosk/screens/screen.h"

/* A heading with their number, and a line for each paper that the wish asks for. */
void paper_list(struct ui *ui, struct rect area, const struct product_wish *wish);

#endif
