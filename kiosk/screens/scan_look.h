/* Scan look: a scanned page in full size, in a window of its own, from which it can be deleted.
 *
 * A page of the scan screen. Deleting is asked about first, and only offered for what may be scanned again.
 * Pitfall: the picture is personal; release wipes it.
 */
#ifndef KIOSK_SCREENS_SCAN_LOOK_H
#define KIOSK_SCREENS_SCAN_LOOK_H

#include "kiosk/screens/closer.h"

struct scan_look {
    struct closer closer;
    char paper[ORDER_NAME_BYTES];
    bool is_asking; /* whether it shall be deleted */
    uint64_t deleting;
    char message[192]; /* why it was not deleted */
};

/* The page of this paper is asked for, its window open. */
void scan_look_begin(struct scan_look *look, struct ui *ui, const char *paper_id);
/* The window is closed and the picture given back; safe on a zeroed one. */
void scan_look_release(struct scan_look *look);
/* What was touched in the window, and what came back. *deleted says that the page is gone, and the window
 * with it. Returns: whether the event was about it. */
bool scan_look_event(struct scan_look *look, struct ui *ui, const struct ui_event *event, bool *deleted);
/* The window. Ids: look.picture, look.larger, look.smaller, look.delete, then look.yes and look.keep;
 * bar.next closes it. */
void scan_look_draw(struct ui *ui, struct scan_look *look, const char *title, bool may_delete);

#endif
