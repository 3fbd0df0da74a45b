#include "kiosk/screens/scan_example.h"

#include "kiosk/screens/closer.h"

enum { EXAMPLE_PX = 1000, STEPS = 4 };

void scan_example_begin(struct scan_example *example, struct ui *ui, const char *paper_id)
{
    scan_example_release(example);
    example->is_open = true;
    example->asking = service_example_show(screen_services(ui), paper_id, EXAMPLE_PX);
}

void scan_example_release(struct scan_example *example)
{
    service_image_free(example->image);
    *example = (struct scan_example){0};
}

static void take(struct scan_example *example, struct service_reply *reply)
{
    example->asking = 0;
    example->failed = reply->image == NULL;
    example->image = reply->image;
    example->version = reply->id;
    reply->image = NULL;
    if (example->image != NULL)
        example->picture =
            (struct canvas_image){example->image->rgb, example->image->width_px, example->image->height_px};
}

bool scan_example_event(struct scan_example *example, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (!example->is_open)
        return false;
    if (screen_answered(event, example->asking, &reply))
        take(example, reply);
    else if (ui_tapped(event, "bar.next"))
        scan_example_release(example);
    else if (ui_tapped(event, "example.larger"))
        widget_picture_zoom(&example->view, STEPS);
    else if (ui_tapped(event, "example.smaller"))
        widget_picture_zoom(&example->view, -STEPS);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_picture(struct ui *ui, struct rect area, struct scan_example *example)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_TRAY);
    (void)widget_picture_image(
        ui, rect_inset(area, 8, 8),
        &(struct widget_picture_image){
            .id = "example.picture",
            .label = screen_text(ui, "example.picture"),
            .image = example->image == NULL ? NULL : &example->picture,
            .version = example->version,
            .view = &example->view,
            .is_sheet = true,
            .placeholder = screen_text(ui, example->failed ? "example.none" : "example.drawing")});
}

void scan_example_draw(struct ui *ui, struct scan_example *example, const char *paper_title)
{
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    char title[160];
    screen_format(ui, title, sizeof(title), "example.title", {"paper", paper_title});
    page.title = title;
    page.subtitle = screen_text(ui, "example.subtitle");
    page.voice = NULL;
    page.plain = true;
    page.no_back = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, "example.close"), .icon_right = ICON_CHECK};
    struct rect area = ui_page(ui, &page);
    closer_draw_buttons(ui, "example", &area);
    draw_picture(ui, area, example);
}
