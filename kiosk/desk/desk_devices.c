/* Devices: every device of every terminal in words, what to do about the chosen one's, and the keys as far as
 * the hall has met them (c03). */
#include "kiosk/desk/desk_devices.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_table.h"

enum {
    GAP = 12,
    SIDE_MIN = 300,
    SIDE_MAX = 364,
    SIDE_OF = 1680,
    LOW = 408, /* of the content: key stock */
    LOW_OF = 992,
    WIDE = 1000,   /* of the table: place and every device have a column */
    WIDEST = 1200, /* and what the writer holds */
    SEARCH_MIN = 150,
    SEARCH_MAX = 340,
    BLANK = 130,
    TIMER_SECOND = 0
};

DESK_STATE(devices)

void desk_devices_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_devices_state *state = memory;
    (void)argument;
    state->act.asking = -1;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    stock_act_init(&state->stock);
    (void)service_desk_overview(desk_program(ui)->services);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_devices_leave(void *memory, struct ui *ui)
{
    struct desk_devices_state *state = memory;
    text_edit_wipe(&state->search);
    stock_act_wipe(&state->stock);
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* --- which are shown ---------------------------------------------------------------------------------- */

size_t desk_devices_list(const struct desk_devices_state *state, const struct ui *ui,
                         const struct service_terminal *out[SERVICE_TERMINALS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->terminal_count; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        bool is_wanted = !state->only_trouble || terminal_health_tone(terminal) != WIDGET_MARK_GREEN;
        if (is_wanted &&
            record_table_finds(&state->search, terminal->machine, terminal->place, terminal->acceptance))
            out[count++] = terminal;
    }
    return count;
}

const struct service_terminal *desk_devices_chosen(const struct desk_devices_state *state,
                                                   const struct ui *ui)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *best = NULL;
    size_t count = desk_devices_list(state, ui, all);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i]->id, state->chosen) == 0)
            return all[i];
        bool better = best == NULL || (terminal_health_tone(all[i]) == WIDGET_MARK_RED &&
                                       terminal_health_tone(best) != WIDGET_MARK_RED);
        best = better ? all[i] : best;
    }
    return best;
}

/* --- events ------------------------------------------------------------------------------------------- */

static void choose(struct desk_devices_state *state, const struct service_terminal *terminal)
{
    (void)text_copy(state->chosen, sizeof(state->chosen), terminal->id);
}

static void choose_near(struct desk_devices_state *state, const struct ui *ui, int step)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *here = desk_devices_chosen(state, ui);
    int count = (int)desk_devices_list(state, ui, all);
    for (int i = 0; i < count; i++)
        if (all[i] == here && i + step >= 0 && i + step < count) {
            choose(state, all[i + step]);
            return;
        }
}

/* The first that has no blank key, whatever is shown just now. */
static void choose_lacking(struct desk_devices_state *state, const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t i = 0;
    while (i < view->terminal_count && !terminal_health_lacks_key(&view->terminals[i]))
        i++;
    if (i == view->terminal_count)
        return;
    state->only_trouble = false;
    text_edit_set(&state->search, "");
    choose(state, &view->terminals[i]);
}

static bool on_list(struct desk_devices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    size_t count = desk_devices_list(state, ui, all);
    if (event->kind == UI_EVENT_WHEEL)
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    else if (ui_tapped_prefix(event, "devices.row.") && (size_t)event->tag <= count && event->tag > 0)
        choose(state, all[event->tag - 1]);
    else if (ui_tapped(event, "devices.trouble"))
        state->only_trouble = !state->only_trouble;
    else if (ui_tapped(event, "stock.look"))
        choose_lacking(state, ui);
    else if (event->kind == UI_EVENT_CHANGE && strcmp(event->id, "devices.search") == 0)
        state->first = 0;
    else if (desk_pressed(ui, event, INPUT_KEY_DOWN, 0))
        choose_near(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_UP, 0))
        choose_near(state, ui, -1);
    else
        return record_table_searched(ui, event, "devices");
    return true;
}

