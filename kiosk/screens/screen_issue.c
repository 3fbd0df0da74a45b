/* Issue: the key is made, stage by stage; pulled out, it says so at once and goes on when it is back (a14).
 * On the holder's own key it asks for the PIN first, and again whenever it has to begin anew: it keeps none.
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/key_entry.h"
#include "kiosk/screens/keys_out.h"
#include "kiosk/screens/network.h"
#include "kiosk/screens/parcel.h"
#include "kiosk/screens/screen_list.h"

enum { STAGES = 5, TIMER_SECOND = 0, SECOND_MS = 1000, LONG_WAIT_S = 60, DEVICE_RISE = 7, NUMBER_BELOW = 22 };

struct screen_issue_state {
    uint64_t running;
    uint64_t abandoning;
    uint64_t printing;
    uint64_t wishing; /* for the key to be sent */
    bool asks_parcel; /* the dialog about that is open */
    bool is_cut_off;  /* the hall was, as last seen; when it no longer is, it goes on by itself */
    bool is_out;      /* of blank keys, as the applicant says */
    bool stopped;     /* something needs a hand */
    bool asks;        /* for the PIN of the holder's own key */
    struct key_entry entry;
    enum service_reason reason;
    bool may_erase;
    int percent; /* the largest seen of this key: progress never runs backwards */
    char message[192];
    char hint[192]; /* why another key could not be taken yet */
};
SCREEN_STATE(issue)

static bool is_own(const struct ui *ui)
{
    return order_steps_is_on_own_key(&screen_visit(ui)->operation->steps);
}

static void ask_pin(struct screen_issue_state *state, const struct ui *ui)
{
    state->asks = true;
    key_entry_open(&state->entry, ui);
}

static void start(struct screen_issue_state *state, struct ui *ui)
{
    if (state->running != 0 || state->abandoning != 0 || parcel_is_wished(ui))
        return;
    state->stopped = false;
    state->is_out = false;
    state->hint[0] = 0;
    if (is_own(ui))
        ask_pin(state, ui);
    else
        state->running = service_issue_run(screen_services(ui), state->may_erase);
}

static void start_own(struct screen_issue_state *state, struct ui *ui)
{
    if (state->running != 0 || !key_entry_is_complete(&state->entry))
        return;
    state->asks = false;
    state->running = service_issue_run_own(screen_services(ui), &state->entry.pin);
    key_entry_wipe(&state->entry);
}

static void keep_percent(struct screen_issue_state *state, const struct ui *ui)
{
    int percent = screen_visit(ui)->issue.percent;
    state->percent = percent > state->percent ? percent : state->percent;
}

void screen_issue_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)argument;
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
    keep_percent(memory, ui);
    start(memory, ui);
}

