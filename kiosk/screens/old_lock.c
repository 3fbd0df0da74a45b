#include "kiosk/screens/old_lock.h"

#include "kiosk/screens/screen_list.h"

bool old_lock_is_asked(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    return visit->has_order && product_operation_takes_old_lock(visit->operation);
}

static bool on_answer(struct old_lock *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = 0;
    state->is_unknown = reply->reason == SERVICE_REASON_OLD_LOCK_UNKNOWN;
    if (reply->status == STATUS_OK)
        return true;
    screen_reason(ui, reply, state->message, sizeof(state->message));
    return false;
}

bool old_lock_event(struct old_lock *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    bool hands = ui_tapped(event, "old_lock.hand");
    if (screen_answered(event, state->asking, &reply))
        return on_answer(state, ui, reply);
    if ((hands || ui_tapped(event, "bar.next")) && state->asking == 0) {
        state->message[0] = 0;
        state->asking = service_old_lock_show(screen_services(ui), hands);
    }
    return false;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static bool is_in(const struct ui *ui)
{
    enum service_key_presence presence = services_key(screen_services(ui))->presence;
    return presence == SERVICE_KEY_CARRYING || presence == SERVICE_KEY_BLANK;
}

static void draw_message(struct ui *ui, struct rect *area, const struct old_lock *state)
{
    const struct widget_notice notice = {.id = "old_lock.message",
                                         .tone =
                                             state->is_unknown ? WIDGET_NOTICE_AMBER : WIDGET_NOTICE_ERROR,
                                         .line = state->message,
                                         .quiet = true};
    if (state->message[0] == 0)
        return;
    (void)widget_notice_banner(ui, rect_cut_top(area, widget_notice_height(ui, &notice, area->w)), &notice);
    (void)rect_cut_top(area, 16);
}

void old_lock_draw(struct ui *ui, const struct old_lock *state)
{
    struct ui_page page = screen_page(ui, SCREEN_KEY);
    page.title = screen_text(ui, "old_lock.title");
    page.subtitle = screen_text(ui, is_in(ui) ? "old_lock.subtitle" : "old_lock.insert");
    page.primary = (struct widget_button){.label = screen_text(ui, "old_lock.read"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->asking != 0,
                                          .disabled = !is_in(ui) && state->asking == 0};
    bool narrow = ui_is_portrait(ui) && ui_is_large(ui);
    page.secondary =
        (struct widget_button){.id = "old_lock.hand",
                               .label = screen_text(ui, narrow ? "old_lock.hand_short" : "old_lock.hand"),
                               .disabled = state->asking != 0};
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    area = rect_inset(area, 40, 32);
    draw_message(ui, &area, state);
    (void)widget_device(ui, area, WIDGET_DEVICE_KEY, false, screen_text(ui, "holder.device"));
}
