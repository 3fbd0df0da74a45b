/* Right column of the wall: calls and alerts by urgency, and what happened last. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_wall.h"

enum {
    ROW = 65,
    BUTTON = 34,
    EVENT_ROW = 35,
    ALERTS_MAX = SERVICE_TERMINALS_MAX * 2,
    DISC = 34,
    TIGHTER = 6
};

enum alert_kind { ALERT_CALL, ALERT_FAULT, ALERT_SILENT, ALERT_SLOW, ALERT_LOW, ALERT_CLOSED };

struct alert {
    enum alert_kind kind;
    int index; /* of the terminal in the view */
    int64_t since_utc_s;
};

static const struct {
    const char *title;
    const char *button;
    const char *act; /* as a tile's button */
    const char *shortcut;
    enum icon icon;
    enum widget_mark_tone tone;
    bool urgent;
} kinds[] = {
    [ALERT_CALL] = {"wall.alert.call", "wall.answer", "main", "", ICON_HEADSET, WIDGET_MARK_RED, true},
    [ALERT_FAULT] = {"wall.alert.fault", "wall.alert.guide", "look", "G", ICON_WARNING, WIDGET_MARK_RED,
                     true},
    [ALERT_SILENT] = {"wall.alert.silent", "wall.look", "look", "", ICON_NETWORK, WIDGET_MARK_RED, true},
    [ALERT_SLOW] = {"wall.alert.slow", "wall.assist", "look", "H", ICON_CLOCK, WIDGET_MARK_AMBER, false},
    [ALERT_LOW] = {"wall.alert.low", "wall.look", "look", "P", ICON_PRINTER, WIDGET_MARK_AMBER, false},
    [ALERT_CLOSED] = {"wall.alert.closed", "wall.reopen", "reopen", "R", ICON_BAN, WIDGET_MARK_GREY, false},
};

static size_t add(struct alert *alerts, size_t count, enum alert_kind kind, int index, int64_t since_utc_s)
{
    alerts[count] = (struct alert){.kind = kind, .index = index, .since_utc_s = since_utc_s};
    return count + 1;
}

static size_t alerts_of(const struct ui *ui, const struct service_terminal *terminal, int index,
                        struct alert *alerts, size_t count)
{
    enum desk_wall_mood mood = desk_wall_mood(ui, terminal);
    if (mood == DESK_WALL_CALL)
        count = add(alerts, count, ALERT_CALL, index, terminal->call_since_utc_s);
    else if (mood == DESK_WALL_FAULT)
        count = add(alerts, count, ALERT_FAULT, index, terminal->step_since_utc_s);
    else if (mood == DESK_WALL_SILENT)
        count = add(alerts, count, ALERT_SILENT, index, terminal->seen_utc_s);
    else if (mood == DESK_WALL_SLOW)
        count = add(alerts, count, ALERT_SLOW, index, terminal->step_since_utc_s);
    else if (mood == DESK_WALL_CLOSED)
        count = add(alerts, count, ALERT_CLOSED, index, terminal->closed_since_utc_s);
    if (terminal->devices.printer == DEVICE_SUPPLY_LOW)
        count = add(alerts, count, ALERT_LOW, index, 0);
    return count;
}

/* By urgency, then by who waits longest. */
static bool is_before(const struct alert *a, const struct alert *b)
{
    return a->kind != b->kind ? a->kind < b->kind : a->since_utc_s < b->since_utc_s;
}

static size_t collect(const struct ui *ui, struct alert alerts[ALERTS_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->terminal_count; i++)
        count = alerts_of(ui, &view->terminals[i], (int)i, alerts, count);
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && is_before(&alerts[j], &alerts[j - 1]); j--) {
            struct alert moved = alerts[j];
            alerts[j] = alerts[j - 1];
            alerts[j - 1] = moved;
        }
    return count;
}

static void title_of(const struct ui *ui, const struct alert *alert, char out[128])
{
    const struct service_terminal *terminal = &desk_view(ui)->terminals[alert->index];
    const char *machine = terminal->machine[0] != 0 ? terminal->machine : terminal->id;
    char fault[64];
    desk_wall_fault(ui, terminal, fault);
    desk_format(ui, out, 128, kinds[alert->kind].title, {"machine", machine}, {"fault", fault});
}

static void line_of(const struct ui *ui, const struct alert *alert, char out[128])
{
    const struct service_terminal *terminal = &desk_view(ui)->terminals[alert->index];
    char span[32];
    char time[16];
    terminal_words_span(ui, clock_utc_s(desk_program(ui)->clock) - alert->since_utc_s, span);
    desk_time(alert->since_utc_s, time);
    if (alert->kind == ALERT_CLOSED)
        desk_format(ui, out, 128, "wall.alert.closed.line", {"time", time});
    else if (alert->kind == ALERT_SILENT)
        desk_format(ui, out, 128, "wall.silent.since", {"time", time});
    else if (alert->since_utc_s == 0)
        (void)text_copy(out, 128, terminal_words_step(ui, terminal));
    else
        desk_format(ui, out, 128, "wall.alert.line", {"step", terminal_words_step(ui, terminal)},
                    {"time", span});
}

/* The first alert of a kind carries its key; the first call is answered with the space bar. */
static const char *key_of(const struct ui *ui, const struct alert *alerts, size_t i)
{
    bool first = i == 0 || alerts[i - 1].kind != alerts[i].kind;
    if (!first)
        return NULL;
    if (alerts[i].kind == ALERT_CALL)
        return desk_text(ui, "wall.space");
    return kinds[alerts[i].kind].shortcut[0] != 0 ? kinds[alerts[i].kind].shortcut : NULL;
}

