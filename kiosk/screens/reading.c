#include "kiosk/screens/reading.h"

#include <stdlib.h>

#include "kiosk/ui/widget_pager.h"

enum { SWIPE = 80 };

static void turn(struct reading *reading, int by)
{
    if (reading->page + by >= 0 && reading->page + by < reading->pages)
        reading->page += by;
}

/* A finger that pushes the text up turns to what stands below. */
static void on_drag(struct reading *reading, const struct ui_event *event)
{
    if (event->phase == UI_DRAG_BEGIN)
        reading->swipe_from_y = event->y;
    if (event->phase == UI_DRAG_END && abs(event->y - reading->swipe_from_y) >= SWIPE)
        turn(reading, event->y < reading->swipe_from_y ? 1 : -1);
}

bool reading_event(struct reading *reading, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_DRAG)
        on_drag(reading, event);
    else if (ui_tapped(event, "text.up"))
        turn(reading, -1);
    else if (ui_tapped(event, "text.down"))
        turn(reading, 1);
    else
        return false;
    return true;
}

bool reading_is_at_end(const struct reading *reading)
{
    return reading->pages > 0 && reading->page + 1 >= reading->pages;
}

void reading_draw(struct reading *reading, struct ui *ui, struct rect area, const char *title,
                  const char *text)
{
    (void)widget_pager(ui, area, "text", title, text, reading->page);
    reading->pages = widget_pager_pages(ui, area, text);
}
