/* Question: whose certificate it is answers the question chosen when it was applied for; who has forgotten
 * the answer goes to the desk with the ID card. */
#include "kiosk/base/text.h"
#include "kiosk/screens/reset_wish.h"
#include "kiosk/screens/screen_list.h"

enum { CHARACTERS = 30, GAP = 32, GAP_LARGE = 16 };

struct screen_question_state {
    struct text_edit answer;
    uint64_t asking;
    struct reset_wish wish;
    char message[192];
};
SCREEN_STATE(question)

/* What the form's answer was refused for, if it was, stands here already. */
void screen_question_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_question_state *state = memory;
    text_edit_init(&state->answer, TEXT_EDIT_CHINESE, CHARACTERS);
    state->wish.kind = SERVICE_RESET_ANSWER;
    if (argument != NULL)
        (void)text_copy(state->message, sizeof(state->message), argument);
    screen_show_visit(ui);
}

void screen_question_leave(void *memory, struct ui *ui)
{
    struct screen_question_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->answer);
}

static void answer(struct screen_question_state *state, struct ui *ui)
{
    if (state->asking != 0 || state->answer.length == 0)
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    state->asking = service_question_answer(screen_services(ui), state->answer.text);
}

static void on_answered(struct screen_question_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = 0;
    text_edit_set(&state->answer, "");
    if (reply->status == STATUS_OK)
        ui_pop(ui); /* the form goes on by itself */
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_question_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_question_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->asking, &reply))
        on_answered(state, ui, reply);
    else if (event->kind == UI_EVENT_RETURN && !screen_visit(ui)->question.is_asked)
        ui_pop(ui); /* set anew at the desk's word */
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT || ui_tapped(event, "bar.next"))
        answer(state, ui);
    else if (ui_tapped(event, "question.forgotten"))
        ui_push(ui, SCREEN_RESET, &state->wish);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

void screen_question_draw(void *memory, struct ui *ui)
{
    struct screen_question_state *state = memory;
    const char *question = screen_visit(ui)->question.question;
    struct ui_page page = screen_page(ui, SCREEN_QUESTION);
    int gap = ui_is_large(ui) ? GAP_LARGE : GAP;
    page.step = 0;
    page.subtitle = screen_text(ui, "question.subtitle");
    page.secondary = (struct widget_button){.id = "question.forgotten",
                                            .label = screen_text(ui, "question.forgotten"),
                                            .look = WIDGET_BUTTON_SECONDARY};
    page.primary = (struct widget_button){.label = screen_text(ui, "question.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->asking != 0,
                                          .disabled = state->answer.length == 0};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        screen_field(ui, area, "question.answer", &state->answer);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, gap);
    int height = widget_label_height(ui, THEME_TYPE_H2, question, inner.w);
    (void)widget_label(
        ui, rect_cut_top(&inner, height),
        &(struct widget_label){
            .id = "question.text", .text = question, .type = THEME_TYPE_H2, .is_private = true});
    (void)rect_cut_top(&inner, gap);
    screen_field(ui, rect_cut_top(&inner, widget_field_plain_height(ui)), "question.answer", &state->answer);
    (void)rect_cut_top(&inner, gap);
    screen_message(ui, inner, "question.message", state->message, screen_text(ui, "question.hint"));
}
