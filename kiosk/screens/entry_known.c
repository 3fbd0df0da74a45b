#include "kiosk/screens/entry_known.h"

bool entry_known_asks(const struct ui *ui)
{
    return screen_visit(ui)->known.is_asked;
}

static void answer(struct entry_known *known, struct ui *ui, bool holds)
{
    if (known->answering == 0)
        known->answering = service_order_known(screen_services(ui), holds);
}

bool entry_known_event(struct entry_known *known, struct ui *ui, struct entry *entry,
                       const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, known->answering, &reply)) {
        known->answering = 0;
        if (reply->status == STATUS_OK)
            entry_load(entry, ui);
        return true;
    }
    if (!entry_known_asks(ui) || event->kind != UI_EVENT_TAP)
        return false;
    if (ui_tapped(event, "known.keep"))
        answer(known, ui, true);
    else if (ui_tapped(event, "known.drop"))
        answer(known, ui, false);
    else
        return false;
    return true;
}

void entry_known_draw(struct ui *ui, const struct entry_known *known)
{
    char day[32] = "", line[ENTRY_MESSAGE_BYTES];
    (void)clock_format_hall(screen_visit(ui)->known.filled_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, line, sizeof(line), "known.line", {"day", day});
    widget_dialog(ui, &(struct widget_dialog){.id = "known",
                                              .icon = ICON_BUILDING,
                                              .title = screen_text(ui, "known.title"),
                                              .line = line,
                                              .note = screen_text(ui, "known.note"),
                                              .left = {.id = "known.drop",
                                                       .label = screen_text(ui, "known.drop"),
                                                       .look = WIDGET_BUTTON_SECONDARY},
                                              .primary = {.id = "known.keep",
                                                          .label = screen_text(ui, "known.keep"),
                                                          .busy = known->answering != 0}});
}
