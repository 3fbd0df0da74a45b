/* Devices: every device of every terminal in words, what to do about the chosen one's, and the keys as far as
 * the hall has met them (c03). */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/blank_form.h"
#include "kiosk/desk/desk_list.h"

enum {
    KINDS = 7,
    GAP = 12,
    SIDE_MIN = 300,
    SIDE_MAX = 364,
    SIDE_OF = 1680,
    LOW = 408, /* of the content: key stock */
    LOW_OF = 992,
    WIDE = 1000, /* of the table: place and every device have a column */
    TIMER_SECOND = 0,
    BAR_GAP = 12
};

struct desk_devices_state {
    int first;
    char chosen[ORDER_NAME_BYTES]; /* "" for the one that needs somebody most */
    bool only_trouble;
    struct blank_form blank;
};
DESK_STATE(devices)

struct device {
    const char *name; /* "device.<name>" */
    enum device_state state;
};

void desk_devices_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    (void)service_desk_overview(desk_program(ui)->services);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_devices_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* --- how they are ------------------------------------------------------------------------------------- */

static void list_devices(const struct service_terminal *terminal, struct device out[KINDS])
{
    const struct service_devices *d = &terminal->devices;
    const struct device all[KINDS] = {
        {"printer", d->printer},     {"scanner", d->scanner}, {"idcard", d->idcard}, {"writer", d->writer},
        {"authority", d->authority}, {"payment", d->payment}, {"sms", d->sms}};
    (void)memcpy(out, all, sizeof(all));
}

static enum widget_mark_tone tone_of(enum device_state state)
{
    return state == DEVICE_READY || state == DEVICE_WORKING ? WIDGET_MARK_GREEN
           : state == DEVICE_SUPPLY_LOW                     ? WIDGET_MARK_AMBER
           : state == DEVICE_ABSENT                         ? WIDGET_MARK_GREY
                                                            : WIDGET_MARK_RED;
}

/* The device that needs somebody most: a fault before a warning. */
static struct device worst_of(const struct service_terminal *terminal)
{
    struct device all[KINDS];
    list_devices(terminal, all);
    struct device worst = all[0];
    for (int i = 1; i < KINDS; i++) {
        bool is_red = tone_of(all[i].state) == WIDGET_MARK_RED,
             was_red = tone_of(worst.state) == WIDGET_MARK_RED;
        bool is_amber = tone_of(all[i].state) == WIDGET_MARK_AMBER;
        if ((is_red && !was_red) || (is_amber && !was_red && tone_of(worst.state) != WIDGET_MARK_AMBER))
            worst = all[i];
    }
    return worst;
}

static enum widget_mark_tone tone_of_terminal(const struct service_terminal *terminal)
{
    enum widget_mark_tone tone = tone_of(worst_of(terminal).state);
    return !terminal->is_alive ? WIDGET_MARK_RED : tone == WIDGET_MARK_GREY ? WIDGET_MARK_GREEN : tone;
}

static const char *state_words(const struct ui *ui, enum device_state state)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "device.state.%s", device_state_name(state));
    return desk_text(ui, key);
}

static const char *device_words(const struct ui *ui, const char *name)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "device.%s", name);
    return desk_text(ui, key);
}

static void machine_words(const struct ui *ui, const struct service_terminal *terminal, char out[64])
{
    if (terminal->machine[0] == 0)
        (void)snprintf(out, 64, "%s", terminal->id);
    else
        desk_format(ui, out, 64, "wall.machine", {"machine", terminal->machine});
}

/* The terminals shown, in their fixed order. */
static size_t list(const struct desk_devices_state *state, const struct ui *ui,
                   const struct service_terminal *out[SERVICE_TERMINALS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->terminal_count; i++)
        if (!state->only_trouble || tone_of_terminal(&view->terminals[i]) != WIDGET_MARK_GREEN)
            out[count++] = &view->terminals[i];
    return count;
}

/* The chosen one; until one is chosen the first with a fault, else the first. */
static const struct service_terminal *chosen(const struct desk_devices_state *state, const struct ui *ui)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *best = NULL;
    size_t count = list(state, ui, all);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i]->id, state->chosen) == 0)
            return all[i];
        bool better = best == NULL || (tone_of_terminal(all[i]) == WIDGET_MARK_RED &&
                                       tone_of_terminal(best) != WIDGET_MARK_RED);
        best = better ? all[i] : best;
    }
    return best;
}

/* --- events ------------------------------------------------------------------------------------------- */

static void choose_near(struct desk_devices_state *state, const struct ui *ui, int step)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *here = chosen(state, ui);
    int count = (int)list(state, ui, all);
    for (int i = 0; i < count; i++)
        if (all[i] == here && i + step >= 0 && i + step < count) {
            (void)snprintf(state->chosen, sizeof(state->chosen), "%s", all[i + step]->id);
            return;
        }
}

