/* Keys of a real keyboard: editing, the focus order, shortcuts printed on controls. And typing into a field.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"

struct text_edit *ui_edit(const struct ui *ui)
{
    return ui->edit;
}

void ui_changed(struct ui *ui)
{
    char id[UI_ID_BYTES];
    memcpy(id, ui->focused, sizeof id);
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_CHANGE, .id = id, .tag = ui->focused_tag});
}

void ui_type(struct ui *ui, const char *text)
{
    if (ui->edit && text_edit_insert(ui->edit, text))
        ui_changed(ui);
}

void ui_type_backspace(struct ui *ui)
{
    if (ui->edit && text_edit_backspace(ui->edit))
        ui_changed(ui);
}

void ui_type_preedit(struct ui *ui, const char *preedit)
{
    if (!ui->edit)
        return;
    text_edit_set_preedit(ui->edit, preedit);
    ui->invalid = true;
    ui_settle(ui);
}

void ui_type_next(struct ui *ui)
{
    char id[UI_ID_BYTES];
    if (!ui->edit)
        return;
    memcpy(id, ui->focused, sizeof id);
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_NEXT, .id = id, .tag = ui->focused_tag});
}

/* The name a key has on controls: "F9", "Ctrl+L", "J", "/". Empty for keys that have none. */
static void key_name(const struct input_event *event, char out[32])
{
    char key[8] = "";
    out[0] = '\0';
    if (event->key == INPUT_KEY_FUNCTION)
        snprintf(key, sizeof key, "F%d", event->character % 100);
    else if (event->key == INPUT_KEY_CHARACTER && event->character > ' ' && event->character < 0x7F)
        snprintf(key, sizeof key, "%c", toupper(event->character));
    else if (event->key == INPUT_KEY_ESCAPE)
        snprintf(key, sizeof key, "Esc");
    if (key[0])
        snprintf(out, 32, "%s%s%s", event->modifiers & INPUT_MODIFIER_CTRL ? "Ctrl+" : "",
                 event->modifiers & INPUT_MODIFIER_ALT ? "Alt+" : "", key);
}

static bool is_live(const struct ui *ui, const struct widget *w)
{
    return (w->state & WIDGET_TARGET) && !(w->state & WIDGET_REFUSES) && widget_is_reachable(ui->tree, w);
}

static bool press_shortcut(struct ui *ui, const struct input_event *event)
{
    char name[32];
    key_name(event, name);
    bool plain =
        event->key == INPUT_KEY_CHARACTER && !(event->modifiers & (INPUT_MODIFIER_CTRL | INPUT_MODIFIER_ALT));
    if (!name[0] || (plain && ui->edit))
        return false;
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w))
        if (w->shortcut && strcmp(w->shortcut, name) == 0 && is_live(ui, w)) {
            ui_activate(ui, w);
            return true;
        }
    return false;
}

static bool edit_key(struct ui *ui, const struct input_event *event)
{
    struct text_edit *edit = ui->edit;
    bool changed = false;
    if (!edit)
        return false;
    if (event->key == INPUT_KEY_BACKSPACE)
        changed = text_edit_backspace(edit);
    else if (event->key == INPUT_KEY_DELETE)
        changed = text_edit_delete(edit);
    else if (event->key == INPUT_KEY_LEFT)
        text_edit_move(edit, -1);
    else if (event->key == INPUT_KEY_RIGHT)
        text_edit_move(edit, 1);
    else if (event->key == INPUT_KEY_HOME)
        text_edit_move(edit, -LIMIT_FIELD_BYTES);
    else if (event->key == INPUT_KEY_END)
        text_edit_move(edit, LIMIT_FIELD_BYTES);
    else
        return false;
    ui->invalid = true;
    if (changed)
        ui_changed(ui);
    return true;
}

/* The next reachable target in reading order, around the end; backwards with shift. */
static void tab(struct ui *ui, bool backwards)
{
    const struct widget *first = NULL, *last = NULL, *before = NULL, *behind = NULL;
    bool met = false;
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w)) {
        if (!is_live(ui, w) || !w->id[0])
            continue;
        first = first ? first : w;
        last = w;
        if (strcmp(w->id, ui->focused) == 0)
            met = true;
        else if (!met)
            before = w;
        else if (!behind)
            behind = w;
    }
    const struct widget *to = backwards ? (met && before ? before : last) : (behind ? behind : first);
    if (to) {
        ui_move_focus(ui, to->id);
        ui_settle(ui);
    }
}

void ui_handle_key(struct ui *ui, const struct input_event *event)
{
    if (event->key == INPUT_KEY_TAB) {
        tab(ui, (event->modifiers & INPUT_MODIFIER_SHIFT) != 0);
        return;
    }
    if (press_shortcut(ui, event) || edit_key(ui, event))
        return;
    const struct widget *focused = ui->focused[0] ? widget_find(ui->tree, ui->focused) : NULL;
    bool space = event->key == INPUT_KEY_CHARACTER && event->character == ' ';
    if (event->key == INPUT_KEY_ENTER && ui->edit) {
        ui_type_next(ui);
        return;
    }
    if (focused && !ui->edit && (event->key == INPUT_KEY_ENTER || space) && is_live(ui, focused)) {
        ui_activate(ui, focused);
        return;
    }
    if (event->key == INPUT_KEY_CHARACTER && ui->edit && !(event->modifiers & INPUT_MODIFIER_CTRL))
        return; /* its text follows as its own event */
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_KEY,
                                       .id = "",
                                       .key = event->key,
                                       .character = event->character,
                                       .modifiers = event->modifiers});
}
