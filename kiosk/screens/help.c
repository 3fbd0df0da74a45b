#include "kiosk/screens/help.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/call.h"

enum { EXTEND_MS = 5 * 60 * 1000, LINE_BYTES = 256, MANUAL_BYTES = 320 };

static struct screen_help *help_of(const struct ui *ui)
{
    return &screen_program(ui)->help;
}

static const struct service_supervision *view_of(const struct ui *ui)
{
    return services_supervision(screen_services(ui));
}

const char *help_field(const struct ui *ui)
{
    return help_of(ui)->field;
}

const char *help_reason(const struct ui *ui, const char *code)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "supervision.reason.%s", code);
    return code[0] == 0 ? "" : screen_text(ui, key);
}

/* --- acts -------------------------------------------------------------------------------------------- */

static bool was_handled(const struct screen_help *help, const char *id)
{
    for (unsigned i = 0; i < SCREEN_HELP_ACTS; i++)
        if (strcmp(help->handled[i], id) == 0)
            return true;
    return false;
}

static void remember(struct screen_help *help, const char *id)
{
    char *slot = help->handled[help->handled_count++ % SCREEN_HELP_ACTS];
    (void)text_copy(slot, SERVICE_MARK_BYTES, id);
}

static void point(struct ui *ui, const struct service_act *act)
{
    struct screen_help *help = help_of(ui);
    (void)snprintf(help->field, sizeof(help->field), "form.%s", act->field);
    ui_toast(ui, ICON_HAND, screen_text(ui, "help.pointed"));
}

/* The visit ends like one the applicant leaves: stored, wiped; the last page says why and what was kept. */
static void stop(struct ui *ui, const struct service_act *act)
{
    struct screen_help *help = help_of(ui);
    const struct service_visit *visit = screen_visit(ui);
    enum theme_kind look = ui_theme(ui);
    (void)text_copy(help->stopped_reason, sizeof(help->stopped_reason), act->reason);
    (void)text_copy(help->stopped_number, sizeof(help->stopped_number),
                    visit->has_order ? visit->order.acceptance : "");
    services_end_visit(screen_services(ui));
    call_forget(ui);
    ui_forget(ui);
    ui_set_theme(ui, look); /* who needs it must read this page, too; leaving it ends it */
    ui_reset(ui, SCREEN_STOPPED, NULL);
    ui_tick(ui); /* now: the page left must not see the empty visit */
}

/* Returns: whether the act has had its effect and is confirmed now. */
static bool carry_out(struct ui *ui, const struct service_act *act)
{
    switch (act->kind) {
    case SERVICE_ACT_ANSWER:
        ui_toast(ui, ICON_HEADSET, screen_text(ui, "help.answered"));
        return true;
    case SERVICE_ACT_LEAVE:
        ui_toast(ui, ICON_HEADSET, screen_text(ui, "help.left"));
        return true;
    case SERVICE_ACT_EXTEND:
        ui_idle_extend(ui, EXTEND_MS);
        ui_toast(ui, ICON_CLOCK, screen_text(ui, "help.extended"));
        return true;
    case SERVICE_ACT_UNLOCK:
        ui_toast(ui, ICON_UNLOCK, screen_text(ui, "help.unlocked"));
        return true;
    case SERVICE_ACT_POINT:
        point(ui, act);
        return true;
    case SERVICE_ACT_END:
    case SERVICE_ACT_REOPEN:
        return true;
    case SERVICE_ACT_MESSAGE: /* when it was read */
    case SERVICE_ACT_CLOSE:   /* when the page stands */
    case SERVICE_ACT_LOCK:    /* when it is undone */
    case SERVICE_ACT_COUNT_:
        break;
    }
    return false;
}

void help_acts(struct ui *ui)
{
    const struct service_supervision view = *view_of(ui); /* an end of the visit wipes it */
    for (size_t i = 0; i < view.act_count; i++) {
        const struct service_act *act = &view.acts[i];
        if (was_handled(help_of(ui), act->id) || !carry_out(ui, act))
            continue;
        remember(help_of(ui), act->id);
        (void)service_act_done(screen_services(ui), act->id);
        if (act->kind == SERVICE_ACT_END) {
            stop(ui, act);
            return;
        }
    }
}

/* --- what stands over the page ----------------------------------------------------------------------- */

static const struct service_act *find_act(const struct ui *ui, enum service_act_kind kind)
{
    const struct service_supervision *view = view_of(ui);
    for (size_t i = 0; i < view->act_count; i++)
        if (view->acts[i].kind == kind && !was_handled(help_of(ui), view->acts[i].id))
            return &view->acts[i];
    return NULL;
}

static void confirm(struct ui *ui, const struct service_act *act)
{
    remember(help_of(ui), act->id);
    (void)service_act_done(screen_services(ui), act->id);
}

