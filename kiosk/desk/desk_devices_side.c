/* The chosen terminal: what is out of order, since when, who is there, what to do step by step, and the acts.
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_devices.h"
#include "kiosk/desk/record_table.h"

enum { LINE = 27, STEP = 22, STEPS = 3, BUTTON = 36, GAP = 8, KIND_BYTES = 48, NAME = 96 };

/* --- what is out of order ----------------------------------------------------------------------------- */

static void fault_words(const struct ui *ui, const struct service_terminal *terminal, char out[96])
{
    struct terminal_device worst = terminal_health_worst(terminal);
    char supply[48];
    terminal_health_printer(ui, &terminal->devices, supply);
    (void)snprintf(out, 96, "%s · %s", terminal_health_device(ui, worst.name),
                   worst.state == DEVICE_SUPPLY_LOW && strcmp(worst.name, "printer") == 0
                       ? supply
                       : terminal_health_state(ui, worst.state));
}

static void since_words(int64_t utc_s, char out[16])
{
    if (utc_s == 0 || clock_format_hall(utc_s, "%H:%M:%S", out, 16) == 0)
        out[0] = 0;
}

/* Without the product's name where that has no room. */
static void visit_words(struct ui *ui, const struct service_terminal *terminal, int width, char out[192])
{
    const struct product *product = NULL;
    const struct product_operation *operation = terminal_words_operation(ui, terminal, &product);
    const char *who = terminal->person[0] != 0 ? terminal->person : terminal_words_step(ui, terminal);
    if (terminal->visit[0] == 0) {
        (void)text_copy(out, 192, desk_text(ui, "desk.devices.nobody"));
        return;
    }
    (void)text_copy(out, 192, who);
    if (operation == NULL)
        return;
    (void)snprintf(out, 192, "%s · %s · %s", who, product->name, operation->label);
    if (widget_label_width(ui, THEME_TYPE_DESK_TABLE, out) > width)
        (void)snprintf(out, 192, "%s · %s", who, operation->label);
}

static void kept_words(const struct ui *ui, const struct service_terminal *terminal, char out[96])
{
    if (terminal->acceptance[0] != 0)
        desk_format(ui, out, 96, "desk.devices.kept.order", {"number", terminal->acceptance});
    else
        out[0] = 0;
}

/* What is not known has no row. */
static void draw_row(struct ui *ui, struct rect *r, const char *key, const char *value, bool is_private)
{
    if (value[0] != 0)
        record_table_draw_pair(ui, rect_cut_top(r, LINE), key, value, is_private);
}

static void draw_fault(struct ui *ui, struct rect *r, const struct service_terminal *terminal)
{
    char fault[96], since[16], visit[192], kept[96];
    bool is_silent = !terminal->is_alive;
    fault_words(ui, terminal, fault);
    since_words(is_silent ? terminal->seen_utc_s : terminal->trouble_since_utc_s, since);
    visit_words(ui, terminal, r->w - NAME, visit);
    kept_words(ui, terminal, kept);
    draw_row(ui, r, "desk.devices.fault", is_silent ? desk_text(ui, "desk.devices.silent") : fault, false);
    draw_row(ui, r, "desk.devices.since", since, false);
    draw_row(ui, r, "desk.devices.visit", visit, true);
    draw_row(ui, r, "desk.devices.kept", kept, true);
}

static void draw_closed(struct ui *ui, struct rect *r, const struct service_terminal *terminal)
{
    char key[WORDS_KEY_BYTES];
    char since[16];
    since_words(terminal->closed_since_utc_s, since);
    (void)snprintf(key, sizeof(key), "supervision.reason.%s", terminal->closed_reason);
    draw_row(ui, r, "desk.devices.closed", terminal->closed_reason[0] != 0 ? desk_text(ui, key) : "", false);
    draw_row(ui, r, "desk.devices.closed.since", since, false);
}

/* --- what to do --------------------------------------------------------------------------------------- */

