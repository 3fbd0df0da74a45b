/* The rows that are looked for leave as a file on the stick, approved by a second clerk. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_audit.h"

enum { FIELD = 88 };

void desk_audit_export_init(struct desk_audit_state *state)
{
    text_edit_init(&state->file.second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&state->file.password, TEXT_EDIT_LATIN, SECRET_BYTES);
    state->file.password.secret = true;
}

void desk_audit_export_wipe(struct desk_audit_state *state)
{
    text_edit_wipe(&state->file.second);
    text_edit_wipe(&state->file.password);
    state->file.asking = false;
    state->file.message[0] = 0;
}

/* --- events -------------------------------------------------------------------------------------------- */

static bool is_whole(const struct desk_audit_state *state)
{
    return state->file.second.length > 0 && state->file.password.length > 0 && state->file.writing == 0;
}

static void send(struct desk_audit_state *state, struct ui *ui)
{
    struct service_audit_filter filter;
    struct secret password = {0};
    if (!is_whole(state))
        return;
    desk_audit_filter_fill(state, ui, desk_view(ui)->audit.until_utc_ms, 0, &filter);
    if (secret_set(&password, state->file.password.text, state->file.password.length) == STATUS_OK)
        state->file.writing = service_desk_audit_export(desk_program(ui)->services, &filter,
                                                        state->file.second.text, &password);
    secret_wipe(&password);
    text_edit_wipe(&state->file.password);
}

static void on_written(struct desk_audit_state *state, struct ui *ui, const struct service_reply *reply)
{
    char number[24];
    char text[96];
    state->file.writing = 0;
    if (reply->status != STATUS_OK) {
        desk_reason(ui, reply, state->file.message, sizeof(state->file.message));
        return;
    }
    audit_words_number(reply->number, number);
    desk_format(ui, text, sizeof(text), "desk.audit.export.done", {"count", number});
    desk_audit_export_wipe(state);
    ui_toast(ui, ICON_CHECK, text);
}

bool desk_audit_export_event(struct desk_audit_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_replied(event, state->file.writing))
        on_written(state, ui, event->data);
    else if (ui_tapped(event, "audit.export")) {
        state->file.asking = true;
        ui_focus(ui, "export.second");
    } else if (ui_tapped(event, "export.no"))
        desk_audit_export_wipe(state);
    else if (ui_tapped(event, "export.yes"))
        send(state, ui);
    else if (event->kind == UI_EVENT_NEXT && strcmp(event->id, "export.second") == 0)
        ui_focus(ui, "export.password");
    else if (event->kind == UI_EVENT_NEXT && strcmp(event->id, "export.password") == 0)
        send(state, ui);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_field(struct ui *ui, struct rect *r, const char *id, const char *label,
                       struct text_edit *edit)
{
    (void)widget_field(ui, rect_cut_top(r, FIELD),
                       &(struct widget_field){.id = id, .label = desk_text(ui, label), .edit = edit});
}

void desk_audit_export_draw(struct desk_audit_state *state, struct ui *ui)
{
    char number[24];
    char line[128];
    if (!state->file.asking)
        return;
    audit_words_number((int64_t)desk_view(ui)->audit.total, number);
    desk_format(ui, line, sizeof(line), "desk.audit.export.line", {"count", number});
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "export",
                                .title = desk_text(ui, "desk.audit.export.title"),
                                .line = state->file.message[0] != 0 ? state->file.message : line,
                                .icon = ICON_SHIELD,
                                .left = {.id = "export.no",
                                         .label = desk_text(ui, "desk.audit.export.no"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc"},
                                .primary = {.id = "export.yes",
                                            .label = desk_text(ui, "desk.audit.export.yes"),
                                            .busy = state->file.writing != 0,
                                            .disabled = !is_whole(state) && state->file.writing == 0}},
        2 * FIELD);
    draw_field(ui, &r, "export.second", "desk.audit.export.second", &state->file.second);
    draw_field(ui, &r, "export.password", "desk.audit.export.password", &state->file.password);
    widget_dialog_end(ui);
}