void screen_issue_leave(void *memory, struct ui *ui)
{
    struct screen_issue_state *state = memory;
    key_entry_wipe(&state->entry);
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* Whether the key waits for the authority because the hall is cut off from the world. */
static bool is_cut_off(const struct screen_issue_state *state, const struct ui *ui)
{
    return state->stopped && state->reason == SERVICE_REASON_AUTHORITY_SILENT && network_is_down(ui);
}

static void on_stopped(struct screen_issue_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->running = 0;
    if (screen_moved_on(ui, SCREEN_ISSUE))
        return;
    state->stopped = true;
    state->reason = reply->reason;
    screen_reason(ui, reply, state->message, sizeof(state->message));
    if (reply->reason != SERVICE_REASON_PIN_WRONG && reply->reason != SERVICE_REASON_PIN_NEEDED)
        return;
    start(state, ui); /* asked again, with what was wrong */
    screen_reason(ui, reply, state->entry.message, sizeof(state->entry.message));
}

/* The key came back, or another one was put in: no button is needed. */
static void on_key(struct screen_issue_state *state, struct ui *ui)
{
    const struct service_key *key = services_key(screen_services(ui));
    bool waits_for_key =
        state->reason == SERVICE_REASON_KEY_PULLED || state->reason == SERVICE_REASON_NO_KEY ||
        state->reason == SERVICE_REASON_KEY_OTHER || state->reason == SERVICE_REASON_OWN_KEY_ABSENT ||
        state->reason == SERVICE_REASON_OWN_KEY_OTHER || state->reason == SERVICE_REASON_KEY_DONE ||
        state->reason == SERVICE_REASON_KEY_IN_USE || state->reason == SERVICE_REASON_KEY_CARRIES;
    bool is_there = key->presence == SERVICE_KEY_BLANK || key->presence == SERVICE_KEY_CARRYING;
    if (key->presence == SERVICE_KEY_ABSENT)
        state->may_erase = false; /* it was said of the key that is gone */
    if (state->stopped && waits_for_key && is_there)
        start(state, ui);
}

/* Another key is made from the beginning. */
static void on_abandoned(struct screen_issue_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->abandoning = 0;
    if (reply->status != STATUS_OK) {
        screen_reason(ui, reply, state->hint, sizeof(state->hint));
        return;
    }
    state->percent = 0;
    start(state, ui);
}

static void on_notice(struct screen_issue_state *state, struct ui *ui, const struct service_reply *reply)
{
    if (screen_moved_on(ui, SCREEN_ISSUE))
        return;
    if (reply != NULL && reply->kind == SERVICE_KEY_WATCH)
        on_key(state, ui);
    else if (state->stopped && state->is_cut_off && !network_is_down(ui))
        start(state, ui); /* the line is back */
}

static void on_parcel(struct screen_issue_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "parcel.yes") && state->wishing == 0)
        state->wishing = service_shipment_wish(screen_services(ui), true);
    if (ui_tapped(event, "parcel.yes") || ui_tapped(event, "parcel.no"))
        state->asks_parcel = false;
}

/* That there is no blank key, what is done then, and the way back. Returns: whether it was about that. */
static bool on_out(struct screen_issue_state *state, struct ui *ui, const struct ui_event *event)
{
    if (state->asks_parcel && event->kind == UI_EVENT_TAP)
        on_parcel(state, ui, event);
    else if (ui_tapped(event, "keys.none")) {
        state->is_out = true;
        state->hint[0] = 0;
    } else if (ui_tapped(event, "issue.parcel"))
        state->asks_parcel = true;
    else if (state->is_out && ui_tapped(event, "bar.exit"))
        state->is_out = false;
    else
        return false;
    return true;
}

