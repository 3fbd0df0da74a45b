/* Network: whether the hall is cut off from the world, and the page that says so (design 5, Network down).
 *
 * One silent service is that service's own trouble and said on its screen; when payment and authority are
 * silent at once it is the line. What was entered is on this machine or in the hall, so nothing is lost.
 * Pitfall: the screen that shows the page must go on by itself when network_is_down is false again.
 */
#ifndef KIOSK_SCREENS_NETWORK_H
#define KIOSK_SCREENS_NETWORK_H

#include "kiosk/screens/screen.h"

/* Whether none of the services outside the hall answers, as last seen. */
bool network_is_down(const struct ui *ui);
/* The page stands for this screen. Ids: bar.call, network.slip prints the acceptance slip. */
void network_page(struct ui *ui, enum screen_id here, bool is_printing);

#endif
