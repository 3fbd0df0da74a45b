/* What is in hand on the page of holders: a person to be compared with the ID card, by typing its number; or
 * words, whole, and that a clerk has seen to them. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_holders.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, BUTTON = 44, GAP = 10, FIELD = 62, FIGURE = 48, ID_CHARACTERS = 18 };

/* --- events -------------------------------------------------------------------------------------------- */

static bool on_reply(struct desk_holders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    if (!ui_replied(event, state->acting))
        return false;
    state->acting = 0;
    state->is_error = reply->status != STATUS_OK;
    text_edit_set(&state->id_number, "");
    if (state->is_error)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, state->done));
    return true;
}

static void decide(struct desk_holders_state *state, struct ui *ui, bool grants)
{
    if (state->acting != 0 || (grants && state->id_number.length != ID_CHARACTERS))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    state->done = grants ? "desk.reset.granted" : "desk.reset.refused";
    state->acting =
        service_desk_reset(desk_program(ui)->services, state->chosen, grants ? state->id_number.text : "");
}

static void finish(struct desk_holders_state *state, struct ui *ui)
{
    if (state->acting != 0)
        return;
    state->message[0] = 0;
    state->done = "desk.feedback.done";
    state->acting = service_desk_feedback_done(desk_program(ui)->services, state->chosen);
}

bool desk_holders_side_event(struct desk_holders_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    else if (ui_tapped(event, "holders.done"))
        finish(state, ui);
    else if (ui_tapped(event, "reset.grant"))
        decide(state, ui, true);
    else if (ui_tapped(event, "reset.refuse"))
        decide(state, ui, false);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_message(const struct desk_holders_state *state, struct ui *ui, struct rect *r)
{
    if (state->message[0] == 0)
        return;
    int height = widget_label_height(ui, THEME_TYPE_DESK, state->message, r->w);
    (void)widget_label(
        ui, rect_cut_bottom(r, height),
        &(struct widget_label){.id = "holders.message",
                               .text = state->message,
                               .type = THEME_TYPE_DESK,
                               .color = state->is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700});
    (void)rect_cut_bottom(r, GAP);
}

static void draw_button(struct ui *ui, struct rect *r, const struct widget_button *button)
{
    (void)widget_button(ui, rect_cut_bottom(r, BUTTON), button);
    (void)rect_cut_bottom(r, GAP);
}

static void draw_pairs(struct ui *ui, struct rect *r, const struct service_reset_line *line)
{
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), "desk.reset.kind", desk_holders_reset_kind(ui, line),
                           false);
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), "desk.reset.code", line->reset.code, false);
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), "desk.reset.who",
                           line->who[0] != 0 ? line->who : desk_text(ui, "desk.reset.nobody"), true);
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), "desk.holders.terminal", line->terminal, false);
}

static void draw_line(struct ui *ui, struct rect *r, const char *words)
{
    (void)rect_cut_top(r, GAP);
    int height = widget_label_height(ui, THEME_TYPE_DESK_CAPTION, words, r->w);
    if (height <= r->h)
        (void)widget_label(ui, rect_cut_top(r, height),
                           &(struct widget_label){
                               .text = words, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700});
}

/* Shown here and nowhere else: whoever types it at the terminal was at this desk. */
static void draw_proof(const struct desk_holders_state *state, struct ui *ui, struct rect r,
                       const struct service_reset_line *line)
{
    draw_message(state, ui, &r);
    draw_pairs(ui, &r, line);
    (void)rect_cut_top(&r, GAP);
    (void)widget_label(ui, rect_cut_top(&r, PAIR),
                       &(struct widget_label){.text = desk_text(ui, "desk.reset.proof"),
                                              .type = THEME_TYPE_DESK,
                                              .color = THEME_COLOR_INK700});
    (void)widget_label(ui, rect_cut_top(&r, FIGURE),
                       &(struct widget_label){.id = "reset.proof",
                                              .text = line->proof,
                                              .type = THEME_TYPE_DESK_FIGURE,
                                              .color = THEME_COLOR_B700,
                                              .middle = true});
    draw_line(ui, &r, desk_text(ui, "desk.reset.proof_line"));
}

/* The number is typed, not compared by eye: whoever types it has had the card in hand. */
static void draw_reset(struct desk_holders_state *state, struct ui *ui, struct rect r,
                       const struct service_reset_line *line)
{
    char wrong[24];
    draw_button(ui, &r,
                &(struct widget_button){.id = "reset.refuse",
                                        .label = desk_text(ui, "desk.reset.refuse"),
                                        .look = WIDGET_BUTTON_REFUSE,
                                        .disabled = state->acting != 0});
    draw_button(ui, &r,
                &(struct widget_button){.id = "reset.grant",
                                        .label = desk_text(ui, "desk.reset.grant"),
                                        .look = WIDGET_BUTTON_PRIMARY,
                                        .icon = ICON_CHECK,
                                        .disabled = state->id_number.length != ID_CHARACTERS,
                                        .busy = state->acting != 0});
    (void)widget_field(ui, rect_cut_bottom(&r, FIELD),
                       &(struct widget_field){.id = "reset.id",
                                              .label = desk_text(ui, "desk.reset.id"),
                                              .edit = &state->id_number});
    (void)rect_cut_bottom(&r, GAP);
    draw_message(state, ui, &r);
    (void)snprintf(wrong, sizeof(wrong), "%lld", (long long)line->wrong);
    draw_pairs(ui, &r, line);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.reset.wrong", wrong, false);
    draw_line(ui, &r, desk_text(ui, "desk.reset.line"));
}

static void draw_feedback(const struct desk_holders_state *state, struct ui *ui, struct rect r,
                          const struct service_feedback *feedback)
{
    bool waits = feedback->clerk[0] == 0;
    if (waits)
        draw_button(ui, &r,
                    &(struct widget_button){.id = "holders.done",
                                            .label = desk_text(ui, "desk.feedback.finish"),
                                            .look = WIDGET_BUTTON_PRIMARY,
                                            .icon = ICON_CHECK,
                                            .busy = state->acting != 0});
    draw_message(state, ui, &r);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.feedback.kind",
                           desk_holders_feedback_kind(ui, feedback), false);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.parcels.phone", feedback->phone, true);
    if (!waits)
        record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.feedback.by", feedback->clerk, false);
    (void)rect_cut_top(&r, GAP);
    (void)widget_label(
        ui, r,
        &(struct widget_label){
            .id = "holders.words", .text = feedback->text, .type = THEME_TYPE_DESK, .is_private = true});
}

static void draw_nothing(const struct desk_holders_state *state, struct ui *ui, struct rect r)
{
    draw_message(state, ui, &r);
    (void)widget_label(ui, rect_cut_top(&r, 60),
                       &(struct widget_label){.text = desk_text(ui, "desk.holders.choose"),
                                              .type = THEME_TYPE_DESK,
                                              .color = THEME_COLOR_INK700});
}

void desk_holders_side_draw(struct desk_holders_state *state, struct ui *ui, struct rect area)
{
    const struct service_feedback *feedback = desk_holders_feedback(state, ui);
    const struct service_reset_line *line = desk_holders_reset(state, ui);
    struct rect r =
        rect_inset(ui_page_desk_panel(ui, area, desk_text(ui, "desk.parcels.details"), NULL), 16, 12);
    if (line != NULL && line->proof[0] != 0)
        draw_proof(state, ui, r, line);
    else if (line != NULL)
        draw_reset(state, ui, r, line);
    else if (feedback != NULL)
        draw_feedback(state, ui, r, feedback);
    else
        draw_nothing(state, ui, r);
}
