/* Assist panel of the wall: the chosen terminal in detail, every act, and the dialog that asks for a reason.
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_wall.h"

enum { LINE = 24, BUTTON = 34, GAP = 8, TABS = 3, SIDE = 16, LOG_ROW = 26, POINT_COLUMNS = 2 };

static const char *const sentences[] = {"wait", "flat", "seal", "check", "key", "pay"};
enum { SENTENCES = sizeof(sentences) / sizeof(sentences[0]) };

static const struct service_terminal *chosen(const struct desk_wall_state *state, const struct ui *ui)
{
    return state->chosen[0] == 0 ? NULL : desk_wall_find(ui, state->chosen);
}

/* --- sending ----------------------------------------------------------------------------------------- */

void desk_wall_act(struct desk_wall_state *state, struct ui *ui, const struct service_terminal *terminal,
                   enum service_act_kind kind, const char *reason, const char *words, const char *field)
{
    state->sending = terminal_act_send(ui, terminal, kind, reason, words, field);
    state->message[0] = 0;
}

void desk_wall_choose(struct desk_wall_state *state, const struct service_terminal *terminal)
{
    (void)text_copy(state->chosen, sizeof(state->chosen), terminal->id);
    state->tab = DESK_WALL_SAY;
    state->message[0] = 0;
    text_edit_wipe(&state->words);
}

/* --- what is known ----------------------------------------------------------------------------------- */

static const struct form *form_of(const struct ui *ui, const struct service_terminal *terminal)
{
    const struct product *product = NULL;
    const struct product_operation *operation = terminal_words_operation(ui, terminal, &product);
    bool is_there = operation != NULL && strcmp(terminal->screen, "form") == 0;
    return is_there ? product_operation_form(product, operation) : NULL;
}

/* The field in hand by its label; names only, never a value. */
static const char *field_of(const struct ui *ui, const struct service_terminal *terminal)
{
    const struct form *form = form_of(ui, terminal);
    const char *id = text_has_prefix(terminal->field, "form.") ? terminal->field + 5 : terminal->field;
    const struct form_field *field = form == NULL ? NULL : form_find(form, id);
    return field == NULL ? desk_text(ui, "assist.none") : field->label;
}

static void draw_facts(struct ui *ui, struct rect *r, const struct service_terminal *terminal)
{
    char step[16];
    char visit[16];
    desk_since(ui, terminal->step_since_utc_s, step);
    desk_since(ui, terminal->visit_since_utc_s, visit);
    bool is_there = terminal->visit[0] != 0;
    const char *none = desk_text(ui, "assist.none");
    const struct {
        const char *name, *value;
    } facts[] = {{"assist.step", terminal_words_step(ui, terminal)},
                 {"assist.field", field_of(ui, terminal)},
                 {"assist.since", step},
                 {"assist.visit", is_there ? visit : none},
                 {"assist.order", terminal->acceptance[0] != 0 ? terminal->acceptance : none}};
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        (void)widget_label_pair(ui, rect_cut_top(r, LINE), THEME_TYPE_DESK_TABLE,
                                desk_text(ui, facts[i].name), facts[i].value);
    (void)rect_cut_top(r, 6);
}

static void draw_devices(struct ui *ui, struct rect row, const struct service_devices *devices)
{
    const struct {
        const char *key;
        enum device_state state;
    } all[] = {{"device.printer", devices->printer},
               {"device.scanner", devices->scanner},
               {"device.writer", devices->writer}};
    char text[64];
    char key[WORDS_KEY_BYTES];
    for (int i = 0; i < 3; i++) {
        bool well = all[i].state == DEVICE_READY || all[i].state == DEVICE_WORKING;
        (void)snprintf(key, sizeof(key), "device.state.%s", device_state_name(all[i].state));
        (void)snprintf(text, sizeof(text), "%s %s", desk_text(ui, all[i].key), desk_text(ui, key));
        (void)widget_mark_chip(ui, rect_column(row, i, 3, 6), WIDGET_LEFT,
                               well                                ? WIDGET_MARK_GREEN
                               : all[i].state == DEVICE_SUPPLY_LOW ? WIDGET_MARK_AMBER
                                                                   : WIDGET_MARK_RED,
                               text);
    }
}

