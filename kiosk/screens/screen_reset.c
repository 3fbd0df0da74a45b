/* Reset: a code to tell the clerk, who wants to see the ID card; then the clerk's code is typed, and what was
 * forgotten is set anew, here and at once. Whoever stands here meanwhile sees nothing and goes nowhere. */
#include "kiosk/screens/screen_reset.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_LOOK = 0, LOOK_MS = 2000, CHARACTERS = 30, PROOF_DIGITS = 6 };
SCREEN_STATE(reset)

static const struct service_reset *reset_of(const struct ui *ui)
{
    return &screen_visit(ui)->reset;
}

const char *const *screen_reset_questions(const struct ui *ui, size_t *count)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct form *form = visit->product == NULL || visit->operation == NULL
                                  ? NULL
                                  : product_operation_form(visit->product, visit->operation);
    const struct form_field *field =
        form == NULL ? NULL : form_find(form, visit->product->verification_question);
    *count = field == NULL ? 0 : field->option_count;
    return field == NULL ? NULL : field->options;
}

static bool stands(const struct ui *ui, enum service_reset_state state)
{
    return reset_of(ui)->id[0] != 0 && reset_of(ui)->state == state &&
           reset_of(ui)->until_utc_s > clock_utc_s(screen_program(ui)->clock);
}

bool screen_reset_is_granted(const struct ui *ui)
{
    return stands(ui, SERVICE_RESET_IS_GRANTED);
}

bool screen_reset_is_proven(const struct ui *ui)
{
    return stands(ui, SERVICE_RESET_IS_PROVEN);
}

bool screen_reset_is_over(const struct ui *ui)
{
    return reset_of(ui)->id[0] != 0 && !stands(ui, SERVICE_RESET_IS_ASKED) && !screen_reset_is_granted(ui) &&
           !screen_reset_is_proven(ui);
}

/* --- asking ------------------------------------------------------------------------------------------ */

static void ask(struct screen_reset_state *state, struct ui *ui)
{
    state->message[0] = 0;
    state->asking = service_reset_ask(screen_services(ui), state->wish.kind, state->wish.alias);
}

void screen_reset_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_reset_state *state = memory;
    if (argument != NULL)
        state->wish = *(const struct reset_wish *)argument;
    text_edit_init(&state->proof, TEXT_EDIT_DIGITS, PROOF_DIGITS);
    text_edit_init(&state->answer, TEXT_EDIT_CHINESE, CHARACTERS);
    password_pair_open(&state->pair);
    screen_show_visit(ui);
    ask(state, ui);
}

void screen_reset_leave(void *memory, struct ui *ui)
{
    struct screen_reset_state *state = memory;
    ui_timer_cancel(ui, TIMER_LOOK);
    text_edit_wipe(&state->proof);
    text_edit_wipe(&state->answer);
    password_pair_wipe(&state->pair);
}

/* Once granted the way back from the desk has its own time. */
static void look_again(struct ui *ui)
{
    if (reset_of(ui)->state == SERVICE_RESET_IS_ASKED)
        ui_timer(ui, TIMER_LOOK, LOOK_MS);
    else if (screen_reset_is_granted(ui))
        ui_idle_limit(ui, screen_program(ui)->settings->reset_use_s * 1000);
}

bool screen_reset_has_proof(const struct screen_reset_state *state)
{
    return state->proof.length == PROOF_DIGITS;
}

static void prove(struct screen_reset_state *state, struct ui *ui)
{
    if (state->proving != 0 || !screen_reset_is_granted(ui) || !screen_reset_has_proof(state))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    state->proving = service_reset_prove(screen_services(ui), state->proof.text);
}

bool screen_reset_is_complete(const struct screen_reset_state *state)
{
    return state->wish.kind == SERVICE_RESET_PASSWORD ? password_pair_is_full(&state->pair)
                                                      : state->answer.length > 0;
}

static void set_password(struct screen_reset_state *state, struct ui *ui)
{
    struct secret password = {0};
    if (password_pair_take(&state->pair, ui, &password, state->message, sizeof(state->message)))
        state->setting = service_reset_password(screen_services(ui), &password);
    secret_wipe(&password);
}

static void set_answer(struct screen_reset_state *state, struct ui *ui)
{
    size_t count = 0;
    const char *const *questions = screen_reset_questions(ui, &count);
    const char *question =
        state->question < count ? questions[state->question] : screen_visit(ui)->question.question;
    state->setting = service_reset_answer(screen_services(ui), question, state->answer.text);
}

static void set_anew(struct screen_reset_state *state, struct ui *ui)
{
    if (state->setting != 0 || !screen_reset_is_proven(ui) || !screen_reset_is_complete(state))
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    if (state->wish.kind == SERVICE_RESET_PASSWORD)
        set_password(state, ui);
    else
        set_answer(state, ui);
}

/* Who goes away does not want it any more. */
static void leave(struct ui *ui)
{
    if (reset_of(ui)->id[0] != 0)
        (void)service_reset_drop(screen_services(ui));
    ui_pop(ui);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_set(struct screen_reset_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->setting = 0;
    if (reply->status == STATUS_OK)
        ui_pop(ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_known(struct screen_reset_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = state->looking = 0;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    look_again(ui);
}

/* Now the holder is here: the page is idle as any other is. */
static void on_proven(struct screen_reset_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->proving = 0;
    text_edit_set(&state->proof, "");
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    else if (state->wish.kind == SERVICE_RESET_PHONE)
        ui_replace(ui, SCREEN_PHONE, NULL); /* where the code goes to the new number */
    else
        ui_idle_limit(ui, screen_program(ui)->settings->idle_warning_s * 1000);
}

static void on_next(struct screen_reset_state *state, struct ui *ui)
{
    ui_focus(ui, NULL);
    if (screen_reset_is_granted(ui))
        prove(state, ui);
}

void screen_reset_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_reset_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->asking, &reply) || screen_answered(event, state->looking, &reply))
        on_known(state, ui, reply);
    else if (screen_answered(event, state->proving, &reply))
        on_proven(state, ui, reply);
    else if (screen_answered(event, state->setting, &reply))
        on_set(state, ui, reply);
    else if (event->kind == UI_EVENT_TIMER && event->timer == TIMER_LOOK && state->looking == 0)
        state->looking = service_reset_look(screen_services(ui));
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (password_pair_next(ui, event))
        return;
    else if (event->kind == UI_EVENT_NEXT)
        on_next(state, ui);
    else if (ui_tapped_prefix(event, "reset.question."))
        state->question = (size_t)event->tag;
    else if (ui_tapped(event, "reset.again") && state->asking == 0)
        ask(state, ui);
    else if (ui_tapped(event, "reset.prove"))
        prove(state, ui);
    else if (ui_tapped(event, "bar.next"))
        set_anew(state, ui);
    else if (ui_tapped(event, "bar.back"))
        leave(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}