static void draw_alert(struct ui *ui, struct rect row, const struct alert *alerts, size_t i)
{
    const struct alert *alert = &alerts[i];
    const struct service_terminal *terminal = &desk_view(ui)->terminals[alert->index];
    char title[128];
    char line[128];
    char shown[192];
    char id[96];
    title_of(ui, alert, title);
    line_of(ui, alert, line);
    (void)snprintf(id, sizeof(id), "alert.%s.%s", kinds[alert->kind].act, terminal->id);
    if (kinds[alert->kind].urgent)
        (void)widget_tile(ui, rect_make(row.x + 1, row.y, row.w - 2, row.h), WIDGET_TILE_URGENT);
    (void)widget_panel_line(ui, rect_make(row.x + 1, row.y + row.h - 1, row.w - 2, 1));
    struct rect r = rect_inset(row, 14, 0);
    struct rect disc = rect_make(r.x, r.y + 12, DISC, DISC);
    (void)widget_mark_disc(ui, disc, kinds[alert->kind].icon, kinds[alert->kind].tone);
    (void)rect_cut_left(&r, DISC + 12);
    struct widget_button button = {.id = id,
                                   .label = desk_text(ui, kinds[alert->kind].button),
                                   .look = kinds[alert->kind].urgent ? WIDGET_BUTTON_PRIMARY
                                                                     : WIDGET_BUTTON_NEUTRAL,
                                   .shortcut = key_of(ui, alerts, i),
                                   .tag = alert->index};
    int width = widget_button_width(ui, &button) - TIGHTER;
    struct rect at = rect_cut_right(&r, width);
    (void)widget_button(ui, rect_make(at.x, at.y + 12, at.w, BUTTON), &button);
    (void)rect_cut_right(&r, 8);
    desk_wall_fit(ui, THEME_TYPE_DESK_STRONG, title, r.w, shown);
    (void)widget_label(ui, rect_make(r.x, r.y + 11, r.w, 23),
                       &(struct widget_label){.text = shown, .type = THEME_TYPE_DESK_STRONG, .middle = true});
    (void)widget_label(
        ui, rect_make(r.x, r.y + 34, r.w, 19),
        &(struct widget_label){
            .text = line, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
}

static void draw_alerts(struct ui *ui, struct rect rect)
{
    struct alert alerts[ALERTS_MAX];
    size_t count = collect(ui, alerts);
    size_t urgent = 0;
    char text[32];
    char chip[48];
    for (size_t i = 0; i < count; i++)
        urgent += kinds[alerts[i].kind].urgent;
    struct rect r =
        ui_page_desk_panel(ui, rect, desk_text(ui, "wall.alerts"), desk_text(ui, "wall.alerts.sorted"));
    (void)snprintf(text, sizeof(text), "%zu", urgent);
    desk_format(ui, chip, sizeof(chip), "wall.alerts.urgent", {"count", text});
    int title = widget_label_width(ui, THEME_TYPE_DESK_HEAD, desk_text(ui, "wall.alerts"));
    if (urgent > 0)
        (void)widget_mark_chip(ui, rect_make(rect.x + 16 + title + 10, rect.y, 80, 44), WIDGET_LEFT,
                               WIDGET_MARK_ALARM, chip);
    for (size_t i = 0; i < count && r.h >= ROW; i++)
        draw_alert(ui, rect_cut_top(&r, ROW), alerts, i);
    if (count == 0)
        (void)widget_label_text(ui, rect_inset(r, 16, 14), THEME_TYPE_DESK_TABLE,
                                desk_text(ui, "wall.alerts.none"));
}

/* Who it was: the machine, or the desk. */
static void owner_of(const struct ui *ui, const char *owner, char out[48])
{
    const struct service_terminal *terminal = desk_wall_find(ui, owner);
    if (terminal != NULL)
        terminal_words_machine(ui, terminal, out);
    else
        (void)text_copy(out, 48, desk_text(ui, "wall.desk"));
}

static void draw_event(struct ui *ui, struct rect row, const struct service_event *event, const char *words)
{
    char time[16];
    char owner[48];
    desk_time(event->at_utc_s, time);
    owner_of(ui, event->owner, owner);
    (void)widget_label(
        ui, rect_cut_left(&row, 48),
        &(struct widget_label){
            .text = time, .type = THEME_TYPE_DESK_TABLE, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_label(ui, rect_cut_left(&row, 60),
                       &(struct widget_label){.text = owner, .type = THEME_TYPE_DESK_STRONG, .middle = true});
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = words, .type = THEME_TYPE_DESK_TABLE, .middle = true});
}

static void draw_events(struct ui *ui, struct rect rect)
{
    const struct service_desk *view = desk_view(ui);
    char key[WORDS_KEY_BYTES];
    bool wide = rect.w >= 340; /* the sentence beside the title has room */
    struct rect r = ui_page_desk_panel(ui, rect, desk_text(ui, "wall.events"),
                                       wide ? desk_text(ui, "wall.events.private") : NULL);
    r = rect_inset(r, 14, 6);
    if (view->event_count == 0)
        (void)widget_label_text(ui, rect_inset(r, 2, 8), THEME_TYPE_DESK_TABLE,
                                desk_text(ui, "wall.events.none"));
    for (size_t i = 0; i < view->event_count && r.h >= EVENT_ROW; i++) {
        (void)snprintf(key, sizeof(key), "event.%s", view->events[i].event);
        if (words_has(desk_program(ui)->words, key))
            draw_event(ui, rect_cut_top(&r, EVENT_ROW), &view->events[i], desk_text(ui, key));
    }
}

void desk_wall_alerts_draw(struct ui *ui, struct rect rect)
{
    draw_alerts(ui, rect_cut_top(&rect, (rect.h - 16) * 49 / 100));
    (void)rect_cut_top(&rect, 16);
    draw_events(ui, rect);
}
