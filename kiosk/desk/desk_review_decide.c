/* Deciding: approve what was seen whole, send back with reasons, put aside with a note; what is asked for in
 * a dialog, and how to take the last decision back. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_review.h"

enum { REVEAL_S = 30, BUTTONS = 48, BUTTONS_APART = 10, HOLD = 91, DIALOG_FIELD = 62 };

static bool is_busy(const struct desk_review_state *state)
{
    return state->opening != 0 || state->deciding != 0 || state->undoing != 0 || state->holding != 0;
}

static bool is_free(const struct desk_review_state *state, const struct ui *ui)
{
    return !is_busy(state) && desk_review_case(ui)->is_open && !desk_review_case(ui)->decided;
}

bool desk_review_can_undo(const struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    return what->decided && clock_utc_s(desk_program(ui)->clock) < what->undo_until_utc_s;
}

/* Which originals were not handed in, in words; "" when all were. */
static void missing_words(const struct ui *ui, char out[96])
{
    char number[24];
    size_t missing = desk_review_originals_missing(ui);
    (void)snprintf(number, sizeof(number), "%zu", missing);
    if (missing > 0)
        desk_format(ui, out, 96, "service.originals", {"number", number});
}

/* What has not been on the screen or not been handed in, in words; "" when all was. */
static void unseen_words(const struct desk_review_state *state, struct ui *ui, char out[96])
{
    struct service_unseen unseen = service_case_unseen(desk_review_case(ui), desk_review_form(ui));
    char pages[24];
    char fields[24];
    unseen.fields = desk_review_fields_unseen(state, ui);
    (void)snprintf(pages, sizeof(pages), "%zu", unseen.pages);
    (void)snprintf(fields, sizeof(fields), "%zu", unseen.fields);
    out[0] = 0;
    if (unseen.pages + unseen.fields > 0)
        desk_format(ui, out, 96,
                    unseen.fields == 0  ? "desk.unseen.pages"
                    : unseen.pages == 0 ? "desk.unseen.fields"
                                        : "desk.unseen.both",
                    {"pages", pages}, {"fields", fields});
    else
        missing_words(ui, out);
}

/* --- acts --------------------------------------------------------------------------------------------- */

static void approve(struct desk_review_state *state, struct ui *ui)
{
    char unseen[96];
    unseen_words(state, ui, unseen);
    if (!is_free(state, ui))
        return;
    if (desk_review_case(ui)->on_hold)
        desk_review_say(state, ui, "service.on-hold");
    else if (unseen[0] != 0)
        (void)text_copy(state->message, sizeof(state->message), unseen);
    else
        state->deciding = service_desk_approve(desk_program(ui)->services);
}

static void write_items(const struct desk_review_state *state, const struct ui *ui,
                        struct order_rejections *out)
{
    const struct product *product = desk_review_product(ui);
    out->count = state->item_count;
    for (size_t i = 0; i < state->item_count; i++) {
        const struct desk_review_item *from = &state->items[i];
        struct order_rejection *to = &out->item[i];
        *to = (struct order_rejection){.kind = from->kind};
        (void)text_copy(to->item, sizeof(to->item), from->item);
        (void)snprintf(to->reason, sizeof(to->reason), "%.200s%s%s",
                       from->reason > 0 ? product->reasons[from->reason - 1].text : "",
                       from->reason > 0 && from->note[0] != 0 ? "。" : "", from->note);
    }
}

/* The first press leads to the reasons, the second sends what was chosen. */
static void reject(struct desk_review_state *state, struct ui *ui)
{
    struct order_rejections items = {0};
    if (!is_free(state, ui))
        return;
    if (desk_review_case(ui)->on_hold) {
        desk_review_say(state, ui, "service.on-hold");
    } else if (state->item_count == 0) {
        state->choosing = true;
        desk_review_say(state, ui, "desk.review.items_first");
    } else {
        write_items(state, ui, &items);
        state->deciding = service_desk_reject(desk_program(ui)->services, &items);
    }
}

static void ask(struct desk_review_state *state, struct ui *ui, enum desk_review_ask what)
{
    state->asking = what;
    text_edit_set(&state->words, "");
    ui_focus(ui, what == DESK_REVIEW_ASK_NOTHING ? NULL : "ask.words");
}

static void hold(struct desk_review_state *state, struct ui *ui)
{
    if (!is_free(state, ui))
        return;
    if (desk_review_case(ui)->on_hold)
        state->holding = service_desk_take_up(desk_program(ui)->services);
    else
        ask(state, ui, DESK_REVIEW_ASK_HOLD);
}

