/* The bank's voucher, looked at in the list's place, and why it is refused. */
#include "kiosk/desk/desk_money.h"
#include "kiosk/desk/reason_choice.h"

enum { WIDTH_PX = 1100, REASON_ROWS = 96, OWN = 62 };

static struct reason_choice choice_of(const struct desk_money_state *state)
{
    static const char *const reasons[REASON_CHOICE_COUNT] = {"unread", "amount", "payee", "absent"};
    return (struct reason_choice){
        .id = "refuse", .words = "money", .names = reasons, .chosen = state->reason, .own = state->own.text};
}

/* --- events -------------------------------------------------------------------------------------------- */

static void look(struct desk_money_state *state, struct ui *ui)
{
    struct desk_money_voucher *voucher = &state->voucher;
    if (voucher->image != NULL)
        voucher->is_open = !voucher->is_open;
    else if (voucher->loading == 0)
        voucher->loading = service_desk_voucher(desk_program(ui)->services, state->chosen, WIDTH_PX);
}

static void on_picture(struct desk_money_state *state, struct ui *ui, struct service_reply *reply)
{
    struct desk_money_voucher *voucher = &state->voucher;
    *voucher = (struct desk_money_voucher){.image = reply->image, .version = reply->id};
    reply->image = NULL;
    if (voucher->image == NULL) {
        desk_reason(ui, reply, state->message, sizeof(state->message));
        state->is_error = true;
        return;
    }
    voucher->pixels =
        (struct canvas_image){voucher->image->rgb, voucher->image->width_px, voucher->image->height_px};
    voucher->is_open = true;
}

static bool on_reply(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = event->data;
    if (ui_replied(event, state->voucher.loading)) {
        on_picture(state, ui, reply);
        return true;
    }
    if (!ui_replied(event, state->refusing))
        return false;
    desk_money_forget(state);
    state->refusing = 0;
    state->is_error = !desk_told(ui, reply, "desk.money.refused", state->message, sizeof(state->message));
    (void)service_desk_overview(desk_program(ui)->services);
    return true;
}

static void ask(struct desk_money_state *state, bool asking)
{
    state->asking = asking;
    state->reason = 0;
    text_edit_set(&state->own, "");
}

static void refuse(struct desk_money_state *state, struct ui *ui)
{
    struct reason_choice choice = choice_of(state);
    const char *reason = reason_choice_given(ui, &choice);
    if (reason[0] == 0 || state->refusing != 0)
        return;
    state->refusing = service_desk_voucher_refuse(desk_program(ui)->services, state->chosen, reason);
    ask(state, false);
}

static bool on_dialog(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "refuse.no"))
        ask(state, false);
    else if (ui_tapped(event, "refuse.yes"))
        refuse(state, ui);
    else if (ui_tapped_prefix(event, "refuse.reason."))
        state->reason = (size_t)event->tag + 1;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    return true;
}

bool desk_money_voucher_event(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (state->asking)
        return on_dialog(state, ui, event);
    if (ui_tapped(event, "money.look") || ui_tapped(event, "voucher.close"))
        look(state, ui);
    else if (ui_tapped(event, "money.refuse"))
        ask(state, true);
    else if (ui_tapped(event, "voucher.zoom_in"))
        widget_picture_zoom(&state->voucher.view, 1);
    else if (ui_tapped(event, "voucher.zoom_out"))
        widget_picture_zoom(&state->voucher.view, -1);
    else if (ui_tapped(event, "voucher.rotate"))
        widget_picture_rotate(&state->voucher.view);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_tool(struct ui *ui, struct rect *row, const char *id, const char *key, enum icon icon)
{
    (void)widget_button(ui, rect_cut_right(row, 46),
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, key),
                                                .icon = icon,
                                                .icon_only = true,
                                                .look = WIDGET_BUTTON_NEUTRAL});
    (void)rect_cut_right(row, 8);
}

void desk_money_voucher_draw(struct desk_money_state *state, struct ui *ui, struct rect area)
{
    struct rect tools = rect_inset(rect_cut_top(&area, 56), 14, 10);
    draw_tool(ui, &tools, "voucher.close", "desk.money.look_close", ICON_CROSS);
    draw_tool(ui, &tools, "voucher.rotate", "desk.rotate", ICON_ROTATE);
    draw_tool(ui, &tools, "voucher.zoom_in", "desk.zoom_in", ICON_ZOOM_IN);
    draw_tool(ui, &tools, "voucher.zoom_out", "desk.zoom_out", ICON_ZOOM_OUT);
    (void)widget_label(ui, tools,
                       &(struct widget_label){.text = desk_text(ui, "desk.money.voucher"),
                                              .type = THEME_TYPE_DESK_TITLE,
                                              .middle = true});
    (void)widget_picture_image(ui, rect_inset(area, 1, 1),
                               &(struct widget_picture_image){.id = "voucher.picture",
                                                              .label = desk_text(ui, "desk.money.voucher"),
                                                              .image = &state->voucher.pixels,
                                                              .version = state->voucher.version,
                                                              .view = &state->voucher.view});
}

void desk_money_voucher_dialog(struct desk_money_state *state, struct ui *ui)
{
    struct reason_choice choice = choice_of(state);
    if (!state->asking)
        return;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "refuse",
                                .title = desk_text(ui, "desk.money.refuse_title"),
                                .line = desk_text(ui, "desk.money.refuse_line"),
                                .icon = ICON_WARNING,
                                .left = {.id = "refuse.no",
                                         .label = desk_text(ui, "desk.money.refuse_no"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc"},
                                .primary = {.id = "refuse.yes",
                                            .label = desk_text(ui, "desk.money.refuse"),
                                            .look = WIDGET_BUTTON_DANGER,
                                            .disabled = reason_choice_given(ui, &choice)[0] == 0}},
        REASON_ROWS + OWN);
    reason_choice_draw(ui, rect_cut_top(&r, REASON_ROWS - 12), &choice);
    (void)rect_cut_top(&r, 12);
    (void)widget_field(ui, r,
                       &(struct widget_field){.id = "refuse.own",
                                              .label = desk_text(ui, "desk.give_up.own"),
                                              .edit = &state->own});
    widget_dialog_end(ui);
}