void screen_issue_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_issue_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->running, &reply)) {
        on_stopped(state, ui, reply);
    } else if (screen_answered(event, state->abandoning, &reply)) {
        on_abandoned(state, ui, reply);
    } else if (event->kind == UI_EVENT_NOTICE) {
        on_notice(state, ui, screen_reply(event));
    } else if (screen_answered(event, state->wishing, &reply)) {
        state->wishing = 0;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->hint, sizeof(state->hint));
    } else if (on_out(state, ui, event)) {
        return;
    } else if (parcel_is_wished(ui) && ui_tapped(event, "bar.next")) {
        screen_end_visit(ui);
        return;
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        if (reply->status == STATUS_OK) { /* the slip is the way back */
            screen_end_visit(ui);
            return;
        }
        screen_reason(ui, reply, state->hint, sizeof(state->hint));
    } else if (event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_ISSUE);
    } else if (state->asks && key_entry_event(&state->entry, event)) {
        return;
    } else if (state->asks && ui_tapped(event, "bar.next")) {
        start_own(state, ui);
    } else if (ui_tapped(event, "error.retry")) {
        start(state, ui);
    } else if (ui_tapped(event, "error.erase")) {
        state->may_erase = true;
        start(state, ui);
    } else if (ui_tapped(event, "error.other")) {
        if (state->abandoning == 0)
            state->abandoning = service_issue_abandon(screen_services(ui));
    } else if (ui_tapped(event, "network.slip") || ui_tapped(event, "keys.slip")) {
        if (state->printing == 0)
            state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
        return;
    } else if (event->kind == UI_EVENT_TIMER) {
        ui_timer(ui, TIMER_SECOND, SECOND_MS); /* what is said changes while one waits */
    }
    keep_percent(state, ui);
    state->is_cut_off = is_cut_off(state, ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static bool needs_another_key(enum service_reason reason)
{
    return reason == SERVICE_REASON_WRITE_FAILED || reason == SERVICE_REASON_KEY_FULL ||
           reason == SERVICE_REASON_KEY_OTHER || reason == SERVICE_REASON_OWN_KEY_FAILED;
}

static bool is_authority(enum service_reason reason)
{
    return reason == SERVICE_REASON_AUTHORITY_SILENT || reason == SERVICE_REASON_AUTHORITY_REFUSED;
}

static enum widget_device device_of(enum service_reason reason)
{
    if (reason == SERVICE_REASON_AUTHORITY_REFUSED)
        return WIDGET_DEVICE_SERVER;
    return is_authority(reason) ? WIDGET_DEVICE_NETWORK : WIDGET_DEVICE_KEY;
}

/* What the person at the telephone asks for. */
static const char *code_of(enum service_reason reason)
{
    bool is_unwritable = reason == SERVICE_REASON_WRITE_FAILED || reason == SERVICE_REASON_OWN_KEY_FAILED;
    return is_authority(reason)                  ? "CA-41"
           : is_unwritable                       ? "KY-32"
           : reason == SERVICE_REASON_KEY_LOCKED ? "KY-34"
                                                 : "KY-31";
}

/* Key pulled out: help or back in; a key that cannot be written: help or another one. */
static void offer_help(const struct ui *ui, struct ui_page_error *error,
                       const struct screen_issue_state *state)
{
    bool failed = state->reason == SERVICE_REASON_WRITE_FAILED;
    if (failed)
        error->primary = (struct widget_button){.id = "error.other",
                                                .label = screen_text(ui, "issue.write-failed.other"),
                                                .busy = state->abandoning != 0};
    if (failed || state->reason == SERVICE_REASON_KEY_PULLED)
        error->secondary = (struct widget_button){
            .id = "bar.call", .label = screen_text(ui, "welcome.call"), .icon = ICON_HEADSET};
}

static void draw_stopped(struct ui *ui, const struct screen_issue_state *state)
{
    char title[96];
    char first[96];
    char second[96];
    char retry[96];
    (void)snprintf(title, sizeof(title), "issue.%s.title", service_reason_name(state->reason));
    (void)snprintf(first, sizeof(first), "issue.%s.step", service_reason_name(state->reason));
    (void)snprintf(second, sizeof(second), "issue.%s.step2", service_reason_name(state->reason));
    (void)snprintf(retry, sizeof(retry), "issue.%s.retry", service_reason_name(state->reason));
    const struct words *words = screen_program(ui)->words;
    bool known = words_has(words, title);
    bool is_used = state->reason == SERVICE_REASON_KEY_CARRIES;
    struct ui_page_error error = {
        .title = is_used ? screen_says(ui, PRODUCT_MESSAGE_KEY_USED, title)
                 : known ? screen_text(ui, title)
                         : state->message,
        .kept = screen_text(ui, "issue.kept"),
        .steps = {screen_text(ui, known ? first : "issue.retry_step"),
                  words_has(words, second) ? screen_text(ui, second) : NULL},
        .device = device_of(state->reason),
        .device_line = screen_text(ui, is_authority(state->reason) ? "issue.authority" : "issue.device"),
        .code = code_of(state->reason),
        .hint = state->hint[0] != 0 ? state->hint : screen_text(ui, "issue.hint"),
        .step = screen_step(ui, SCREEN_ISSUE),
        .voice = state->reason == SERVICE_REASON_KEY_PULLED ? "pulled" : "trouble",
        .urgent = state->reason == SERVICE_REASON_KEY_PULLED,
        .primary = {.id = "error.retry",
                    .label = screen_text(ui, words_has(words, retry) ? retry : "issue.retry"),
                    .busy = state->abandoning != 0}};
    offer_help(ui, &error, state);
    if (needs_another_key(state->reason) && state->reason != SERVICE_REASON_WRITE_FAILED)
        error.secondary = (struct widget_button){
            .id = "error.other",
            .label = screen_text(ui, is_own(ui) ? "issue.own_again" : "issue.other_key"),
            .busy = state->abandoning != 0};
    if (state->reason == SERVICE_REASON_NO_KEY)
        error.secondary = keys_out_button(ui);
    if (state->reason == SERVICE_REASON_KEY_CARRIES)
        error.secondary =
            (struct widget_button){.id = "error.erase", .label = screen_text(ui, "issue.erase")};
    ui_page_error(ui, &error);
}

static void draw_out(struct ui *ui, const struct screen_issue_state *state)
{
    keys_out_page(ui, &(struct keys_out){.here = SCREEN_ISSUE,
                                         .parcel_id = "issue.parcel",
                                         .is_printing = state->printing != 0,
                                         .message = state->hint});
    if (state->asks_parcel)
        parcel_dialog(ui, state->wishing != 0);
}

static int stage_now(const struct ui *ui)
{
    int stage = (int)screen_visit(ui)->issue.stage;
    return stage < STAGES ? stage : STAGES - 1;
}

/* Longer than any stage takes: it is said, and while nothing is written the applicant may go. */
static bool is_long_wait(const struct ui *ui)
{
    int64_t since_ms = screen_visit(ui)->issue.stage_started_ms;
    return clock_monotonic_ms(screen_program(ui)->clock) - since_ms > LONG_WAIT_S * SECOND_MS;
}

static void draw_stages(struct ui *ui, struct rect area)
{
    const char *const names[STAGES] = {is_own(ui) ? "issue.prove" : "issue.format", "issue.generate",
                                       "issue.request", "issue.write", "issue.verify"};
    const struct service_issue *issue = &screen_visit(ui)->issue;
    struct widget_progress_stage stages[STAGES];
    for (int i = 0; i < STAGES; i++) {
        enum widget_mark_state mark = i < (int)issue->stage    ? WIDGET_MARK_DONE
                                      : i == (int)issue->stage ? WIDGET_MARK_NOW
                                                               : WIDGET_MARK_OPEN;
        stages[i] =
            (struct widget_progress_stage){.name = screen_text(ui, names[i]),
                                           .line = screen_text(ui, mark == WIDGET_MARK_DONE  ? "issue.done"
                                                                   : mark == WIDGET_MARK_NOW ? "issue.now"
                                                                                             : "issue.next"),
                                           .state = mark};
    }
    (void)widget_progress_stages(ui, area, "progress.stages", stages, STAGES);
}

/* 第 4 步，共 5 步·还需约 20 秒 */
static void say_stage(const struct ui *ui, char *out, size_t size)
{
    static const int left_s[STAGES] = {60, 50, 40, 20, 10};
    char stage[16];
    char count[16];
    char seconds[16];
    int now = stage_now(ui);
    (void)snprintf(stage, sizeof(stage), "%d", now + 1);
    (void)snprintf(count, sizeof(count), "%d", STAGES);
    (void)snprintf(seconds, sizeof(seconds), "%d", left_s[now]);
    screen_format(ui, out, size, is_long_wait(ui) ? "issue.stage_long" : "issue.stage", {"stage", stage},
                  {"count", count}, {"seconds", seconds});
}

/* What is being done, how long it still takes, and the percentage at the right of both. */
static void draw_head(struct ui *ui, struct rect *area, const struct screen_issue_state *state)
{
    const char *const titles[STAGES] = {is_own(ui) ? "issue.prove_now" : "issue.format_now",
                                        "issue.generate_now", "issue.request_now", "issue.write_now",
                                        "issue.verify_now"};
    bool large = ui_is_large(ui);
    char percent[16];
    char line[96];
    (void)snprintf(percent, sizeof(percent), "%d", state->percent);
    say_stage(ui, line, sizeof(line));
    struct rect number = rect_make(area->x, area->y, area->w, large ? 90 : 114);
    (void)widget_label_amount(ui, rect_cut_right(&number, large ? 300 : 240),
                              &(struct widget_label_amount){.id = "issue.percent",
                                                            .number = percent,
                                                            .behind = "%",
                                                            .number_type = THEME_TYPE_DISPLAY,
                                                            .unit_type = THEME_TYPE_H2_LARGE,
                                                            .color = THEME_COLOR_B700,
                                                            .align = WIDGET_RIGHT});
    struct rect title = rect_cut_top(area, screen_lines(ui, THEME_TYPE_STAGE, 1));
    title.w = number.w;
    (void)widget_label(ui, title,
                       &(struct widget_label){.id = "issue.stage",
                                              .text = screen_text(ui, titles[stage_now(ui)]),
                                              .type = THEME_TYPE_STAGE,
                                              .middle = true});
    if (large && !ui_is_portrait(ui)) { /* the subtitle says it */
        (void)rect_cut_top(area, NUMBER_BELOW);
        return;
    }
    struct rect below = rect_cut_top(area, screen_lines(ui, THEME_TYPE_BODY, 1));
    below.w = number.w;
    (void)widget_label(
        ui, below,
        &(struct widget_label){
            .text = line, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700, .middle = true});
}

static void draw_progress(struct ui *ui, struct rect area, const struct screen_issue_state *state)
{
    bool large = ui_is_large(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 40 : 57, 20);
    (void)rect_cut_top(&inner, large ? 0 : 27);
    draw_head(ui, &inner, state);
    (void)widget_progress(ui, rect_cut_top(&inner, large ? 44 : 62), "issue.progress",
                          screen_text(ui, "issue.progress"), state->percent);
    (void)rect_cut_top(&inner, large ? 8 : 11);
    inner.h = inner.h < 240 ? inner.h : 240;
    draw_stages(ui, inner);
}

/* a14: the machine points at the key. With large letters in landscape the stages need the room. */
static void draw_device(struct ui *ui, struct rect *area)
{
    bool portrait = ui_is_portrait(ui);
    if (ui_is_large(ui) && !portrait)
        return;
    struct rect card = portrait ? rect_cut_top(area, area->h - 440) : rect_cut_left(area, 600);
    (void)(portrait ? rect_cut_top(area, 24) : rect_cut_left(area, 32));
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    card.y -= portrait ? 0 : DEVICE_RISE;
    (void)widget_device(ui, rect_inset(card, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "issue.device"));
}

/* The number the receipt will say; while the product's own is not drawn yet there is none, for the maker's
 * would be another one. */
static void write_number(const struct ui *ui, char out[32])
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_issue *issue = &visit->issue;
    const char *serial =
        issue->key_serial[0] != 0 ? issue->key_serial : services_key(screen_services(ui))->serial;
    screen_key_number(issue->key_number, visit->product->key_number[0] != 0 ? "" : serial, out);
}

