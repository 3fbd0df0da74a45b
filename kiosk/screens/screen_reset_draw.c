/* Reset, drawn: the code to tell, the code that was told, then what is set anew, or why it is not. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_reset.h"

enum { GAP = 24, OPTION = 96, OPTION_LARGE = 120 };

/* --- waiting for the clerk --------------------------------------------------------------------------- */

static void draw_code(struct ui *ui, struct rect area)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, 24);
    int high = screen_lines(ui, THEME_TYPE_NUMBER, 1), low = screen_lines(ui, THEME_TYPE_LEAD, 1);
    (void)rect_cut_top(&inner, (inner.h - high - 3 * low) / 3);
    (void)widget_label(ui, rect_cut_top(&inner, low),
                       &(struct widget_label){.text = screen_text(ui, "reset.tell"),
                                              .type = THEME_TYPE_LEAD,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
    (void)widget_label(ui, rect_cut_top(&inner, high),
                       &(struct widget_label){.id = "reset.code",
                                              .text = screen_visit(ui)->reset.code,
                                              .type = THEME_TYPE_NUMBER,
                                              .color = THEME_COLOR_B700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
    (void)widget_label(ui, rect_cut_top(&inner, 2 * low),
                       &(struct widget_label){.text = screen_text(ui, "reset.wait"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

/* --- back from the clerk ------------------------------------------------------------------------------ */

static void draw_proof(struct ui *ui, struct rect area, struct screen_reset_state *state)
{
    if (ui_focused(ui) != NULL) {
        screen_field(ui, area, "reset.proof", &state->proof);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 56, ui_is_large(ui) ? 16 : 40);
    screen_field(ui, rect_cut_top(&inner, widget_field_plain_height(ui)), "reset.proof", &state->proof);
    (void)rect_cut_top(&inner, GAP);
    screen_message(ui, inner, "reset.message", state->message, screen_text(ui, "reset.proof_hint"));
}

/* --- setting anew ------------------------------------------------------------------------------------ */

static void draw_answer(struct ui *ui, struct rect rect, struct screen_reset_state *state)
{
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = "reset.answer",
                                              .label = screen_text(ui, "reset.new_answer"),
                                              .placeholder = screen_text(ui, "reset.answer_example"),
                                              .edit = &state->answer});
}

static void draw_questions(struct ui *ui, struct rect *area, const struct screen_reset_state *state)
{
    size_t count = 0;
    const char *const *questions = screen_reset_questions(ui, &count);
    int height = ui_is_large(ui) ? OPTION_LARGE : OPTION, columns = ui_is_portrait(ui) ? 1 : 2;
    for (size_t i = 0; i < count; i++) {
        char id[48];
        struct rect row = rect_make(area->x, area->y + (int)i / columns * (height + 16), area->w, height);
        (void)snprintf(id, sizeof(id), "reset.question.%zu", i);
        (void)widget_button(ui, rect_column(row, (int)i % columns, columns, GAP),
                            &(struct widget_button){.id = id,
                                                    .label = questions[i],
                                                    .look = i == state->question ? WIDGET_BUTTON_PRIMARY
                                                                                 : WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_BODY_STRONG,
                                                    .tag = (int64_t)i});
    }
    (void)rect_cut_top(area, ((int)count + columns - 1) / columns * (height + 16) + 8);
}

/* While the keyboard is open what is typed has the page alone. */
static void draw_proven(struct ui *ui, struct rect area, struct screen_reset_state *state)
{
    bool is_password = state->wish.kind == SERVICE_RESET_PASSWORD, types = ui_focused(ui) != NULL;
    if (!is_password && !types)
        draw_questions(ui, &area, state);
    if (is_password)
        password_pair_draw(ui, rect_cut_top(&area, password_pair_height(ui)), &state->pair);
    else
        draw_answer(ui, rect_cut_top(&area, widget_field_plain_height(ui)), state);
    (void)rect_cut_top(&area, GAP);
    if (!types)
        screen_message(ui, area, "reset.message", state->message, screen_text(ui, "reset.granted"));
}

/* --- the page ---------------------------------------------------------------------------------------- */

static void draw_over(struct ui *ui, struct rect area, const struct screen_reset_state *state)
{
    struct widget_notice notice = {.id = "reset.message",
                                   .tone = WIDGET_NOTICE_ERROR,
                                   .line = state->message[0] != 0 ? state->message
                                           : screen_visit(ui)->reset.state == SERVICE_RESET_IS_REFUSED
                                               ? screen_text(ui, "reset.refused")
                                               : screen_text(ui, "reset.over")};
    (void)widget_notice_banner(ui, rect_cut_top(&area, widget_notice_height(ui, &notice, area.w)), &notice);
}

static struct widget_button primary_of(const struct ui *ui, const struct screen_reset_state *state)
{
    if (screen_reset_is_granted(ui))
        return (struct widget_button){.id = "reset.prove",
                                      .label = screen_text(ui, "reset.prove"),
                                      .icon_right = ICON_ARROW_RIGHT,
                                      .busy = state->proving != 0,
                                      .disabled = !screen_reset_has_proof(state)};
    if (screen_reset_is_proven(ui))
        return (struct widget_button){.label = screen_text(ui, "reset.set"),
                                      .icon_right = ICON_ARROW_RIGHT,
                                      .busy = state->setting != 0,
                                      .disabled = !screen_reset_is_complete(state)};
    if (screen_reset_is_over(ui))
        return (struct widget_button){
            .id = "reset.again", .label = screen_text(ui, "reset.again"), .busy = state->asking != 0};
    return (struct widget_button){0};
}

static const char *subtitle_of(const struct ui *ui)
{
    return screen_text(ui, screen_reset_is_proven(ui)    ? "reset.subtitle_proven"
                           : screen_reset_is_granted(ui) ? "reset.subtitle_granted"
                                                         : "reset.subtitle");
}

/* Nobody goes back into the visit of who is at the desk: before the desk's code stands here, only out. */
void screen_reset_draw(void *memory, struct ui *ui)
{
    struct screen_reset_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_RESET);
    bool asked = screen_visit(ui)->reset.id[0] != 0, proven = screen_reset_is_proven(ui);
    page.step = 0;
    page.no_back = asked && !proven;
    page.subtitle = subtitle_of(ui);
    page.primary = primary_of(ui, state);
    struct rect area = ui_page(ui, &page);
    if (proven)
        draw_proven(ui, area, state);
    else if (screen_reset_is_granted(ui))
        draw_proof(ui, area, state);
    else if (screen_reset_is_over(ui) || state->message[0] != 0)
        draw_over(ui, area, state);
    else if (asked)
        draw_code(ui, area);
}
