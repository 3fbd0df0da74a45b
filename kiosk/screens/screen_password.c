/* Password: who has an account logs in by one of its names and its password; who forgot it goes to the desk
 * with the ID card. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/rule_password.h"
#include "kiosk/screens/reset_wish.h"
#include "kiosk/screens/screen_list.h"

enum { ALIAS_CHARACTERS = 60, GAP = 32, GAP_LARGE = 16 };

struct screen_password_state {
    struct text_edit alias, password;
    uint64_t asking;
    struct reset_wish wish;
    char message[192];
};
SCREEN_STATE(password)

void screen_password_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_password_state *state = memory;
    (void)argument;
    text_edit_init(&state->alias, TEXT_EDIT_CHINESE, ALIAS_CHARACTERS);
    text_edit_init(&state->password, TEXT_EDIT_LATIN, RULE_PASSWORD_MOST);
    state->password.secret = true;
    screen_show_visit(ui);
}

void screen_password_leave(void *memory, struct ui *ui)
{
    struct screen_password_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->alias);
    text_edit_wipe(&state->password);
    secret_wipe_bytes(&state->wish, sizeof(state->wish));
}

static bool is_complete(const struct screen_password_state *state)
{
    return state->alias.length > 0 && state->password.length > 0;
}

static void log_in(struct screen_password_state *state, struct ui *ui)
{
    struct secret password = {0};
    if (state->asking != 0 || !is_complete(state))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    if (secret_set(&password, state->password.text, state->password.length) == STATUS_OK)
        state->asking = service_account_log_in(screen_services(ui), state->alias.text, &password);
    secret_wipe(&password);
}

static void go_on(struct ui *ui)
{
    ui_replace(ui, screen_visit(ui)->operation != NULL ? SCREEN_AGREEMENT : SCREEN_ORDERS, NULL);
}

static void on_answered(struct screen_password_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = 0;
    text_edit_set(&state->password, "");
    if (reply->status == STATUS_OK)
        go_on(ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

/* Whose password it is stands in the field already; whether there is such a name is not said. */
static void forget(struct screen_password_state *state, struct ui *ui, enum service_reset_kind kind)
{
    ui_focus(ui, NULL);
    if (state->alias.length == 0) {
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "password.name_first"));
        return;
    }
    state->wish.kind = kind;
    (void)text_copy(state->wish.alias, sizeof(state->wish.alias), state->alias.text);
    ui_push(ui, SCREEN_RESET, &state->wish);
}

static void on_next(struct screen_password_state *state, struct ui *ui, const struct ui_event *event)
{
    if (strcmp(event->id, "password.alias") == 0)
        ui_focus(ui, "password.word");
    else
        log_in(state, ui);
}

void screen_password_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_password_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->asking, &reply))
        on_answered(state, ui, reply);
    else if (event->kind == UI_EVENT_RETURN && screen_visit(ui)->phone[0] != 0)
        go_on(ui); /* set anew, and logged in by it */
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT)
        on_next(state, ui, event);
    else if (ui_tapped(event, "bar.next"))
        log_in(state, ui);
    else if (ui_tapped(event, "password.forgotten"))
        forget(state, ui, SERVICE_RESET_PASSWORD);
    else if (ui_tapped(event, "password.moved"))
        forget(state, ui, SERVICE_RESET_PHONE);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* What does not work any more, each with its way to the desk. */
static void draw_lost(struct ui *ui, struct rect row)
{
    (void)widget_button(ui, rect_column(row, 0, 2, GAP),
                        &(struct widget_button){.id = "password.forgotten",
                                                .label = screen_text(ui, "password.forgotten"),
                                                .look = WIDGET_BUTTON_QUIET,
                                                .type = THEME_TYPE_BODY_STRONG});
    (void)widget_button(ui, rect_column(row, 1, 2, GAP),
                        &(struct widget_button){.id = "password.moved",
                                                .label = screen_text(ui, "password.moved"),
                                                .look = WIDGET_BUTTON_QUIET,
                                                .type = THEME_TYPE_BODY_STRONG});
}

void screen_password_draw(void *memory, struct ui *ui)
{
    struct screen_password_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PASSWORD);
    int gap = ui_is_large(ui) ? GAP_LARGE : GAP, height = widget_field_plain_height(ui);
    page.step = 0;
    page.subtitle = screen_text(ui, "password.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "login.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->asking != 0,
                                          .disabled = !is_complete(state)};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        screen_field_pair(ui, area, "password.alias", &state->alias, "password.word", &state->password);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, ui_is_large(ui) ? 32 : 56, ui_is_large(ui) ? 12 : 32);
    screen_field(ui, rect_cut_top(&inner, height), "password.alias", &state->alias);
    (void)rect_cut_top(&inner, gap / 2);
    screen_field(ui, rect_cut_top(&inner, height), "password.word", &state->password);
    (void)rect_cut_top(&inner, gap / 2);
    draw_lost(ui, rect_cut_bottom(&inner, ui_is_large(ui) ? 96 : 88));
    (void)rect_cut_bottom(&inner, gap / 2);
    screen_message(ui, inner, "password.message", state->message, screen_text(ui, "password.hint"));
}
