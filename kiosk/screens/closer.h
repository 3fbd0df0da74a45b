/* Closer: a picture that is looked at closely on a page of its own, with the two buttons beside it: larger,
 * smaller, and the small one in a picture's corner that leads there.
 *
 * Ids: "<id>.picture", "<id>.larger", "<id>.smaller". What is looked at is the page's own.
 * Pitfall: pictures show personal data; release wipes them.
 */
#ifndef KIOSK_SCREENS_CLOSER_H
#define KIOSK_SCREENS_CLOSER_H

#include "kiosk/screens/screen.h"

struct closer {
    bool is_open;
    uint64_t asking;
    bool failed;
    struct service_image *image; /* NULL until it has come */
    struct canvas_image picture; /* a view of it, for the painter */
    uint64_t version;
    struct widget_picture_view view;
};

/* The page is open; the picture comes as the answer to this request. */
void closer_open(struct closer *closer, uint64_t asking);
/* The page is closed and the picture given back; safe on a zeroed one. */
void closer_release(struct closer *closer);
/* The picture that came, larger and smaller. Returns: whether the event was about it. */
bool closer_event(struct closer *closer, const char *id, const struct ui_event *event);
/* Picture and buttons fill the area, named by the words "<id>.picture"; instead of a picture stand the words
 * "<id>.drawing" or "<id>.none". Units: base px. */
void closer_draw(struct ui *ui, const char *id, struct rect area, struct closer *closer);

/* The buttons stand at the right, upright below, and are cut off the area. Units: base px. */
void closer_draw_buttons(struct ui *ui, const char *id, struct rect *area);
/* The way to such a page stands in the lower right corner of a tray. Units: base px. */
void closer_draw_corner(struct ui *ui, const char *id, const char *label, struct rect tray);

#endif