/* Which key it is, and that nothing can be pressed now; out of a long wait there is a way. */
static void offer(struct ui *ui, struct ui_page *page, char *key, size_t size)
{
    char number[32];
    write_number(ui, number);
    screen_format(ui, key, size, "issue.key", {"number", number});
    page->bar_text = number[0] == 0 || ui_is_large(ui) ? NULL : key;
    page->no_exit = !is_long_wait(ui) || screen_visit(ui)->issue.stage != SERVICE_ISSUE_REQUEST;
    page->exit = screen_text(ui, "issue.leave");
    page->primary = (struct widget_button){.label = screen_text(ui, "issue.wait"), .disabled = true};
}

/* The holder's PIN is asked for; the old certificate's name says which key is meant. */
static void draw_asking(struct ui *ui, const struct screen_issue_state *state)
{
    struct ui_page page = screen_page(ui, SCREEN_ISSUE);
    bool is_in = services_key(screen_services(ui))->presence == SERVICE_KEY_CARRYING;
    page.voice = "key";
    page.title = screen_text(ui, is_in ? "issue.own_title" : "key.insert_title");
    page.subtitle = screen_text(ui, is_in ? "issue.own" : "issue.own_insert");
    if (!is_in) {
        struct rect area = ui_page(ui, &page);
        (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
        (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                            screen_text(ui, "issue.device"));
        return;
    }
    page.primary = (struct widget_button){.label = screen_text(ui, "issue.own_start"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .disabled = !key_entry_is_complete(&state->entry)};
    key_entry_draw(ui, ui_page(ui, &page), &state->entry, screen_visit(ui)->issue.common_name);
}

/* The authority's own words about a key that is not new, where it has some. */
static const char *warning_line(const struct ui *ui)
{
    const char *said = is_own(ui) ? product_says(screen_visit(ui)->product, PRODUCT_MESSAGE_KEEP_KEY) : "";
    return *said != 0 ? said : screen_text(ui, "issue.do_not_pull_line");
}

/* Which of several keys is being made. Returns: false when there is one only. */
static bool say_which(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    char now[16], count[16];
    (void)snprintf(now, sizeof(now), "%u", visit->keys_made + 1);
    (void)snprintf(count, sizeof(count), "%u", visit->wish.quantity);
    screen_format(ui, out, size, "issue.title_of", {"now", now}, {"count", count});
    return visit->wish.quantity > 1;
}

void screen_issue_draw(void *memory, struct ui *ui)
{
    const struct screen_issue_state *state = memory;
    char key[64];
    char line[96];
    char title[96];
    if (parcel_is_wished(ui)) {
        parcel_page(ui, SCREEN_ISSUE, state->hint);
        return;
    }
    if (state->asks) {
        draw_asking(ui, state);
        return;
    }
    if (is_cut_off(state, ui)) {
        network_page(ui, SCREEN_ISSUE, state->printing != 0);
        return;
    }
    if (state->stopped && state->is_out) {
        draw_out(ui, state);
        return;
    }
    if (state->stopped) {
        draw_stopped(ui, state);
        return;
    }
    bool short_page = ui_is_large(ui) && !ui_is_portrait(ui);
    struct ui_page page = screen_page(ui, SCREEN_ISSUE);
    if (say_which(ui, title, sizeof(title)))
        page.title = title;
    say_stage(ui, line, sizeof(line));
    page.subtitle = is_long_wait(ui) ? screen_text(ui, "issue.long")
                    : short_page     ? line
                                     : screen_says(ui, PRODUCT_MESSAGE_WRITING, "issue.subtitle");
    offer(ui, &page, key, sizeof(key));
    struct rect area = ui_page(ui, &page);
    struct widget_notice warning = {.id = "issue.warning",
                                    .tone = WIDGET_NOTICE_AMBER,
                                    .title = screen_text(ui, "issue.do_not_pull"),
                                    .line = warning_line(ui),
                                    .quiet = short_page};
    int height = widget_notice_height(ui, &warning, area.w);
    (void)widget_notice_banner(ui, rect_cut_bottom(&area, height < 144 ? 144 : height), &warning);
    (void)rect_cut_bottom(&area, short_page ? 24 : 32);
    draw_device(ui, &area);
    draw_progress(ui, area, state);
}
