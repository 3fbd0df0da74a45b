/* Unit: who asked is let in or not, people leave, the administrator hands over, authorisations begin and end.
 */
#include "kiosk/screens/screen_unit.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { DAY_S = 86400, PLATFORM_CHARACTERS = 30 };
const int screen_unit_terms[SCREEN_UNIT_TERMS] = {30, 90, 365};
SCREEN_STATE(unit)

const struct service_unit *screen_unit_of(const struct screen_unit_state *state, const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    return state->unit < visit->unit_count ? &visit->units[state->unit] : NULL;
}

static const struct service_person *own_of(const struct service_unit *unit)
{
    return unit->own > 0 && unit->own <= unit->person_count ? &unit->persons[unit->own - 1] : NULL;
}

bool screen_unit_is_member(const struct service_unit *unit)
{
    const struct service_person *own = own_of(unit);
    return own != NULL && !own->is_asked;
}

bool screen_unit_is_manager(const struct service_unit *unit)
{
    return screen_unit_is_member(unit) && own_of(unit)->is_manager;
}

bool screen_unit_can_grant(const struct screen_unit_state *state, const struct service_unit *unit)
{
    bool is_person = state->person > 0 && state->person <= unit->person_count;
    return state->to_person ? is_person : state->platform.length > 0;
}

size_t screen_unit_rows(const struct service_unit *unit)
{
    return unit->person_count + unit->holding_count;
}

/* --- asking ------------------------------------------------------------------------------------------ */

void screen_unit_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_unit_state *state = memory;
    (void)argument;
    text_edit_init(&state->platform, TEXT_EDIT_CHINESE, PLATFORM_CHARACTERS);
    screen_show_visit(ui);
    state->listing = service_unit_list(screen_services(ui));
}

void screen_unit_leave(void *memory, struct ui *ui)
{
    struct screen_unit_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->platform);
}

static void send(struct screen_unit_state *state, struct ui *ui, const struct service_unit_act *act)
{
    struct service_unit_act wanted = *act;
    const struct service_unit *unit = screen_unit_of(state, ui);
    if (unit == NULL || state->acting != 0)
        return;
    (void)text_copy(wanted.unit_id, sizeof(wanted.unit_id), unit->id);
    state->message[0] = 0;
    state->acting = service_unit_act(screen_services(ui), &wanted);
}

static void act(struct screen_unit_state *state, struct ui *ui, enum service_unit_act_kind kind,
                const char *subject_id)
{
    struct service_unit_act wanted = {.kind = kind};
    (void)text_copy(wanted.subject_id, sizeof(wanted.subject_id), subject_id);
    send(state, ui, &wanted);
}

/* What cannot be undone at the terminal is asked about first. */
static void ask(struct screen_unit_state *state, enum service_unit_act_kind kind, const char *subject_id)
{
    state->asking = true;
    state->ask = kind;
    (void)text_copy(state->subject, sizeof(state->subject), subject_id);
}

static void grant(struct screen_unit_state *state, struct ui *ui)
{
    const struct service_unit *unit = screen_unit_of(state, ui);
    int64_t now = clock_utc_s(screen_program(ui)->clock);
    struct service_unit_act wanted = {.kind = SERVICE_UNIT_BEGIN,
                                      .holding = state->to_person ? SERVICE_HOLDING_PERSON
                                                                  : SERVICE_HOLDING_PLATFORM,
                                      .until_utc_s = now + (int64_t)screen_unit_terms[state->term] * DAY_S};
    if (unit == NULL || !screen_unit_can_grant(state, unit))
        return;
    (void)text_copy(wanted.text, sizeof(wanted.text),
                    state->to_person ? unit->persons[state->person - 1].id : state->platform.text);
    ui_focus(ui, NULL);
    send(state, ui, &wanted);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_acted(struct screen_unit_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->acting = 0;
    if (reply->status != STATUS_OK) {
        screen_reason(ui, reply, state->message, sizeof(state->message));
        return;
    }
    (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "unit.done"));
    state->granting = false;
    text_edit_set(&state->platform, "");
    state->person = 0;
    if (state->unit >= screen_visit(ui)->unit_count) /* the person has left it */
        state->unit = 0;
}

static void on_dialog(struct screen_unit_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "unit.yes")) {
        state->asking = false;
        act(state, ui, state->ask, state->subject);
    } else if (ui_tapped(event, "unit.no")) {
        state->asking = false;
    }
}

static void on_grant(struct screen_unit_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    else if (ui_tapped(event, "grant.platform_kind"))
        state->to_person = false;
    else if (ui_tapped(event, "grant.person_kind"))
        state->to_person = true;
    else if (ui_tapped_prefix(event, "grant.person."))
        state->person = (size_t)event->tag + 1;
    else if (ui_tapped_prefix(event, "grant.term."))
        state->term = (int)event->tag;
    else if (ui_tapped(event, "bar.next"))
        grant(state, ui);
    else if (ui_tapped(event, "bar.back"))
        state->granting = false;
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* The row's id, of a person or a holding. */
static const char *subject_of(const struct service_unit *unit, int64_t row)
{
    size_t at = (size_t)row;
    return at < unit->person_count ? unit->persons[at].id : unit->holdings[at - unit->person_count].id;
}

static bool on_row(struct screen_unit_state *state, struct ui *ui, const struct service_unit *unit,
                   const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "row.accept."))
        act(state, ui, SERVICE_UNIT_ACCEPT, subject_of(unit, event->tag));
    else if (ui_tapped_prefix(event, "row.refuse."))
        ask(state, SERVICE_UNIT_REFUSE, subject_of(unit, event->tag));
    else if (ui_tapped_prefix(event, "row.heir."))
        ask(state, SERVICE_UNIT_HEIR, subject_of(unit, event->tag));
    else if (ui_tapped_prefix(event, "row.keep."))
        act(state, ui, SERVICE_UNIT_HEIR, "");
    else if (ui_tapped_prefix(event, "row.remove."))
        ask(state, SERVICE_UNIT_REMOVE, subject_of(unit, event->tag));
    else if (ui_tapped_prefix(event, "row.leave."))
        ask(state, SERVICE_UNIT_LEAVE, "");
    else if (ui_tapped_prefix(event, "row.end."))
        ask(state, SERVICE_UNIT_END, subject_of(unit, event->tag));
    else
        return false;
    return true;
}

static void on_tap(struct screen_unit_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_unit *unit = screen_unit_of(state, ui);
    if (unit != NULL && on_row(state, ui, unit, event))
        return;
    if (ui_tapped(event, "unit.other")) {
        state->unit =
            (state->unit + 1) % (screen_visit(ui)->unit_count > 0 ? screen_visit(ui)->unit_count : 1);
        state->page = 0;
    } else if (ui_tapped(event, "unit.grant")) {
        state->granting = true;
        state->message[0] = 0;
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back")) {
        ui_pop(ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

void screen_unit_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_unit_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply))
        state->listing = 0;
    else if (screen_answered(event, state->acting, &reply))
        on_acted(state, ui, reply);
    else if (state->asking)
        on_dialog(state, ui, event);
    else if (state->granting)
        on_grant(state, ui, event);
    else
        on_tap(state, ui, event);
}