void desk_devices_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_devices_state *state = memory;
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    size_t count = list(state, ui, all);
    if (event->kind == UI_EVENT_TIMER)
        ui_timer(ui, TIMER_SECOND, 1000);
    else if (blank_form_event(&state->blank, ui, event))
        return;
    else if (event->kind == UI_EVENT_WHEEL)
        state->first = state->first - event->steps < 0 ? 0 : state->first - event->steps;
    else if (ui_tapped_prefix(event, "devices.row.") && (size_t)event->tag <= count && event->tag > 0)
        (void)snprintf(state->chosen, sizeof(state->chosen), "%s", all[event->tag - 1]->id);
    else if (ui_tapped(event, "devices.trouble"))
        state->only_trouble = !state->only_trouble;
    else if (desk_pressed(ui, event, INPUT_KEY_DOWN, 0))
        choose_near(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_UP, 0))
        choose_near(state, ui, -1);
    else
        (void)desk_common(ui, event);
}

/* --- drawing: health ---------------------------------------------------------------------------------- */

/* Where not all have room the devices an applicant touches come first. */
static int columns_of(const struct ui *ui, int width, struct widget_table_column out[WIDGET_TABLE_COLUMNS])
{
    bool wide = width >= WIDE;
    const struct widget_table_column all[] = {
        {.title = desk_text(ui, "desk.column.machine"), .width = wide ? 110 : 92},
        {.title = desk_text(ui, "desk.column.place"), .width = 130, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.network")},
        {.title = device_words(ui, "printer")},
        {.title = device_words(ui, "scanner")},
        {.title = device_words(ui, "idcard")},
        {.title = device_words(ui, "writer")},
        {.title = device_words(ui, "authority")},
        {.title = device_words(ui, "payment")},
        {.title = device_words(ui, "sms")},
        {.title = desk_text(ui, "desk.column.heartbeat"),
         .width = wide ? 110 : 92,
         .color = THEME_COLOR_INK700}};
    int count = 0;
    for (int i = 0; i < WIDGET_TABLE_COLUMNS; i++)
        if (wide || (i != 1 && i != 7 && i != 8 && i != 9))
            out[count++] = all[i];
    return count;
}

struct health_texts {
    char ids[SERVICE_TERMINALS_MAX][64];
    char machines[SERVICE_TERMINALS_MAX][64];
    char beats[SERVICE_TERMINALS_MAX][48];
};

static void fill_row(const struct ui *ui, const struct service_terminal *terminal, size_t index, bool wide,
                     struct health_texts *texts, struct widget_table_row *row)
{
    struct device devices[KINDS];
    char seconds[24];
    int at = 0;
    list_devices(terminal, devices);
    machine_words(ui, terminal, texts->machines[index]);
    (void)snprintf(texts->ids[index], sizeof(texts->ids[index]), "devices.row.%.48s", terminal->id);
    (void)snprintf(seconds, sizeof(seconds), "%lld",
                   (long long)(clock_utc_s(desk_program(ui)->clock) - terminal->seen_utc_s));
    desk_format(ui, texts->beats[index], sizeof(texts->beats[index]), "desk.devices.ago",
                {"seconds", seconds});
    row->id = texts->ids[index];
    row->cells[at++] = texts->machines[index];
    if (wide)
        row->cells[at++] = terminal->place[0] != 0 ? terminal->place : "–";
    row->mark[at] = WIDGET_TABLE_DOT;
    row->tone[at] = terminal->is_alive ? WIDGET_MARK_GREEN : WIDGET_MARK_RED;
    row->cells[at++] = desk_text(ui, terminal->is_alive ? "desk.devices.online" : "desk.devices.silent");
    for (int i = 0; i < KINDS; i++) {
        if (!wide && i > 3)
            continue;
        row->mark[at] = WIDGET_TABLE_DOT;
        row->tone[at] = tone_of(devices[i].state);
        row->cells[at++] = state_words(ui, devices[i].state);
    }
    row->cells[at] = texts->beats[index];
    row->tag = (int64_t)index + 1;
}

static void draw_health(const struct desk_devices_state *state, struct ui *ui, struct rect area)
{
    const struct service_terminal *all[SERVICE_TERMINALS_MAX];
    const struct service_terminal *here = chosen(state, ui);
    struct widget_table_row rows[SERVICE_TERMINALS_MAX] = {0};
    struct widget_table_column columns[WIDGET_TABLE_COLUMNS];
    struct health_texts texts;
    size_t count = list(state, ui, all);
    struct rect head = rect_make(area.x, area.y, area.w, 44);
    struct rect inner = ui_page_desk_panel(ui, area, desk_text(ui, "desk.devices.health"), NULL);
    (void)widget_button(ui, rect_inset(rect_cut_right(&head, 156), 12, 6),
                        &(struct widget_button){.id = "devices.trouble",
                                                .label = desk_text(ui, "desk.devices.trouble"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .shortcut = "X",
                                                .selected = state->only_trouble});
    int column_count = columns_of(ui, inner.w, columns);
    for (size_t i = 0; i < count; i++) {
        fill_row(ui, all[i], i, inner.w >= WIDE, &texts, &rows[i]);
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

/* --- drawing: the chosen one -------------------------------------------------------------------------- */

static void draw_device(struct ui *ui, struct rect row, const struct device *device)
{
    const char *words = state_words(ui, device->state);
    enum widget_mark_tone tone = tone_of(device->state);
    struct rect right = row;
    (void)widget_label(ui, rect_cut_left(&right, 120),
                       &(struct widget_label){.text = device_words(ui, device->name),
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)widget_label(ui, right,
                       &(struct widget_label){.text = words,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = tone == WIDGET_MARK_RED     ? THEME_COLOR_SEAL700
                                                       : tone == WIDGET_MARK_AMBER ? THEME_COLOR_AMBER800
                                                                                   : THEME_COLOR_INK900,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
}

/* One line of advice for the device that needs it most. */
static void draw_advice(struct ui *ui, struct rect area, const struct service_terminal *terminal)
{
    char key[WORDS_KEY_BYTES];
    struct device worst = worst_of(terminal);
    (void)snprintf(key, sizeof(key), "device.advice.%s", device_state_name(worst.state));
    const char *advice = terminal->is_alive ? desk_text(ui, key) : desk_text(ui, "desk.devices.look_there");
    (void)widget_panel(ui, area, WIDGET_PANEL_WELL);
    struct rect r = rect_inset(area, 14, 10);
    (void)widget_label(ui, rect_cut_top(&r, 24),
                       &(struct widget_label){.text = desk_text(ui, "desk.column.advice"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    (void)widget_label(ui, r, &(struct widget_label){.text = advice, .type = THEME_TYPE_DESK_TABLE});
}

static void draw_chosen(const struct desk_devices_state *state, struct ui *ui, struct rect area)
{
    const struct service_terminal *terminal = chosen(state, ui);
    struct device devices[KINDS];
    char machine[64];
    if (terminal == NULL) {
        (void)ui_page_desk_panel(ui, area, desk_text(ui, "desk.devices.chosen"), NULL);
        return;
    }
    list_devices(terminal, devices);
    machine_words(ui, terminal, machine);
    enum widget_mark_tone tone = tone_of_terminal(terminal);
    struct device worst = worst_of(terminal);
    struct rect head = rect_make(area.x, area.y, area.w - 16, 44);
    struct rect r = rect_inset(ui_page_desk_panel(ui, area, machine, NULL), 16, 12);
    (void)widget_mark_chip(ui, rect_inset(head, 0, 10), WIDGET_RIGHT,
                           tone == WIDGET_MARK_RED ? WIDGET_MARK_ALARM : tone,
                           !terminal->is_alive         ? desk_text(ui, "desk.devices.silent")
                           : tone == WIDGET_MARK_GREEN ? desk_text(ui, "device.state.ready")
                                                       : state_words(ui, worst.state));
    for (int i = 0; i < KINDS; i++)
        draw_device(ui, rect_cut_top(&r, 30), &devices[i]);
    (void)rect_cut_top(&r, 10);
    draw_advice(ui, rect_cut_top(&r, 88), terminal);
}

/* --- drawing: keys ------------------------------------------------------------------------------------ */

static void number(int64_t value, char out[24])
{
    (void)snprintf(out, 24, "%lld", (long long)value);
}

static void draw_stock(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    struct widget_table_row rows[SERVICE_STOCKS_MAX] = {0};
    char texts[SERVICE_STOCKS_MAX][4][24];
    for (size_t i = 0; i < view->stock_count; i++) {
        const struct service_stock *stock = &view->stocks[i];
        const int64_t counts[4] = {stock->blank, stock->in_work, stock->delivered, stock->failed};
        rows[i].cells[0] = stock->model[0] != 0 ? stock->model : "–";
        for (int j = 0; j < 4; j++) {
            number(counts[j], texts[i][j]);
            rows[i].cells[j + 1] = texts[i][j];
        }
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.stock.model")},
        {.title = desk_text(ui, "desk.stock.blank"), .width = 110, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.in_work"), .width = 110, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.stock.delivered"), .width = 110, .align = WIDGET_RIGHT, .strong = true},
        {.title = desk_text(ui, "desk.stock.failed"), .width = 110, .align = WIDGET_RIGHT}};
    struct rect inner =
        ui_page_desk_panel(ui, area, desk_text(ui, "desk.stock.title"), desk_text(ui, "desk.stock.line"));
    (void)widget_table(ui, rect_inset(inner, 1, 0),
                       &(struct widget_table){.id = "stock",
                                              .label = desk_text(ui, "desk.stock.title"),
                                              .columns = columns,
                                              .column_count = 5,
                                              .rows = rows,
                                              .row_count = (int)view->stock_count,
                                              .empty = desk_text(ui, "desk.stock.empty")});
}

static void draw_bar(struct ui *ui, struct rect column, int64_t count, int64_t most, int days_ago)
{
    char text[24];
    char day[16];
    struct rect foot = rect_cut_bottom(&column, 24), top = column;
    int64_t at_utc_s = clock_utc_s(desk_program(ui)->clock) - (int64_t)days_ago * 86400;
    int height = most > 0 ? (int)((column.h - 24) * count / most) : 0;
    struct rect bar = rect_cut_bottom(&top, height);
    number(count, text);
    if (clock_format_hall(at_utc_s, "%d", day, sizeof(day)) == 0)
        day[0] = 0;
    if (height > 0)
        (void)widget_panel(ui, bar, days_ago == 0 ? WIDGET_PANEL_DARK : WIDGET_PANEL_BRAND_LINE);
    struct rect above = rect_cut_bottom(&top, 24);
    (void)widget_label(
        ui, above,
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_CAPTION, .align = WIDGET_CENTER, .middle = true});
    (void)widget_label(ui, foot,
                       &(struct widget_label){.text = day,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

static void draw_week(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    int64_t most = 0;
    struct rect r = rect_inset(
        ui_page_desk_panel(ui, area, desk_text(ui, "desk.stock.week"), desk_text(ui, "desk.stock.per_day")),
        16, 8);
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        most = view->delivered[i] > most ? view->delivered[i] : most;
    for (int i = 0; i < SERVICE_STOCK_DAYS; i++)
        draw_bar(ui, rect_column(r, i, SERVICE_STOCK_DAYS, BAR_GAP), view->delivered[i], most,
                 SERVICE_STOCK_DAYS - 1 - i);
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* How many terminals are well, and not, in the header. */
static void draw_sums(struct ui *ui, struct rect tools)
{
    static const struct {
        enum widget_mark_tone tone;
        const char *key;
    } sums[] = {{WIDGET_MARK_GREEN, "desk.devices.well"},
                {WIDGET_MARK_AMBER, "desk.devices.warned"},
                {WIDGET_MARK_RED, "desk.devices.faulty"}};
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < 3; i++) {
        char count[24];
        char text[48];
        int64_t found = 0;
        for (size_t j = 0; j < view->terminal_count; j++)
            found += tone_of_terminal(&view->terminals[j]) == sums[i].tone;
        number(found, count);
        desk_format(ui, text, sizeof(text), sums[i].key, {"count", count});
        (void)widget_mark_chip(ui, rect_cut_left(&tools, widget_mark_chip_width(ui, text)), WIDGET_LEFT,
                               sums[i].tone, text);
        (void)rect_cut_left(&tools, 10);
    }
}

void desk_devices_draw(void *memory, struct ui *ui)
{
    const struct desk_devices_state *state = memory;
    struct ui_page_desk_areas areas = desk_page_with(ui, DESK_DEVICES, NULL, WIDGET_MARK_GREY);
    struct rect r = desk_page_wide(areas.content);
    int width = r.w * SIDE_MAX / SIDE_OF;
    struct rect tool = rect_cut_right(&areas.header_tools, 130);
    blank_form_button(ui, rect_center(tool, tool.w, 36));
    draw_sums(ui, areas.header_tools);
    struct rect side = rect_cut_right(&r, width < SIDE_MIN ? SIDE_MIN : width > SIDE_MAX ? SIDE_MAX : width);
    (void)rect_cut_right(&r, GAP);
    struct rect low = rect_cut_bottom(&r, r.h * LOW / LOW_OF),
                side_low = rect_cut_bottom(&side, side.h * LOW / LOW_OF);
    draw_health(state, ui, rect_make(r.x, r.y, r.w, r.h - GAP));
    draw_chosen(state, ui, rect_make(side.x, side.y, side.w, side.h - GAP));
    draw_stock(ui, low);
    draw_week(ui, side_low);
    blank_form_draw(ui, &state->blank);
}
