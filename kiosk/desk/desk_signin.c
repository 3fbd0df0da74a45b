/* Sign-in: name and password; the program has no built-in account. */
#include <string.h>

#include "kiosk/desk/desk_list.h"

enum { CARD_WIDTH = 520, CARD_HEIGHT = 440 };

struct desk_signin_state {
    struct text_edit name;
    struct text_edit password;
    uint64_t signing_in;
    char message[192];
};
DESK_STATE(signin)

void desk_signin_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_signin_state *state = memory;
    (void)argument;
    text_edit_init(&state->name, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&state->password, TEXT_EDIT_LATIN, SECRET_BYTES);
    state->password.secret = true;
    ui_focus(ui, "signin.name");
}

void desk_signin_leave(void *memory, struct ui *ui)
{
    struct desk_signin_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->password);
}

static void sign_in(struct desk_signin_state *state, struct ui *ui)
{
    struct secret password = {0};
    if (state->signing_in != 0 || state->name.length == 0 || state->password.length == 0)
        return;
    if (secret_set(&password, state->password.text, state->password.length) == STATUS_OK)
        state->signing_in = service_desk_sign_in(desk_program(ui)->services, state->name.text, &password);
    secret_wipe(&password);
    text_edit_wipe(&state->password);
}

void desk_signin_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_signin_state *state = memory;
    if (ui_replied(event, state->signing_in)) {
        const struct service_reply *reply = event->data;
        state->signing_in = 0;
        if (reply->status == STATUS_OK)
            ui_reset(ui, DESK_REVIEW, NULL);
        else
            desk_reason(ui, reply, state->message, sizeof(state->message));
    } else if (ui_tapped(event, "signin.next") ||
               (event->kind == UI_EVENT_NEXT && strcmp(event->id, "signin.password") == 0)) {
        sign_in(state, ui);
    } else if (event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, "signin.password");
    }
}

void desk_signin_draw(void *memory, struct ui *ui)
{
    struct desk_signin_state *state = memory;
    struct ui_page_desk_areas areas =
        ui_page_desk(ui, &(struct ui_page_desk){.title = desk_text(ui, "desk.product"),
                                                .right = desk_program(ui)->settings->hall_name});
    struct rect card = rect_center(areas.content, CARD_WIDTH, CARD_HEIGHT);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 40, 28);
    int height = widget_field_height(ui);
    (void)widget_label(ui, rect_cut_top(&inner, 44),
                       &(struct widget_label){.text = desk_text(ui, "desk.signin.title"),
                                              .type = THEME_TYPE_DESK_TITLE,
                                              .middle = true});
    (void)widget_field(ui, rect_cut_top(&inner, height),
                       &(struct widget_field){.id = "signin.name",
                                              .label = desk_text(ui, "desk.signin.name"),
                                              .edit = &state->name});
    (void)widget_field(ui, rect_cut_top(&inner, height),
                       &(struct widget_field){.id = "signin.password",
                                              .label = desk_text(ui, "desk.signin.password"),
                                              .edit = &state->password,
                                              .message = state->message[0] != 0 ? state->message : NULL,
                                              .error = state->message[0] != 0});
    (void)widget_button(ui, rect_cut_bottom(&inner, 44),
                        &(struct widget_button){.id = "signin.next",
                                                .label = desk_text(ui, "desk.signin.next"),
                                                .look = WIDGET_BUTTON_PRIMARY,
                                                .busy = state->signing_in != 0,
                                                .way_out = true});
}
