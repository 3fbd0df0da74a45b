/* Pay: the amount and its code, after a writable key and the authority were found ready (a13, a20). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/qr.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_SECOND = 0, MESSAGE_BYTES = 192, WARN_S = 60 };

struct screen_pay_state {
    uint64_t checking_ready;
    uint64_t starting;
    uint64_t asking;
    uint64_t stopping;
    bool not_ready; /* no key that can be written, or the authority is silent */
    enum service_reason reason;
    bool may_erase;
    struct qr qr;
    char qr_of[SERVICE_QR_BYTES];
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(pay)

static void make_ready(struct screen_pay_state *state, struct ui *ui)
{
    if (state->checking_ready == 0 && state->starting == 0)
        state->checking_ready = service_issue_ready(screen_services(ui), state->may_erase);
    state->message[0] = 0;
}

static bool code_is_live(const struct ui *ui)
{
    const struct service_payment *payment = &screen_visit(ui)->payment;
    return (payment->state == SERVICE_PAY_SHOWN || payment->state == SERVICE_PAY_SCANNED) &&
           payment->until_utc_s > clock_utc_s(screen_program(ui)->clock);
}

void screen_pay_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_pay_state *state = memory;
    (void)argument;
    ui_timer(ui, TIMER_SECOND, 1000);
    if (!code_is_live(ui))
        make_ready(state, ui);
}

void screen_pay_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

static void on_ready(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->checking_ready = 0;
    state->reason = reply->reason;
    state->not_ready = reply->status != STATUS_OK;
    if (state->not_ready)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else
        state->starting = service_pay_start(screen_services(ui));
}

static void tell(struct screen_pay_state *state, struct ui *ui, const struct service_reply *reply)
{
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else
        state->message[0] = 0;
}

static void on_reply(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->checking_ready, &reply)) {
        on_ready(state, ui, reply);
    } else if (screen_answered(event, state->starting, &reply)) {
        state->starting = 0;
        tell(state, ui, reply);
    } else if (screen_answered(event, state->asking, &reply)) {
        state->asking = 0;
        tell(state, ui, reply);
        if (reply->status == STATUS_OK)
            ui_toast(ui, ICON_INFO, screen_text(ui, "pay.asked"));
    } else if (screen_answered(event, state->stopping, &reply)) {
        state->stopping = 0;
        if (reply->status == STATUS_OK && screen_visit(ui)->order.state == ORDER_STATE_PAYING) {
            screen_end_visit(ui);
            return;
        }
        tell(state, ui, reply);
    }
    (void)screen_moved_on(ui, SCREEN_PAY);
}

static void on_tap(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "pay.renew") || ui_tapped(event, "bar.next")) {
        make_ready(state, ui);
    } else if (ui_tapped(event, "pay.erase")) {
        state->may_erase = true;
        make_ready(state, ui);
    } else if (ui_tapped(event, "bar.secondary") && state->asking == 0) {
        state->asking = service_pay_check(screen_services(ui));
    } else if (ui_tapped(event, "bar.exit") && state->stopping == 0) {
        state->stopping = service_pay_stop(screen_services(ui));
    }
}

