/* Account: the password and the names to log in by, of the person whose number was proven. */
#include "kiosk/screens/screen_account.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { ID_CHARACTERS = 18, EMAIL_CHARACTERS = 60 };
SCREEN_STATE(account)

static const struct service_account *account_of(const struct ui *ui)
{
    return &screen_visit(ui)->account;
}

bool screen_account_is_complete(const struct screen_account_state *state, const struct ui *ui)
{
    if (state->part == SCREEN_ACCOUNT_EMAIL)
        return state->email.length > 0;
    return state->part == SCREEN_ACCOUNT_PASSWORD && password_pair_is_full(&state->pair) &&
           (account_of(ui)->exists || state->id_number.length == ID_CHARACTERS);
}

void screen_account_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_account_state *state = memory;
    (void)argument;
    text_edit_init(&state->id_number, TEXT_EDIT_ID, ID_CHARACTERS);
    text_edit_init(&state->email, TEXT_EDIT_EMAIL, EMAIL_CHARACTERS);
    password_pair_open(&state->pair);
    screen_show_visit(ui);
    state->looking = service_account_look(screen_services(ui));
}

static void wipe(struct screen_account_state *state)
{
    text_edit_wipe(&state->id_number);
    text_edit_wipe(&state->email);
    password_pair_wipe(&state->pair);
}

void screen_account_leave(void *memory, struct ui *ui)
{
    (void)ui;
    wipe(memory);
}

/* --- setting ----------------------------------------------------------------------------------------- */

static void set_password(struct screen_account_state *state, struct ui *ui)
{
    struct secret password = {0};
    if (!password_pair_take(&state->pair, ui, &password, state->message, sizeof(state->message)))
        return;
    state->setting = account_of(ui)->exists
                         ? service_account_password(screen_services(ui), &password)
                         : service_account_open(screen_services(ui), state->id_number.text, &password);
    secret_wipe(&password);
}

static void send(struct screen_account_state *state, struct ui *ui)
{
    if (state->setting != 0 || !screen_account_is_complete(state, ui))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    if (state->part == SCREEN_ACCOUNT_EMAIL)
        state->setting = service_account_email(screen_services(ui), state->email.text);
    else
        set_password(state, ui);
}

static void choose_company(struct screen_account_state *state, struct ui *ui, int64_t index)
{
    if (state->setting != 0)
        return;
    state->message[0] = 0;
    state->setting = service_account_company(screen_services(ui), account_of(ui)->companies[index]);
}

static void take_away(struct screen_account_state *state, struct ui *ui)
{
    if (state->setting != 0)
        return;
    state->message[0] = 0;
    state->setting = state->part == SCREEN_ACCOUNT_EMAIL ? service_account_email(screen_services(ui), "")
                                                         : service_account_company(screen_services(ui), "");
}

static void close_account(struct screen_account_state *state, struct ui *ui)
{
    state->asks = false;
    if (state->setting == 0)
        state->setting = service_account_close(screen_services(ui));
}

static void open_part(struct screen_account_state *state, enum screen_account_part part)
{
    state->part = part;
    state->is_done = false;
    state->message[0] = 0;
    wipe(state);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_set(struct screen_account_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->setting = 0;
    if (reply->status != STATUS_OK) {
        screen_reason(ui, reply, state->message, sizeof(state->message));
        return;
    }
    if (!account_of(ui)->exists) {
        ui_pop(ui); /* taken away */
        return;
    }
    open_part(state, SCREEN_ACCOUNT_ALL);
    state->is_done = true;
}

static void on_known(struct screen_account_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->looking = 0;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else if (!account_of(ui)->exists)
        open_part(state, SCREEN_ACCOUNT_PASSWORD);
}

static void on_next(struct screen_account_state *state, struct ui *ui, const struct ui_event *event)
{
    if (strcmp(event->id, "account.id") == 0)
        ui_focus(ui, "password.first");
    else if (!password_pair_next(ui, event))
        ui_focus(ui, NULL);
    (void)state;
}

static void on_tap(struct screen_account_state *state, struct ui *ui, const struct ui_event *event)
{
    bool is_all = state->part == SCREEN_ACCOUNT_ALL || !account_of(ui)->exists;
    if (ui_tapped(event, "account.password"))
        open_part(state, SCREEN_ACCOUNT_PASSWORD);
    else if (ui_tapped(event, "account.email"))
        open_part(state, SCREEN_ACCOUNT_EMAIL);
    else if (ui_tapped(event, "account.company"))
        open_part(state, SCREEN_ACCOUNT_COMPANY);
    else if (ui_tapped_prefix(event, "company."))
        choose_company(state, ui, event->tag);
    else if (ui_tapped(event, "account.close") || ui_tapped(event, "account.no"))
        state->asks = ui_tapped(event, "account.close");
    else if (ui_tapped(event, "account.yes"))
        close_account(state, ui);
    else if (ui_tapped(event, "account.none"))
        take_away(state, ui);
    else if (ui_tapped(event, "bar.next"))
        send(state, ui);
    else if (ui_tapped(event, "bar.back") && is_all)
        ui_pop(ui);
    else if (ui_tapped(event, "bar.back"))
        open_part(state, SCREEN_ACCOUNT_ALL);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

void screen_account_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_account_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->looking, &reply))
        on_known(state, ui, reply);
    else if (screen_answered(event, state->setting, &reply))
        on_set(state, ui, reply);
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT)
        on_next(state, ui, event);
    else if (event->kind == UI_EVENT_TAP)
        on_tap(state, ui, event);
}