/* --- acts at once ------------------------------------------------------------------------------------ */

static void add_act(struct ui *ui, struct rect at, const char *id, const char *words, const char *key,
                    enum widget_button_look look, bool disabled)
{
    (void)widget_button(
        ui, at,
        &(struct widget_button){
            .id = id, .label = desk_text(ui, words), .look = look, .shortcut = key, .disabled = disabled});
}

static void draw_help(struct ui *ui, struct rect row, const struct service_terminal *terminal)
{
    bool is_there = terminal->visit[0] != 0 && terminal->is_alive;
    struct rect left = rect_column(row, 0, 2, GAP);
    struct rect right = rect_column(row, 1, 2, GAP);
    if (terminal->is_calling)
        add_act(ui, left, "assist.answer", "assist.answer", desk_text(ui, "wall.space"),
                WIDGET_BUTTON_PRIMARY, !is_there);
    else
        add_act(ui, left, "assist.leave", "assist.leave", "L", WIDGET_BUTTON_NEUTRAL,
                terminal->helper[0] == 0);
    add_act(ui, right, "assist.extend", "assist.extend", "E", WIDGET_BUTTON_NEUTRAL, !is_there);
}

static void draw_grave(struct ui *ui, struct rect row, const struct service_terminal *terminal)
{
    bool is_there = terminal->visit[0] != 0 && terminal->is_alive;
    bool locked = terminal->is_locked;
    bool closed = terminal->is_closed;
    add_act(ui, rect_column(row, 0, 3, GAP), locked ? "assist.unlock" : "assist.lock",
            locked ? "assist.unlock" : "assist.lock", "S", WIDGET_BUTTON_NEUTRAL, !is_there);
    add_act(ui, rect_column(row, 1, 3, GAP), "assist.end", "assist.end", "Q", WIDGET_BUTTON_REFUSE,
            !is_there);
    add_act(ui, rect_column(row, 2, 3, GAP), closed ? "assist.reopen" : "assist.close_machine",
            closed ? "assist.reopen" : "assist.close_machine", "T", WIDGET_BUTTON_NEUTRAL, false);
}

/* --- tabs -------------------------------------------------------------------------------------------- */

static void draw_tabs(struct desk_wall_state *state, struct ui *ui, struct rect row)
{
    static const char *const names[TABS] = {"assist.tab.say", "assist.tab.point", "assist.tab.log"};
    struct widget_choice_segment tabs[TABS];
    for (int i = 0; i < TABS; i++)
        tabs[i] = (struct widget_choice_segment){
            .id = names[i], .name = desk_text(ui, names[i]), .selected = (int)state->tab == i, .tag = i};
    widget_choice_segments(ui, row, tabs, TABS);
}

static void draw_say(struct desk_wall_state *state, struct ui *ui, struct rect r,
                     const struct service_terminal *terminal)
{
    char key[WORDS_KEY_BYTES];
    char id[96];
    char number[8];
    bool is_there = terminal->visit[0] != 0 && terminal->is_alive;
    struct rect own = rect_cut_bottom(&r, 36);
    (void)rect_cut_bottom(&r, GAP);
    for (int i = 0; i < SENTENCES && r.h >= 30; i++) {
        (void)snprintf(key, sizeof(key), "supervision.say.%s", sentences[i]);
        (void)snprintf(id, sizeof(id), "assist.say.%d", i);
        (void)snprintf(number, sizeof(number), "%d", i + 1);
        (void)widget_button(ui, rect_cut_top(&r, 30),
                            &(struct widget_button){.id = id,
                                                    .label = desk_text(ui, key),
                                                    .look = WIDGET_BUTTON_QUIET,
                                                    .type = THEME_TYPE_DESK_TABLE,
                                                    .align_left = true,
                                                    .shortcut = number,
                                                    .disabled = !is_there,
                                                    .tag = i});
        (void)rect_cut_top(&r, 5);
    }
    struct rect send = rect_cut_right(&own, 64);
    (void)rect_cut_right(&own, GAP);
    (void)widget_field(ui, own,
                       &(struct widget_field){.id = "assist.words",
                                              .placeholder = desk_text(ui, "assist.words.example"),
                                              .edit = &state->words});
    add_act(ui, send, "assist.send", "assist.send", NULL, WIDGET_BUTTON_PRIMARY,
            !is_there || state->words.length == 0);
}