/* Where the words of the steps are: of this device in this state, or of the state for any device. */
static void steps_of(const struct ui *ui, const struct service_terminal *terminal, char out[KIND_BYTES])
{
    char key[WORDS_KEY_BYTES];
    struct terminal_device worst = terminal_health_worst(terminal);
    const char *name = device_state_name(worst.state);
    bool is_red = terminal_health_mark(worst.state) == WIDGET_MARK_RED;
    (void)snprintf(key, sizeof(key), "device.steps.%s.%s.1", worst.name, name);
    if (!terminal->is_alive)
        (void)text_copy(out, KIND_BYTES, "silent");
    else if (terminal->is_closed && !is_red)
        (void)text_copy(out, KIND_BYTES, "closed");
    else if (words_has(desk_program(ui)->words, key))
        (void)snprintf(out, KIND_BYTES, "%s.%s", worst.name, name);
    else
        (void)text_copy(out, KIND_BYTES, name);
}

static void draw_steps(struct ui *ui, struct rect *left, const struct service_terminal *terminal)
{
    const struct words *words = desk_program(ui)->words;
    char kind[KIND_BYTES], key[WORDS_KEY_BYTES], line[160];
    int count = 0;
    steps_of(ui, terminal, kind);
    for (bool more = true; more && count < STEPS; count += more) {
        (void)snprintf(key, sizeof(key), "device.steps.%s.%d", kind, count + 1);
        more = words_has(words, key);
    }
    while (count > 0 && left->h < 20 + 24 + count * STEP + 12 + BUTTON)
        count--;
    if (count == 0)
        return;
    struct rect area = rect_cut_top(left, 20 + 24 + count * STEP);
    (void)widget_panel(ui, area, WIDGET_PANEL_SUNK);
    struct rect r = rect_inset(area, 14, 10);
    (void)widget_label(ui, rect_cut_top(&r, 24),
                       &(struct widget_label){.text = desk_text(ui, "desk.devices.steps"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    for (int i = 0; i < count; i++) {
        (void)snprintf(key, sizeof(key), "device.steps.%s.%d", kind, i + 1);
        (void)snprintf(line, sizeof(line), "%d. %s", i + 1, desk_text(ui, key));
        (void)widget_label(
            ui, rect_cut_top(&r, STEP),
            &(struct widget_label){.text = line, .type = THEME_TYPE_DESK_TABLE, .middle = true});
    }
    (void)rect_cut_top(left, 12);
}

/* --- acts --------------------------------------------------------------------------------------------- */

static void draw_acts(const struct desk_devices_state *state, struct ui *ui, struct rect row,
                      const struct service_terminal *terminal)
{
    bool closed = terminal->is_closed;
    (void)widget_button(ui, rect_column(row, 0, 2, GAP),
                        &(struct widget_button){.id = "devices.assist",
                                                .label = desk_text(ui, "wall.assist"),
                                                .shortcut = "G",
                                                .disabled = terminal->visit[0] == 0 || !terminal->is_alive});
    (void)widget_button(
        ui, rect_column(row, 1, 2, GAP),
        &(struct widget_button){.id = closed ? "devices.reopen" : "devices.close",
                                .label = desk_text(ui, closed ? "assist.reopen" : "assist.close_machine"),
                                .look = closed ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                .shortcut = "S",
                                .busy = state->sending != 0});
}

static void on_sent(struct desk_devices_state *state, struct ui *ui, const struct service_reply *reply)
{
    char told[SERVICE_TEXT_BYTES];
    bool done = desk_told(ui, reply, "supervision.outcome.open", told, sizeof(told));
    state->sending = 0;
    ui_toast(ui, done ? ICON_CHECK : ICON_WARNING, told);
}

static const struct service_terminal *find(const struct ui *ui, const char *id)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].id, id) == 0)
            return &view->terminals[i];
    return NULL;
}

/* It stays about the machine it was asked for. */
static bool on_question(struct desk_devices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_terminal *terminal = find(ui, state->asked);
    enum service_act_kind kind = SERVICE_ACT_COUNT_;
    bool confirmed = false;
    if (terminal == NULL || !terminal_act_event(&state->act, ui, event, &kind, &confirmed))
        return false;
    if (confirmed)
        state->sending = terminal_act_send(ui, terminal, kind, state->act.reason, NULL, NULL);
    return true;
}

