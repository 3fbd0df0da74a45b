/* Issue: the key is made, stage by stage; pulled out, it says so at once and goes on when it is back (a14).
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

struct screen_issue_state {
    uint64_t running;
    uint64_t abandoning;
    bool stopped; /* something needs a hand */
    enum service_reason reason;
    bool may_erase;
    char message[192];
    char hint[192]; /* why another key could not be taken yet */
};
SCREEN_STATE(issue)

static void start(struct screen_issue_state *state, struct ui *ui)
{
    if (state->running != 0 || state->abandoning != 0)
        return;
    state->stopped = false;
    state->hint[0] = 0;
    state->running = service_issue_run(screen_services(ui), state->may_erase);
}

void screen_issue_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)argument;
    start(memory, ui);
}

void screen_issue_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void on_stopped(struct screen_issue_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->running = 0;
    if (screen_moved_on(ui, SCREEN_ISSUE))
        return;
    state->stopped = true;
    state->reason = reply->reason;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

/* The key came back, or another one was put in: no button is needed. */
static void on_key(struct screen_issue_state *state, struct ui *ui)
{
    const struct service_key *key = services_key(screen_services(ui));
    bool waits_for_key = state->reason == SERVICE_REASON_KEY_PULLED ||
                         state->reason == SERVICE_REASON_NO_KEY || state->reason == SERVICE_REASON_KEY_OTHER;
    bool is_there = key->presence == SERVICE_KEY_BLANK || key->presence == SERVICE_KEY_CARRYING;
    if (state->stopped && waits_for_key && is_there)
        start(state, ui);
}

void screen_issue_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_issue_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->running, &reply)) {
        on_stopped(state, ui, reply);
    } else if (screen_answered(event, state->abandoning, &reply)) {
        state->abandoning = 0;
        if (reply->status == STATUS_OK)
            start(state, ui);
        else
            screen_reason(ui, reply, state->hint, sizeof(state->hint));
    } else if (event->kind == UI_EVENT_NOTICE) {
        reply = screen_reply(event);
        if (!screen_moved_on(ui, SCREEN_ISSUE) && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
            on_key(state, ui);
    } else if (event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_ISSUE);
    } else if (ui_tapped(event, "error.retry")) {
        start(state, ui);
    } else if (ui_tapped(event, "error.erase")) {
        state->may_erase = true;
        start(state, ui);
    } else if (ui_tapped(event, "error.other")) {
        if (state->abandoning == 0)
            state->abandoning = service_issue_abandon(screen_services(ui));
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static bool needs_another_key(enum service_reason reason)
{
    return reason == SERVICE_REASON_WRITE_FAILED || reason == SERVICE_REASON_KEY_FULL ||
           reason == SERVICE_REASON_KEY_OTHER || reason == SERVICE_REASON_KEY_LOCKED;
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
    return is_authority(reason) ? "CA-41" : reason == SERVICE_REASON_WRITE_FAILED ? "KY-32" : "KY-31";
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
    struct ui_page_error error = {
        .title = known ? screen_text(ui, title) : state->message,
        .kept = screen_text(ui, "issue.kept"),
        .steps = {screen_text(ui, known ? first : "issue.retry_step"),
                  words_has(words, second) ? screen_text(ui, second) : NULL},
        .device = device_of(state->reason),
        .device_line = screen_text(ui, is_authority(state->reason) ? "issue.authority" : "issue.device"),
        .code = code_of(state->reason),
        .hint = state->hint[0] != 0 ? state->hint : screen_text(ui, "issue.hint"),
        .step = screen_step(ui, SCREEN_ISSUE),
        .voice = "issue",
        .primary = {.id = "error.retry",
                    .label = screen_text(ui, words_has(words, retry) ? retry : "issue.retry"),
                    .busy = state->abandoning != 0}};
    if (needs_another_key(state->reason))
        error.secondary = (struct widget_button){
            .id = "error.other", .label = screen_text(ui, "issue.other_key"), .busy = state->abandoning != 0};
    if (state->reason == SERVICE_REASON_KEY_CARRIES)
        error.secondary =
            (struct widget_button){.id = "error.erase", .label = screen_text(ui, "issue.erase")};
    ui_page_error(ui, &error);
}

static void draw_stages(struct ui *ui, struct rect area)
{
    static const char *const names[] = {"issue.format", "issue.generate", "issue.request", "issue.write",
                                        "issue.verify"};
    const struct service_issue *issue = &screen_visit(ui)->issue;
    struct widget_progress_stage stages[5];
    for (int i = 0; i < 5; i++) {
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
    (void)widget_progress_stages(ui, area, "progress.stages", stages, 5);
}

static void draw_progress(struct ui *ui, struct rect area)
{
    const struct service_issue *issue = &screen_visit(ui)->issue;
    char percent[16];
    bool large = ui_is_large(ui);
    (void)snprintf(percent, sizeof(percent), "%d", issue->percent);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 40 : 48, large ? 16 : 40);
    struct rect head = rect_cut_top(&inner, 120);
    struct rect number = large ? rect_cut_left(&head, 260) : head;
    (void)widget_label_amount(ui, number,
                              &(struct widget_label_amount){.id = "issue.percent",
                                                            .number = percent,
                                                            .behind = "%",
                                                            .number_type = THEME_TYPE_DISPLAY,
                                                            .unit_type = THEME_TYPE_H2,
                                                            .align = WIDGET_LEFT});
    (void)widget_progress(ui, large ? head : rect_cut_top(&inner, 60), "issue.progress",
                          screen_text(ui, "issue.progress"), issue->percent);
    (void)rect_cut_top(&inner, large ? 8 : 24);
    inner.h = inner.h < 240 ? inner.h : 240;
    draw_stages(ui, inner);
}

/* a14: the machine points at the key. With large letters in landscape the stages need the room. */
static void draw_device(struct ui *ui, struct rect *area)
{
    if (ui_is_large(ui) && !ui_is_portrait(ui))
        return;
    struct rect card = ui_is_portrait(ui) ? rect_cut_top(area, area->h * 9 / 20) : rect_cut_left(area, 560);
    (void)(ui_is_portrait(ui) ? rect_cut_top(area, 24) : rect_cut_left(area, 32));
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(card, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "issue.device"));
}

void screen_issue_draw(void *memory, struct ui *ui)
{
    const struct screen_issue_state *state = memory;
    if (state->stopped) {
        draw_stopped(ui, state);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_ISSUE);
    page.subtitle = screen_text(ui, "issue.subtitle");
    page.no_exit = true;
    struct rect area = ui_page(ui, &page);
    struct widget_notice warning = {.id = "issue.warning",
                                    .tone = WIDGET_NOTICE_AMBER,
                                    .title = screen_text(ui, "issue.do_not_pull"),
                                    .line = screen_text(ui, "issue.do_not_pull_line")};
    (void)widget_notice_banner(ui, rect_cut_bottom(&area, widget_notice_height(ui, &warning, area.w)),
                               &warning);
    (void)rect_cut_bottom(&area, 24);
    draw_device(ui, &area);
    draw_progress(ui, area);
}