static void draw_point(struct ui *ui, struct rect r, const struct service_terminal *terminal)
{
    const struct form *form = form_of(ui, terminal);
    char id[96];
    char label[192];
    int placed = 0;
    if (form == NULL) {
        (void)widget_label_text(ui, r, THEME_TYPE_DESK_TABLE, desk_text(ui, "assist.point.none"));
        return;
    }
    for (size_t i = 0; i < form->field_count; i++) {
        struct rect row = rect_make(r.x, r.y + placed / POINT_COLUMNS * 35, r.w, 30);
        if (!form_field_is_asked(&form->fields[i]) || row.y + row.h > r.y + r.h)
            continue;
        struct rect at = rect_column(row, placed % POINT_COLUMNS, POINT_COLUMNS, GAP);
        desk_wall_fit(ui, THEME_TYPE_DESK_TABLE, form->fields[i].label, at.w - 24, label);
        (void)snprintf(id, sizeof(id), "assist.point.%s", form->fields[i].id);
        (void)widget_button(ui, at,
                            &(struct widget_button){.id = id,
                                                    .label = label,
                                                    .look = WIDGET_BUTTON_QUIET,
                                                    .type = THEME_TYPE_DESK_TABLE,
                                                    .align_left = true,
                                                    .tag = (int64_t)i});
        placed++;
    }
}

static void draw_log(struct ui *ui, struct rect r, const struct service_terminal *terminal)
{
    char key[WORDS_KEY_BYTES];
    char line[160];
    char time[16];
    for (size_t i = 0; i < terminal->act_count && r.h >= LOG_ROW; i++) {
        const struct service_act *act = &terminal->acts[i];
        (void)snprintf(key, sizeof(key), "supervision.kind.%s", service_act_name(act->kind));
        desk_time(act->at_utc_s, time);
        (void)snprintf(line, sizeof(line), "%s %s %s", time, act->clerk, desk_text(ui, key));
        (void)widget_label_pair(ui, rect_cut_top(&r, LOG_ROW), THEME_TYPE_DESK_TABLE, line,
                                desk_text(ui, act->is_gone   ? "supervision.outcome.gone"
                                              : act->is_done ? "supervision.outcome.effect"
                                                             : "supervision.outcome.open"));
    }
    if (terminal->act_count == 0)
        (void)widget_label_text(ui, r, THEME_TYPE_DESK_TABLE, desk_text(ui, "assist.log.none"));
}

/* --- the panel --------------------------------------------------------------------------------------- */

static void draw_head(struct ui *ui, struct rect rect, const struct service_terminal *terminal)
{
    const struct widget_button close = {.id = "assist.close",
                                        .label = desk_text(ui, "assist.close"),
                                        .look = WIDGET_BUTTON_NEUTRAL,
                                        .shortcut = "Esc",
                                        .way_out = true};
    int width = widget_button_width(ui, &close);
    (void)terminal;
    (void)widget_button(ui, rect_make(rect.x + rect.w - SIDE - width, rect.y + 7, width, 30), &close);
}

void desk_wall_assist_draw(struct desk_wall_state *state, struct ui *ui, struct rect rect)
{
    const struct service_terminal *terminal = chosen(state, ui);
    char title[64];
    if (terminal == NULL)
        return;
    desk_format(ui, title, sizeof(title), "assist.title",
                {"machine", terminal->machine[0] != 0 ? terminal->machine : terminal->id});
    struct rect r = rect_inset(ui_page_desk_panel(ui, rect, title, NULL), SIDE, 12);
    draw_head(ui, rect, terminal);
    draw_facts(ui, &r, terminal);
    draw_devices(ui, rect_cut_top(&r, 28), &terminal->devices);
    (void)rect_cut_top(&r, 10);
    draw_help(ui, rect_cut_top(&r, BUTTON), terminal);
    (void)rect_cut_top(&r, 10);
    draw_grave(ui, rect_cut_bottom(&r, BUTTON), terminal);
    (void)rect_cut_bottom(&r, 10);
    if (state->message[0] != 0)
        (void)widget_label(
            ui, rect_cut_bottom(&r, 22),
            &(struct widget_label){.id = "assist.message",
                                   .text = state->message,
                                   .type = THEME_TYPE_DESK_TABLE,
                                   .color = state->failed ? THEME_COLOR_SEAL700 : THEME_COLOR_JADE700,
                                   .middle = true});
    draw_tabs(state, ui, rect_cut_top(&r, 40));
    (void)rect_cut_top(&r, 10);
    if (state->tab == DESK_WALL_SAY)
        draw_say(state, ui, rect_cut_top(&r, r.h > 254 ? 254 : r.h), terminal);
    else if (state->tab == DESK_WALL_POINT)
        draw_point(ui, r, terminal);
    else
        draw_log(ui, r, terminal);
}

