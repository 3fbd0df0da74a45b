/* Wall: one tile a terminal in its fixed place, the day's figures above, calls and alerts at the right (c01).
 */
#include "kiosk/desk/desk_wall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/order_search.h"
#include "kiosk/desk/record_table.h"

enum {
    TIMER_SECOND = 0,
    FIGURES = 5,
    FIGURE_HEIGHT = 92,
    TILE_WIDTH = 350, /* at least */
    TILE_HEIGHT = 210,
    TILE_PITCH = 222,
    SMALL_WIDTH = 212,
    SMALL_HEIGHT = 137,
    SMALL_PITCH = 149,
    GAP = 14,
    COLUMN_GAP = 26,
    SIDE_WIDTH = 362,
    SIDE_WIDTH_SMALL = 344
};

DESK_STATE(wall)

/* --- entering and leaving ---------------------------------------------------------------------------- */

/* With the id of a terminal as argument its assist panel is open. */
void desk_wall_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_wall_state *state = memory;
    if (argument != NULL)
        (void)text_copy(state->chosen, sizeof(state->chosen), argument);
    state->act.asking = -1;
    text_edit_init(&state->words, TEXT_EDIT_CHINESE, DESK_WALL_WORDS_MAX);
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    (void)service_desk_overview(desk_program(ui)->services);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_wall_leave(void *memory, struct ui *ui)
{
    struct desk_wall_state *state = memory;
    ui_timer_cancel(ui, TIMER_SECOND);
    text_edit_wipe(&state->words);
    text_edit_wipe(&state->search);
}

/* --- how tiles stand --------------------------------------------------------------------------------- */

struct grid {
    bool small;
    int columns, rows; /* that can be seen */
    int width_gap, pitch, height;
};

static struct grid grid_for(const struct ui *ui, struct rect area)
{
    int count = (int)desk_view(ui)->terminal_count;
    int columns = (area.w + GAP) / (TILE_WIDTH + GAP);
    columns = columns < 1 ? 1 : columns > 3 ? 3 : columns;
    struct grid grid = {.columns = columns,
                        .rows = (area.h + TILE_PITCH - TILE_HEIGHT) / TILE_PITCH,
                        .pitch = TILE_PITCH,
                        .height = TILE_HEIGHT};
    if (grid.columns * grid.rows >= count)
        return grid;
    columns = (area.w + GAP) / (SMALL_WIDTH + GAP);
    return (struct grid){.small = true,
                         .columns = columns < 1 ? 1 : columns,
                         .rows = (area.h + SMALL_PITCH - SMALL_HEIGHT) / SMALL_PITCH,
                         .pitch = SMALL_PITCH,
                         .height = SMALL_HEIGHT};
}

static int rows_of(const struct ui *ui, const struct grid *grid)
{
    return ((int)desk_view(ui)->terminal_count + grid->columns - 1) / grid->columns;
}

static void draw_tiles(const struct desk_wall_state *state, struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    const struct grid grid = grid_for(ui, area);
    int most = rows_of(ui, &grid) - grid.rows;
    int first = state->first > most ? (most > 0 ? most : 0) : state->first;
    for (int i = 0; i < (int)view->terminal_count; i++) {
        int row = i / grid.columns - first;
        struct rect line = rect_make(area.x, area.y + row * grid.pitch, area.w, grid.height);
        struct rect tile = rect_column(line, i % grid.columns, grid.columns, GAP);
        bool chosen = strcmp(view->terminals[i].id, state->chosen) == 0;
        if (row < 0 || row >= grid.rows)
            continue;
        if (grid.small)
            desk_wall_tile_draw_small(ui, tile, &view->terminals[i], i, chosen);
        else
            desk_wall_tile_draw(ui, tile, &view->terminals[i], i, chosen);
    }
    if (view->terminal_count == 0)
        (void)widget_label_text(ui, area, THEME_TYPE_DESK, desk_text(ui, "desk.wall.empty"));
}

/* --- the day's figures ------------------------------------------------------------------------------- */