/* It is done where the order is, so the case is read until it says so. */
static void change_lock(struct desk_review_state *state, struct ui *ui)
{
    bool is_main = desk_review_case(ui)->lock.role == SERVICE_LOCK_MAIN;
    if (!is_free(state, ui) || state->lock_wanted != SERVICE_LOCK_NONE)
        return;
    state->lock_wanted = is_main ? SERVICE_LOCK_SECONDARY : SERVICE_LOCK_MAIN;
    state->holding = service_desk_lock(desk_program(ui)->services, !is_main);
}

static void answer(struct desk_review_state *state, struct ui *ui)
{
    struct services *services = desk_program(ui)->services;
    if (state->words.text[0] == 0)
        return;
    if (state->asking == DESK_REVIEW_ASK_HOLD) {
        state->holding = service_desk_hold(services, state->words.text);
    } else {
        (void)text_copy(state->revealed, sizeof(state->revealed), state->field);
        state->revealed_until_utc_s = 0;
        state->revealing = service_desk_reveal(services, state->field, state->words.text);
    }
    ask(state, ui, DESK_REVIEW_ASK_NOTHING);
}

/* --- events ------------------------------------------------------------------------------------------- */

static bool on_reply(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    uint64_t *const waits[] = {&state->deciding, &state->undoing, &state->holding, &state->revealing};
    uint64_t *mine = NULL;
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++)
        if (ui_replied(event, *waits[i]))
            mine = waits[i];
    if (mine == NULL)
        return false;
    *mine = 0;
    state->message[0] = 0;
    if (reply->status != STATUS_OK)
        state->lock_wanted = SERVICE_LOCK_NONE;
    if (reply->status != STATUS_OK && mine == &state->revealing)
        desk_review_say(state, ui, "desk.reveal.refused");
    else if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else if (mine == &state->revealing)
        state->revealed_until_utc_s = clock_utc_s(desk_program(ui)->clock) + REVEAL_S;
    else if (mine == &state->deciding)
        state->choosing = false;
    return true;
}

static bool on_dialog(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "ask.no"))
        ask(state, ui, DESK_REVIEW_ASK_NOTHING);
    else if (ui_tapped(event, "ask.yes") ||
             (event->kind == UI_EVENT_NEXT && strcmp(event->id, "ask.words") == 0))
        answer(state, ui);
    return event->kind != UI_EVENT_REPLY;
}

bool desk_review_decide_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (state->asking != DESK_REVIEW_ASK_NOTHING)
        return on_dialog(state, ui, event);
    if (ui_tapped(event, "review.approve"))
        approve(state, ui);
    else if (ui_tapped(event, "review.reject"))
        reject(state, ui);
    else if (ui_tapped(event, "review.hold"))
        hold(state, ui);
    else if (ui_tapped(event, "review.lock"))
        change_lock(state, ui);
    else if (ui_tapped(event, "review.reveal"))
        ask(state, ui, DESK_REVIEW_ASK_REVEAL);
    else if (desk_pressed(ui, event, INPUT_KEY_ESCAPE, 0))
        state->choosing = false;
    else if (!ui_tapped(event, "review.undo"))
        return false;
    else if (state->undoing == 0 && desk_review_can_undo(ui))
        state->undoing = service_desk_undo(desk_program(ui)->services);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* Which of the approval's stages is signed now, after whom. */
static void stage_words(const struct ui *ui, char out[384])
{
    const struct service_case *what = desk_review_case(ui);
    char number[24];
    char count[24];
    (void)snprintf(number, sizeof(number), "%u", what->signatures + 1);
    (void)snprintf(count, sizeof(count), "%u", what->signers);
    desk_format(ui, out, 384,
                what->is_barred        ? "desk.review.stage_other"
                : what->signatures > 0 ? "desk.review.stage_after"
                                       : "desk.review.stage",
                {"clerk", what->signed_by}, {"number", number}, {"count", count}, {"stage", what->stage});
}

static void decision_words(const struct desk_review_state *state, struct ui *ui, char out[384])
{
    const struct service_case *what = desk_review_case(ui);
    char number[24];
    char unseen[96];
    unseen_words(state, ui, unseen);
    if (desk_review_can_undo(ui)) {
        (void)snprintf(number, sizeof(number), "%lld",
                       (long long)(what->undo_until_utc_s - clock_utc_s(desk_program(ui)->clock)));
        desk_format(ui, out, 384,
                    what->waits_second ? "desk.review.first"
                    : what->approved   ? "desk.review.approved"
                                       : "desk.review.rejected",
                    {"seconds", number});
    } else if (state->message[0] != 0) {
        (void)text_copy(out, 384, state->message);
    } else if (what->decided) {
        (void)text_copy(out, 384,
                        desk_text(ui, what->waits_second ? "desk.review.waits" : "desk.review.sent"));
    } else if (what->on_hold) {
        desk_format(ui, out, 384, "desk.hold.note", {"clerk", what->hold_clerk}, {"note", what->hold_note});
    } else if (state->item_count > 0) {
        (void)snprintf(number, sizeof(number), "%zu", state->item_count);
        desk_format(ui, out, 384, "desk.review.chosen", {"count", number});
    } else if (unseen[0] != 0) {
        (void)text_copy(out, 384, unseen);
    } else if (what->stage[0] != 0) {
        stage_words(ui, out);
    } else if (what->signed_by[0] != 0) {
        desk_format(ui, out, 384, "desk.review.second", {"clerk", what->signed_by});
    } else if (what->carried == SERVICE_CARRIED_LEFT) {
        (void)text_copy(out, 384, desk_text(ui, "desk.review.seal_left"));
    } else {
        (void)text_copy(out, 384, desk_text(ui, what->signers > 1 ? "desk.review.two" : "desk.review.bound"));
    }
}

