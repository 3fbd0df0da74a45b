/* Scan example: how the paper in hand looks when it is right, in a window of its own.
 *
 * A page of the scan screen with the picture, to be looked at closer. Pitfall: it is drawn anew each time;
 * release gives the picture back.
 */
#ifndef KIOSK_SCREENS_SCAN_EXAMPLE_H
#define KIOSK_SCREENS_SCAN_EXAMPLE_H

#include "kiosk/screens/closer.h"

struct scan_example {
    struct closer closer;
};

/* The example of this paper is asked for, its window open. */
void scan_example_begin(struct scan_example *example, struct ui *ui, const char *paper_id);
/* The window is closed and the picture given back; safe on a zeroed one. */
void scan_example_release(struct scan_example *example);
/* What was touched in the window, and the picture that came. Returns: whether the event was about it. */
bool scan_example_event(struct scan_example *example, struct ui *ui, const struct ui_event *event);
/* The window. Ids: example.picture, example.larger, example.smaller, bar.next closes it. */
void scan_example_draw(struct ui *ui, struct scan_example *example, const char *paper_title);

#endif
