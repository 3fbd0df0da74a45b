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
        .kept = screen_text_by_steps(ui, "acting.kept", ORDER_STEP_ACT),
        .steps = {reason_text(ui, state->reason, "step", screen_text(ui, "acting.retry_step"))},
        .device = is_authority(state->reason) ? WIDGET_DEVICE_NETWORK : WIDGET_DEVICE_KEY,
        .device_line = screen_text(ui, is_authority(state->reason) ? "issue.authority" : "holder.device"),
        .hint = screen_text(ui, "acting.hint"),
        .code = is_authority(state->reason) ? "CA-41" : "KY-33",
        .step = screen_step(ui, SCREEN_ACTING),
        .voice = state->reason == SERVICE_REASON_KEY_PULLED ? "pulled" : "trouble",
        .urgent = state->reason == SERVICE_REASON_KEY_PULLED,
        .primary = {.id = "error.retry", .label = screen_text(ui, "acting.retry")}};
    ui_page_error(ui, &error);
}

/* --- drawing: what waits for somebody else ------------------------------------------------------------ */

enum { PAIR = 64, PAIR_LARGE = 84, NAME = 260 };

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    struct rect row = rect_cut_top(area, ui_is_large(ui) ? PAIR_LARGE : PAIR);
    (void)widget_label(ui, rect_cut_left(&row, NAME),
                       &(struct widget_label){.text = screen_text(ui, key),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)widget_label(
        ui, row,
        &(struct widget_label){
            .id = key, .text = value, .type = THEME_TYPE_ITEM, .middle = true, .is_private = true});
}

/* What is to be transferred, from where and to whom. */
static void draw_transfer(struct ui *ui, struct rect area)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_account *to = &visit->product->account;
    char yuan[32];
    char amount[48];
    char from[48];
    screen_yuan(visit->deed.amount_fen, yuan);
    screen_format(ui, amount, sizeof(amount), "acting.proof.amount_yuan", {"amount", yuan});
    screen_format(ui, from, sizeof(from), "acting.proof.from_end", {"digits", visit->deed.account_end});
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 56, ui_is_large(ui) ? 12 : 28);
    draw_pair(ui, &inner, "acting.proof.amount", amount);
    draw_pair(ui, &inner, "acting.proof.from", from);
    draw_pair(ui, &inner, "acting.proof.holder", to->holder);
    draw_pair(ui, &inner, "acting.proof.number", to->number);
    draw_pair(ui, &inner, "acting.proof.bank", to->bank);
}

static void draw_steps(struct ui *ui, struct rect area, const char *what)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 56, ui_is_large(ui) ? 24 : 40);
    for (int i = 1; i <= 3; i++) {
        char key[WORDS_KEY_BYTES];
        struct rect row = rect_cut_top(&inner, ui_is_large(ui) ? 104 : 88);
        (void)snprintf(key, sizeof(key), "acting.%s.step%d", what, i);
        (void)widget_mark_number(ui, rect_center(rect_cut_left(&row, 56), 56, 56), i);
        (void)rect_cut_left(&row, 20);
        (void)widget_label(
            ui, row,
            &(struct widget_label){.text = screen_text(ui, key), .type = THEME_TYPE_ITEM, .middle = true});
    }
}

static bool waits_for_somebody(const struct ui *ui)
{
    if (screen_visit(ui)->deed.waits == SERVICE_DEED_PHONE)
        return true;
    return screen_visit(ui)->deed.waits == SERVICE_DEED_TRANSFER ||
           screen_visit(ui)->deed.waits == SERVICE_DEED_LETTING_IN;
}

/* Nobody need stay: it goes on by itself, and the order is found again. */
static void draw_waiting(struct ui *ui)
{
    bool transfer = screen_visit(ui)->deed.waits == SERVICE_DEED_TRANSFER;
    const char *what = transfer                                                  ? "proof"
                       : screen_visit(ui)->deed.waits == SERVICE_DEED_LETTING_IN ? "join"
                                                                                 : "phone";
    char title[WORDS_KEY_BYTES];
    char subtitle[WORDS_KEY_BYTES];
    (void)snprintf(title, sizeof(title), "acting.%s.title", what);
    (void)snprintf(subtitle, sizeof(subtitle), "acting.%s.subtitle", what);
    struct ui_page page = screen_page(ui, SCREEN_ACTING);
    page.title = screen_text(ui, title);
    page.subtitle = screen_text(ui, subtitle);
    page.no_exit = true;
    page.primary = (struct widget_button){
        .id = "bar.exit", .label = screen_text(ui, "acting.leave"), .icon_right = ICON_ARROW_RIGHT};
    struct rect area = ui_page(ui, &page);
    if (transfer)
        draw_transfer(ui, area);
    else
        draw_steps(ui, area, what);
}

void screen_acting_draw(void *memory, struct ui *ui)
{
    const struct screen_acting_state *state = memory;
    if (state->is_stopped && waits_for_somebody(ui)) {
        draw_waiting(ui);
        return;
    }
    if (state->is_stopped) {
        draw_stopped(ui, state);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_ACTING);
    page.subtitle = screen_text_by_steps(ui, "acting.subtitle", ORDER_STEP_ACT);
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
