/* Acting: what was approved is done to the certificate or key the order is about; what it needs is said, and
 * it goes on by itself when that is there. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

struct screen_acting_state {
    uint64_t running;
    bool is_stopped; /* something needs a hand */
    enum service_reason reason;
    char message[192];
};
SCREEN_STATE(acting)

static void start(struct screen_acting_state *state, struct ui *ui)
{
    if (state->running != 0)
        return;
    state->is_stopped = false;
    state->running = service_change_run(screen_services(ui));
}

void screen_acting_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)argument;
    start(memory, ui);
}

void screen_acting_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void on_answer(struct screen_acting_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->running = 0;
    if (screen_moved_on(ui, SCREEN_ACTING))
        return;
    state->is_stopped = true;
    state->reason = reply->reason;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

/* The key is there, or another one: no button is needed. */
static void on_key(struct screen_acting_state *state, struct ui *ui)
{
    bool waits = state->reason == SERVICE_REASON_NO_KEY || state->reason == SERVICE_REASON_KEY_PULLED ||
                 state->reason == SERVICE_REASON_KEY_OTHER || state->reason == SERVICE_REASON_KEY_FOREIGN;
    if (state->is_stopped && waits && services_key(screen_services(ui))->presence == SERVICE_KEY_CARRYING)
        start(state, ui);
}

void screen_acting_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_acting_state *state = memory;
    struct service_reply *reply = screen_reply(event);
    if (screen_answered(event, state->running, &reply)) {
        on_answer(state, ui, reply);
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        if (!screen_moved_on(ui, SCREEN_ACTING) && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
            on_key(state, ui);
    } else if (ui_tapped(event, "error.retry")) {
        start(state, ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static bool is_authority(enum service_reason reason)
{
    return reason == SERVICE_REASON_AUTHORITY_SILENT;
}

/* "acting.<reason>.<what>", else the general words. */
static const char *reason_text(const struct ui *ui, enum service_reason reason, const char *what,
                               const char *otherwise)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "acting.%s.%s", service_reason_name(reason), what);
    return words_has(screen_program(ui)->words, key) ? screen_text(ui, key) : otherwise;
}

static void draw_stopped(struct ui *ui, const struct screen_acting_state *state)
{
    struct ui_page_error error = {
        .title = reason_text(ui, state->reason, "title", state->message),
        .kept = screen_text(ui, "acting.kept"),
        .steps = {reason_text(ui, state->reason, "step", screen_text(ui, "acting.retry_step"))},
        .device = is_authority(state->reason) ? WIDGET_DEVICE_NETWORK : WIDGET_DEVICE_KEY,
        .device_line = screen_text(ui, is_authority(state->reason) ? "issue.authority" : "holder.device"),
        .hint = screen_text(ui, "acting.hint"),
        .code = is_authority(state->reason) ? "CA-41" : "KY-33",
        .step = screen_step(ui, SCREEN_ACTING),
        .voice = "acting",
        .urgent = state->reason == SERVICE_REASON_KEY_PULLED,
        .primary = {.id = "error.retry", .label = screen_text(ui, "acting.retry")}};
    ui_page_error(ui, &error);
}

void screen_acting_draw(void *memory, struct ui *ui)
{
    const struct screen_acting_state *state = memory;
    if (state->is_stopped) {
        draw_stopped(ui, state);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_ACTING);
    page.subtitle = screen_text(ui, "acting.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "acting.wait"), .disabled = true};
    struct rect area = ui_page(ui, &page);
    struct widget_notice notice = {.id = "acting.now",
                                   .tone = WIDGET_NOTICE_INFO,
                                   .title = screen_visit(ui)->operation->label,
                                   .line = screen_text(ui, "acting.line"),
                                   .busy = true};
    int height = widget_notice_height(ui, &notice, area.w);
    (void)widget_notice_banner(ui, rect_cut_top(&area, height < 144 ? 144 : height), &notice);
    (void)rect_cut_top(&area, 24);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "acting.do_not_pull"));
}
