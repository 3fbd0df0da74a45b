#include "kiosk/screens/closer.h"

#include <stdio.h>

enum { HEIGHT = 96, HEIGHT_LARGE = 112, GAP = 24, GAP_BETWEEN = 16, ID_BYTES = 48, STEPS = 4 };

/* --- the picture ------------------------------------------------------------------------------------- */

void closer_open(struct closer *closer, uint64_t asking)
{
    closer_release(closer);
    closer->is_open = true;
    closer->asking = asking;
}

void closer_release(struct closer *closer)
{
    service_image_free(closer->image);
    *closer = (struct closer){0};
}

static void take(struct closer *closer, struct service_reply *reply)
{
    closer->asking = 0;
    closer->failed = reply->image == NULL;
    closer->image = reply->image;
    closer->version = reply->id;
    reply->image = NULL;
    if (closer->image != NULL)
        closer->picture =
            (struct canvas_image){closer->image->rgb, closer->image->width_px, closer->image->height_px};
}

/* "<id>.<part>" */
static const char *join(char out[ID_BYTES], const char *id, const char *part)
{
    (void)snprintf(out, ID_BYTES, "%s.%s", id, part);
    return out;
}

bool closer_event(struct closer *closer, const char *id, const struct ui_event *event)
{
    char name[ID_BYTES];
    struct service_reply *reply = NULL;
    if (!closer->is_open)
        return false;
    if (screen_answered(event, closer->asking, &reply))
        take(closer, reply);
    else if (ui_tapped(event, join(name, id, "larger")))
        widget_picture_zoom(&closer->view, STEPS);
    else if (ui_tapped(event, join(name, id, "smaller")))
        widget_picture_zoom(&closer->view, -STEPS);
    else
        return false;
    return true;
}

void closer_draw(struct ui *ui, const char *id, struct rect area, struct closer *closer)
{
    char name[ID_BYTES], words[ID_BYTES];
    closer_draw_buttons(ui, id, &area);
    (void)widget_panel(ui, area, WIDGET_PANEL_TRAY);
    (void)widget_picture_image(
        ui, rect_inset(area, 8, 8),
        &(struct widget_picture_image){
            .id = join(name, id, "picture"),
            .label = screen_text(ui, name),
            .image = closer->image == NULL ? NULL : &closer->picture,
            .version = closer->version,
            .view = &closer->view,
            .is_sheet = true,
            .placeholder = screen_text(ui, join(words, id, closer->failed ? "none" : "drawing"))});
}

/* --- buttons ----------------------------------------------------------------------------------------- */

void closer_draw_buttons(struct ui *ui, const char *id, struct rect *area)
{
    char larger_id[ID_BYTES], smaller_id[ID_BYTES];
    struct widget_button larger = {.id = join(larger_id, id, "larger"),
                                   .label = screen_text(ui, "print.larger"),
                                   .icon = ICON_ZOOM_IN,
                                   .look = WIDGET_BUTTON_SECONDARY};
    struct widget_button smaller = {.id = join(smaller_id, id, "smaller"),
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

void closer_draw_corner(struct ui *ui, const char *id, const char *label, struct rect tray)
{
    (void)widget_button(ui, rect_make(tray.x + tray.w - 120, tray.y + tray.h - 104, 104, 88),
                        &(struct widget_button){
                            .id = id, .label = label, .icon = ICON_ZOOM_IN, .look = WIDGET_BUTTON_FLOATING});
}
