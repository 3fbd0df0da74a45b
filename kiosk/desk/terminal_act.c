#include "kiosk/desk/terminal_act.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { REASONS = 4, GAP = 8 };

/* The acts that ask for a reason first. */
static const struct dialog {
    enum service_act_kind kind;
    const char *title, *line;
    const char *reasons[REASONS];
    enum icon icon;
    enum widget_button_look look;
} dialogs[] = {
    {SERVICE_ACT_LOCK,
     "assist.dialog.lock",
     "assist.dialog.lock.line",
     {"check", "device", "safety", "asked"},
     ICON_LOCK,
     WIDGET_BUTTON_PRIMARY},
    {SERVICE_ACT_END,
     "assist.dialog.end",
     "assist.dialog.end.line",
     {"left", "asked", "device", "safety"},
     ICON_EXIT,
     WIDGET_BUTTON_DANGER},
    {SERVICE_ACT_CLOSE,
     "assist.dialog.close",
     "assist.dialog.close.line",
     {"paper", "keys", "device", "upkeep"},
     ICON_BAN,
     WIDGET_BUTTON_PRIMARY},
};

static const struct dialog *dialog_of(const struct terminal_act *act)
{
    for (size_t i = 0; i < sizeof(dialogs) / sizeof(dialogs[0]); i++)
        if ((int)dialogs[i].kind == act->asking)
            return &dialogs[i];
    return NULL;
}

/* --- sending ----------------------------------------------------------------------------------------- */

uint64_t terminal_act_send(struct ui *ui, const struct service_terminal *terminal, enum service_act_kind kind,
                           const char *reason, const char *words, const char *field)
{
    struct service_act act = {.kind = kind};
    bool is_of_machine = kind == SERVICE_ACT_CLOSE || kind == SERVICE_ACT_REOPEN;
    (void)text_copy(act.terminal, sizeof(act.terminal), terminal->id);
    (void)text_copy(act.visit, sizeof(act.visit), is_of_machine ? "" : terminal->visit);
    (void)text_copy(act.reason, sizeof(act.reason), reason == NULL ? "" : reason);
    (void)text_copy(act.words, sizeof(act.words), words == NULL ? "" : words);
    (void)text_copy(act.field, sizeof(act.field), field == NULL ? "" : field);
    return service_desk_act(desk_program(ui)->services, &act);
}

/* --- the question ------------------------------------------------------------------------------------ */

void terminal_act_ask(struct terminal_act *act, enum service_act_kind kind)
{
    act->asking = (int)kind;
    act->reason[0] = 0;
}

static bool is_confirmed(const struct terminal_act *act, const struct ui *ui, const struct ui_event *event)
{
    bool by_key = desk_pressed(ui, event, INPUT_KEY_ENTER, 0) && act->reason[0] != 0;
    return by_key || ui_tapped(event, "assist.yes");
}

bool terminal_act_event(struct terminal_act *act, struct ui *ui, const struct ui_event *event,
                        enum service_act_kind *kind, bool *confirmed)
{
    const struct dialog *dialog = dialog_of(act);
    *confirmed = false;
    if (dialog == NULL)
        return false;
    if (ui_tapped_prefix(event, "assist.reason."))
        (void)text_copy(act->reason, sizeof(act->reason), dialog->reasons[event->tag]);
    else if (ui_tapped(event, "assist.back"))
        act->asking = -1;
    else if (is_confirmed(act, ui, event)) {
        *kind = dialog->kind;
        *confirmed = true;
        act->asking = -1;
    } else {
        return event->kind == UI_EVENT_KEY || event->kind == UI_EVENT_TAP;
    }
    return true;
}

void terminal_act_draw(const struct terminal_act *act, struct ui *ui, const struct service_terminal *terminal)
{
    const struct dialog *dialog = dialog_of(act);
    char title[96];
    char key[WORDS_KEY_BYTES];
    char id[96];
    char number[16];
    if (dialog == NULL || terminal == NULL)
        return;
    desk_format(ui, title, sizeof(title), dialog->title,
                {"machine", terminal->machine[0] != 0 ? terminal->machine : terminal->id});
    (void)snprintf(key, sizeof(key), "supervision.kind.%s", service_act_name(dialog->kind));
    struct rect r =
        widget_dialog_begin(ui,
                            &(struct widget_dialog){.id = "assist.dialog",
                                                    .title = title,
                                                    .line = desk_text(ui, dialog->line),
                                                    .icon = dialog->icon,
                                                    .left = {.id = "assist.back",
                                                             .label = desk_text(ui, "assist.dialog.back"),
                                                             .look = WIDGET_BUTTON_NEUTRAL,
                                                             .shortcut = "Esc",
                                                             .way_out = true},
                                                    .primary = {.id = "assist.yes",
                                                                .label = desk_text(ui, key),
                                                                .look = dialog->look,
                                                                .shortcut = "Enter",
                                                                .disabled = act->reason[0] == 0}},
                            84);
    for (int i = 0; i < REASONS; i++) {
        struct rect row = rect_make(r.x, r.y + i / 2 * 44, r.w, 36);
        (void)snprintf(id, sizeof(id), "assist.reason.%s", dialog->reasons[i]);
        (void)snprintf(key, sizeof(key), "supervision.reason.%s", dialog->reasons[i]);
        (void)snprintf(number, sizeof(number), "%d", i + 1);
        (void)widget_button(ui, rect_column(row, i % 2, 2, GAP),
                            &(struct widget_button){.id = id,
                                                    .label = desk_text(ui, key),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .shortcut = number,
                                                    .selected = strcmp(act->reason, dialog->reasons[i]) == 0,
                                                    .tag = i});
    }
    widget_dialog_end(ui);
}
