/* Reading: a long text on a page of the applicant, turned by its two buttons or by a finger that pushes it.
 *
 * The screen owns the struct, hands it its events and draws it where there is room; the widget's id is
 * "text". Pitfall: how many pages there are is known after the first drawing, so who names the number draws
 * twice.
 */
#ifndef KIOSK_SCREENS_READING_H
#define KIOSK_SCREENS_READING_H

#include "kiosk/ui/ui.h"

struct reading {
    int page;
    int pages; /* as drawn last; 0 before */
    int swipe_from_y;
};

/* Returns: whether the event was one of the text's own; then the page may have been turned. */
bool reading_event(struct reading *reading, const struct ui_event *event);
/* Whether the last page was reached. */
bool reading_is_at_end(const struct reading *reading);
/* The text stands there, one page of it. Units: base px. */
void reading_draw(struct reading *reading, struct ui *ui, struct rect area, const char *title,
                  const char *text);

#endif