static void draw_words(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    char text[384];
    char shown[384];
    decision_words(state, ui, text);
    (void)widget_mark_icon(ui, rect_cut_left(&area, 20), ICON_INFO, 16, THEME_COLOR_INK700, false);
    (void)rect_cut_left(&area, 6);
    widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, text, area.w - 2, shown, sizeof(shown));
    (void)widget_label(ui, area,
                       &(struct widget_label){.id = "review.message",
                                              .text = shown,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

static void draw_undo(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "review.undo",
                                                .label = desk_text(ui, "desk.review.undo"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .busy = state->undoing != 0});
}

/* 挂起 and 驳回 at the left, 通过 as wide as what is left: it is pressed most. */
static void draw_buttons(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct service_case *what = desk_review_case(ui);
    char unseen[96];
    unseen_words(state, ui, unseen);
    const struct widget_button hold = {
        .id = "review.hold",
        .label = desk_text(ui, what->on_hold ? "desk.hold.take_up" : "desk.hold.hold"),
        .look = WIDGET_BUTTON_NEUTRAL,
        .shortcut = "F11",
        .busy = state->holding != 0,
        .disabled = what->decided};
    int wanted = widget_button_width(ui, &hold);
    (void)widget_button(ui, rect_cut_left(&area, wanted > HOLD ? wanted : HOLD), &hold);
    (void)rect_cut_left(&area, BUTTONS_APART);
    (void)widget_button(ui, rect_cut_left(&area, area.w * 39 / 100),
                        &(struct widget_button){.id = "review.reject",
                                                .label = desk_text(ui, "desk.review.reject"),
                                                .look = WIDGET_BUTTON_REFUSE,
                                                .shortcut = "F10",
                                                .disabled = what->decided || what->on_hold});
    (void)rect_cut_left(&area, BUTTONS_APART);
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "review.approve",
                                                .label = desk_text(ui, "desk.review.approve"),
                                                .look = WIDGET_BUTTON_SUCCESS,
                                                .icon = ICON_CHECK,
                                                .shortcut = "F9",
                                                .busy = state->deciding != 0,
                                                .disabled = what->decided || what->on_hold ||
                                                            unseen[0] != 0 || what->is_barred});
}

void desk_review_decide_draw(struct desk_review_state *state, struct ui *ui, struct rect area)
{
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y, area.w - 2, 1));
    struct rect r = rect_inset(area, 16, 8);
    draw_words(state, ui, rect_cut_top(&r, 30));
    (void)rect_cut_top(&r, 4);
    r = rect_cut_top(&r, BUTTONS);
    if (desk_review_can_undo(ui))
        draw_undo(state, ui, r);
    else
        draw_buttons(state, ui, r);
}

void desk_review_dialog_draw(struct desk_review_state *state, struct ui *ui)
{
    bool is_hold = state->asking == DESK_REVIEW_ASK_HOLD;
    if (state->asking == DESK_REVIEW_ASK_NOTHING)
        return;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){
            .id = "ask",
            .title = desk_text(ui, is_hold ? "desk.hold.title" : "desk.reveal.title"),
            .line = desk_text(ui, is_hold ? "desk.hold.line" : "desk.reveal.line"),
            .icon = is_hold ? ICON_CLOCK : ICON_EYE,
            .left = {.id = "ask.no",
                     .label = desk_text(ui, "desk.ask.back"),
                     .look = WIDGET_BUTTON_NEUTRAL,
                     .shortcut = "Esc",
                     .way_out = true},
            .primary = {.id = "ask.yes",
                        .label = desk_text(ui, is_hold ? "desk.hold.hold" : "desk.reveal"),
                        .disabled = state->words.text[0] == 0}},
        DIALOG_FIELD);
    (void)widget_field(
        ui, r,
        &(struct widget_field){.id = "ask.words",
                               .label = desk_text(ui, is_hold ? "desk.hold.words" : "desk.reveal.words"),
                               .edit = &state->words});
    widget_dialog_end(ui);
}
