/* Scan later: what is still missing when somebody wants to leave before all papers are scanned, and the slip
 * to come back with.
 *
 * A page of the scan screen. Nothing is asked where nothing is missing. Pitfall: it ends the visit; the
 * screen is left then.
 */
#ifndef KIOSK_SCREENS_SCAN_LATER_H
#define KIOSK_SCREENS_SCAN_LATER_H

#include "kiosk/screens/screen.h"

struct scan_later {
    bool is_open;
    uint64_t printing;
    char message[192]; /* why there is no slip */
};

/* Whether a paper of the order is still to be scanned. */
bool scan_later_misses(const struct ui *ui);
/* What was touched on its page, and what the printer answered. Returns: whether the event was about it. */
bool scan_later_event(struct scan_later *later, struct ui *ui, const struct ui_event *event);
/* Its page. Ids: bar.next prints and leaves, later.leave leaves without, bar.back goes back to scanning. */
void scan_later_draw(struct ui *ui, const struct scan_later *later);

#endif
