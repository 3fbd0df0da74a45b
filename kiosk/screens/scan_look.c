#include "kiosk/screens/scan_look.h"

#include "kiosk/base/text.h"

enum { LOOK_PX = 1400 };

void scan_look_begin(struct scan_look *look, struct ui *ui, const char *paper_id)
{
    scan_look_release(look);
    (void)text_copy(look->paper, sizeof(look->paper), paper_id);
    closer_open(&look->closer, service_page_preview(screen_services(ui), paper_id, LOOK_PX));
}

void scan_look_release(struct scan_look *look)
{
    closer_release(&look->closer);
    *look = (struct scan_look){0};
}

static void on_tap(struct scan_look *look, struct ui *ui, const struct ui_event *event)
{
    if (look->deleting != 0)
        return;
    if (ui_tapped(event, "look.delete"))
        look->is_asking = true;
    else if (ui_tapped(event, "look.keep"))
        look->is_asking = false;
    else if (ui_tapped(event, "look.yes"))
        look->deleting = service_page_delete(screen_services(ui), look->paper);
    else if (ui_tapped(event, "bar.next"))
        scan_look_release(look);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

bool scan_look_event(struct scan_look *look, struct ui *ui, const struct ui_event *event, bool *deleted)
{
    struct service_reply *reply = NULL;
    if (!look->closer.is_open)
        return false;
    if (closer_event(&look->closer, "look", event))
        return true;
    if (screen_answered(event, look->deleting, &reply)) {
        look->deleting = 0;
        look->is_asking = false;
        *deleted = reply->status == STATUS_OK;
        if (*deleted)
            scan_look_release(look);
        else
            screen_reason(ui, reply, look->message, sizeof(look->message));
    } else if (event->kind == UI_EVENT_TAP) {
        on_tap(look, ui, event);
    } else {
        return false;
    }
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_question(struct ui *ui, const struct scan_look *look)
{
    widget_dialog(
        ui, &(struct widget_dialog){.id = "look",
                                    .title = screen_text(ui, "look.ask"),
                                    .line = screen_text(ui, "look.ask_line"),
                                    .icon = ICON_WARNING,
                                    .left = {.id = "look.yes",
                                             .label = screen_text(ui, "look.yes"),
                                             .look = WIDGET_BUTTON_DANGER,
                                             .busy = look->deleting != 0},
                                    .primary = {.id = "look.keep", .label = screen_text(ui, "look.keep")}});
}

void scan_look_draw(struct ui *ui, struct scan_look *look, const char *title, bool may_delete)
{
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.title = title;
    page.subtitle = look->message[0] != 0 ? look->message : screen_text(ui, "look.subtitle");
    page.voice = NULL;
    page.plain = true;
    page.no_back = true;
    page.primary = (struct widget_button){.label = screen_text(ui, "look.close"), .icon_right = ICON_CHECK};
    if (may_delete)
        page.secondary = (struct widget_button){
            .id = "look.delete", .label = screen_text(ui, "look.delete"), .icon = ICON_CROSS};
    closer_draw(ui, "look", ui_page(ui, &page), &look->closer);
    if (look->is_asking)
        draw_question(ui, look);
}
