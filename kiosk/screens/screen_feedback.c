/* Feedback: what somebody thinks of the hall, for the desk to read. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { CHARACTERS = 80, SEGMENTS = 104, SEGMENTS_LARGE = 128, GAP = 24, WORDS = 300 };

struct screen_feedback_state {
    enum service_feedback_kind kind;
    struct text_edit words;
    uint64_t sending;
    bool sent;
    char message[192];
};
SCREEN_STATE(feedback)

void screen_feedback_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_feedback_state *state = memory;
    (void)argument;
    text_edit_init(&state->words, TEXT_EDIT_CHINESE, CHARACTERS);
    screen_show_visit(ui);
}

void screen_feedback_leave(void *memory, struct ui *ui)
{
    struct screen_feedback_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->words);
}

static void send(struct screen_feedback_state *state, struct ui *ui)
{
    if (state->sending != 0 || state->words.length == 0)
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    state->sending = service_feedback_send(screen_services(ui), state->kind, state->words.text);
}

static void on_sent(struct screen_feedback_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->sending = 0;
    state->sent = reply->status == STATUS_OK;
    if (state->sent)
        text_edit_wipe(&state->words);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_feedback_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_feedback_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->sending, &reply)) {
        on_sent(state, ui, reply);
    } else if (event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, NULL);
    } else if (event->kind == UI_EVENT_CHANGE) {
        state->sent = false;
        state->message[0] = 0;
    } else if (ui_tapped_prefix(event, "feedback.kind.")) {
        state->kind = (enum service_feedback_kind)event->tag;
    } else if (ui_tapped(event, "bar.next")) {
        send(state, ui);
    } else if (ui_tapped(event, "bar.back")) {
        ui_pop(ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_kinds(struct ui *ui, struct rect row, const struct screen_feedback_state *state)
{
    struct widget_choice_segment segments[SERVICE_FEEDBACK_COUNT_];
    char ids[SERVICE_FEEDBACK_COUNT_][48];
    for (int i = 0; i < SERVICE_FEEDBACK_COUNT_; i++) {
        char key[WORDS_KEY_BYTES];
        const char *name = service_feedback_kind_name((enum service_feedback_kind)i);
        (void)snprintf(ids[i], sizeof(ids[i]), "feedback.kind.%s", name);
        (void)snprintf(key, sizeof(key), "feedback.%s", name);
        segments[i] = (struct widget_choice_segment){
            .id = ids[i], .name = screen_text(ui, key), .selected = i == (int)state->kind, .tag = i};
    }
    widget_choice_segments(ui, row, segments, SERVICE_FEEDBACK_COUNT_);
}

static void draw_words(struct ui *ui, struct rect rect, struct screen_feedback_state *state)
{
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = "feedback.words",
                                              .label = screen_text(ui, "feedback.words"),
                                              .placeholder = screen_text(ui, "feedback.words_example"),
                                              .edit = &state->words,
                                              .multiline = true});
}

static void draw_answer(struct ui *ui, struct rect area, const struct screen_feedback_state *state)
{
    struct widget_notice notice = {
        .id = "feedback.message",
        .tone = state->message[0] != 0 ? WIDGET_NOTICE_ERROR
                : state->sent          ? WIDGET_NOTICE_DONE
                                       : WIDGET_NOTICE_INFO,
        .line = state->message[0] != 0 ? state->message
                                       : screen_text(ui, state->sent ? "feedback.sent" : "feedback.hint"),
        .quiet = true};
    int height = widget_notice_height(ui, &notice, area.w);
    if (height <= area.h)
        (void)widget_notice_banner(ui, rect_cut_top(&area, height), &notice);
}

void screen_feedback_draw(void *memory, struct ui *ui)
{
    struct screen_feedback_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_FEEDBACK);
    page.step = 0;
    page.subtitle = screen_text(ui, "feedback.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "feedback.send"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->sending != 0,
                                          .disabled = state->words.length == 0};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        draw_words(ui, area, state);
        return;
    }
    draw_kinds(ui, rect_cut_top(&area, ui_is_large(ui) ? SEGMENTS_LARGE : SEGMENTS), state);
    (void)rect_cut_top(&area, GAP);
    draw_words(ui, rect_cut_top(&area, area.h > WORDS + 120 ? WORDS : area.h - 120), state);
    (void)rect_cut_top(&area, GAP);
    draw_answer(ui, area, state);
}