void desk_devices_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_devices_state *state = memory;
    if (event->kind == UI_EVENT_TIMER)
        ui_timer(ui, TIMER_SECOND, 1000);
    else if (!blank_form_event(&state->blank, ui, event) &&
             !stock_act_event(&state->stock, ui, event, desk_devices_chosen(state, ui)) &&
             !desk_devices_side_event(state, ui, event) && !on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing: health ---------------------------------------------------------------------------------- */

/* Where not all have room the devices an applicant touches come first. */
static int columns_of(const struct ui *ui, int width, struct widget_table_column out[WIDGET_TABLE_COLUMNS])
{
    enum { PLACE = 1, KEY = 7 };
    bool wide = width >= WIDE;
    const struct widget_table_column all[] = {
        {.title = desk_text(ui, "desk.column.machine"), .width = wide ? 110 : 92},
        {.title = desk_text(ui, "desk.column.place"), .width = 130, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.network")},
        {.title = terminal_health_device(ui, "printer")},
        {.title = terminal_health_device(ui, "scanner")},
        {.title = terminal_health_device(ui, "idcard")},
        {.title = terminal_health_device(ui, "writer")},
        {.title = desk_text(ui, "desk.devices.key"), .width = wide ? 110 : 0},
        {.title = terminal_health_device(ui, "authority")},
        {.title = terminal_health_device(ui, "payment")},
        {.title = terminal_health_device(ui, "sms")},
        {.title = desk_text(ui, "desk.column.heartbeat"),
         .width = wide ? 110 : 92,
         .color = THEME_COLOR_INK700}};
    int count = 0;
    for (int i = 0; i < WIDGET_TABLE_COLUMNS; i++)
        if ((i != KEY || width >= WIDEST) && (wide || (i != PLACE && (i < 8 || i > 10))))
            out[count++] = all[i];
    return count;
}

struct health_texts {
    char ids[SERVICE_TERMINALS_MAX][64];
    char machines[SERVICE_TERMINALS_MAX][48];
    char printers[SERVICE_TERMINALS_MAX][48];
    char keys[SERVICE_TERMINALS_MAX][48];
    char beats[SERVICE_TERMINALS_MAX][48];
};

static void mark(struct widget_table_row *row, int at, enum widget_mark_tone tone, const char *words)
{
    row->mark[at] = WIDGET_TABLE_DOT;
    row->tone[at] = tone;
    row->cells[at] = words;
}

/* Whether it answers, and whether it serves anybody. */
static void fill_network(const struct ui *ui, const struct service_terminal *terminal,
                         struct widget_table_row *row, int at)
{
    if (terminal->is_closed)
        mark(row, at, WIDGET_MARK_GREY, desk_text(ui, "wall.state.closed"));
    else
        mark(row, at, terminal->is_alive ? WIDGET_MARK_GREEN : WIDGET_MARK_RED,
             desk_text(ui, terminal->is_alive ? "desk.devices.online" : "desk.devices.silent"));
}

static void fill_row(const struct ui *ui, const struct service_terminal *terminal, size_t index, int width,
                     struct health_texts *texts, struct widget_table_row *row)
{
    bool wide = width >= WIDE, has_key = width >= WIDEST;
    struct terminal_device devices[TERMINAL_HEALTH_DEVICES];
    char seconds[24];
    int at = 0;
    terminal_health_list(terminal, devices);
    terminal_words_machine(ui, terminal, texts->machines[index]);
    terminal_health_printer(ui, &terminal->devices, texts->printers[index]);
    terminal_health_key(ui, terminal, texts->keys[index]);
    (void)snprintf(texts->ids[index], sizeof(texts->ids[index]), "devices.row.%.48s", terminal->id);
    (void)snprintf(seconds, sizeof(seconds), "%lld",
                   (long long)(clock_utc_s(desk_program(ui)->clock) - terminal->seen_utc_s));
    desk_format(ui, texts->beats[index], sizeof(texts->beats[index]), "desk.devices.ago",
                {"seconds", seconds});
    row->id = texts->ids[index];
    row->cells[at++] = texts->machines[index];
    if (wide)
        row->cells[at++] = terminal->place[0] != 0 ? terminal->place : "–";
    fill_network(ui, terminal, row, at++);
    for (int i = 0; i < TERMINAL_HEALTH_DEVICES; i++) {
        if (!wide && i > 3)
            continue;
        mark(row, at++, terminal_health_mark(devices[i].state),
             i == 0 ? texts->printers[index] : terminal_health_state(ui, devices[i].state));
        if (has_key && i == 3)
            mark(row, at++, terminal_health_key_mark(terminal), texts->keys[index]);
    }
    row->cells[at] = texts->beats[index];
    row->tag = (int64_t)index + 1;
}

static void draw_health(const struct desk_devices_state *state, struct ui *ui, struct rect area)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *here = desk_devices_chosen(state, ui);
    struct widget_table_row rows[SERVICE_TERMINALS_MAX] = {0};
    struct widget_table_column columns[WIDGET_TABLE_COLUMNS];
    struct health_texts texts;
    size_t count = desk_devices_list(state, ui, all);
    struct rect head = rect_make(area.x, area.y, area.w, 44);
    const char *title = desk_text(ui, "desk.devices.health");
    struct rect inner = ui_page_desk_panel(ui, area, title, NULL);
    (void)widget_button(ui, rect_inset(rect_cut_right(&head, 156), 12, 6),
                        &(struct widget_button){.id = "devices.trouble",
                                                .label = desk_text(ui, "desk.devices.trouble"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .shortcut = "X",
                                                .selected = state->only_trouble});
    int column_count = columns_of(ui, inner.w, columns);
    for (size_t i = 0; i < count; i++) {
        fill_row(ui, all[i], i, inner.w, &texts, &rows[i]);
        rows[i].selected = all[i] == here;
    }
    (void)widget_table(
        ui, rect_inset(inner, 1, 0),
        &(struct widget_table){
            .id = "devices",
            .label = desk_text(ui, "desk.devices.title"),
            .columns = columns,
            .column_count = column_count,
            .rows = rows,
            .row_count = (int)count,
            .first = state->first < (int)count ? state->first : 0,
            .pressable = true,
            .empty = desk_text(ui, state->only_trouble ? "desk.devices.no_trouble" : "desk.wall.empty")});
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* How many terminals are well, and not, in the header. Returns: what is left of it. */
static struct rect draw_sums(struct ui *ui, struct rect tools)
{
    static const struct {
        enum widget_mark_tone tone;
        const char *key;
    } sums[] = {{WIDGET_MARK_GREEN, "desk.devices.well"},
                {WIDGET_MARK_AMBER, "desk.devices.warned"},
                {WIDGET_MARK_RED, "desk.devices.faulty"}};
    for (size_t i = 0; i < 3; i++) {
        char count[24];
        char text[48];
        (void)snprintf(count, sizeof(count), "%zu", terminal_health_count(desk_view(ui), sums[i].tone));
        desk_format(ui, text, sizeof(text), sums[i].key, {"count", count});
        (void)widget_mark_chip(ui, rect_cut_left(&tools, widget_mark_chip_width(ui, text)), WIDGET_LEFT,
                               sums[i].tone, text);
        (void)rect_cut_left(&tools, 10);
    }
    return tools;
}

static void draw_header(struct desk_devices_state *state, struct ui *ui, struct rect tools)
{
    tools = draw_sums(ui, tools);
    int width = tools.w - BLANK - 2 * GAP;
    width = width > SEARCH_MAX ? SEARCH_MAX : width;
    if (width >= SEARCH_MIN) {
        struct rect at = rect_cut_right(&tools, width);
        (void)widget_field(ui, rect_center(at, width, 36),
                           &(struct widget_field){.id = "devices.search",
                                                  .placeholder = desk_text(ui, "desk.devices.search"),
                                                  .icon = ICON_SEARCH,
                                                  .shortcut = "/",
                                                  .edit = &state->search});
        (void)rect_cut_right(&tools, GAP);
    }
    struct rect blank = rect_cut_right(&tools, BLANK);
    blank_form_button(ui, rect_center(blank, BLANK, 36));
}

void desk_devices_draw(void *memory, struct ui *ui)
{
    struct desk_devices_state *state = memory;
    struct ui_page_desk_areas areas = desk_page_with(ui, DESK_DEVICES, NULL, WIDGET_MARK_GREY);
    struct rect r = desk_page_wide(areas.content);
    int width = r.w * SIDE_MAX / SIDE_OF;
    draw_header(state, ui, areas.header_tools);
    struct rect side = rect_cut_right(&r, width < SIDE_MIN ? SIDE_MIN : width > SIDE_MAX ? SIDE_MAX : width);
    (void)rect_cut_right(&r, GAP);
    struct rect low = rect_cut_bottom(&r, r.h * LOW / LOW_OF),
                side_low = rect_cut_bottom(&side, side.h * LOW / LOW_OF);
    draw_health(state, ui, rect_make(r.x, r.y, r.w, r.h - GAP));
    desk_devices_side_draw(state, ui, rect_make(side.x, side.y, side.w, side.h - GAP));
    desk_devices_stock_draw(ui, low);
    desk_devices_week_draw(ui, side_low);
    desk_devices_ask_draw(state, ui);
    stock_act_draw(&state->stock, ui);
    blank_form_draw(ui, &state->blank);
}