struct figure {
    const char *name, *unit;
    char number[24];
    char note[64];
    bool alarm;
};

static void draw_figure(struct ui *ui, struct rect rect, const struct figure *figure)
{
    (void)widget_panel(ui, rect, WIDGET_PANEL_CARD);
    struct rect r = rect_inset(rect, 18, 10);
    (void)widget_label(ui, rect_cut_top(&r, 26),
                       &(struct widget_label){.text = figure->name,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    r = rect_cut_top(&r, 40);
    int width = widget_label_width(ui, THEME_TYPE_DESK_FIGURE, figure->number) + 2;
    (void)widget_label(ui, rect_cut_left(&r, width),
                       &(struct widget_label){.text = figure->number,
                                              .type = THEME_TYPE_DESK_FIGURE,
                                              .color = figure->alarm ? THEME_COLOR_SEAL700 : THEME_COLOR_B900,
                                              .middle = true});
    (void)rect_cut_left(&r, 8);
    r = rect_make(r.x, r.y + 7, r.w, r.h - 7); /* units and notes stand on the figure's foot */
    width = widget_label_width(ui, THEME_TYPE_DESK_TABLE, figure->unit) + 2;
    (void)widget_label(
        ui, rect_cut_left(&r, width),
        &(struct widget_label){.text = figure->unit, .type = THEME_TYPE_DESK_TABLE, .middle = true});
    if (r.w - 8 < widget_label_width(ui, THEME_TYPE_DESK_CAPTION, figure->note))
        return;
    (void)widget_label(ui, r,
                       &(struct widget_label){.text = figure->note,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
}

static void write_number(char out[24], int64_t number)
{
    (void)snprintf(out, 24, "%lld", (long long)number);
}

static void fill_today(const struct ui *ui, struct figure *out)
{
    const struct service_counters *counters = &desk_view(ui)->counters;
    int64_t more = counters->begun - counters->begun_before;
    char count[24];
    write_number(out->number, counters->begun);
    write_number(count, more < 0 ? -more : more);
    desk_format(ui, out->note, sizeof(out->note),
                more > 0   ? "wall.today.more"
                : more < 0 ? "wall.today.less"
                           : "wall.today.same",
                {"count", count});
}

static void fill_waiting(const struct ui *ui, struct figure *out)
{
    const struct service_desk *view = desk_view(ui);
    char time[16] = "";
    write_number(out->number, (int64_t)view->queue_count);
    if (view->queue_count > 0)
        desk_since(ui, view->queue[0].waiting_since_utc_s, time);
    desk_format(ui, out->note, sizeof(out->note),
                view->queue_count > 0 ? "wall.waiting.oldest" : "wall.waiting.none", {"time", time});
}

/* What nothing was counted for is not a nought. */
static void fill_average(const struct ui *ui, struct figure *out)
{
    const struct service_counters *counters = &desk_view(ui)->counters;
    char count[24];
    write_number(count, counters->finished);
    if (counters->finished > 0)
        write_number(out->number, (counters->finished_s / counters->finished + 30) / 60);
    if (counters->finished > 0)
        desk_format(ui, out->note, sizeof(out->note), "wall.average.of", {"count", count});
}

static void fill_first(const struct ui *ui, struct figure *out)
{
    const struct service_counters *counters = &desk_view(ui)->counters;
    char count[24];
    write_number(count, counters->rejected);
    if (counters->decided > 0)
        write_number(out->number, counters->approved_first * 100 / counters->decided);
    if (counters->decided > 0)
        desk_format(ui, out->note, sizeof(out->note), "wall.first.rejected", {"count", count});
}

static void fill_calling(const struct ui *ui, struct figure *out)
{
    const struct service_desk *view = desk_view(ui);
    const struct service_terminal *longest = NULL;
    char time[16] = "";
    int64_t count = 0;
    for (size_t i = 0; i < view->terminal_count; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        if (!terminal->is_calling)
            continue;
        count++;
        if (longest == NULL || terminal->call_since_utc_s < longest->call_since_utc_s)
            longest = terminal;
    }
    write_number(out->number, count);
    out->alarm = count > 0;
    if (longest != NULL)
        desk_since(ui, longest->call_since_utc_s, time);
    desk_format(ui, out->note, sizeof(out->note),
                longest != NULL ? "wall.calling.longest" : "wall.calling.none",
                {"machine", longest == NULL ? "" : longest->machine}, {"time", time});
}

static void draw_figures(struct ui *ui, struct rect row)
{
    static const struct {
        const char *name, *unit;
        void (*fill)(const struct ui *ui, struct figure *out);
        bool counted; /* by the store, once it has looked */
    } all[FIGURES] = {{"wall.today", "wall.today.unit", fill_today, true},
                      {"wall.waiting", "wall.today.unit", fill_waiting, false},
                      {"wall.average", "wall.average.unit", fill_average, true},
                      {"wall.first", "wall.first.unit", fill_first, true},
                      {"wall.calling", "wall.calling.unit", fill_calling, false}};
    for (int i = 0; i < FIGURES; i++) {
        struct figure figure = {.name = desk_text(ui, all[i].name), .unit = desk_text(ui, all[i].unit)};
        (void)text_copy(figure.number, sizeof(figure.number), desk_text(ui, "wall.unknown"));
        (void)text_copy(figure.note, sizeof(figure.note), desk_text(ui, "wall.uncounted"));
        if (!all[i].counted || desk_view(ui)->counters.is_known)
            all[i].fill(ui, &figure);
        draw_figure(ui, rect_column(row, i, FIGURES, GAP), &figure);
    }
}

/* --- the page ---------------------------------------------------------------------------------------- */

static void count_terminals(const struct ui *ui, char out[96])
{
    const struct service_desk *view = desk_view(ui);
    char all[24];
    char busy[24];
    char idle[24];
    char closed[24];
    int64_t counts[3] = {0};
    for (size_t i = 0; i < view->terminal_count; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        counts[terminal->visit[0] != 0 ? 0 : terminal->is_closed ? 2 : 1]++;
    }
    write_number(all, (int64_t)view->terminal_count);
    write_number(busy, counts[0]);
    write_number(idle, counts[1]);
    write_number(closed, counts[2]);
    desk_format(ui, out, 96, "wall.count", {"all", all}, {"busy", busy}, {"idle", idle}, {"closed", closed});
}

void desk_wall_draw(void *memory, struct ui *ui)
{
    struct desk_wall_state *state = memory;
    char chip[96];
    count_terminals(ui, chip);
    struct ui_page_desk_areas areas =
        desk_page_with(ui, DESK_WALL, desk_view(ui)->terminal_count == 0 ? NULL : chip, WIDGET_MARK_GREEN);
    struct rect area = areas.content;
    struct rect side = rect_cut_right(&area, area.w >= 1500 ? SIDE_WIDTH : SIDE_WIDTH_SMALL);
    (void)rect_cut_right(&area, area.w >= 1200 ? COLUMN_GAP : GAP);
    record_table_draw_search(ui, areas.header_tools, "wall", &state->search);
    draw_figures(ui, rect_cut_top(&area, FIGURE_HEIGHT));
    (void)rect_cut_top(&area, GAP);
    draw_tiles(state, ui, area);
    if (desk_wall_find(ui, state->chosen) != NULL)
        desk_wall_assist_draw(state, ui, side);
    else
        desk_wall_alerts_draw(ui, side);
    desk_wall_assist_dialog(state, ui);
}

/* --- events ------------------------------------------------------------------------------------------ */

static const struct service_terminal *terminal_at(const struct ui *ui, int64_t index)
{
    const struct service_desk *view = desk_view(ui);
    return index >= 0 && index < (int64_t)view->terminal_count ? &view->terminals[index] : NULL;
}

static void close_machine(struct desk_wall_state *state, const struct service_terminal *terminal)
{
    desk_wall_choose(state, terminal);
    terminal_act_ask(&state->act, SERVICE_ACT_CLOSE);
}

/* The first button does what the terminal needs most. */
static void do_main(struct desk_wall_state *state, struct ui *ui, const struct service_terminal *terminal)
{
    enum desk_wall_mood mood = desk_wall_mood(ui, terminal);
    if (mood == DESK_WALL_WAITS) {
        ui_reset(ui, DESK_REVIEW, terminal->order_id);
        return;
    }
    if (mood == DESK_WALL_CALL)
        desk_wall_act(state, ui, terminal, SERVICE_ACT_ANSWER, NULL, NULL, NULL);
    if (mood == DESK_WALL_CLOSED)
        desk_wall_act(state, ui, terminal, SERVICE_ACT_REOPEN, NULL, NULL, NULL);
    else if (mood == DESK_WALL_IDLE || mood == DESK_WALL_SILENT)
        close_machine(state, terminal);
    else
        desk_wall_choose(state, terminal);
}

static bool on_button(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_terminal *terminal = terminal_at(ui, event->tag);
    bool is_tile = ui_tapped_prefix(event, "tile.") || ui_tapped_prefix(event, "alert.");
    if (!is_tile || terminal == NULL)
        return false;
    if (strstr(event->id, ".main.") != NULL)
        do_main(state, ui, terminal);
    else if (strstr(event->id, ".extend.") != NULL)
        desk_wall_act(state, ui, terminal, SERVICE_ACT_EXTEND, NULL, NULL, NULL);
    else if (strstr(event->id, ".reopen.") != NULL)
        desk_wall_act(state, ui, terminal, SERVICE_ACT_REOPEN, NULL, NULL, NULL);
    else
        desk_wall_choose(state, terminal);
    return true;
}

static void answer_first(struct desk_wall_state *state, struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    const struct service_terminal *first = NULL;
    for (size_t i = 0; i < view->terminal_count; i++)
        if (view->terminals[i].is_calling &&
            (first == NULL || view->terminals[i].call_since_utc_s < first->call_since_utc_s))
            first = &view->terminals[i];
    if (first != NULL)
        do_main(state, ui, first);
}

/* A terminal by its number or by the order at it; else the order by itself. */
static void search(struct desk_wall_state *state, struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    const char *text = state->search.text;
    const struct service_queue_line *line = order_search_find(ui, text);
    for (size_t i = 0; i < view->terminal_count && text[0] != 0; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        bool has_order = line != NULL && strcmp(terminal->order_id, line->order.id) == 0;
        if (!has_order && strcmp(terminal->machine, text) != 0 && strstr(terminal->acceptance, text) == NULL)
            continue;
        desk_wall_choose(state, terminal);
        ui_focus(ui, NULL);
        return;
    }
    order_search_go(ui, text);
}

static void on_sent(struct desk_wall_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->sending = 0;
    state->failed = reply->status != STATUS_OK;
    if (state->failed)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "supervision.outcome.open"));
    if (state->chosen[0] == 0)
        ui_toast(ui, state->failed ? ICON_WARNING : ICON_CHECK, state->message);
}

static bool on_key(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event)
{
    if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, ' '))
        answer_first(state, ui);
    else if (event->kind == UI_EVENT_KEY && event->key == INPUT_KEY_PAGE_DOWN)
        state->first++;
    else if (event->kind == UI_EVENT_KEY && event->key == INPUT_KEY_PAGE_UP)
        state->first -= state->first > 0;
    else
        return record_table_searched(ui, event, "wall");
    return true;
}

void desk_wall_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_wall_state *state = memory;
    if (event->kind == UI_EVENT_TIMER)
        ui_timer(ui, TIMER_SECOND, 1000);
    else if (ui_replied(event, state->sending))
        on_sent(state, ui, event->data);
    else if (event->kind == UI_EVENT_WHEEL)
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    else if (event->kind == UI_EVENT_NEXT && strcmp(event->id, "wall.search") == 0)
        search(state, ui);
    else if (!desk_wall_assist_event(state, ui, event) && !on_button(state, ui, event) &&
             !on_key(state, ui, event))
        (void)desk_common(ui, event);
}