void screen_pay_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_pay_state *state = memory;
    if (event->kind == UI_EVENT_TIMER) {
        ui_timer(ui, TIMER_SECOND, 1000); /* the countdown is drawn from the clock */
    } else if (event->kind == UI_EVENT_REPLY) {
        on_reply(state, ui, event);
    } else if (event->kind == UI_EVENT_NOTICE) {
        const struct service_reply *reply = screen_reply(event);
        bool moved = screen_moved_on(ui, SCREEN_PAY);
        if (!moved && state->not_ready && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
            make_ready(state, ui); /* a key was put in */
    } else {
        on_tap(state, ui, event);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_code(struct ui *ui, struct rect area, struct screen_pay_state *state)
{
    const struct service_payment *payment = &screen_visit(ui)->payment;
    if (strcmp(state->qr_of, payment->qr_text) != 0 && qr_encode(payment->qr_text, &state->qr) == STATUS_OK)
        (void)text_copy(state->qr_of, sizeof(state->qr_of), payment->qr_text);
    int side = area.h < area.w * 6 / 10 ? area.h : area.w * 6 / 10;
    struct rect tile = rect_make(area.x, area.y + (area.h - side) / 2, side, side);
    (void)widget_picture_qr(ui, tile, "pay.code", screen_text(ui, "pay.code"), &state->qr);
    (void)rect_cut_left(&area, side + 24);
    int left = (int)(payment->until_utc_s - clock_utc_s(screen_program(ui)->clock));
    char text[16];
    (void)snprintf(text, sizeof(text), "%d:%02d", left / 60, left % 60);
    (void)widget_progress_ring(
        ui, rect_cut_top(&area, 232),
        &(struct widget_progress_ring){.id = "pay.left",
                                       .text = text,
                                       .caption = screen_text(ui, "pay.left"),
                                       .left = left,
                                       .total = (int)screen_visit(ui)->product->payment_screen_s,
                                       .amber = left <= WARN_S});
    (void)widget_label(ui, area,
                       &(struct widget_label){.text = screen_text(ui, "pay.channel"),
                                              .type = THEME_TYPE_BODY_L,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

/* What the page is about now; its words are "<key>", "<key>_subtitle", "<key>_banner" and "<key>_line". */
static const char *key_of(const struct ui *ui, const struct screen_pay_state *state)
{
    enum service_pay_state payment = screen_visit(ui)->payment.state;
    if (state->checking_ready != 0 || state->starting != 0 || code_is_live(ui))
        return "pay.title";
    if (payment == SERVICE_PAY_UNKNOWN)
        return "pay.unknown";
    if (payment == SERVICE_PAY_ALARM)
        return "pay.alarm";
    if (state->not_ready)
        return "pay.not_ready";
    if (state->message[0] != 0)
        return "pay.failed";
    return payment == SERVICE_PAY_REFUNDING || payment == SERVICE_PAY_REFUNDED ? "pay.refunding"
                                                                               : "pay.expired";
}

/* What stands where the code would: a title, a line and whether something runs. */
struct no_code {
    const char *title, *line;
    enum widget_notice_tone tone;
    bool busy;
};

static const char *text_behind(const struct ui *ui, const char *key, const char *suffix)
{
    char whole[96];
    (void)snprintf(whole, sizeof(whole), "%s%s", key, suffix);
    return screen_text(ui, whole);
}

/* What keeps the key from being ready, with the words of making it where paying has none of its own. */
static struct no_code not_ready_of(const struct ui *ui, const struct screen_pay_state *state)
{
    const struct words *words = screen_program(ui)->words;
    const char *name = service_reason_name(state->reason);
    char title[96];
    char line[96];
    (void)snprintf(title, sizeof(title), "issue.%s.title", name);
    (void)snprintf(line, sizeof(line), "pay.%s.step", name);
    if (!words_has(words, line))
        (void)snprintf(line, sizeof(line), "issue.%s.step", name);
    if (!words_has(words, title))
        return (struct no_code){NULL, state->message, WIDGET_NOTICE_AMBER, false};
    return (struct no_code){screen_text(ui, title), screen_text(ui, line), WIDGET_NOTICE_AMBER, false};
}

static struct no_code no_code_of(const struct ui *ui, const struct screen_pay_state *state)
{
    const char *key = key_of(ui, state);
    if (state->checking_ready != 0 || state->starting != 0)
        return (struct no_code){screen_text(ui, "pay.preparing"), screen_text(ui, "pay.preparing_line"),
                                WIDGET_NOTICE_INFO, true};
    if (strcmp(key, "pay.not_ready") == 0)
        return not_ready_of(ui, state);
    if (strcmp(key, "pay.failed") == 0)
        return (struct no_code){NULL, state->message, WIDGET_NOTICE_ERROR, false};
    return (struct no_code){text_behind(ui, key, "_banner"), text_behind(ui, key, "_line"),
                            WIDGET_NOTICE_AMBER, false};
}

static void draw_no_code(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    struct no_code what = no_code_of(ui, state);
    bool key = state->not_ready && !what.busy;
    struct widget_notice notice = {
        .id = "pay.state", .tone = what.tone, .busy = what.busy, .title = what.title, .line = what.line};
    (void)widget_notice_banner(ui, rect_cut_top(&area, widget_notice_height(ui, &notice, area.w)), &notice);
    (void)rect_cut_top(&area, 24);
    if (key && state->reason == SERVICE_REASON_KEY_CARRIES) {
        (void)widget_button(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96),
                            &(struct widget_button){.id = "pay.erase",
                                                    .label = screen_text(ui, "pay.erase"),
                                                    .look = WIDGET_BUTTON_SECONDARY});
        (void)rect_cut_bottom(&area, 16);
    }
    if (key)
        (void)widget_device(ui, area, WIDGET_DEVICE_KEY, false, screen_text(ui, "pay.device"));
}

static void draw_amount(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    char yuan[32];
    char what[192];
    screen_yuan(visit->payment.amount_fen, yuan);
    (void)snprintf(what, sizeof(what), "%s·%s", visit->operation->label,
                   class == NULL ? "" : class->sale_label);
    bool large = ui_is_large(ui);
    int line = large ? 64 : 68;
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, large ? 24 : 40);
    (void)widget_label_amount(ui, rect_cut_top(&inner, 150),
                              &(struct widget_label_amount){.id = "pay.amount",
                                                            .before = "¥",
                                                            .number = yuan,
                                                            .number_type = THEME_TYPE_HERO,
                                                            .unit_type = THEME_TYPE_H1,
                                                            .align = WIDGET_RIGHT});
    (void)widget_panel_line(ui, rect_cut_top(&inner, 8));
    (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_BODY_L, screen_text(ui, "pay.what"),
                            what);
    (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_BODY_L, screen_text(ui, "pay.payee"),
                            visit->product->authority_name);
    if (!code_is_live(ui))
        return;
    struct widget_notice notice = {
        .id = "pay.waiting",
        .tone = WIDGET_NOTICE_INFO,
        .busy = true,
        .title = screen_text(ui, visit->payment.state == SERVICE_PAY_SCANNED ? "pay.scanned" : "pay.waiting"),
        .line = state->message[0] != 0 ? state->message : screen_text(ui, "pay.waiting_line")};
    (void)widget_notice_banner(ui, rect_cut_bottom(&inner, widget_notice_height(ui, &notice, inner.w)),
                               &notice);
}

void screen_pay_draw(void *memory, struct ui *ui)
{
    struct screen_pay_state *state = memory;
    bool live = code_is_live(ui);
    bool busy = state->checking_ready != 0 || state->starting != 0;
    const char *key = key_of(ui, state);
    struct ui_page page = screen_page(ui, SCREEN_PAY);
    page.title = screen_text(ui, key);
    page.subtitle = text_behind(ui, key, "_subtitle");
    page.exit = screen_text(ui, "pay.later");
    if (screen_visit(ui)->payment.state != SERVICE_PAY_NONE)
        page.secondary =
            (struct widget_button){.label = screen_text(ui, "pay.no_reaction"), .busy = state->asking != 0};
    page.primary = (struct widget_button){
        .label = screen_text(ui, live ? "pay.renew" : "pay.get"), .icon = ICON_REFRESH, .busy = busy};
    if (!busy && (strcmp(key, "pay.unknown") == 0 ||
                  strcmp(key, "pay.alarm") == 0)) { /* never a second code beside an open one */
        page.primary = (struct widget_button){.id = "bar.secondary",
                                              .label = screen_text(ui, "pay.ask"),
                                              .icon = ICON_REFRESH,
                                              .busy = state->asking != 0};
        page.secondary = (struct widget_button){0};
    }
    struct rect area = ui_page(ui, &page);
    struct rect code =
        ui_is_portrait(ui) ? rect_cut_top(&area, area.h / 2) : rect_cut_left(&area, area.w / 2);
    (void)(ui_is_portrait(ui) ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
    (void)widget_panel(ui, code, WIDGET_PANEL_CARD);
    if (live)
        draw_code(ui, rect_inset(code, 40, 40), state);
    else
        draw_no_code(ui, rect_inset(code, 40, 40), state);
    draw_amount(ui, area, state);
}
