#include "kiosk/screens/closer.h"

#include <stdio.h>

enum { HEIGHT = 96, HEIGHT_LARGE = 112, GAP = 24, GAP_BETWEEN = 16, ID_BYTES = 48 };

void closer_draw_buttons(struct ui *ui, const char *id, struct rect *area)
{
    char larger_id[ID_BYTES], smaller_id[ID_BYTES];
    (void)snprintf(larger_id, sizeof(larger_id), "%s.larger", id);
    (void)snprintf(smaller_id, sizeof(smaller_id), "%s.smaller", id);
    struct widget_button larger = {.id = larger_id,
                                   .label = screen_text(ui, "print.larger"),
                                   .icon = ICON_ZOOM_IN,
                                   .look = WIDGET_BUTTON_SECONDARY};
    struct widget_button smaller = {.id = smaller_id,
                                    .label = screen_text(ui, "print.smaller"),
                                    .icon = ICON_ZOOM_OUT,
                                    .look = WIDGET_BUTTON_SECONDARY};
    bool portrait = ui_is_portrait(ui);
    int height = ui_is_large(ui) ? HEIGHT_LARGE : HEIGHT, width = widget_button_width(ui, &larger);
    struct rect row = portrait ? rect_cut_bottom(area, height) : rect_cut_right(area, width);
    (void)(portrait ? rect_cut_bottom(area, GAP) : rect_cut_right(area, GAP));
    (void)widget_button(ui, rect_make(row.x, row.y, width, height), &larger);
    (void)widget_button(ui,
                        portrait ? rect_make(row.x + row.w - width, row.y, width, height)
                                 : rect_make(row.x, row.y + height + GAP_BETWEEN, width, height),
                        &smaller);
}