/* --- the dialog -------------------------------------------------------------------------------------- */

void desk_wall_assist_dialog(struct desk_wall_state *state, struct ui *ui)
{
    terminal_act_draw(&state->act, ui, chosen(state, ui));
}

/* --- events ------------------------------------------------------------------------------------------ */

static bool dialog_event(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event,
                         const struct service_terminal *terminal)
{
    enum service_act_kind kind = SERVICE_ACT_COUNT_;
    bool confirmed = false;
    if (!terminal_act_event(&state->act, ui, event, &kind, &confirmed))
        return false;
    if (confirmed)
        desk_wall_act(state, ui, terminal, kind, state->act.reason, NULL, NULL);
    return true;
}

/* The acts of one tap. */
static bool tap_act(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event,
                    const struct service_terminal *terminal)
{
    static const struct {
        const char *id;
        enum service_act_kind kind;
    } plain[] = {{"assist.answer", SERVICE_ACT_ANSWER},
                 {"assist.leave", SERVICE_ACT_LEAVE},
                 {"assist.extend", SERVICE_ACT_EXTEND},
                 {"assist.unlock", SERVICE_ACT_UNLOCK},
                 {"assist.reopen", SERVICE_ACT_REOPEN}};
    static const struct {
        const char *id;
        enum service_act_kind kind;
    } asked[] = {{"assist.lock", SERVICE_ACT_LOCK},
                 {"assist.end", SERVICE_ACT_END},
                 {"assist.close_machine", SERVICE_ACT_CLOSE}};
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (ui_tapped(event, plain[i].id)) {
            desk_wall_act(state, ui, terminal, plain[i].kind, NULL, NULL, NULL);
            return true;
        }
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
        if (ui_tapped(event, asked[i].id)) {
            terminal_act_ask(&state->act, asked[i].kind);
            return true;
        }
    return false;
}

static void send_words(struct desk_wall_state *state, struct ui *ui, const struct service_terminal *terminal)
{
    if (state->words.length == 0)
        return;
    desk_wall_act(state, ui, terminal, SERVICE_ACT_MESSAGE, NULL, state->words.text, NULL);
    text_edit_wipe(&state->words);
    ui_focus(ui, NULL);
}

static bool tap_tab(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event,
                    const struct service_terminal *terminal)
{
    const struct form *form = form_of(ui, terminal);
    if (ui_tapped_prefix(event, "assist.tab."))
        state->tab = (enum desk_wall_tab)event->tag;
    else if (ui_tapped_prefix(event, "assist.say."))
        desk_wall_act(state, ui, terminal, SERVICE_ACT_MESSAGE, sentences[event->tag], NULL, NULL);
    else if (ui_tapped_prefix(event, "assist.point.") && form != NULL)
        desk_wall_act(state, ui, terminal, SERVICE_ACT_POINT, NULL, NULL, form->fields[event->tag].id);
    else if (ui_tapped(event, "assist.send") ||
             (event->kind == UI_EVENT_NEXT && strcmp(event->id, "assist.words") == 0))
        send_words(state, ui, terminal);
    else
        return false;
    return true;
}

bool desk_wall_assist_event(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_terminal *terminal = chosen(state, ui);
    if (terminal == NULL)
        return false;
    if (dialog_event(state, ui, event, terminal))
        return true;
    if (ui_tapped(event, "assist.close")) {
        state->chosen[0] = 0;
        ui_focus(ui, NULL);
        return true;
    }
    return tap_act(state, ui, event, terminal) || tap_tab(state, ui, event, terminal);
}
