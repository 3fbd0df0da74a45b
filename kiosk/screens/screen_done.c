/* Done: what was made, its receipt, and "take your key" until it is gone; then everything is wiped (a16). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

enum { TIMER_SECOND = 0, SECOND_MS = 1000 };

struct screen_done_state {
    uint64_t printing;
    uint64_t taking;
    bool printed;
    bool taken;
    int left_s; /* until the screen clears itself, once the key is gone */
    char message[192];
};
SCREEN_STATE(done)

void screen_done_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_done_state *state = memory;
    (void)argument;
    state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    state->left_s = (int)screen_program(ui)->settings->done_seconds;
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_done_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* The key left the writer: only then has the holder got it. */
static void look_for_key(struct screen_done_state *state, struct ui *ui)
{
    if (!state->taken && state->taking == 0 &&
        services_key(screen_services(ui))->presence == SERVICE_KEY_ABSENT)
        state->taking = service_order_event(screen_services(ui), ORDER_EVENT_TAKEN);
}

static void on_second(struct screen_done_state *state, struct ui *ui)
{
    look_for_key(state, ui);
    if (state->taken && state->printing == 0 && --state->left_s <= 0) {
        screen_end_visit(ui);
        return;
    }
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_done_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_done_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TIMER) {
        on_second(state, ui);
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        if (!state->printed)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->taking, &reply)) {
        state->taking = 0;
        state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    } else if (event->kind == UI_EVENT_NOTICE) {
        look_for_key(state, ui);
    } else if (ui_tapped(event, "bar.secondary") && state->printing == 0) {
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") && state->taken) {
        screen_end_visit(ui);
    }
}

static void draw_result(struct ui *ui, struct rect area)
{
    const struct service_visit *visit = screen_visit(ui);
    char day[64] = "";
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, 36);
    const struct {
        const char *key;
        const char *value;
    } rows[] = {{"done.subject", visit->issue.common_name},
                {"done.until", day},
                {"done.serial", visit->issue.serial},
                {"done.number", visit->order.acceptance},
                {"done.product", visit->product->name}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        (void)widget_label_pair(ui, rect_cut_top(&inner, ui_is_large(ui) ? 84 : 68), THEME_TYPE_BODY,
                                screen_text(ui, rows[i].key), rows[i].value);
    for (size_t i = 0; i < visit->product->notice_count && inner.h > 50; i++)
        (void)widget_mark_tick(ui, rect_cut_top(&inner, ui_is_large(ui) ? 64 : 50),
                               &(struct widget_mark_tick){.text = visit->product->notices[i],
                                                          .state = WIDGET_MARK_DONE,
                                                          .plain = true});
}

void screen_done_draw(void *memory, struct ui *ui)
{
    const struct screen_done_state *state = memory;
    char seconds[16];
    char left[96];
    struct ui_page page = screen_page(ui, SCREEN_DONE);
    (void)snprintf(seconds, sizeof(seconds), "%d", state->left_s);
    screen_format(ui, left, sizeof(left), "done.left", {"seconds", seconds});
    page.title = screen_text(ui, state->taken ? "done.title" : "done.take");
    page.subtitle = state->message[0] != 0 ? state->message
                    : state->taken         ? left
                                           : screen_text(ui, "done.take_line");
    page.no_exit = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, state->taken ? "done.leave" : "done.take_first"),
                               .disabled = !state->taken,
                               .way_out = true};
    page.secondary =
        (struct widget_button){.label = screen_text(ui, state->printed ? "done.printed" : "done.print"),
                               .icon = ICON_RECEIPT,
                               .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    struct widget_notice notice = {.id = "done.state",
                                   .tone = state->taken ? WIDGET_NOTICE_DONE : WIDGET_NOTICE_AMBER,
                                   .title = screen_text(ui, state->taken ? "done.ready" : "done.take_banner"),
                                   .line = screen_text(ui, "done.proven")};
    (void)widget_notice_banner(ui, rect_cut_top(&area, 144), &notice);
    (void)rect_cut_top(&area, 28);
    draw_result(ui, area);
}