static bool on_button(struct desk_devices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_terminal *terminal = desk_devices_chosen(state, ui);
    if (terminal == NULL)
        return false;
    if (ui_tapped(event, "devices.assist")) {
        ui_reset(ui, DESK_WALL, terminal->id);
    } else if (ui_tapped(event, "devices.reopen")) {
        state->sending = terminal_act_send(ui, terminal, SERVICE_ACT_REOPEN, NULL, NULL, NULL);
    } else if (ui_tapped(event, "devices.close")) {
        (void)text_copy(state->asked, sizeof(state->asked), terminal->id);
        terminal_act_ask(&state->act, SERVICE_ACT_CLOSE);
    } else {
        return false;
    }
    return true;
}

bool desk_devices_side_event(struct desk_devices_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_replied(event, state->sending)) {
        on_sent(state, ui, event->data);
        return true;
    }
    return on_question(state, ui, event) || on_button(state, ui, event);
}

void desk_devices_ask_draw(const struct desk_devices_state *state, struct ui *ui)
{
    terminal_act_draw(&state->act, ui, find(ui, state->asked));
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_devices(struct ui *ui, struct rect r, const struct service_terminal *terminal)
{
    struct terminal_device devices[TERMINAL_HEALTH_DEVICES];
    char key[WORDS_KEY_BYTES];
    char printer[48];
    terminal_health_list(terminal, devices);
    terminal_health_printer(ui, &terminal->devices, printer);
    char key_words[48];
    terminal_health_key(ui, terminal, key_words);
    if (r.h >= LINE)
        record_table_draw_pair(ui, rect_cut_top(&r, LINE), "desk.devices.key", key_words, false);
    for (int i = 0; i < TERMINAL_HEALTH_DEVICES && r.h >= LINE; i++) {
        (void)snprintf(key, sizeof(key), "device.%s", devices[i].name);
        record_table_draw_pair(ui, rect_cut_top(&r, LINE), key,
                               i == 0 ? printer : terminal_health_state(ui, devices[i].state), false);
    }
}

static void draw_chip(struct ui *ui, struct rect head, const struct service_terminal *terminal)
{
    enum widget_mark_tone tone = terminal_health_tone(terminal);
    (void)widget_mark_chip(
        ui, rect_inset(head, 0, 10), WIDGET_RIGHT, tone == WIDGET_MARK_RED ? WIDGET_MARK_ALARM : tone,
        tone == WIDGET_MARK_GREY    ? desk_text(ui, "wall.state.closed")
        : !terminal->is_alive       ? desk_text(ui, "desk.devices.silent")
        : tone == WIDGET_MARK_GREEN ? desk_text(ui, "device.state.ready")
                                    : terminal_health_state(ui, terminal_health_worst(terminal).state));
}

void desk_devices_side_draw(const struct desk_devices_state *state, struct ui *ui, struct rect area)
{
    const struct service_terminal *terminal = desk_devices_chosen(state, ui);
    char machine[48], title[96];
    if (terminal == NULL) {
        (void)ui_page_desk_panel(ui, area, desk_text(ui, "desk.devices.chosen"), NULL);
        return;
    }
    enum widget_mark_tone tone = terminal_health_tone(terminal);
    bool is_trouble = tone == WIDGET_MARK_RED || tone == WIDGET_MARK_AMBER;
    terminal_words_machine(ui, terminal, machine);
    (void)snprintf(title, sizeof(title), "%s%s%s", machine, is_trouble && terminal->is_alive ? "·" : "",
                   is_trouble && terminal->is_alive
                       ? terminal_health_device(ui, terminal_health_worst(terminal).name)
                       : "");
    struct rect r = rect_inset(ui_page_desk_panel(ui, area, title, NULL), 16, 12);
    draw_chip(ui, rect_make(area.x, area.y, area.w - 16, 44), terminal);
    if (terminal->is_closed)
        draw_closed(ui, &r, terminal);
    if (is_trouble)
        draw_fault(ui, &r, terminal);
    (void)rect_cut_top(&r, 8);
    if (is_trouble || terminal->is_closed)
        draw_steps(ui, &r, terminal);
    draw_acts(state, ui, rect_cut_top(&r, BUTTON), terminal);
    (void)rect_cut_top(&r, 10);
    draw_devices(ui, r, terminal);
}
