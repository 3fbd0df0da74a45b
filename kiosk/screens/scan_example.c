#include "kiosk/screens/scan_example.h"

enum { EXAMPLE_PX = 1000 };

void scan_example_begin(struct scan_example *example, struct ui *ui, const char *paper_id)
{
    closer_open(&example->closer, service_example_show(screen_services(ui), paper_id, EXAMPLE_PX));
}

void scan_example_release(struct scan_example *example)
{
    closer_release(&example->closer);
}

bool scan_example_event(struct scan_example *example, struct ui *ui, const struct ui_event *event)
{
    if (!example->closer.is_open)
        return false;
    if (closer_event(&example->closer, "example", event))
        return true;
    if (ui_tapped(event, "bar.next"))
        scan_example_release(example);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

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
    closer_draw(ui, "example", ui_page(ui, &page), &example->closer);
}
