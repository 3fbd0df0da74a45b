/* The dialog with which the authority withdraws a certificate by itself: one of the grounds of its product,
 * what proves it, and a colleague who signs, too. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_certificates.h"

enum { GROUND = 42, GROUND_GAP = 6, FIELD = 74, EVIDENCE_CHARACTERS = 150 };

void desk_certificates_revoke_init(struct desk_certificates_revoke *revoke)
{
    text_edit_init(&revoke->evidence, TEXT_EDIT_CHINESE, EVIDENCE_CHARACTERS);
    text_edit_init(&revoke->order, TEXT_EDIT_LATIN, ORDER_ACCEPTANCE_BYTES - 1);
    text_edit_init(&revoke->second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&revoke->password, TEXT_EDIT_LATIN, SECRET_BYTES);
    revoke->password.secret = true;
}

void desk_certificates_revoke_wipe(struct desk_certificates_revoke *revoke)
{
    text_edit_wipe(&revoke->evidence);
    text_edit_wipe(&revoke->order);
    text_edit_wipe(&revoke->second);
    text_edit_wipe(&revoke->password);
    revoke->asking = false;
    revoke->ground = 0;
}

static const struct product *product_of(const struct desk_certificates_state *state, const struct ui *ui)
{
    const struct service_certificate *certificate = desk_certificates_chosen(state, ui);
    return certificate == NULL ? NULL
                               : catalogue_find(desk_program(ui)->catalogue, certificate->order.product);
}

/* --- events -------------------------------------------------------------------------------------------- */

static bool is_whole(const struct desk_certificates_revoke *revoke)
{
    return revoke->ground > 0 && revoke->evidence.length > 0 && revoke->second.length > 0 &&
           revoke->password.length > 0;
}

static void send(struct desk_certificates_state *state, struct ui *ui)
{
    struct desk_certificates_revoke *revoke = &state->revoke;
    const struct product *product = product_of(state, ui);
    struct secret password = {0};
    if (product == NULL || !is_whole(revoke) || revoke->ground > product->ground_count ||
        revoke->running != 0)
        return;
    const struct service_certificate_wish wish = {.request_id = state->chosen,
                                                  .ground = product->grounds[revoke->ground - 1].id,
                                                  .evidence = revoke->evidence.text,
                                                  .evidence_order = revoke->order.text};
    if (secret_set(&password, revoke->password.text, revoke->password.length) == STATUS_OK)
        revoke->running =
            service_desk_revoke(desk_program(ui)->services, &wish, revoke->second.text, &password);
    secret_wipe(&password);
    text_edit_wipe(&revoke->password);
}

/* What can be mended in the dialog is told there. */
static void on_reply(struct desk_certificates_state *state, const struct ui *ui,
                     const struct service_reply *reply)
{
    state->revoke.running = 0;
    state->is_error = !desk_told(ui, reply, "desk.revoke.begun", state->message, sizeof(state->message));
    bool is_again = reply->status == STATUS_REFUSED && reply->reason != SERVICE_REASON_CHANGED;
    if (!is_again)
        desk_certificates_revoke_wipe(&state->revoke);
    desk_certificates_list(state, ui);
}

static void on_next(const struct ui_event *event, struct ui *ui)
{
    static const char *const fields[] = {"revoke.evidence", "revoke.order", "revoke.second",
                                         "revoke.password"};
    const char *next = NULL;
    for (size_t i = 0; i + 1 < sizeof(fields) / sizeof(fields[0]); i++)
        if (strcmp(event->id, fields[i]) == 0)
            next = fields[i + 1];
    ui_focus(ui, next);
}

static bool on_dialog(struct desk_certificates_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "revoke.no"))
        desk_certificates_revoke_wipe(&state->revoke);
    else if (ui_tapped(event, "revoke.yes"))
        send(state, ui);
    else if (ui_tapped_prefix(event, "revoke.ground."))
        state->revoke.ground = (size_t)event->tag + 1;
    else if (event->kind == UI_EVENT_NEXT)
        on_next(event, ui);
    return true;
}

bool desk_certificates_revoke_event(struct desk_certificates_state *state, struct ui *ui,
                                    const struct ui_event *event)
{
    const struct service_certificate *certificate = desk_certificates_chosen(state, ui);
    if (ui_replied(event, state->revoke.running))
        on_reply(state, ui, event->data);
    else if (state->revoke.asking && certificate != NULL && event->kind != UI_EVENT_REPLY)
        return on_dialog(state, ui, event);
    else if (ui_tapped(event, "certificates.revoke") && certificate != NULL && certificate->may_revoke)
        state->revoke.asking = true;
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_grounds(const struct desk_certificates_revoke *revoke, struct ui *ui, struct rect area,
                         const struct product *product)
{
    for (size_t i = 0; i < product->ground_count; i++) {
        char id[96];
        (void)snprintf(id, sizeof(id), "revoke.ground.%s", product->grounds[i].id);
        (void)widget_button(ui, rect_cut_top(&area, GROUND),
                            &(struct widget_button){.id = id,
                                                    .label = product->grounds[i].text,
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = revoke->ground == i + 1,
                                                    .tag = (int64_t)i});
        (void)rect_cut_top(&area, GROUND_GAP);
    }
}

static void draw_fields(struct desk_certificates_revoke *revoke, struct ui *ui, struct rect r)
{
    struct rect row = rect_cut_top(&r, FIELD);
    (void)widget_field(ui, rect_cut_left(&row, row.w * 3 / 5),
                       &(struct widget_field){.id = "revoke.evidence",
                                              .label = desk_text(ui, "desk.revoke.evidence"),
                                              .edit = &revoke->evidence});
    (void)rect_cut_left(&row, 12);
    (void)widget_field(ui, row,
                       &(struct widget_field){.id = "revoke.order",
                                              .label = desk_text(ui, "desk.revoke.order"),
                                              .edit = &revoke->order});
    (void)widget_field(ui, rect_column(r, 0, 2, 12),
                       &(struct widget_field){.id = "revoke.second",
                                              .label = desk_text(ui, "desk.give_up.second"),
                                              .edit = &revoke->second});
    (void)widget_field(ui, rect_column(r, 1, 2, 12),
                       &(struct widget_field){.id = "revoke.password",
                                              .label = desk_text(ui, "desk.give_up.password"),
                                              .edit = &revoke->password});
}

void desk_certificates_revoke_draw(struct desk_certificates_state *state, struct ui *ui)
{
    struct desk_certificates_revoke *revoke = &state->revoke;
    const struct product *product = product_of(state, ui);
    if (!revoke->asking || product == NULL)
        return;
    int grounds = (int)product->ground_count * (GROUND + GROUND_GAP) + GROUND_GAP;
    bool is_told = state->message[0] != 0 && revoke->running == 0;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "revoke",
                                .title = desk_text(ui, "desk.revoke.title"),
                                .line = is_told ? state->message : desk_text(ui, "desk.revoke.line"),
                                .icon = ICON_WARNING,
                                .left = {.id = "revoke.no",
                                         .label = desk_text(ui, "desk.revoke.no"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc"},
                                .primary = {.id = "revoke.yes",
                                            .label = desk_text(ui, "desk.revoke.yes"),
                                            .look = WIDGET_BUTTON_DANGER,
                                            .busy = revoke->running != 0,
                                            .disabled = !is_whole(revoke)}},
        grounds + 2 * FIELD);
    draw_grounds(revoke, ui, rect_cut_top(&r, grounds), product);
    draw_fields(revoke, ui, r);
    widget_dialog_end(ui);
}
