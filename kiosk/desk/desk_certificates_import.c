/* The dialog with which a certificate out of a file comes onto the key in the desk's writer. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_certificates.h"

enum { ROW = 42, ROW_GAP = 6, ROWS = 6, FIELD = 74, TURN = 40 };

void desk_certificates_import_init(struct desk_certificates_import *import)
{
    text_edit_init(&import->pin, TEXT_EDIT_LATIN, LIMIT_PIN_BYTES);
    import->pin.secret = true;
}

void desk_certificates_import_wipe(struct desk_certificates_import *import)
{
    text_edit_wipe(&import->pin);
    import->asking = false;
    import->file[0] = 0;
    import->page = 0;
}

static size_t pages(const struct ui *ui)
{
    return (desk_view(ui)->file_count + ROWS - 1) / ROWS;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void send(struct desk_certificates_import *import, const struct ui *ui)
{
    struct secret pin = {0};
    if (import->file[0] == 0 || import->pin.length == 0 || import->running != 0)
        return;
    if (secret_set(&pin, import->pin.text, import->pin.length) == STATUS_OK)
        import->running = service_desk_import(desk_program(ui)->services, import->file, &pin);
    secret_wipe(&pin);
    text_edit_wipe(&import->pin);
}

/* What can be mended in the dialog is told there. */
static void on_reply(struct desk_certificates_state *state, const struct ui *ui,
                     const struct service_reply *reply)
{
    state->import.running = 0;
    state->is_error = !desk_told(ui, reply, "desk.import.done", state->message, sizeof(state->message));
    if (reply->status == STATUS_UNSUPPORTED)
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "desk.parcels.no_writer"));
    if (!state->is_error)
        desk_certificates_import_wipe(&state->import);
}

static void on_dialog(struct desk_certificates_state *state, struct ui *ui, const struct ui_event *event)
{
    struct desk_certificates_import *import = &state->import;
    if (ui_tapped(event, "import.no"))
        desk_certificates_import_wipe(import);
    else if (ui_tapped(event, "import.yes"))
        send(import, ui);
    else if (ui_tapped(event, "import.more"))
        import->page = import->page + 1 < pages(ui) ? import->page + 1 : 0;
    else if (ui_tapped_prefix(event, "import.file."))
        (void)text_copy(import->file, sizeof(import->file), desk_view(ui)->files[event->tag]);
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
}

bool desk_certificates_import_event(struct desk_certificates_state *state, struct ui *ui,
                                    const struct ui_event *event)
{
    if (ui_replied(event, state->import.running)) {
        on_reply(state, ui, event->data);
    } else if (state->import.asking && event->kind != UI_EVENT_REPLY) {
        on_dialog(state, ui, event);
    } else if (ui_tapped(event, "trust.import")) {
        state->message[0] = 0;
        state->import.asking = true;
        desk_certificates_list(state, ui); /* the stick may have been put in just now */
    } else {
        return false;
    }
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_files(const struct desk_certificates_import *import, struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    size_t first = import->page * ROWS;
    if (view->file_count == 0)
        (void)widget_label(ui, rect_cut_top(&area, ROW),
                           &(struct widget_label){.text = desk_text(ui, "desk.import.none"),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
    for (size_t i = first; i < view->file_count && i < first + ROWS; i++) {
        char id[48];
        char shown[128];
        (void)snprintf(id, sizeof(id), "import.file.%zu", i);
        widget_label_fit(ui, THEME_TYPE_DESK_TABLE, view->files[i], area.w - 40, shown, sizeof(shown));
        (void)widget_button(ui, rect_cut_top(&area, ROW),
                            &(struct widget_button){.id = id,
                                                    .label = shown,
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_TABLE,
                                                    .selected = strcmp(view->files[i], import->file) == 0,
                                                    .tag = (int64_t)i});
        (void)rect_cut_top(&area, ROW_GAP);
    }
}

static int files_height(const struct ui *ui)
{
    size_t count = desk_view(ui)->file_count;
    return (int)(count == 0 ? 1 : count < ROWS ? count : ROWS) * (ROW + ROW_GAP);
}

void desk_certificates_import_draw(struct desk_certificates_state *state, struct ui *ui)
{
    struct desk_certificates_import *import = &state->import;
    int turn = pages(ui) > 1 ? TURN + ROW_GAP : 0;
    bool is_told = state->message[0] != 0 && import->running == 0;
    if (!import->asking)
        return;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "import",
                                .title = desk_text(ui, "desk.import.title"),
                                .line = is_told ? state->message : desk_text(ui, "desk.import.line"),
                                .icon = ICON_KEY,
                                .left = {.id = "import.no",
                                         .label = desk_text(ui, "desk.ask.back"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc",
                                         .way_out = true},
                                .primary = {.id = "import.yes",
                                            .label = desk_text(ui, "desk.import.yes"),
                                            .busy = import->running != 0,
                                            .disabled = import->file[0] == 0 || import->pin.length == 0}},
        files_height(ui) + turn + FIELD);
    draw_files(import, ui, rect_cut_top(&r, files_height(ui)));
    if (turn > 0)
        (void)widget_button(ui, rect_cut_top(&r, TURN),
                            &(struct widget_button){.id = "import.more",
                                                    .label = desk_text(ui, "desk.import.more"),
                                                    .look = WIDGET_BUTTON_GHOST,
                                                    .type = THEME_TYPE_DESK_TABLE});
    (void)rect_cut_top(&r, turn > 0 ? ROW_GAP : 0);
    (void)widget_field(ui, r,
                       &(struct widget_field){.id = "import.pin",
                                              .label = desk_text(ui, "desk.import.pin"),
                                              .edit = &import->pin});
    widget_dialog_end(ui);
}