/* Out of service once nobody is there, and back. */
static void follow_service(struct ui *ui)
{
    const char *screen = ui_screen_name(ui);
    bool is_closed = view_of(ui)->is_closed;
    const struct service_act *closing = find_act(ui, SERVICE_ACT_CLOSE);
    if (is_closed && strcmp(screen, "welcome") == 0)
        ui_reset(ui, SCREEN_CLOSED, NULL);
    else if (!is_closed && strcmp(screen, "closed") == 0)
        ui_reset(ui, SCREEN_WELCOME, NULL);
    if (closing != NULL && is_closed && strcmp(screen, "closed") == 0)
        confirm(ui, closing);
}

/* A prepared sentence by its code, else the clerk's own words. */
static const char *sentence_of(const struct ui *ui, const struct service_act *act)
{
    char key[WORDS_KEY_BYTES];
    if (act == NULL)
        return "";
    (void)snprintf(key, sizeof(key), "supervision.say.%s", act->reason);
    return act->reason[0] != 0 ? screen_text(ui, key) : act->words;
}

/* The steps of a page, one a line; "help.<screen>.1" and on. Returns: how many there are. */
static int write_manual(const struct ui *ui, const char *screen, char *out, size_t size)
{
    size_t length = 0;
    out[0] = 0;
    for (int i = 1;; i++) {
        char key[WORDS_KEY_BYTES];
        (void)snprintf(key, sizeof(key), "help.%s.%d", screen, i);
        if (!words_has(screen_program(ui)->words, key) || length >= size)
            return i - 1;
        length += (size_t)snprintf(out + length, size - length, "%s%d. %s", i > 1 ? "\n" : "", i,
                                   screen_text(ui, key));
    }
}

void help_open_manual(struct ui *ui)
{
    (void)text_copy(help_of(ui)->manual, sizeof(help_of(ui)->manual), ui_screen_name(ui));
    help_update(ui);
}

bool help_shows_manual(const struct ui *ui)
{
    return help_of(ui)->manual[0] != 0;
}

/* Left with its page, and put away for what a clerk says. */
static void follow_manual(struct ui *ui, const struct service_act *message, char *out, size_t size)
{
    struct screen_help *help = help_of(ui);
    if (message != NULL || strcmp(help->manual, ui_screen_name(ui)) != 0 ||
        write_manual(ui, help->manual, out, size) == 0)
        help->manual[0] = 0;
}

/* The manual is read while somebody is on the way: first what has become of the call, then what to try. */
static void say_call(const struct ui *ui, struct ui_assist *out)
{
    char note[WORDS_KEY_BYTES];
    const char *state = call_state(ui);
    out->message_title = screen_text(ui, state == NULL ? "help.manual" : state);
    if (state == NULL)
        return;
    (void)snprintf(note, sizeof(note), "%s_note", state);
    out->note = words_has(screen_program(ui)->words, note) ? screen_text(ui, note) : NULL;
    out->cancel = screen_text(ui, "call.cancel");
}

void help_update(struct ui *ui)
{
    struct screen_help *help = help_of(ui);
    const struct service_supervision *view = view_of(ui);
    const struct service_act *message = find_act(ui, SERVICE_ACT_MESSAGE);
    char line[LINE_BYTES];
    char manual[MANUAL_BYTES];
    follow_manual(ui, message, manual, sizeof(manual));
    bool is_manual = help->manual[0] != 0;
    (void)text_copy(help->message, sizeof(help->message), message == NULL ? "" : message->id);
    if (strcmp(ui_screen_name(ui), "form") != 0)
        help->field[0] = 0;
    screen_format(ui, line, sizeof(line), "help.lock.line",
                  {"reason", view->is_locked ? help_reason(ui, view->lock_reason) : ""});
    struct ui_assist assist = {.chip = view->is_helping ? screen_text(ui, "help.chip") : "",
                               .message_title = screen_text(ui, "help.message"),
                               .message = is_manual ? manual : sentence_of(ui, message),
                               .read = screen_text(ui, "help.read"),
                               .lock_title = view->is_locked ? screen_text(ui, "help.lock") : "",
                               .lock_line = line,
                               .call = screen_text(ui, "help.call"),
                               .field = help->field};
    if (is_manual)
        say_call(ui, &assist);
    ui_set_assist(ui, &assist);
    follow_service(ui);
}

bool help_event(struct ui *ui, const struct ui_event *event)
{
    struct screen_help *help = help_of(ui);
    if (event->kind == UI_EVENT_BLUR && help->field[0] != 0 && strcmp(event->id, help->field) == 0)
        help->field[0] = 0; /* the screen stores it all the same */
    if (ui_tapped(event, "assist.cancel")) {
        call_cancel(ui);
        help->manual[0] = 0;
        help_update(ui);
        return true;
    }
    if (!ui_tapped(event, "assist.read") || (help->message[0] == 0 && help->manual[0] == 0))
        return false;
    if (help->manual[0] != 0) {
        help->manual[0] = 0;
        help_update(ui);
        return true;
    }
    remember(help, help->message);
    (void)service_act_done(screen_services(ui), help->message);
    help_update(ui);
    return true;
}
